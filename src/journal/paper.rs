//! Lines that were typed from paper and are not recorded yet. They lie in the private folder, because
//! nobody has checked their words, and are durable before the screen shows their number: a crash loses
//! none of them. What they mean is no business of this room.
//!
//! Several people may type for one incident at once: each terminal holds a file of its own.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::durable;
use super::error::JournalError;
use super::id::IncidentId;
use super::lock;
use super::store::Home;

/// As many terminals as anybody puts in front of one pile of paper.
const SLOTS: u32 = 9;

/// More than anybody types in a day, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The lines of one terminal, held against other processes.
#[derive(Debug)]
pub struct PaperFile {
    path: PathBuf,
    _lock: File,
}

impl Home {
    /// Holds a file for lines of this incident: one that waits from before, else an empty one.
    ///
    /// # Errors
    /// [`JournalError::Busy`] if every file is held by another terminal.
    pub fn hold_paper(&self, id: &IncidentId) -> Result<PaperFile, JournalError> {
        let mut empty = None;
        let mut busy = Ok(());
        for slot in 1..=SLOTS {
            let file = match self.hold_slot(id, slot) {
                Err(error @ JournalError::Busy { .. }) => {
                    busy = Err(error);
                    continue;
                }
                held => held?,
            };
            if durable::look(&file.path)?.is_some() {
                return Ok(file);
            }
            empty = empty.or(Some(file));
        }
        match (empty, busy) {
            (Some(file), _) => Ok(file),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(JournalError::Busy { path: self.paper_path(id, SLOTS) }),
        }
    }

    fn hold_slot(&self, id: &IncidentId, slot: u32) -> Result<PaperFile, JournalError> {
        let lock = self.root().join("locks").join(format!("{id}.paper-{slot}.lock"));
        Ok(PaperFile { path: self.paper_path(id, slot), _lock: lock::acquire(&lock, 1)? })
    }

    /// How many files of lines wait to be recorded, held by a terminal or not.
    ///
    /// # Errors
    /// What the system says.
    pub fn paper_waiting(&self, id: &IncidentId) -> Result<usize, JournalError> {
        let mut waiting = 0;
        for slot in 1..=SLOTS {
            waiting += usize::from(durable::look(&self.paper_path(id, slot))?.is_some());
        }
        Ok(waiting)
    }

    fn paper_path(&self, id: &IncidentId, slot: u32) -> PathBuf {
        self.private(id).join(format!("paper-{slot}.txt"))
    }
}

impl PaperFile {
    /// The lines that wait; nothing if none do.
    ///
    /// # Errors
    /// If it is no plain file, larger than anybody types, or cannot be read.
    pub fn read(&self) -> Result<Option<Vec<u8>>, JournalError> {
        match durable::look(&self.path)? {
            None => Ok(None),
            Some(mark) if mark.length > MAX_BYTES => {
                Err(JournalError::TooLarge { path: self.path.clone(), bytes: mark.length })
            }
            Some(_) => durable::read_settled(&self.path, 0).map(Some),
        }
    }

    /// Keeps these lines in the place of the ones before; they are durable afterwards. No lines: the
    /// file goes away.
    ///
    /// # Errors
    /// [`JournalError::NotSaved`] if the disk failed: the lines before are still whole.
    pub fn keep(&mut self, lines: &str) -> Result<(), JournalError> {
        // A link or a folder in its place is somebody's doing, and not ours to replace.
        durable::look(&self.path)?;
        let Some(folder) = self.path.parent() else { return Ok(()) };
        durable::create_private_dir(folder)?;
        let save = || -> io::Result<()> {
            if lines.is_empty() {
                durable::discard(&self.path)?;
                return durable::sync_dir(folder);
            }
            let temporary = self.path.with_extension("tmp");
            durable::discard(&temporary)?;
            durable::create_file(&temporary, lines.as_bytes(), false)?;
            durable::publish(&temporary, &self.path)
        };
        save().map_err(JournalError::not_saved(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, Home, IncidentId) {
        let root = tempfile::tempdir().unwrap();
        let home = Home::at(root.path().join("home"));
        (root, home, "email-outage-20260122-abcd".parse().unwrap())
    }

    #[test]
    fn each_terminal_has_lines_of_its_own_and_what_waits_is_taken_up_first() {
        let (_root, home, id) = home();
        let mut first = home.hold_paper(&id).unwrap();
        let mut second = home.hold_paper(&id).unwrap();
        first.keep("one\n").unwrap();
        second.keep("two\n").unwrap();
        second.keep("two\nmore\n").unwrap();
        assert_eq!(home.paper_waiting(&id).unwrap(), 2);
        drop(second);
        let again = home.hold_paper(&id).unwrap();
        assert_eq!(again.read().unwrap().unwrap(), b"two\nmore\n");
        let third = home.hold_paper(&id).unwrap();
        assert_eq!(third.read().unwrap(), None);
        first.keep("").unwrap();
        assert_eq!(home.paper_waiting(&id).unwrap(), 1);
        assert_eq!(first.read().unwrap(), None);
    }

    #[test]
    fn a_tenth_terminal_has_to_wait() {
        let (_root, home, id) = home();
        let held: Vec<PaperFile> = (0..SLOTS).map(|_| home.hold_paper(&id).unwrap()).collect();
        assert!(matches!(home.hold_paper(&id), Err(JournalError::Busy { .. })));
        drop(held);
        home.hold_paper(&id).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn the_lines_are_private_and_no_link_is_followed() {
        use std::fs;
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let (root, home, id) = home();
        let mut file = home.hold_paper(&id).unwrap();
        fs::create_dir_all(home.private(&id)).unwrap();
        fs::write(home.private(&id).join("paper-1.tmp"), "half").unwrap();
        file.keep("one\n").unwrap();
        let path = home.private(&id).join("paper-1.txt");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        file.keep("").unwrap();
        let other = root.path().join("other");
        fs::write(&other, "precious").unwrap();
        symlink(&other, &path).unwrap();
        assert!(matches!(file.keep("x\n"), Err(JournalError::NotPlain { .. })));
        assert!(matches!(file.read(), Err(JournalError::NotPlain { .. })));
        assert_eq!(fs::read(&other).unwrap(), b"precious");
    }
}
