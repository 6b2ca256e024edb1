//! Calls that fail. Whoever records is told "not confirmed saved" and never "saved"; whoever reads
//! goes on reading; and once the fault is gone the same command adds it once.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::Scope;
use super::desk::{Ack, Desk, Ran, text};
use super::scenes::{JOIN, NOTE, REPAIR, START, STEP, Scene};
use super::trace::{Call, reference};

/// "Not confirmed on disk: write it on paper."
const NOT_SAVED: i32 = 6;

const ERRORS: [&str; 3] = ["EIO", "ENOSPC", "EROFS"];

/// Every call that makes or keeps something fails once, in every way that disks fail.
pub(crate) fn section(scope: Scope) -> Result<String> {
    let mut said = Vec::new();
    for scene in [START, STEP, NOTE, REPAIR, JOIN] {
        let count = scene_errors(&scene, scope).context(scene.name)?;
        said.push(format!("{} {count}", scene.name));
    }
    let interrupted = interruptions()?;
    readable()?;
    Ok(format!(
        "errors that fired, none called saved: {}; {interrupted} interruptions, none for ever",
        said.join(", ")
    ))
}

fn scene_errors(scene: &Scene, scope: Scope) -> Result<usize> {
    let desk = Desk::new()?;
    let before = scene.set(&desk)?;
    let calls = reference(&desk, scene)?;
    let home = desk.home.to_string_lossy().into_owned();
    let mut fired = 0;
    for call in calls.iter().filter(|call| keeps(call, &home)) {
        for errno in ERRORS {
            fail_at(&desk, scene, call, errno, &before)?;
            fired += 1;
        }
    }
    if scope == Scope::Full {
        for call in calls.iter().filter(|call| reads(call, &home)) {
            fail_reading(&desk, scene, call, &before)?;
            fired += 1;
        }
    }
    ensure!(fired >= 12, "only {fired} points");
    Ok(fired)
}

/// The calls that make or keep something in the home folder.
fn keeps(call: &Call, home: &str) -> bool {
    let made = ["write", "fdatasync", "fsync", "rename", "mkdir", "flock"];
    let creates = call.name == "openat" && call.rest.contains("O_CREAT");
    (made.contains(&call.name.as_str()) || creates) && call.worked() && call.rest.contains(home)
}

/// The other calls on the home folder.
fn reads(call: &Call, home: &str) -> bool {
    let looks = ["openat", "read", "statx", "getdents64", "lseek", "newfstatat"];
    looks.contains(&call.name.as_str()) && call.rest.contains(home) && !keeps(call, home)
}

fn inject(desk: &Desk, scene: &Scene, call: &Call, errno: &str) -> Result<Ran> {
    desk.restore()?;
    let (name, nth) = (&call.name, call.nth);
    let (trace, fault) =
        (format!("trace={name}"), format!("inject={name}:error={errno}:when={nth}"));
    let ran = desk.injected(&["-e", &trace, "-e", &fault], scene.words)?;
    ensure!(ran.hits == 1, "{} faults fired instead of one: {ran:?}", ran.hits);
    Ok(ran)
}

fn fail_at(desk: &Desk, scene: &Scene, call: &Call, errno: &str, before: &[Ack]) -> Result<()> {
    let at = || format!("{errno} from {}({}", call.name, call.rest);
    let ran = inject(desk, scene, call, errno).with_context(at)?;
    // Read-only media have nothing to sync before reading; what is written later is synced anyway.
    let harmless = errno == "EROFS" && call.name == "fsync" && ran.code == Some(0);
    if harmless {
        ensure!(!ran.acks().is_empty(), "{}: {ran:?}", at());
    } else {
        not_saved(&ran).with_context(at)?;
    }
    let mut acks = before.to_vec();
    acks.extend(ran.acks());
    scene.settle(desk, &acks).with_context(at)
}

/// Nothing can be asked of a command that cannot read, but never a false answer, a panic or a hang.
fn fail_reading(desk: &Desk, scene: &Scene, call: &Call, before: &[Ack]) -> Result<()> {
    let at = || format!("EIO from {}({}", call.name, call.rest);
    let ran = inject(desk, scene, call, "EIO").with_context(at)?;
    let ended = ran.code.is_some_and(|code| (0..=NOT_SAVED).contains(&code));
    ensure!(ended && (ran.code == Some(0) || ran.acks().is_empty()), "{}: {ran:?}", at());
    let mut acks = before.to_vec();
    acks.extend(ran.acks());
    scene.settle(desk, &acks).with_context(at)
}

/// The answer of a command whose outcome is not known.
pub(crate) fn not_saved(ran: &Ran) -> Result<()> {
    ensure!(ran.code == Some(NOT_SAVED), "exit code {NOT_SAVED} expected: {ran:?}");
    ensure!(ran.err.contains("not confirmed saved"), "\"not confirmed saved\" expected: {ran:?}");
    ensure!(ran.acks().is_empty(), "nothing may be acknowledged: {ran:?}");
    Ok(())
}

/// A few interruptions do not matter; endless ones end.
fn interruptions() -> Result<usize> {
    let mut fired = 0;
    for scene in [START, STEP, REPAIR] {
        let desk = Desk::new()?;
        let before = scene.set(&desk)?;
        let log = desk.journals()?.pop();
        for name in ["write", "fdatasync", "fsync", "flock"] {
            // `start` has no log yet, and takes no lock.
            if log.is_none() && matches!(name, "write" | "flock") {
                continue;
            }
            // Only the log's writes: whoever reads the answer may be interrupted as they like.
            let only = log.as_deref().filter(|_| name == "write");
            for when in ["1..5", "1+"] {
                let at = || format!("{} with {name} interrupted ({when})", scene.name);
                interrupt(&desk, &scene, (name, when, only), &before).with_context(at)?;
                fired += 1;
            }
        }
    }
    Ok(fired)
}

fn interrupt(
    desk: &Desk,
    scene: &Scene,
    (name, when, only): (&str, &str, Option<&Path>),
    before: &[Ack],
) -> Result<()> {
    desk.restore()?;
    let (trace, fault) =
        (format!("trace={name}"), format!("inject={name}:error=EINTR:when={when}"));
    let mut inject = vec!["-e", &trace, "-e", &fault];
    if let Some(path) = only {
        inject.extend(["-P", text(path)?]);
    }
    let ran = desk.injected(&inject, scene.words)?;
    ensure!(ran.hits >= 3, "{} faults fired", ran.hits);
    let mut acks = before.to_vec();
    if when == "1+" {
        ensure!(matches!(ran.code, Some(5 | NOT_SAVED)), "{ran:?}");
    } else {
        ensure!(ran.code == Some(0) && !ran.acks().is_empty(), "{ran:?}");
        acks.extend(ran.acks());
    }
    scene.settle(desk, &acks)
}

/// With a disk that takes nothing, the playbook and the log are still read.
fn readable() -> Result<()> {
    let desk = Desk::new()?;
    NOTE.set(&desk)?;
    let fault = "inject=fdatasync,rename,mkdir,flock,fallocate:error=EIO";
    for words in
        [&["show", "email-outage"][..], &["list"], &["status"], &["log"], &["verify"], &["report"]]
    {
        let ran = desk.injected(&["-e", "trace=all", "-e", fault], words)?;
        ensure!(ran.code == Some(0) && !ran.out.is_empty(), "{}: {ran:?}", words.join(" "));
    }
    let sync = "inject=fsync:error=EIO";
    let ran = desk.injected(&["-e", "trace=all", "-e", sync], &["show", "email-outage"])?;
    ensure!(ran.code == Some(0) && ran.out.contains("Email outage"), "{ran:?}");
    Ok(())
}
