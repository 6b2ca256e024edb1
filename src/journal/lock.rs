//! One process of this install at a time. Held for re-read, decide, append and sync; never while
//! somebody is asked something.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::durable;
use super::error::JournalError;

/// How long one look at the lock is apart from the next.
const PAUSE: Duration = Duration::from_millis(20);

/// How often the lock is looked at: about five seconds in all.
pub(super) const PATIENCE: u32 = 250;

/// Takes the lock; it is free again when the file is dropped, also when the process dies.
pub(super) fn acquire(path: &Path, patience: u32) -> Result<File, JournalError> {
    if let Some(folder) = path.parent() {
        durable::create_private_dir(folder)?;
    }
    let failed = || JournalError::io("lock", path);
    let file = durable::open_lock(path).map_err(failed())?;
    for _ in 0..patience {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) => return Err(failed()(error)),
        }
    }
    Err(JournalError::Busy { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_held_is_busy_and_a_dropped_one_is_free() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("locks/a.lock");
        let held = acquire(&path, 1).unwrap();
        assert!(matches!(acquire(&path, 2), Err(JournalError::Busy { .. })));
        drop(held);
        acquire(&path, 1).unwrap();
    }
}
