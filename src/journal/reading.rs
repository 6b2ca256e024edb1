//! One incident as it was read: every writer's file, verified, and what that brought up. Pure.

use super::flaw::{Flaw, Notice, Problem, Remark, file_name};
use super::id::IncidentId;
use super::line::sha256;
use super::merge::{self, WriterFile};
use super::scan::Placed;
use crate::engine::{Digest, Event, Fact, Head, Hlc, IncidentOpened, Mode, Record};

/// Everything that lies in an incident's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The folder's name.
    pub id: IncidentId,
    /// Whether the folder lies among the incidents or among the exercises.
    pub shelf: Mode,
    /// The pinned playbook.
    pub playbook: Vec<u8>,
    /// SHA-256 of it, on which every first record stands.
    pub genesis: Digest,
    /// The writers' files, in the order of their names.
    pub files: Vec<WriterFile>,
    /// The pinned definition of an exercise, where one lies beside the playbook.
    pub exercise: Option<Vec<u8>>,
    /// What puts the log in doubt. Records of the good part are usable all the same; whatever is
    /// printed from them says so.
    pub problems: Vec<Problem>,
    /// What is worth knowing.
    pub notices: Vec<Notice>,
}

impl Reading {
    /// Judges an incident's files. Where `install` says who we are, what lacks of our own files is
    /// a problem and not a copy under way.
    #[must_use]
    pub fn judge(
        id: IncidentId,
        shelf: Mode,
        playbook: Vec<u8>,
        files: Vec<WriterFile>,
        install: Option<&str>,
    ) -> Self {
        let merge::Findings { problems, notices } = merge::findings(&files, install);
        let genesis = sha256(&playbook);
        let exercise = None;
        let mut reading = Self { id, shelf, playbook, genesis, files, exercise, problems, notices };
        reading.judge_openings();
        reading.judge_modes();
        reading
    }

    /// Held against the definition that lies beside the playbook, which a player's copy need not have.
    #[must_use]
    pub fn with_exercise(mut self, bytes: Option<Vec<u8>>) -> Self {
        if self.shelf == Mode::Live {
            return self;
        }
        let digest = bytes.as_deref().map(sha256);
        let said = |record: &Record| match &record.fact {
            Fact::Known(Event::ExerciseStarted(started)) => started.digest,
            Fact::Known(_) | Fact::Newer(_) => None,
        };
        let records = self.files.iter().flat_map(|file| &file.scan.records);
        let named: Vec<Digest> = records.filter_map(|placed| said(&placed.record)).collect();
        let file = "exercise.yaml".to_owned();
        match digest {
            Some(digest) if !named.contains(&digest) => {
                let what = Flaw::OtherExercise;
                self.problems.push(Problem { file, line: None, byte: None, what });
            }
            None if !named.is_empty() => {
                self.notices.push(Notice { file, what: Remark::ExerciseMissing });
            }
            Some(_) | None => {}
        }
        self.exercise = bytes;
        self
    }

    /// Every record in the one order that all readers see.
    #[must_use]
    pub fn records(&self) -> Vec<&Record> {
        merge::merged(&self.files)
    }

    /// The newest record of each writer.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        self.files.iter().filter_map(|file| file.scan.head().cloned()).collect()
    }

    /// The highest clock in the log; the next record's is made from it.
    #[must_use]
    pub fn latest(&self) -> Hlc {
        merge::latest(&self.files)
    }

    /// The record that says what this incident is.
    #[must_use]
    pub fn opening(&self) -> Option<(&Record, &IncidentOpened)> {
        self.records().into_iter().find_map(|record| Some((record, opening(record)?)))
    }

    /// The file that a newer version wrote to, if one did; then nothing may be appended.
    #[must_use]
    pub fn newer(&self) -> Option<String> {
        let event = |notice: &Notice| matches!(notice.what, Remark::NewerEvent { .. });
        let format = |problem: &Problem| matches!(problem.what, Flaw::NewerFormat(_));
        let by_event = self.notices.iter().find(|n| event(n)).map(|n| n.file.clone());
        by_event.or_else(|| self.problems.iter().find(|p| format(p)).map(|p| p.file.clone()))
    }

    /// What only an exercise records has no place in a live incident.
    fn judge_modes(&mut self) {
        if self.shelf == Mode::Exercise {
            return;
        }
        let misplaced = |placed: &&Placed| {
            let of_exercise = match &placed.record.fact {
                Fact::Known(event) => event.is_of_exercise(),
                Fact::Newer(_) => false,
            };
            of_exercise || placed.record.stamp.exercise_time.is_some()
        };
        let what = Flaw::WrongShelf("a record of an exercise and the incident it stands in");
        let mut found = Vec::new();
        for file in &self.files {
            let records = file.scan.records.iter().filter(misplaced);
            found.extend(records.map(|placed| problem(file, placed, what.clone())));
        }
        self.problems.extend(found);
    }

    fn judge_openings(&mut self) {
        let mut found = Vec::new();
        let mut first: Option<&Record> = None;
        for file in &self.files {
            for placed in &file.scan.records {
                let Some(opened) = opening(&placed.record) else { continue };
                if first.replace(&placed.record).is_some() {
                    found.push(problem(file, placed, Flaw::OpenedTwice));
                }
                if opened.mode != self.shelf {
                    let what = Flaw::WrongShelf("its first record and the folder it lies in");
                    found.push(problem(file, placed, what));
                }
            }
        }
        if first.is_none() {
            let notice = Notice { file: "journal".to_owned(), what: Remark::OpeningMissing };
            self.notices.push(notice);
        }
        if self.id.mode() != self.shelf {
            let what = Flaw::WrongShelf("its name and the folder it lies in");
            found.push(Problem { file: "journal".to_owned(), line: None, byte: None, what });
        }
        self.problems.extend(found);
    }
}

fn opening(record: &Record) -> Option<&IncidentOpened> {
    match &record.fact {
        Fact::Known(Event::IncidentOpened(opened)) => Some(opened),
        Fact::Known(_) | Fact::Newer(_) => None,
    }
}

fn problem(file: &WriterFile, placed: &Placed, what: Flaw) -> Problem {
    let (line, byte) = (Some(placed.line), Some(placed.offset));
    Problem { file: file_name(&file.writer), line, byte, what }
}
