//! The few verbs through which this room touches a disk, each with its promise. Nothing else here
//! opens, writes or renames; nothing here knows what the bytes mean.
//!
//! Folders are 0700 and files 0600 whatever the umask, and no symbolic link is followed in the last
//! part of a path (the one that somebody else may have put into a shared folder).

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::error::JournalError;

/// The largest file that is read, in bytes: a log of some million records.
const MAX_FILE: u64 = 1 << 30;

/// How often an interrupted call is tried again. An endless loop would hang on a broken system.
const INTERRUPTIONS: usize = 100;

/// The room set aside for an incident's log, in bytes, so that a full disk does not end it.
const RESERVE: u64 = 1 << 20;

/// What tells two states of a file apart without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Its length in bytes, as far as it was read.
    pub(super) length: u64,
    /// When it was changed last, where the system tells it.
    pub(super) modified: Option<SystemTime>,
    /// Which file it is: device and number (zeros where the system has none).
    pub(super) identity: (u64, u64),
}

impl Mark {
    fn of(meta: &Metadata) -> Self {
        Self { length: meta.len(), modified: meta.modified().ok(), identity: identity(meta) }
    }
}

/// Makes a folder and its parents that only this user may enter. An existing folder is taken as
/// it is; a link or a file in its place is refused. The new name is durable.
pub(super) fn create_private_dir(path: &Path) -> Result<(), JournalError> {
    if !path.is_dir() {
        if let Some(up) = path.parent().filter(|up| !up.as_os_str().is_empty() && !up.is_dir()) {
            create_private_dir(up)?;
        }
        match private_dir(&mut DirBuilder::new()).create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            outcome => outcome.map_err(JournalError::io("create", path))?,
        }
        sync_parent(path)?;
    }
    require_dir(path)
}

/// Makes a private folder that must not exist. Its name is durable only after [`publish`].
pub(super) fn create_new_dir(path: &Path) -> io::Result<()> {
    private_dir(&mut DirBuilder::new()).create(path)
}

/// Refuses everything but a real folder.
pub(super) fn require_dir(path: &Path) -> Result<(), JournalError> {
    let meta = fs::symlink_metadata(path).map_err(JournalError::io("open", path))?;
    if meta.is_dir() {
        return Ok(());
    }
    Err(JournalError::NotPlain { path: path.to_owned(), expected: "folder" })
}

/// Makes a file that must not exist, writes it in one go and syncs it. Its name is durable only
/// after [`sync_parent`] or [`publish`].
pub(super) fn create_file(path: &Path, bytes: &[u8], reserve: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(true);
    let file = careful(&mut options).open(path)?;
    if reserve {
        reserve_room(&file);
    }
    append(&file, bytes)?;
    Ok(file)
}

/// Gives a synced file or folder its final name; the name is durable afterwards. A file in that
/// place is replaced, a folder with content is not.
pub(super) fn publish(temporary: &Path, name: &Path) -> io::Result<()> {
    fs::rename(temporary, name)?;
    name.parent().map_or(Ok(()), sync_dir)
}

/// Opens a plain file for [`append`].
pub(super) fn open_append(path: &Path) -> io::Result<(File, Mark)> {
    let mut options = OpenOptions::new();
    let file = careful(options.append(true)).open(path)?;
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    Ok((file, Mark::of(&meta)))
}

/// Appends in one write and syncs. On success the bytes are durable. On failure nobody knows: a
/// short write is a failure, and a failed sync is never tried again, because the system may have
/// dropped the bytes and call the second sync a success.
pub(super) fn append(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    let written = uninterrupted(|| file.write(bytes))?;
    if written != bytes.len() {
        return Err(io::Error::from(io::ErrorKind::WriteZero));
    }
    uninterrupted(|| sync_data(file))
}

/// Reads a plain file from byte `from` on, as the disk has it: whatever an earlier process left
/// unsynced is synced or lost first, and the page cache, which may hold bytes that never reached
/// the disk, is dropped. The mark's length is what was read.
pub(super) fn read_fresh(path: &Path, from: u64) -> Result<(Vec<u8>, Mark), JournalError> {
    read(path, from, forget_cached)
}

/// Reads a plain file that got its name after its sync, or that nothing is recorded on the strength
/// of: what the page cache has is what was saved, and waiting for the disk would be for nothing.
pub(super) fn read_settled(path: &Path, from: u64) -> Result<Vec<u8>, JournalError> {
    Ok(read(path, from, |_| Ok(()))?.0)
}

fn read(
    path: &Path,
    from: u64,
    settle: impl FnOnce(&File) -> io::Result<()>,
) -> Result<(Vec<u8>, Mark), JournalError> {
    let plain = || JournalError::NotPlain { path: path.to_owned(), expected: "file" };
    let meta = fs::symlink_metadata(path).map_err(JournalError::io("read", path))?;
    if !meta.is_file() {
        return Err(plain());
    }
    let failed = || JournalError::io("read", path);
    let mut file = careful(OpenOptions::new().read(true)).open(path).map_err(failed())?;
    let meta = file.metadata().map_err(failed())?;
    if !meta.is_file() {
        return Err(plain());
    }
    if meta.len() > MAX_FILE {
        return Err(JournalError::TooLarge { path: path.to_owned(), bytes: meta.len() });
    }
    settle(&file).map_err(JournalError::io("sync", path))?;
    let room = usize::try_from(meta.len().saturating_sub(from)).unwrap_or_default();
    // One byte more than is there, so that the end is found without a larger buffer.
    let mut bytes = Vec::with_capacity(room.saturating_add(1));
    file.seek(SeekFrom::Start(from)).map_err(failed())?;
    file.take(MAX_FILE).read_to_end(&mut bytes).map_err(failed())?;
    let length = from + bytes.len() as u64;
    Ok((bytes, Mark { length, ..Mark::of(&meta) }))
}

/// The present state of a plain file; nothing if there is none.
pub(super) fn look(path: &Path) -> Result<Option<Mark>, JournalError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => Ok(Some(Mark::of(&meta))),
        Ok(_) => Err(JournalError::NotPlain { path: path.to_owned(), expected: "file" }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(JournalError::io("read", path)(error)),
    }
}

/// Removes a temporary file that a crash left behind, if there is one.
pub(super) fn discard(temporary: &Path) -> io::Result<()> {
    match fs::remove_file(temporary) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// The names within a folder, in order; nothing if there is no such folder.
pub(super) fn names(path: &Path) -> Result<Vec<String>, JournalError> {
    let failed = || JournalError::io("list", path);
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        outcome => outcome.map_err(failed())?,
    };
    let mut names = Vec::new();
    for entry in entries {
        // A name that is no UTF-8 is none of ours.
        names.extend(entry.map_err(failed())?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

/// Opens or makes a lock file. Lock files are never removed: removing one that another process
/// has open would make two locks of it.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    careful(options.append(true).create(true)).open(path)
}

/// Makes the names within a folder durable.
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
    if cfg!(unix) { uninterrupted(|| sync_all(&File::open(path)?)) } else { Ok(()) }
}

/// Makes the name of this file or folder durable.
pub(super) fn sync_parent(path: &Path) -> Result<(), JournalError> {
    path.parent().map_or(Ok(()), |up| sync_dir(up).map_err(JournalError::io("sync", up)))
}

fn uninterrupted<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 0..INTERRUPTIONS {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
    Err(io::Error::from(io::ErrorKind::Interrupted))
}

#[cfg(target_os = "linux")]
fn sync_data(file: &File) -> io::Result<()> {
    // Not `File::sync_data`, which tries again for ever when it is interrupted.
    Ok(rustix::fs::fdatasync(file)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_data(file: &File) -> io::Result<()> {
    file.sync_data()
}

#[cfg(target_os = "linux")]
fn sync_all(file: &File) -> io::Result<()> {
    Ok(rustix::fs::fsync(file)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_all(file: &File) -> io::Result<()> {
    file.sync_all()
}

#[cfg(target_os = "linux")]
fn forget_cached(file: &File) -> io::Result<()> {
    use rustix::io::Errno;
    match uninterrupted(|| sync_all(file)) {
        // Read-only media have nothing to sync.
        Err(error) if matches!(Errno::from_io_error(&error), Some(Errno::ROFS | Errno::INVAL)) => {}
        outcome => outcome?,
    }
    // Advice only: file systems without a cache of their own may refuse it.
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn forget_cached(file: &File) -> io::Result<()> {
    let _ = file;
    Ok(())
}

#[cfg(target_os = "linux")]
fn reserve_room(file: &File) {
    // A favour for a full disk, not a promise: file systems without it work on.
    let _ = rustix::fs::fallocate(file, rustix::fs::FallocateFlags::KEEP_SIZE, 0, RESERVE);
}

#[cfg(not(target_os = "linux"))]
fn reserve_room(file: &File) {
    let _ = (file, RESERVE);
}

#[cfg(unix)]
fn careful(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    // NONBLOCK: a pipe in the place of a file must not hang us.
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    options.mode(0o600).custom_flags(flags.bits().cast_signed())
}

#[cfg(not(unix))]
fn careful(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn private_dir(builder: &mut DirBuilder) -> &mut DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    builder.mode(0o700)
}

#[cfg(not(unix))]
fn private_dir(builder: &mut DirBuilder) -> &mut DirBuilder {
    builder
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn modes_are_private_and_links_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let (dir, file) = (home.path().join("a/b"), home.path().join("a/b/f"));
        create_private_dir(&dir).unwrap();
        create_private_dir(&dir).unwrap();
        assert_eq!((mode(&home.path().join("a")), mode(&dir)), (0o700, 0o700));
        create_file(&file, b"one\n", true).unwrap();
        assert_eq!((mode(&file), fs::metadata(&file).unwrap().len()), (0o600, 4));
        assert!(create_file(&file, b"", false).is_err(), "a file is made once");
        let link = home.path().join("link");
        symlink(&file, &link).unwrap();
        assert!(open_append(&link).is_err());
        assert!(open_lock(&link).is_err());
        assert!(matches!(read_fresh(&link, 0), Err(JournalError::NotPlain { .. })));
        assert!(matches!(look(&link), Err(JournalError::NotPlain { .. })));
        let linked = home.path().join("linked");
        symlink(&dir, &linked).unwrap();
        assert!(matches!(create_private_dir(&linked), Err(JournalError::NotPlain { .. })));
        assert!(matches!(read_fresh(&dir, 0), Err(JournalError::NotPlain { .. })));
    }

    #[test]
    fn appended_bytes_are_read_from_where_we_stopped() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("f");
        create_file(&path, b"one\n", false).unwrap();
        let (file, mark) = open_append(&path).unwrap();
        append(&file, b"two\n").unwrap();
        let (bytes, after) = read_fresh(&path, mark.length).unwrap();
        assert_eq!((&*bytes, after.length, after.identity), (&b"two\n"[..], 8, mark.identity));
        assert_eq!(look(&path).unwrap().unwrap().length, 8);
        assert_eq!(look(&home.path().join("g")).unwrap(), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_write_that_fails_is_a_failure() {
        let full = OpenOptions::new().append(true).open("/dev/full").unwrap();
        assert_eq!(append(&full, b"x").unwrap_err().kind(), io::ErrorKind::StorageFull);
        let null = OpenOptions::new().append(true).open("/dev/null").unwrap();
        assert!(append(&null, b"x").is_err(), "what cannot be synced is not saved");
    }

    #[test]
    fn a_short_write_is_a_failure_and_is_not_completed() {
        let (mut reader, writer) = io::pipe().unwrap();
        let writer = File::from(std::os::fd::OwnedFd::from(writer));
        rustix::fs::fcntl_setfl(&writer, rustix::fs::OFlags::NONBLOCK).unwrap();
        let more_than_fits = vec![b'x'; 4 << 20];
        let failed = append(&writer, &more_than_fits).unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::WriteZero);
        drop(writer);
        let mut arrived = Vec::new();
        reader.read_to_end(&mut arrived).unwrap();
        assert!(arrived.len() < more_than_fits.len());
    }

    #[test]
    fn interruptions_are_bounded() {
        let mut calls = 0;
        let outcome: io::Result<()> = uninterrupted(|| {
            calls += 1;
            Err(io::Error::from(io::ErrorKind::Interrupted))
        });
        assert_eq!((outcome.unwrap_err().kind(), calls), (io::ErrorKind::Interrupted, 100));
    }
}
