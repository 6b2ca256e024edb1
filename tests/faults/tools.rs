//! The tools that make the faults. What is missing is named with the package that brings it.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use super::Scope;

/// A tool, the argument that makes it say its version, and the Debian package that brings it.
type Tool = (&'static str, &'static str, &'static str);

const ALWAYS: [Tool; 4] = [
    ("strace", "--version", "strace"),
    ("timeout", "--version", "coreutils"),
    ("prlimit", "--version", "util-linux"),
    ("unshare", "--version", "util-linux"),
];

const FULL: [Tool; 3] = [
    ("xfs_io", "-V", "xfsprogs"),
    ("mkfs.ext4", "-V", "e2fsprogs"),
    ("mount", "--version", "mount"),
];

/// Fails unless every tool is there. Nothing is ever left out because a tool is not.
pub(crate) fn require(scope: Scope) -> Result<()> {
    let wanted = ALWAYS.iter().chain(FULL.iter().filter(|_| scope == Scope::Full));
    let missing: Vec<&Tool> = wanted.filter(|tool| !there(tool)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|(name, ..)| *name).collect();
    let packages: Vec<&str> = missing.iter().map(|(.., package)| *package).collect();
    let (names, packages) = (names.join(", "), packages.join(" "));
    bail!("needs {names}: apt-get install {packages} (on Debian; elsewhere look for the same name)")
}

fn there((name, version, _): &Tool) -> bool {
    let mut command = Command::new(name);
    command.arg(version).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs a section of this program in a mount namespace of its own, so that whatever it mounts goes
/// away with it. Nothing if the system does not allow that.
pub(crate) fn apart(section: &str, user: bool) -> Result<Option<String>> {
    let flags: &[&str] = if user { &["-U", "-r", "-m"] } else { &["-m"] };
    let works = Command::new("unshare").args(flags).arg("true").stderr(Stdio::null()).status();
    if !works.context("unshare")?.success() {
        return Ok(None);
    }
    let this = std::env::current_exe().context("the path of this program")?;
    let mut command = Command::new("unshare");
    command.args(flags).arg(this).args(["--inside", section]);
    let output = command.output().context("unshare")?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(Some(said))
}

/// Runs a tool that must succeed.
pub(crate) fn tool(words: &[&str]) -> Result<()> {
    let (name, rest) = words.split_first().context("a tool has a name")?;
    let output = Command::new(name).args(rest).output().with_context(|| name.to_string())?;
    ensure!(
        output.status.success(),
        "{}: {}",
        words.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
