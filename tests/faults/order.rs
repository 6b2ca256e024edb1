//! The order of calls. A crash test cannot see a missing directory sync where the file system
//! happens to keep the name anyway; the trace can.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use super::Scope;
use super::desk::Desk;
use super::scenes::{JOIN, LONG, NOTE, QUICK, REPAIR, START, STEP};
use super::trace::{Call, reference};

/// Every scene's trace is in order, and would not be without its syncs.
pub(crate) fn section(_: Scope) -> Result<String> {
    let (mut writes, mut names, mut controls) = (0, 0, 0);
    for scene in [START, STEP, NOTE, REPAIR, JOIN, LONG, QUICK] {
        let desk = Desk::new()?;
        scene.set(&desk)?;
        let calls = reference(&desk, &scene)?;
        let seen = check(&calls, &desk.home).context(scene.name)?;
        ensure!(seen.writes > 0, "{}: nothing was written", scene.name);
        writes += seen.writes;
        names += seen.names;
        controls += without_each_sync(&calls, &desk.home, &seen).context(scene.name)?;
    }
    Ok(format!(
        "{writes} writes and {names} new names, all synced before the answer; \
         {controls} traces with one sync taken out, all refused"
    ))
}

/// What one trace holds.
#[derive(Debug, Default)]
struct Seen {
    writes: usize,
    names: usize,
    /// The calls that made something durable, by their place in the trace.
    needed: Vec<usize>,
}

/// Each sync that something depended on is taken out, and those of the same thing that come after it,
/// which would make up for it; the trace must then be refused.
fn without_each_sync(calls: &[Call], home: &Path, seen: &Seen) -> Result<usize> {
    for at in &seen.needed {
        let gone = &calls[*at];
        let (before, after) = calls.split_at(*at);
        let same = |call: &&Call| call.name == gone.name && call.descriptor() == gone.descriptor();
        let less: Vec<Call> =
            before.iter().chain(after.iter().filter(|call| !same(call))).cloned().collect();
        ensure!(check(&less, home).is_err(), "nothing missed {}({}", gone.name, gone.rest);
    }
    ensure!(!seen.needed.is_empty(), "no sync was needed");
    Ok(seen.needed.len())
}

/// What is not durable yet.
#[derive(Debug, Default)]
struct Pending {
    bytes: BTreeSet<PathBuf>,
    names: BTreeSet<PathBuf>,
}

/// Walks a trace up to the answer.
fn check(calls: &[Call], home: &Path) -> Result<Seen> {
    let (mut seen, mut pending) = (Seen::default(), Pending::default());
    for (at, call) in calls.iter().enumerate().filter(|(_, call)| call.worked()) {
        if call.name == "write" && call.descriptor().is_some_and(|(fd, _)| fd == "1") {
            let Pending { bytes, names } = &pending;
            ensure!(bytes.is_empty(), "answered before these bytes were synced: {bytes:?}");
            ensure!(names.is_empty(), "answered before these names were synced: {names:?}");
            return Ok(seen);
        }
        pending.take(at, call, home, &mut seen)?;
    }
    bail!("nothing was answered")
}

impl Pending {
    fn take(&mut self, at: usize, call: &Call, home: &Path, seen: &mut Seen) -> Result<()> {
        let path = || call.descriptor().map(|(_, path)| PathBuf::from(path));
        let first = || call.quoted().first().map(PathBuf::from);
        match call.name.as_str() {
            "write" | "pwrite64" | "writev" => {
                if let Some(path) = path().filter(|path| path.starts_with(home)) {
                    seen.writes += 1;
                    self.bytes.insert(path);
                }
            }
            "fdatasync" | "fsync" if path().is_some_and(|path| self.sync(&path)) => {
                seen.needed.push(at);
            }
            "openat" if call.rest.contains("O_CREAT") => seen.names += self.name(first(), home),
            "mkdir" => seen.names += self.name(first(), home),
            "rename" => {
                if let [from, to] = call.quoted()[..] {
                    ensure!(self.bytes.is_empty(), "renamed before it was synced: {from}");
                    self.rename(Path::new(from), Path::new(to));
                    seen.names += 1;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn name(&mut self, path: Option<PathBuf>, home: &Path) -> usize {
        // A lock file holds nothing: after a crash it may be there or not.
        let lasting = |path: &PathBuf| path.extension().is_none_or(|ending| ending != "lock");
        let Some(path) = path.filter(|path| path.starts_with(home)).filter(lasting) else {
            return 0;
        };
        usize::from(self.names.insert(path))
    }

    fn sync(&mut self, path: &Path) -> bool {
        let before = self.names.len();
        self.names.retain(|name| name.parent() != Some(path));
        self.bytes.remove(path) || self.names.len() < before
    }

    fn rename(&mut self, from: &Path, to: &Path) {
        let moved = |name: &PathBuf| match name.strip_prefix(from) {
            Ok(below) if below.as_os_str().is_empty() => to.to_owned(),
            Ok(below) => to.join(below),
            Err(_) => name.clone(),
        };
        self.names = self.names.iter().map(moved).collect();
        self.names.insert(to.to_owned());
    }
}
