//! Playbooks and step sets as the edge finds them: by path, in the folders for them, in the binary.

use std::path::{Component, Path, PathBuf};

use super::context::Context;
use super::error::{CliError, Exit};
use super::verbs;
use crate::engine::SourceDigest;
use crate::journal::sha256;
use crate::playbook::{
    Assembled, BUILT_IN, Candidate, Checked, Diagnostic, Draft, Known, Located, MAX_SIZE, Playbook,
    PlaybookId, SetFile, SetId, Sets, Severity, Shelf, SourceFile, Unusable, assemble,
    builtin_files, builtin_sets, check, compile_set, is_exercise, is_step_set,
};
use crate::reference::{self, is_reference};
use crate::session::Pinned;
use crate::trial::is_test;
use crate::ui::render_located;
use crate::world::{FileError, playbook_file, playbooks_in, read_file, read_text};

/// The folder for step sets, beside the playbooks that use them.
const SETS: &str = "sets";

/// A playbook's own file, and where its step sets are looked for.
struct Own {
    file: SourceFile,
    from: Origin,
}

/// Where a playbook comes from.
enum Origin {
    /// A file that people named.
    Path(PathBuf),
    /// A folder for playbooks, or the binary where no folder has it.
    Name,
    /// The binary alone.
    BuiltIn,
}

impl Context {
    /// Where playbooks are looked for by name, the nearest place first.
    pub(super) fn playbook_folders(&self) -> [PathBuf; 2] {
        [self.world.place.cwd.join("playbooks"), self.home.root().join("playbooks")]
    }

    /// Every playbook file that can be found by name, the nearest place first, each with its text if
    /// it can be read. The built-in ones are not among them, and step sets are no playbooks.
    pub(super) fn found(&self) -> Vec<(Candidate, Option<FileError>)> {
        let folders = self.playbook_folders();
        // A folder that cannot be listed must not hide the playbooks of the others.
        let files = folders.iter().flat_map(|folder| playbooks_in(folder).unwrap_or_default());
        let candidate = |(id, path): (String, PathBuf)| {
            let (text, error) = match read_file(&path, MAX_SIZE as u64) {
                Ok(text) => (text, None),
                Err(error) => (String::new(), Some(error)),
            };
            (Candidate { origin: self.shown(&path), id, text }, error)
        };
        let books = files.map(candidate);
        books.filter(|(candidate, _)| !is_step_set(&candidate.text)).collect()
    }

    /// Every playbook that can be found by name.
    pub(super) fn shelf(&self) -> Shelf {
        Shelf::new(self.found().into_iter().map(|(candidate, _)| candidate).collect())
    }

    /// The step sets of all places, for whoever puts many playbooks together.
    pub(super) fn all_sets(&self) -> Sets {
        let folders = self.playbook_folders().map(|folder| folder.join(SETS));
        let files = folders.iter().flat_map(|folder| playbooks_in(folder).unwrap_or_default());
        Sets::new(files.map(|(id, path)| self.set_file(id, &path)).collect(), Vec::new())
    }

    /// Every playbook that can be started here and can be used.
    pub(super) fn books(&self) -> Vec<Playbook> {
        let sets = self.all_sets();
        self.shelf().iter().filter_map(|found| usable(found, &sets)).collect()
    }

    /// Every playbook that can be gone on with, with its title. One that does not compile is left out
    /// here; `list` says so.
    pub(super) fn playbooks(&self) -> Vec<(PlaybookId, String)> {
        self.books().into_iter().map(|book| (book.id, book.title)).collect()
    }

    /// The playbook of this name. No other one is read.
    fn named(&self, name: &str) -> Result<Own, CliError> {
        if let Some(id) = name.strip_prefix(BUILT_IN).and_then(|rest| rest.strip_prefix(':')) {
            return built_in(id);
        }
        if let Some(path) =
            self.playbook_folders().iter().find_map(|folder| playbook_file(folder, name))
        {
            let text = read_file(&path, MAX_SIZE as u64)?;
            let file = SourceFile { name: self.shown(&path), text };
            return Ok(Own { file, from: Origin::Name });
        }
        if let Ok(Own { file, .. }) = built_in(name) {
            return Ok(Own { file, from: Origin::Name });
        }
        let error = CliError::usage(format!("there is no playbook \"{name}\""));
        let near = self.shelf().did_you_mean(name);
        let error = near.into_iter().fold(error, CliError::hint);
        Err(error.hint("runbook list shows all playbooks"))
    }

    /// Where the playbook of this name comes from, if there is one.
    pub(super) fn origin_of(&self, id: &PlaybookId) -> Option<String> {
        self.shelf().find(id.as_str()).map(|found| found.origin.clone())
    }

    /// A path as people typed it would be: relative to where they are, if it lies below.
    pub(super) fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.world.place.cwd);
        below.map_or_else(|_| path.display().to_string(), |path| path.display().to_string())
    }

    /// The playbook that is meant by a name or a path, put together from its files.
    pub(super) fn playbook(&self, name: &str) -> Result<Assembled, CliError> {
        let own = self.own(name)?;
        let file = own.file.name.clone();
        if is_step_set(&own.file.text) {
            let error = format!("{file} is a step set, not a playbook");
            return Err(CliError::new(Exit::Invalid, error)
                .hint("playbooks take steps from it: `- use: SET/STEP`")
                .hint("runbook list shows all playbooks"));
        }
        if is_reference(&own.file.text) {
            let error = format!("{file} is a reference file, not a playbook");
            return Err(CliError::new(Exit::Invalid, error)
                .hint("runbook reference shows what it says")
                .hint("runbook list shows all playbooks"));
        }
        let shipped = built_in(name).ok().filter(|_| matches!(own.from, Origin::Name));
        self.assembled(own).map_err(|Unusable { sources, found }| {
            let shown = render_located(&sources, &found, false);
            let error = format!("{file} is not a valid playbook\n\n{shown}");
            let error = CliError::new(Exit::Invalid, error);
            // Whoever has an outage now cannot wait for the repair of a file.
            let hint =
                |_| format!("until then: {BUILT_IN}:{name} is as shipped and needs no other file");
            shipped.map(hint).into_iter().fold(error, CliError::hint)
        })
    }

    fn own(&self, name: &str) -> Result<Own, CliError> {
        let is_path = name.contains(['/', '\\'])
            || Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "yaml" || ending == "yml");
        if !is_path {
            return self.named(name);
        }
        let path = self.world.place.cwd.join(name);
        let text = read_text(&path, MAX_SIZE as u64);
        let text = text.map_err(|error| error.as_typed(&path, Path::new(name)))?;
        let file = SourceFile { name: name.to_owned(), text };
        Ok(Own { file, from: Origin::Path(path) })
    }

    /// Everything there is to say about a file, whatever its name ends with, or about the playbook of
    /// this name: a playbook with the step sets it uses, a step set as far as it goes by itself, a
    /// reference file, a playbook test or an exercise held against its playbook.
    pub(super) fn checked(&self, path: &Path, known: &Known<'_>) -> Result<Checked, CliError> {
        let full = self.world.place.cwd.join(path);
        let own = if let Some(name) = path.to_str().filter(|_| !full.exists()) {
            self.own(name)?
        } else {
            let text = read_text(&full, MAX_SIZE as u64);
            let text = text.map_err(|error| error.as_typed(&full, path))?;
            let file = SourceFile { name: path.display().to_string(), text };
            Own { file, from: Origin::Path(full) }
        };
        if is_step_set(&own.file.text) {
            let found = compile_set(&own.file.text).err().unwrap_or_default();
            return Ok(alone(own.file, found));
        }
        if is_reference(&own.file.text) {
            let judged = reference::read(&own.file.text);
            let found = judged.map_or_else(|found| found, |compiled| compiled.warnings);
            return Ok(alone(own.file, found));
        }
        if is_test(&own.file.text) {
            let judged = verbs::test::Checked::at(self, path, &own.file.text);
            let usable = judged.usable();
            return Ok(Checked { usable, ..alone(own.file, judged.found) });
        }
        if is_exercise(&own.file.text) {
            let (found, _) = verbs::drill::checked(self, None, &own.file.text)?;
            return Ok(alone(own.file, found));
        }
        let draft = Draft::of(own.file);
        let sets = self.sets_for(&draft, &own.from);
        Ok(check(draft, &sets, known))
    }

    fn assembled(&self, own: Own) -> Result<Assembled, Unusable> {
        let draft = Draft::of(own.file);
        let sets = self.sets_for(&draft, &own.from);
        assemble(draft, &sets)
    }

    /// The step sets that a playbook may use, those that it does use with what they say.
    fn sets_for(&self, draft: &Draft, from: &Origin) -> Sets {
        let mut folders: Vec<PathBuf> = Vec::new();
        match from {
            Origin::Path(path) => {
                folders.extend(path.parent().map(Path::to_owned));
                folders.extend(self.playbook_folders());
            }
            Origin::Name => folders.extend(self.playbook_folders()),
            Origin::BuiltIn => {}
        }
        for folder in &mut folders {
            folder.push(SETS);
        }
        let file = |id: &str| {
            let path = folders.iter().find_map(|folder| playbook_file(folder, id))?;
            Some(self.set_file(id.to_owned(), &path))
        };
        let found: Vec<SetFile> = draft.sets().into_iter().filter_map(file).collect();
        let folders = folders.iter().filter(|_| !draft.sets().is_empty());
        let names = folders.flat_map(|folder| playbooks_in(folder).unwrap_or_default());
        Sets::new(found, names.map(|(id, _)| id).collect())
    }

    fn set_file(&self, id: String, path: &Path) -> SetFile {
        let origin = self.shown(path);
        let typed = |error: FileError| error.as_typed(path, Path::new(&origin)).to_string();
        let text = read_file(path, MAX_SIZE as u64).map_err(typed);
        SetFile { origin, id, text }
    }

    /// The step set of this name: where it comes from and what it says.
    pub(super) fn step_set(&self, id: &SetId) -> Result<Option<(String, String)>, CliError> {
        let folders = self.playbook_folders().map(|folder| folder.join(SETS));
        if let Some(path) = folders.iter().find_map(|folder| playbook_file(folder, id.as_str())) {
            return Ok(Some((self.shown(&path), read_file(&path, MAX_SIZE as u64)?)));
        }
        let built_in = builtin_sets().iter().find(|(name, _)| *name == id.as_str());
        Ok(built_in.map(|(id, text)| (format!("{BUILT_IN}:{SETS}/{id}"), (*text).to_owned())))
    }

    /// A playbook as an incident keeps it. The names of its files say nothing of this machine.
    pub(super) fn pinned(&self, assembled: Assembled) -> Pinned {
        let digest = |file: &SourceFile| SourceDigest {
            name: self.recorded(&file.name),
            sha256: sha256(file.text.as_bytes()),
        };
        let sources = assembled.sources.iter().map(digest).collect();
        Pinned { book: assembled.playbook, text: assembled.text, sources }
    }

    /// A file's name as it may stand in a log that others will read.
    fn recorded(&self, name: &str) -> String {
        let slashed = |path: &Path| {
            let parts = path.components().filter_map(|part| match part {
                Component::Normal(word) => Some(word.to_string_lossy().into_owned()),
                Component::ParentDir => Some("..".to_owned()),
                Component::Prefix(_) | Component::RootDir | Component::CurDir => None,
            });
            parts.collect::<Vec<_>>().join("/")
        };
        if name.starts_with(BUILT_IN) {
            return name.to_owned();
        }
        let full = self.world.place.cwd.join(name);
        if let Ok(below) = full.strip_prefix(self.home.root()) {
            return format!("home:{}", slashed(below));
        }
        let typed = Path::new(name);
        match full.strip_prefix(&self.world.place.cwd) {
            Ok(below) => slashed(below),
            Err(_) if typed.is_relative() => slashed(typed),
            Err(_) => {
                full.file_name().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default()
            }
        }
    }
}

/// What was found in a file that needs no other.
fn alone(file: SourceFile, found: Vec<Diagnostic>) -> Checked {
    let usable = found.iter().all(|one| one.severity != Severity::Error);
    let found = found.into_iter().map(|finding| Located { file: 0, finding, used: None });
    Checked { usable, found: found.collect(), sources: vec![file], accepted: Vec::new() }
}

/// A playbook of the shelf, put together; nothing if it cannot be used.
pub(super) fn usable(found: &Candidate, sets: &Sets) -> Option<Playbook> {
    let file = SourceFile { name: found.origin.clone(), text: found.text.clone() };
    assemble(Draft::of(file), sets).ok().map(|assembled| assembled.playbook)
}

/// The playbook in the binary, even where a site has a copy of its own.
fn built_in(id: &str) -> Result<Own, CliError> {
    if let Some((_, text)) = builtin_files().iter().find(|(name, _)| *name == id) {
        let file = SourceFile { name: format!("{BUILT_IN}:{id}"), text: (*text).to_owned() };
        return Ok(Own { file, from: Origin::BuiltIn });
    }
    let all: Vec<&str> = builtin_files().iter().map(|(name, _)| *name).collect();
    let error = CliError::usage(format!("there is no built-in playbook \"{id}\""));
    Err(error.hint(format!("built in are {}", all.join(", "))))
}
