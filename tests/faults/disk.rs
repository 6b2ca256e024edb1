//! A disk that is really full and a folder that is really read-only.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use super::Scope;
use super::desk::{Ack, Desk, text};
use super::errors::not_saved;
use super::scenes::{NOTE, START, STEP};
use super::tools::{apart, tool};

/// What people read while nothing can be written.
const READING: [&[&str]; 7] = [
    &["show", "email-outage"],
    &["list"],
    &["incidents"],
    &["status"],
    &["log"],
    &["verify"],
    &["report"],
];

/// A size limit, which needs no rights; then real file systems, which need a mount namespace.
pub(crate) fn section(scope: Scope) -> Result<String> {
    let limited = size_limit()?;
    for user in [false, true] {
        if let Some(said) = apart("disk", user)? {
            return Ok(format!("{limited}; {said}"));
        }
    }
    if scope == Scope::Full {
        bail!("tmpfs and read-only mounts need root or user namespaces, and there are none here");
    }
    Ok(format!("{limited}; NOT RUN: tmpfs and read-only mounts (no root, no user namespaces)"))
}

/// Writes that end short because a file may not grow further.
fn size_limit() -> Result<String> {
    let mut fired = 0;
    for room in [0, 1, 100, 300] {
        let desk = Desk::new()?;
        let before = STEP.set(&desk)?;
        let path = desk.journals()?.pop().context("a journal")?;
        let limit = format!("--fsize={}", fs::metadata(&path)?.len() + room);
        let wrapper = ["timeout", "60", "env", "--ignore-signal=XFSZ", "prlimit", &limit];
        not_saved(&desk.around(&wrapper, STEP.words)?)
            .with_context(|| format!("room for {room} bytes"))?;
        STEP.settle(&desk, &before)?;
        fired += 1;
    }
    Ok(format!("{fired} short writes repaired"))
}

/// In a mount namespace of its own.
pub(crate) fn inside() -> Result<String> {
    let full = full_disk()?;
    let read_only = read_only_folder()?;
    Ok(format!("{full}; {read_only}"))
}

fn full_disk() -> Result<String> {
    let folder = tempfile::tempdir()?;
    let place = text(folder.path())?;
    tool(&["mount", "-t", "tmpfs", "-o", "size=160k,mode=700", "none", place])?;
    let desk = Desk::at(folder.path());
    let mut acks = desk.must(START.words)?.acks();
    let words = "n".repeat(1500);
    let mut told = 0;
    loop {
        let ran = desk.run(&["note", &words, "--json"])?;
        if ran.code != Some(0) {
            not_saved(&ran)?;
            break;
        }
        acks.extend(ran.acks());
        told += 1;
        ensure!(told < 1000, "the disk does not get full");
    }
    for _ in 0..3 {
        not_saved(&desk.run(&["note", &words, "--id", "k1", "--json"])?)?;
    }
    not_saved(&desk.run(START.words)?).context("start on a full disk")?;
    reading(&desk, &acks)?;
    tool(&["mount", "-o", "remount,size=4m", place])?;
    acks.extend(desk.must(&["note", &words, "--id", "k1", "--json"])?.acks());
    ensure!(desk.keyed("k1")? == 1, "recorded {} times", desk.keyed("k1")?);
    desk.sound(&acks)?;
    tool(&["umount", place])?;
    Ok(format!("full tmpfs after {told} notes, all kept"))
}

fn read_only_folder() -> Result<String> {
    let desk = Desk::new()?;
    let acks = NOTE.set(&desk)?;
    let home = text(&desk.home)?;
    tool(&["mount", "--bind", home, home])?;
    tool(&["mount", "-o", "remount,ro,bind", home])?;
    for scene in [START, STEP, NOTE] {
        not_saved(&desk.run(scene.words)?).context(scene.name)?;
    }
    reading(&desk, &acks)?;
    tool(&["umount", home])?;
    NOTE.settle(&desk, &acks)?;
    nothing_there_yet()?;
    Ok("read-only folder read, and not written".to_owned())
}

/// A home that cannot even be made.
fn nothing_there_yet() -> Result<()> {
    let desk = Desk::new()?;
    fs::create_dir(&desk.home)?;
    let home = text(&desk.home)?;
    tool(&["mount", "--bind", home, home])?;
    tool(&["mount", "-o", "remount,ro,bind", home])?;
    not_saved(&desk.run(START.words)?).context("start in a read-only home")?;
    desk.must(&["show", "email-outage"])?;
    desk.must(&["list"])?;
    tool(&["umount", home])
}

fn reading(desk: &Desk, acks: &[Ack]) -> Result<()> {
    for words in READING {
        let ran = desk.must(words)?;
        ensure!(!ran.out.is_empty(), "{}: {ran:?}", words.join(" "));
    }
    let missing = |path: &Path| !path.exists();
    ensure!(!missing(&desk.home), "the home folder is gone");
    desk.sound(acks)
}
