//! Power loss. A loop image holds a file system that is shut down between two calls: what was not
//! durable is gone, as if the plug had been pulled. Only with `--full`, and only as root.
//!
//! The control answers every sync with success and does nothing: then acknowledged records must be
//! lost, or this test could not see a loss.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

use super::Scope;
use super::desk::{Ack, Desk, text};
use super::scenes::{JOIN, NOTE, REPAIR, START, STEP, Scene};
use super::tools::{apart, tool};
use super::trace::{Call, reference};

const CUTTING: [&str; 7] =
    ["write", "fdatasync", "fsync", "rename", "mkdir", "openat", "exit_group"];

/// A sync that says yes and does nothing.
const LYING: [&str; 4] = ["-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:retval=0"];

/// Only in the full run.
pub(crate) fn section(scope: Scope) -> Result<String> {
    if scope == Scope::Short {
        return Ok("only with --full (needs root and loop mounts)".to_owned());
    }
    match apart("power", false)? {
        Some(said) => Ok(said),
        None => bail!("power loss needs root and loop mounts, and they are not to be had here"),
    }
}

/// A disk whose plug can be pulled.
struct Disk {
    desk: Desk,
    folder: tempfile::TempDir,
}

impl Disk {
    /// A new file system with a scene set on it, all of it durable.
    fn with(scene: &Scene) -> Result<(Self, Vec<Ack>)> {
        let folder = tempfile::tempdir()?;
        let disk = Self { desk: Desk::at(&folder.path().join("disk")), folder };
        std::fs::create_dir(disk.path("disk"))?;
        let image = disk.path("base");
        tool(&["truncate", "-s", "24M", text(&image)?])?;
        tool(&["mkfs.ext4", "-q", "-F", text(&image)?])?;
        disk.mount(&image)?;
        let acks = scene.set(&disk.desk)?;
        disk.unmount()?;
        Ok((disk, acks))
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn mount(&self, image: &Path) -> Result<()> {
        tool(&["mount", "-o", "loop", text(image)?, text(&self.path("disk"))?])
    }

    fn unmount(&self) -> Result<()> {
        tool(&["umount", text(&self.path("disk"))?])
    }

    /// A copy of the disk as it was when the scene was set.
    fn fresh(&self) -> Result<()> {
        let (base, image) = (self.path("base"), self.path("image"));
        tool(&["cp", "--sparse=always", text(&base)?, text(&image)?])?;
        self.mount(&image)
    }

    /// Pulls the plug and starts again from what the disk has.
    fn cut(&self) -> Result<()> {
        tool(&["xfs_io", "-x", "-c", "shutdown", text(&self.path("disk"))?])?;
        self.unmount()?;
        self.mount(&self.path("image"))
    }
}

/// In a mount namespace of its own.
pub(crate) fn inside() -> Result<String> {
    let mut said = Vec::new();
    for scene in [START, STEP, REPAIR, JOIN] {
        let (points, answered) = scene_points(&scene).context(scene.name)?;
        said.push(format!("{} {points} ({answered} answered)", scene.name));
    }
    let storm = after_each_answer()?;
    let (rounds, lost) = control()?;
    ensure!(lost > 0, "with syncs that lie, nothing was lost: this test cannot see a loss");
    Ok(format!(
        "power cuts, none lost: {}, {storm} right after an answer; \
         control with lying syncs: {lost} of {rounds} acknowledged records lost",
        said.join(", ")
    ))
}

/// Kills the command at each call that matters and cuts the power at once.
fn scene_points(scene: &Scene) -> Result<(usize, usize)> {
    let (disk, before) = Disk::with(scene)?;
    disk.fresh()?;
    let calls = reference(&disk.desk, scene)?;
    disk.unmount()?;
    let home = disk.desk.home.to_string_lossy().into_owned();
    let wanted = |call: &&Call| {
        let ours = call.rest.contains(&home) || call.descriptor().is_some_and(|(fd, _)| fd == "1");
        CUTTING.contains(&call.name.as_str()) && (ours || call.name == "exit_group")
    };
    let (mut points, mut answered) = (0, 0);
    for call in calls.iter().filter(wanted) {
        disk.fresh()?;
        let fault = format!("inject={}:signal=SIGKILL:when={}", call.name, call.nth);
        let trace = format!("trace={}", call.name);
        let at = || format!("cut at {}({}", call.name, call.rest);
        let ran = disk.desk.injected(&["-e", &trace, "-e", &fault], scene.words)?;
        ensure!(ran.killed(), "{}: the kill did not fire: {ran:?}", at());
        disk.cut()?;
        let mut acks = before.clone();
        acks.extend(ran.acks());
        scene.settle(&disk.desk, &acks).with_context(at)?;
        disk.unmount()?;
        points += 1;
        answered += usize::from(!ran.acks().is_empty());
    }
    Ok((points, answered))
}

/// Cuts the power after the answers of one to twenty notes.
fn after_each_answer() -> Result<usize> {
    let (disk, before) = Disk::with(&NOTE)?;
    for notes in 1..=20 {
        disk.fresh()?;
        let mut acks = before.clone();
        for note in 0..notes {
            acks.extend(disk.desk.must(&["note", &format!("Note {note}"), "--json"])?.acks());
        }
        disk.cut()?;
        NOTE.settle(&disk.desk, &acks)?;
        disk.unmount()?;
    }
    Ok(20)
}

/// The same with syncs that lie; gives how many records were acknowledged and how many of them lost.
fn control() -> Result<(usize, usize)> {
    let (disk, _) = Disk::with(&NOTE)?;
    let (mut told, mut lost) = (0, 0);
    for _ in 0..10 {
        disk.fresh()?;
        let ran = disk.desk.injected(&LYING, &["note", "Saved?", "--json"])?;
        ensure!(ran.code == Some(0), "{ran:?}");
        disk.cut()?;
        told += ran.acks().len();
        lost += disk.desk.lost(&ran.acks()).len();
        disk.unmount()?;
    }
    Ok((told, lost))
}
