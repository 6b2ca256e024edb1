//! Which tests are meant, and which playbook each is of.

use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::Playbook;
use crate::trial::{MAX_SIZE, NoPlaybook};
use crate::world::{playbook_file, read_file, tests_in};

/// A playbook test that is there, as far as anybody knows.
pub(super) struct TestFile {
    pub(super) path: PathBuf,
    /// The path as people typed it, or would.
    pub(super) shown: String,
}

impl TestFile {
    /// What it says. A playbook is no test of itself, and says more than its reader could.
    pub(super) fn read(&self) -> Result<String, CliError> {
        let text = read_file(&self.path, MAX_SIZE as u64);
        let text = text.map_err(|error| error.as_typed(&self.path, Path::new(&self.shown)))?;
        if text.lines().any(|line| line.starts_with("runbook:")) {
            let beside = Path::new(&self.shown).with_extension("test.yaml");
            let error = format!("{} is a playbook, and no test stands beside it", self.shown);
            return Err(CliError::usage(error).hint(format!("write {}", beside.display())));
        }
        Ok(text)
    }
}

/// The tests that these words mean; without a word all that can be found.
pub(super) fn chosen(context: &Context, words: &[String]) -> Result<Vec<TestFile>, CliError> {
    if words.is_empty() {
        let all = all(context)?;
        if all.is_empty() {
            return Err(none(context));
        }
        return Ok(all.into_iter().map(|(_, file)| file).collect());
    }
    let mut files = Vec::new();
    for word in words {
        files.extend(meant(context, word)?);
    }
    Ok(files)
}

/// Every test of the folders that playbooks are found in, each with its name.
fn all(context: &Context) -> Result<Vec<(String, TestFile)>, CliError> {
    let mut all = Vec::new();
    for folder in context.playbook_folders() {
        let named = |(name, path): (String, PathBuf)| {
            let shown = context.shown(&path);
            (name, TestFile { path, shown })
        };
        all.extend(tests_in(&folder)?.into_iter().map(named));
    }
    Ok(all)
}

/// A path; or the name of a playbook, of which there may be several tests: `NAME.night.test.yaml`.
fn meant(context: &Context, word: &str) -> Result<Vec<TestFile>, CliError> {
    let typed = Path::new(word);
    if word.contains(['/', '\\']) || is_yaml(typed) {
        let path = of_playbook(&context.world.place.cwd.join(typed));
        let shown = if path.ends_with(typed) { word.to_owned() } else { context.shown(&path) };
        return Ok(vec![TestFile { path, shown }]);
    }
    let mut all = all(context)?;
    let names: Vec<String> = all.iter().map(|(name, _)| name.clone()).collect();
    all.retain(|(name, _)| name == word || name.split('.').next() == Some(word));
    if !all.is_empty() {
        return Ok(all.into_iter().map(|(_, file)| file).collect());
    }
    let error = CliError::usage(format!("there is no test of a playbook \"{word}\""));
    Err(if names.is_empty() {
        error.hint(format!("write one beside it: playbooks/{word}.test.yaml"))
    } else {
        error.hint(format!("there are tests of {}", names.join(", ")))
    })
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// The test beside a playbook, where somebody named the playbook itself.
fn of_playbook(path: &Path) -> PathBuf {
    let beside = ["test.yaml", "test.yml"].map(|ending| path.with_extension(ending));
    let beside = beside.into_iter().find(|beside| beside != path && beside.is_file());
    beside.unwrap_or_else(|| path.to_owned())
}

fn none(context: &Context) -> CliError {
    let folders = context.playbook_folders().map(|folder| context.shown(&folder));
    CliError::usage(format!("there is no playbook test in {}", folders.join(" and ")))
        .hint("a test stands beside its playbook: playbooks/NAME.test.yaml")
        .hint("or name one: runbook test FILE")
}

/// The playbook that a test names: beside the test, else as everywhere; and what is wrong with one that
/// is invalid, to be read before the fault in the test.
pub(super) fn playbook(
    context: &Context,
    file: &TestFile,
    name: &str,
) -> Result<Playbook, (NoPlaybook, Option<String>)> {
    let folder = file.path.parent().unwrap_or(&context.world.place.cwd);
    let beside = if name.contains(['/', '\\']) || is_yaml(Path::new(name)) {
        Some(folder.join(name))
    } else {
        playbook_file(folder, name)
    };
    let word = beside.map_or_else(|| name.to_owned(), |path| context.shown(&path));
    context.playbook(&word).map(|assembled| assembled.playbook).map_err(|error| {
        if error.exit() == Exit::Invalid {
            let message = format!("{word} is not a valid playbook");
            let help = Some(format!("runbook lint {word}"));
            return (NoPlaybook { message, help }, Some(error.render()));
        }
        let help = error.hints().first().cloned();
        (NoPlaybook { message: error.message(), help }, None)
    })
}
