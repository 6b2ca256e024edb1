//! Where files lie and who the machine says is using it. The environment is read here, once.

use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use crate::engine::Digest;

/// Where the program was started, by whom, and where it keeps things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `$RUNBOOK_HOME`, else the platform's data folder.
    pub home: PathBuf,
    /// The folder the program was started in.
    pub cwd: PathBuf,
    /// The user's own folder, for showing paths below it as `~`.
    pub user_home: Option<PathBuf>,
    /// Who types, as `$RUNBOOK_BY` says.
    pub by: Option<String>,
    /// The name of the OS user, which may be that of a shared account.
    pub user: Option<String>,
    /// A digest of machine, OS user and home folder: one install.
    pub install: Digest,
}

/// The system does not tell where a user's files are.
#[derive(Debug, thiserror::Error)]
#[error("there is no home folder: set RUNBOOK_HOME to the folder that should hold the incidents")]
pub struct NoHome;

impl Place {
    pub(super) fn real() -> Result<Self, NoHome> {
        let home = var("RUNBOOK_HOME").map(PathBuf::from).or_else(data_folder).ok_or(NoHome)?;
        let cwd = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let home = cwd.join(home);
        let user = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(var).or_else(account);
        let install = digest(&[&machine(), &user_number(), home.as_os_str().as_encoded_bytes()]);
        let user_home = var("HOME").or_else(|| var("USERPROFILE")).map(PathBuf::from);
        Ok(Self { home, cwd, user_home, by: var("RUNBOOK_BY"), user, install })
    }

    /// Who types: `$RUNBOOK_BY`, else the name of the OS user.
    #[must_use]
    pub fn typist(&self) -> Option<&str> {
        self.by.as_deref().or(self.user.as_deref())
    }
}

/// SHA-256 over parts, each ended by a zero byte.
pub(super) fn digest(parts: &[&[u8]]) -> Digest {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    Digest::from_bytes(hash.finalize().into())
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn var(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn data_folder() -> Option<PathBuf> {
    if cfg!(windows) {
        return var("LOCALAPPDATA").map(|base| PathBuf::from(base).join("runbook"));
    }
    let home = var("HOME").map(PathBuf::from);
    if cfg!(target_os = "macos") {
        return Some(home?.join("Library/Application Support/runbook"));
    }
    let base = var("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    Some(base.or_else(|| home.map(|home| home.join(".local/share")))?.join("runbook"))
}

/// What tells this machine from others: its machine id, else its name.
fn machine() -> Vec<u8> {
    let files = ["/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostname"];
    let found = files.iter().find_map(|file| std::fs::read(file).ok().filter(|id| !id.is_empty()));
    found.unwrap_or_else(|| {
        ["COMPUTERNAME", "HOSTNAME"].into_iter().find_map(var).unwrap_or_default().into_bytes()
    })
}

/// The account's name, where the environment does not say it (services, containers).
#[cfg(unix)]
fn account() -> Option<String> {
    let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
    let number = rustix::process::getuid().as_raw().to_string();
    let mine = |line: &&str| line.split(':').nth(2) == Some(number.as_str());
    accounts.lines().find(mine)?.split(':').next().map(str::to_owned)
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}

#[cfg(unix)]
fn user_number() -> Vec<u8> {
    rustix::process::getuid().as_raw().to_string().into_bytes()
}

#[cfg(not(unix))]
fn user_number() -> Vec<u8> {
    var("USERNAME").unwrap_or_default().into_bytes()
}
