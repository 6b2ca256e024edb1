//! Where incidents lie, how they are found, and how they are read.
//!
//! `incidents/<id>/` and `exercises/<id>/` hold `playbook.yaml` and `journal/<writer>.jsonl`, and can
//! be handed over as they are. So does `readiness/<id>/`, the site's standing log of quiet times: it is
//! no incident, and stands in no list of them. What names patients lies under `private/<id>/`, locks under `locks/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::codec;
use super::durable::{self, Mark};
use super::error::JournalError;
use super::id::{IncidentId, STANDING, Selector};
use super::line;
use super::merge::WriterFile;
use super::reading::Reading;
use super::scan::Expect;
use super::snapshot;
use crate::engine::{Event, Fact, IncidentOpened, Mode, Timestamp, WriterId};

const PLAYBOOK: &str = "playbook.yaml";
const EXERCISE: &str = "exercise.yaml";
const JOURNAL: &str = "journal";
const ENDING: &str = ".jsonl";
const READINESS: &str = "readiness";

/// The folder in which everything lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

/// A glance at an incident, for choosing one. Nothing here is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Its name.
    pub id: IncidentId,
    /// Where it lies.
    pub shelf: Mode,
    /// What its first record says, and when that was written down.
    pub opened: Option<(Timestamp, IncidentOpened)>,
    /// Whether a record closes it or calls it a false alarm.
    pub ended: bool,
}

/// The files of a journal as they were when they were looked at.
pub(super) type Marks = BTreeMap<WriterId, Mark>;

impl Home {
    /// The home at this place; it need not exist yet.
    #[must_use]
    pub const fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where incidents of this mode lie.
    #[must_use]
    pub fn shelf(&self, mode: Mode) -> PathBuf {
        self.root.join(match mode {
            Mode::Live => "incidents",
            Mode::Exercise => "exercises",
        })
    }

    /// Where an incident of this name lies, or would lie, on the shelf of this mode.
    #[must_use]
    pub fn folder(&self, id: &IncidentId, mode: Mode) -> PathBuf {
        self.shelf_of(id, mode).join(id.as_str())
    }

    pub(super) fn shelf_of(&self, id: &IncidentId, mode: Mode) -> PathBuf {
        if id.is_standing() { self.root.join(READINESS) } else { self.shelf(mode) }
    }

    /// The site's standing logs, the oldest first. There is one, unless two machines of a site began
    /// apart from each other; then all of them count.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn standing(&self) -> Result<Vec<IncidentId>, JournalError> {
        let place = self.root.join(READINESS);
        let mut all = Vec::new();
        for name in durable::names(&place)? {
            if let Ok(id) = name.parse::<IncidentId>()
                && id.is_standing()
                && durable::require_dir(&place.join(&name)).is_ok()
            {
                // One that cannot be read is not the one to go on with.
                let opened = self.glance(&id).ok().and_then(|glance| glance.opened);
                all.push((opened.is_none(), opened.map(|(at, _)| at), id));
            }
        }
        all.sort();
        Ok(all.into_iter().map(|(_, _, id)| id).collect())
    }

    /// Where an incident's private data lies. It never goes with the incident's folder.
    #[must_use]
    pub fn private(&self, id: &IncidentId) -> PathBuf {
        self.root.join("private").join(id.as_str())
    }

    /// The lock under which one install appends to one incident. It lies outside the incident's
    /// folder, which may be shared or handed over.
    #[must_use]
    pub fn lock(&self, id: &IncidentId, writer: &WriterId) -> PathBuf {
        self.root.join("locks").join(format!("{id}.{}.lock", writer.install()))
    }

    /// Every incident and exercise, in the order of their names. Temporary folders that a crash
    /// left behind, links and strange names are passed over.
    pub fn list(&self) -> Result<Vec<(IncidentId, Mode)>, JournalError> {
        let mut all = Vec::new();
        for mode in [Mode::Live, Mode::Exercise] {
            let place = self.shelf(mode);
            for name in durable::names(&place)? {
                if let Ok(id) = name.parse::<IncidentId>()
                    && durable::require_dir(&place.join(&name)).is_ok()
                {
                    all.push((id, mode));
                }
            }
        }
        Ok(all)
    }

    /// The incident that is meant: an exact name before the start of one.
    pub fn resolve(&self, selector: &Selector) -> Result<IncidentId, JournalError> {
        let given = match selector {
            Selector::Latest => return self.latest(Mode::Live, "latest"),
            Selector::LatestExercise => return self.latest(Mode::Exercise, "latest-exercise"),
            Selector::Readiness => {
                let given = READINESS.to_owned();
                let first = self.standing()?.into_iter().next();
                return first.ok_or(JournalError::NoSuchIncident { given });
            }
            Selector::Prefix(prefix) => prefix.clone(),
        };
        let mut ids: Vec<_> = self.list()?.into_iter().map(|(id, _)| id).collect();
        if given.starts_with(STANDING) {
            ids.extend(self.standing()?);
        }
        if let Some(exact) = ids.iter().find(|id| id.as_str() == given) {
            return Ok(exact.clone());
        }
        ids.retain(|id| !given.is_empty() && id.as_str().starts_with(&given));
        match ids.len() {
            0 => Err(JournalError::NoSuchIncident { given }),
            1 => Ok(ids.remove(0)),
            _ => Err(JournalError::Ambiguous { given, candidates: ids }),
        }
    }

    /// Looks at an incident without verifying it: for lists, and for finding the open one.
    pub fn glance(&self, id: &IncidentId) -> Result<Glance, JournalError> {
        let (mode, folder) = self.locate(id)?;
        if let Some(known) = snapshot::glance(self, id, &folder) {
            let opened = known.state.opened_really().zip(known.state.opened().cloned());
            let ended = known.state.ending().is_some() || ends(&known.later(&folder)?);
            return Ok(Glance { id: id.clone(), shelf: mode, opened, ended });
        }
        let mut glance = Glance { id: id.clone(), shelf: mode, opened: None, ended: false };
        for writer in marks(&folder)?.into_keys() {
            let bytes = durable::read_settled(&file_path(&folder, &writer), 0)?;
            glance.opened = glance.opened.or_else(|| first_words(&bytes, id, &writer));
            glance.ended |= ends(&bytes);
        }
        Ok(glance)
    }

    /// Reads and judges everything of an incident. `install` says which files are our own; nothing
    /// is changed and no lock is taken.
    pub fn read(&self, id: &IncidentId, install: Option<&str>) -> Result<Reading, JournalError> {
        let (mode, folder) = self.locate(id)?;
        Ok(load(id, mode, &folder, install)?.0)
    }

    /// The pinned definition of an exercise: what is to come is in it, so that it is for the facilitator's
    /// eyes. Absent where the exercise has none of its own. Nothing is judged here.
    pub fn exercise(&self, id: &IncidentId) -> Result<Option<Vec<u8>>, JournalError> {
        exercise_in(&self.locate(id)?.1)
    }

    /// Where an incident lies. One on the wrong shelf is found, and reading it says so.
    pub(super) fn locate(&self, id: &IncidentId) -> Result<(Mode, PathBuf), JournalError> {
        let other = match id.mode() {
            Mode::Live => Mode::Exercise,
            Mode::Exercise => Mode::Live,
        };
        for mode in [id.mode(), other] {
            let folder = self.folder(id, mode);
            if folder.symlink_metadata().is_ok() {
                durable::require_dir(&folder)?;
                return Ok((mode, folder));
            }
        }
        Err(JournalError::NoSuchIncident { given: id.to_string() })
    }

    fn latest(&self, mode: Mode, given: &str) -> Result<IncidentId, JournalError> {
        let mut last = None;
        for (id, found) in self.list()? {
            if found == mode {
                let opened = self.glance(&id)?.opened.map(|(at, _)| at);
                last = last.max(Some((opened, id)));
            }
        }
        let (_, id) =
            last.ok_or_else(|| JournalError::NoSuchIncident { given: given.to_owned() })?;
        Ok(id)
    }
}

/// Where the pinned playbook lies.
pub(super) fn playbook_path(folder: &Path) -> PathBuf {
    folder.join(PLAYBOOK)
}

/// Where the pinned definition of an exercise lies, if it has one of its own.
pub(super) fn exercise_path(folder: &Path) -> PathBuf {
    folder.join(EXERCISE)
}

/// Where the writers' files lie.
pub(super) fn journal_dir(folder: &Path) -> PathBuf {
    folder.join(JOURNAL)
}

/// Where one writer's file lies.
pub(super) fn file_path(folder: &Path, writer: &WriterId) -> PathBuf {
    journal_dir(folder).join(format!("{writer}{ENDING}"))
}

/// The present state of every writer's file. Other names are none of ours: a copy under way, or
/// something that a person put there.
pub(super) fn marks(folder: &Path) -> Result<Marks, JournalError> {
    let dir = journal_dir(folder);
    durable::require_dir(&dir)?;
    let mut marks = Marks::new();
    for name in durable::names(&dir)? {
        let Some(writer) = name.strip_suffix(ENDING).and_then(WriterId::parse) else { continue };
        if let Some(mark) = durable::look(&dir.join(&name))? {
            marks.insert(writer, mark);
        }
    }
    Ok(marks)
}

/// Reads everything. Our own files come last, so that nobody's record can have seen more of them
/// than we then read.
pub(super) fn load(
    id: &IncidentId,
    shelf: Mode,
    folder: &Path,
    install: Option<&str>,
) -> Result<(Reading, Marks), JournalError> {
    let playbook = durable::read_settled(&playbook_path(folder), 0)?;
    let genesis = line::sha256(&playbook);
    let own = |writer: &WriterId| install == Some(writer.install());
    let mut writers: Vec<_> = marks(folder)?.into_keys().collect();
    writers.sort_by_key(&own);
    let (mut files, mut marks) = (Vec::new(), Marks::new());
    for writer in writers {
        let (bytes, mark) = durable::read_fresh(&file_path(folder, &writer), 0)?;
        let expect = Expect { incident: id.as_str(), writer: &writer, genesis };
        files.push(WriterFile::judge(&bytes, &expect, own(&writer)));
        marks.insert(writer, mark);
    }
    files.sort_by(|a, b| a.writer.cmp(&b.writer));
    let exercise = exercise_in(folder)?;
    let reading = Reading::judge(id.clone(), shelf, playbook, files, install);
    Ok((reading.with_exercise(exercise), marks))
}

/// The pinned definition of an exercise, where there is one.
fn exercise_in(folder: &Path) -> Result<Option<Vec<u8>>, JournalError> {
    let path = exercise_path(folder);
    match durable::look(&path)? {
        Some(_) => durable::read_settled(&path, 0).map(Some),
        None => Ok(None),
    }
}

fn first_words(
    bytes: &[u8],
    id: &IncidentId,
    writer: &WriterId,
) -> Option<(Timestamp, IncidentOpened)> {
    let line = bytes.split(|b| *b == b'\n').next()?;
    let record = codec::decode(line, line::authentic(line)?, id.as_str(), writer).ok()?.record;
    match record.fact {
        Fact::Known(Event::IncidentOpened(opened)) => Some((record.stamp.wall, opened)),
        Fact::Known(_) | Fact::Newer(_) => None,
    }
}

/// In a line that we wrote, quotes within words are escaped: these bytes stand nowhere else. What a
/// crash left of such a line does not count.
fn ends(bytes: &[u8]) -> bool {
    const ENDINGS: [&str; 3] = [
        r#""type":"incident_closed""#,
        r#""type":"false_alarm_declared""#,
        r#""type":"exercise_interrupted""#,
    ];
    let text = String::from_utf8_lossy(bytes);
    let whole = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
        let line = text[start..].split('\n').next().unwrap_or_default();
        line::authentic(line.as_bytes()).is_some()
    };
    ENDINGS.iter().any(|ending| text.match_indices(ending).any(|(at, _)| whole(at)))
}
