//! Changing one answer of a site file without losing anything that a person wrote: comments, order
//! and spelling stay. The new text is read again and must say what was asked for, else nothing is
//! changed and the person is told which line to edit.

mod key;
mod put;
mod text;

pub use key::Key;

use super::model::Site;
use super::read::read;

/// The first lines of a new file.
const HEAD: &str = "\
# runbook site file. Private: it holds names and phone numbers of staff, never of patients.
# Change it here or with `runbook site set`; `runbook site lint` checks it.
runbook-site: 1
";

/// Why an answer was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// There is no such key.
    #[error("there is no key \"{key}\"")]
    UnknownKey {
        /// As typed.
        key: String,
        /// What was probably meant.
        near: Option<String>,
        /// All forms of keys.
        known: Vec<String>,
    },
    /// The key cannot hold this.
    #[error("{key}: {why}")]
    BadValue {
        /// The key.
        key: String,
        /// What is wrong.
        why: String,
        /// What to write instead.
        help: String,
    },
    /// Something else has to be there first.
    #[error("{what}")]
    First {
        /// What is missing.
        what: String,
        /// The command that adds it.
        command: String,
    },
    /// The file is written in a way that only a person should change.
    #[error("line {line} cannot be changed without touching other words")]
    ByHand {
        /// From 1.
        line: usize,
        /// What should stand there.
        write: String,
    },
}

/// A new file with the site's name.
///
/// # Errors
/// If the name cannot be used.
pub fn create(name: &str) -> Result<String, SetError> {
    let key = Key::Place("name");
    let mut site = Site::default();
    put::put(&mut site, &key, name)?;
    let text = format!("{HEAD}site:\n  name: {}\n", text::scalar(&site.name));
    check(text, &site, 4, &key, name)
}

/// The text with one answer changed or added.
///
/// # Errors
/// What stands in the way; then the file should stay as it is. A file that cannot be read as a site
/// file is not changed: [`SetError::ByHand`] names its first faulty line.
pub fn set(text: &str, key: &Key, value: &str) -> Result<String, SetError> {
    let by_hand =
        |line| SetError::ByHand { line, write: format!("{key}: {}", text::scalar(value)) };
    let mut site = read(text)
        .map_err(|found| by_hand(found.first().map_or(1, |one| one.place(text).line)))?
        .site;
    put::put(&mut site, key, value)?;
    let shown = put::get(&site, key).unwrap_or_else(|| value.trim().to_owned());
    let path = key.path(&site);
    let (new, line) = text::edit(text, &path, &shown).map_err(by_hand)?;
    check(new, &site, line, key, &shown)
}

/// What the file says under a key, as it is shown.
#[must_use]
pub fn get(site: &Site, key: &Key) -> Option<String> {
    put::get(site, key)
}

fn check(
    new: String,
    expected: &Site,
    line: usize,
    key: &Key,
    value: &str,
) -> Result<String, SetError> {
    match read(&new) {
        Ok(compiled) if compiled.site == *expected => Ok(new),
        Ok(_) | Err(_) => {
            let write = format!("{key}: {}", text::scalar(value));
            Err(SetError::ByHand { line, write })
        }
    }
}
