//! SIGKILL at system calls. `strace` kills at the entry of the call: the call itself is not done.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::Scope;
use super::desk::{Ack, Desk};
use super::scenes::{JOIN, LONG, NOTE, QUICK, REPAIR, START, STEP, Scene};
use super::trace::{Call, reference};

/// The calls that leave something behind, or stand between two that do.
const WRITING: [&str; 16] = [
    "openat",
    "write",
    "fdatasync",
    "fsync",
    "rename",
    "mkdir",
    "flock",
    "fallocate",
    "fadvise64",
    "unlink",
    "statx",
    "lseek",
    "close",
    "getrandom",
    "getdents64",
    "exit_group",
];

/// All scenes, all points.
pub(crate) fn section(scope: Scope) -> Result<String> {
    control()?;
    let mut said = Vec::new();
    let more = [LONG, QUICK].into_iter().filter(|_| scope == Scope::Full);
    for scene in [START, STEP, REPAIR, JOIN].into_iter().chain(more) {
        let (points, acknowledged) = scene_points(&scene, scope).context(scene.name)?;
        said.push(format!("{} {points} ({acknowledged} after the answer)", scene.name));
    }
    Ok(format!("kills that fired, none lost: {}; both controls were seen", said.join(", ")))
}

/// Kills at every point of a scene; gives how many kills fired, and after how many of them the
/// answer had been given already.
fn scene_points(scene: &Scene, scope: Scope) -> Result<(usize, usize)> {
    let desk = Desk::new()?;
    let before = scene.set(&desk)?;
    let calls = reference(&desk, scene)?;
    let home = desk.home.to_string_lossy().into_owned();
    let wanted = |call: &&Call| match scope {
        _ if call.name == "execve" => false,
        Scope::Full => true,
        Scope::Short => WRITING.contains(&call.name.as_str()) && touches(call, &home),
    };
    let several = calls.iter().any(|call| call.thread != calls[0].thread);
    let points: BTreeMap<_, _> =
        calls.iter().filter(wanted).map(|call| ((call.name.as_str(), call.nth), call)).collect();
    let (mut fired, mut missed, mut acknowledged) = (0, 0, 0);
    for call in points.into_values() {
        match kill_at(&desk, scene, call, &before)? {
            Some(acks) => {
                fired += 1;
                acknowledged += usize::from(acks > 0);
            }
            None => missed += 1,
        }
    }
    ensure!(fired >= 20, "only {fired} points");
    // How often threads wait for each other is not the same every time; all else is.
    let allowed = if several { fired / 20 } else { 0 };
    ensure!(missed <= allowed, "{missed} kills did not fire, {fired} did");
    Ok((fired, acknowledged))
}

/// The calls on the home folder, on the answer, and those that say nothing of either.
fn touches(call: &Call, home: &str) -> bool {
    let by_name = ["getrandom", "exit_group"].contains(&call.name.as_str());
    by_name || call.rest.contains(home) || call.descriptor().is_some_and(|(fd, _)| fd == "1")
}

/// How many records were acknowledged before the kill; nothing if the kill did not fire.
fn kill_at(desk: &Desk, scene: &Scene, call: &Call, before: &[Ack]) -> Result<Option<usize>> {
    desk.restore()?;
    let (name, nth) = (&call.name, call.nth);
    let inject = format!("inject={name}:signal=SIGKILL:when={nth}");
    let at = || format!("killed at {name} number {nth}");
    let trace = format!("trace={name}");
    let ran = desk.injected(&["-e", &trace, "-e", &inject], scene.words).with_context(at)?;
    ensure!(ran.killed() || ran.code == Some(0), "{}: {ran:?}", at());
    let answered = ran.acks();
    let mut acks = before.to_vec();
    acks.extend(answered.iter().cloned());
    scene.settle(desk, &acks).with_context(at)?;
    Ok(ran.killed().then_some(answered.len()))
}

/// The harness must see a loss: an acknowledged record that is taken away, and one that is changed.
fn control() -> Result<()> {
    let desk = Desk::new()?;
    let mut acks = NOTE.set(&desk)?;
    acks.extend(desk.must(NOTE.words)?.acks());
    desk.sound(&acks)?;
    let path = desk.journals()?.pop().context("a journal")?;
    let whole = fs::read_to_string(&path)?;
    let start = whole.trim_end().rfind('\n').context("several records")? + 1;
    fs::write(&path, &whole[..start])?;
    let lost = desk.lost(&acks);
    ensure!(
        lost.len() == 1 && acks.last() == lost.first(),
        "a cut record was not missed: {lost:?}"
    );
    ensure!(NOTE.settle(&desk, &acks).is_err(), "a cut record was not noticed");
    fs::write(&path, whole.replace("The vendor says", "The vendor said"))?;
    ensure!(desk.sound(&acks).is_err(), "a changed record was not noticed");
    Ok(())
}
