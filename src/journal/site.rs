//! The site file's place on the disk. What it says is no business of this room.
//!
//! It belongs to the home and to no incident: whoever hands over an incident folder hands over no
//! phone number.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::durable;
use super::error::JournalError;
use super::lock;
use super::store::Home;

const NAME: &str = "site.yaml";

/// The copy of the file as it was before the last change.
const BEFORE: &str = "site.yaml.before";

/// What is still to be recorded of changes of the file.
const PENDING: &str = "site.pending";

/// More than anybody writes by hand, in bytes. A little above what can be read as a site file, so
/// that its reader can say how much is too much.
const MAX_BYTES: u64 = 1 << 20;

/// The site file, held against other processes of this home while it is changed.
#[derive(Debug)]
pub struct SiteFile {
    path: PathBuf,
    _lock: File,
}

impl Home {
    /// Where the site file lies, whether or not it is there.
    #[must_use]
    pub fn site_path(&self) -> PathBuf {
        self.root().join(NAME)
    }

    /// The bytes of the site file; nothing if there is none.
    ///
    /// # Errors
    /// If it is no plain file, larger than any site file, or cannot be read.
    pub fn site(&self) -> Result<Option<Vec<u8>>, JournalError> {
        read(&self.site_path())
    }

    /// What was kept with [`SiteFile::keep_pending`]; nothing if that is settled.
    ///
    /// # Errors
    /// As [`Home::site`].
    pub fn site_pending(&self) -> Result<Option<Vec<u8>>, JournalError> {
        read(&self.root().join(PENDING))
    }

    /// Holds the site file for a change: what is read then is what will be replaced.
    ///
    /// # Errors
    /// [`JournalError::Busy`] if another process changes it.
    pub fn hold_site(&self) -> Result<SiteFile, JournalError> {
        durable::create_private_dir(self.root())?;
        let lock = self.root().join("locks").join("site.lock");
        Ok(SiteFile { path: self.site_path(), _lock: lock::acquire(&lock, lock::PATIENCE)? })
    }
}

impl SiteFile {
    /// The bytes as they are now; nothing if there is no file.
    ///
    /// # Errors
    /// As [`Home::site`].
    pub fn read(&self) -> Result<Option<Vec<u8>>, JournalError> {
        read(&self.path)
    }

    /// As [`Home::site_pending`].
    ///
    /// # Errors
    /// As [`Home::site`].
    pub fn pending(&self) -> Result<Option<Vec<u8>>, JournalError> {
        read(&self.path.with_file_name(PENDING))
    }

    /// Keeps beside the file what is still to be recorded of its changes; it is durable afterwards.
    /// No bytes: there is nothing.
    ///
    /// # Errors
    /// [`JournalError::NotSaved`] if the disk failed.
    pub fn keep_pending(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        let path = self.path.with_file_name(PENDING);
        if !bytes.is_empty() {
            return replace(&path, bytes);
        }
        durable::look(&path)?;
        durable::discard(&path).map_err(JournalError::not_saved(&path))?;
        durable::sync_parent(&path)
    }

    /// Puts new text in the place of the old one, which stays beside it as `site.yaml.before`. The
    /// file is at every moment either the old one or the new one, and the new one is durable
    /// afterwards.
    ///
    /// # Errors
    /// [`JournalError::NotSaved`] if the disk failed: the old file is still whole.
    pub fn write(&mut self, text: &str) -> Result<(), JournalError> {
        if let Some(old) = self.read()? {
            replace(&self.path.with_file_name(BEFORE), &old)?;
        }
        replace(&self.path, text.as_bytes())
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, JournalError> {
    match durable::look(path)? {
        None => Ok(None),
        Some(mark) if mark.length > MAX_BYTES => {
            Err(JournalError::TooLarge { path: path.to_owned(), bytes: mark.length })
        }
        Some(_) => durable::read_settled(path, 0).map(Some),
    }
}

fn replace(path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    // A link or a folder in its place is somebody's doing, and not ours to replace.
    durable::look(path)?;
    let save = || -> io::Result<()> {
        let temporary = path.with_file_name("site.tmp");
        durable::discard(&temporary)?;
        durable::create_file(&temporary, bytes, false)?;
        durable::publish(&temporary, path)
    };
    save().map_err(JournalError::not_saved(path))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn home() -> (tempfile::TempDir, Home) {
        let root = tempfile::tempdir().unwrap();
        let home = Home::at(root.path().join("home"));
        (root, home)
    }

    #[test]
    fn the_file_is_private_and_its_last_text_is_kept() {
        let (_root, home) = home();
        assert_eq!(home.site().unwrap(), None);
        let mut file = home.hold_site().unwrap();
        for text in ["one\n", "two\n", "three\n"] {
            file.write(text).unwrap();
        }
        assert_eq!(home.site().unwrap().unwrap(), b"three\n");
        let before = home.root().join(BEFORE);
        assert_eq!(fs::read(&before).unwrap(), b"two\n");
        for path in [home.site_path(), before] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o7777, 0o600);
        }
        let names = durable::names(home.root()).unwrap();
        assert_eq!(names, ["locks", NAME, BEFORE], "nothing temporary is left");
    }

    #[test]
    fn a_left_over_of_a_crash_is_no_obstacle() {
        let (_root, home) = home();
        let mut file = home.hold_site().unwrap();
        fs::write(home.root().join("site.tmp"), "half").unwrap();
        file.write("one\n").unwrap();
        assert_eq!(home.site().unwrap().unwrap(), b"one\n");
    }

    #[test]
    fn links_folders_and_giants_are_refused() {
        let (root, home) = home();
        let mut file = home.hold_site().unwrap();
        let other = root.path().join("other");
        fs::write(&other, "precious").unwrap();
        symlink(&other, home.site_path()).unwrap();
        assert!(matches!(home.site(), Err(JournalError::NotPlain { .. })));
        assert!(matches!(file.write("x"), Err(JournalError::NotPlain { .. })));
        assert_eq!(fs::read(&other).unwrap(), b"precious");
        fs::remove_file(home.site_path()).unwrap();
        fs::create_dir(home.site_path()).unwrap();
        assert!(matches!(home.site(), Err(JournalError::NotPlain { .. })));
        fs::remove_dir(home.site_path()).unwrap();
        let giant = fs::File::create(home.site_path()).unwrap();
        giant.set_len(MAX_BYTES + 1).unwrap();
        assert!(matches!(home.site(), Err(JournalError::TooLarge { .. })));
    }
}
