//! Files that people wrote: playbooks and the like. The journal's files are the journal's business.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system says no.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// More than anybody writes by hand.
    #[error("{path}: larger than {limit} bytes")]
    TooLarge {
        /// Which file.
        path: String,
        /// What is read at most.
        limit: u64,
    },
    /// Something of this name is there already.
    #[error("{path} is there already")]
    AlreadyThere {
        /// Which file.
        path: String,
    },
    /// Not UTF-8.
    #[error("{path}:{line}:{column}: not UTF-8 text: save the file as UTF-8")]
    NotText {
        /// Which file.
        path: String,
        /// Line of the first bad byte, from 1.
        line: usize,
        /// Byte within that line, from 1.
        column: usize,
    },
}

impl FileError {
    /// The same with the name that people typed in place of the path it stands for.
    #[must_use]
    pub fn as_typed(mut self, real: &Path, typed: &Path) -> Self {
        let (Self::Io { path, .. }
        | Self::TooLarge { path, .. }
        | Self::AlreadyThere { path }
        | Self::NotText { path, .. }) = &mut self;
        if let Ok(below) = Path::new(path.as_str()).strip_prefix(real) {
            let empty = below.as_os_str().is_empty();
            let named = if empty { typed.to_owned() } else { typed.join(below) };
            *path = named.display().to_string();
        }
        self
    }
}

/// A text file of at most `limit` bytes.
///
/// # Errors
/// If it cannot be read, is larger, or is not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String, FileError> {
    let name = || path.display().to_string();
    let io = |source| FileError::Io { path: name(), source };
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge { path: name(), limit });
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|b| *b == b'\n').count();
        let column = before.rsplit(|b| *b == b'\n').next().map_or(0, <[u8]>::len) + 1;
        FileError::NotText { path: name(), line, column }
    })
}

/// As [`read_text`], but nothing that could keep us waiting: a pipe under a playbook's name must not.
///
/// # Errors
/// If it is no file; else as there.
pub fn read_file(path: &Path, limit: u64) -> Result<String, FileError> {
    match path.metadata() {
        Ok(found) if !found.is_file() => {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "not a file");
            Err(FileError::Io { path: path.display().to_string(), source })
        }
        Ok(_) | Err(_) => read_text(path, limit),
    }
}

/// The playbook file of this name in a folder, if there is one; the folder is not listed.
#[must_use]
pub fn playbook_file(folder: &Path, name: &str) -> Option<PathBuf> {
    let plain =
        !name.is_empty() && !name.contains(['/', '\\', '\0']) && name.strip_suffix(TEST).is_none();
    let endings = ["yaml", "yml"].into_iter().filter(|_| plain);
    endings
        .map(|ending| folder.join(format!("{name}.{ending}")))
        .find(|path| path.symlink_metadata().is_ok_and(|found| !found.is_dir()))
}

/// The playbook files of a folder (`*.yaml`, `*.yml`, playbook tests apart) by name, sorted; empty if
/// there is no such folder.
///
/// # Errors
/// If the folder is there but cannot be listed.
pub fn playbooks_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, FileError> {
    let mut found = yaml_in(folder)?;
    found.retain(|(stem, _)| stem.strip_suffix(TEST).is_none());
    Ok(found)
}

/// The playbook tests of a folder (`*.test.yaml`, `*.test.yml`) by name, sorted; empty if there is no
/// such folder.
///
/// # Errors
/// If the folder is there but cannot be listed.
pub fn tests_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, FileError> {
    let name = |(stem, path): (String, PathBuf)| {
        let name = stem.strip_suffix(TEST).filter(|name| !name.is_empty())?;
        Some((name.to_owned(), path))
    };
    Ok(yaml_in(folder)?.into_iter().filter_map(name).collect())
}

/// What a playbook test has between its name and `.yaml`.
const TEST: &str = ".test";

fn yaml_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, FileError> {
    let io = |source| FileError::Io { path: folder.display().to_string(), source };
    let entries = match std::fs::read_dir(folder) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(Vec::new());
        }
        entries => entries.map_err(io)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(io)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
        if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
            found.push((stem.to_owned(), path));
        }
    }
    found.sort();
    Ok(found)
}

/// Writes files into a folder, which is made if it is not there. Nothing is written if one of the
/// names is taken, unless `overwrite` says so.
///
/// # Errors
/// [`FileError::AlreadyThere`]; else what the system says.
pub fn write_new_folder(
    folder: &Path,
    files: &[(impl AsRef<str>, Vec<u8>)],
    overwrite: bool,
) -> Result<(), FileError> {
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| FileError::Io { path, source }
    };
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name.as_ref())).collect();
    if let Some(taken) = paths.iter().find(|path| !overwrite && path.symlink_metadata().is_ok()) {
        return Err(FileError::AlreadyThere { path: taken.display().to_string() });
    }
    std::fs::create_dir_all(folder).map_err(io(folder))?;
    for (path, (_, bytes)) in paths.iter().zip(files) {
        write_new(path, bytes, overwrite).map_err(io(path))?;
    }
    Ok(())
}

/// Writes one file that people will share, with the folders above it. What could not be written whole
/// is taken away again.
///
/// # Errors
/// [`FileError::AlreadyThere`]; else what the system says.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let name = || path.display().to_string();
    let io = |source| FileError::Io { path: name(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = opened.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => FileError::AlreadyThere { path: name() },
        _ => io(source),
    })?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        // Nobody has seen it yet.
        let _ = std::fs::remove_file(path);
        io(error)
    })
}

/// Writes one file that only its owner may read, with the folders above it; a link under its name is
/// replaced and never followed. What could not be written whole is taken away again.
///
/// # Errors
/// [`FileError::AlreadyThere`] unless `overwrite` says so; else what the system says.
pub fn write_own_file(path: &Path, bytes: &[u8], overwrite: bool) -> Result<(), FileError> {
    let io = |source| FileError::Io { path: path.display().to_string(), source };
    if !overwrite && path.symlink_metadata().is_ok() {
        return Err(FileError::AlreadyThere { path: path.display().to_string() });
    }
    if path.is_dir() {
        return Err(io(io::ErrorKind::IsADirectory.into()));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    write_new(path, bytes, overwrite).map_err(|source| {
        if source.kind() == io::ErrorKind::AlreadyExists {
            // Somebody else was quicker: it is theirs.
            return FileError::AlreadyThere { path: path.display().to_string() };
        }
        // Nobody has seen it yet.
        let _ = std::fs::remove_file(path);
        io(source)
    })
}

/// A file that only its owner may read. What stood under the name is taken away first, so that a link
/// is replaced and never followed.
fn write_new(path: &Path, bytes: &[u8], overwrite: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if overwrite && path.symlink_metadata().is_ok() {
        std::fs::remove_file(path)?;
    }
    options.open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_playbook_is_found_by_its_file_name_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("playbooks");
        std::fs::write(&folder, "no folder").unwrap();
        assert_eq!(playbooks_in(&folder).unwrap(), []);
        assert_eq!(playbook_file(&folder, "a"), None);
        std::fs::write(root.path().join("a.yml"), "").unwrap();
        std::fs::write(root.path().join("b.test.yaml"), "").unwrap();
        assert_eq!(playbook_file(root.path(), "a"), Some(root.path().join("a.yml")));
        for name in ["", "b", "b.test", "../a", "a\0"] {
            assert_eq!(playbook_file(root.path(), name), None, "{name:?}");
        }
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/new.yaml");
        write_new_file(&path, b"first").unwrap();
        let again = write_new_file(&path, b"second");
        assert!(matches!(again, Err(FileError::AlreadyThere { .. })), "{again:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        let below_a_file = write_new_file(&path.join("c.yaml"), b"third");
        assert!(matches!(below_a_file, Err(FileError::Io { .. })), "{below_a_file:?}");
    }

    #[test]
    fn an_own_file_is_written_over_only_when_that_was_said() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/binder.html");
        write_own_file(&path, b"first", false).unwrap();
        let again = write_own_file(&path, b"second", false);
        assert!(matches!(again, Err(FileError::AlreadyThere { .. })), "{again:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "first");
        write_own_file(&path, b"second", true).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "second");
        for place in [root.path().join("a"), path.join("below.html")] {
            let no = write_own_file(&place, b"third", true);
            assert!(matches!(no, Err(FileError::Io { .. })), "{no:?}");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "second");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_never_followed() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let root = tempfile::tempdir().unwrap();
        let (folder, other) = (root.path().join("out"), root.path().join("other"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(&other, "precious").unwrap();
        symlink(&other, folder.join("log.csv")).unwrap();
        let files = [("log.csv", b"new".to_vec())];
        assert!(write_new_folder(&folder, &files, false).is_err());
        write_new_folder(&folder, &files, true).unwrap();
        assert_eq!(std::fs::read_to_string(&other).unwrap(), "precious");
        let made = folder.join("log.csv").symlink_metadata().unwrap();
        assert!(made.is_file());
        assert_eq!(made.permissions().mode() & 0o777, 0o600);
    }
}
