//! A home folder and the commands that somebody types there, with or without faults around them.
//! Also what was acknowledged, and whether it is still on disk: read from the bytes, not by asking
//! the program that is under test.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use super::tools::tool;

/// The program under test.
pub(crate) const RUNBOOK: &str = env!("CARGO_BIN_EXE_runbook");

/// A folder to work in.
#[derive(Debug)]
pub(crate) struct Desk {
    folder: PathBuf,
    /// Where the incidents lie. The path stays the same however often it is put back, because it is
    /// part of what makes an install.
    pub(crate) home: PathBuf,
    _owned: Option<TempDir>,
}

/// How a command went.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Its exit code, if it came to that.
    pub(crate) code: Option<i32>,
    /// The signal that ended it.
    pub(crate) signal: Option<i32>,
    /// What it answered.
    pub(crate) out: String,
    /// What it said beside.
    pub(crate) err: String,
    /// How many calls were made to fail.
    pub(crate) hits: usize,
}

/// A record that somebody was told is on disk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ack {
    /// In which incident.
    pub(crate) incident: String,
    writer: String,
    seq: u64,
    hash: String,
}

impl Desk {
    /// A desk in a temporary folder.
    pub(crate) fn new() -> Result<Self> {
        let owned = tempfile::tempdir()?;
        let desk = Self::at(owned.path());
        Ok(Self { _owned: Some(owned), ..desk })
    }

    /// A desk in this folder.
    pub(crate) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), home: folder.join("home"), _owned: None }
    }

    /// A file of the desk's own, beside the home folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs `wrapper… runbook words…`.
    pub(crate) fn around(&self, wrapper: &[&str], words: &[&str]) -> Result<Ran> {
        let mut line = wrapper.to_vec();
        line.push(RUNBOOK);
        line.extend(words);
        let (program, rest) = line.split_first().context("a program")?;
        let mut command = Command::new(program);
        command.args(rest).stdin(Stdio::null()).current_dir(&self.folder);
        command.env("RUNBOOK_HOME", &self.home).env("RUNBOOK_BY", "Ana Diaz");
        let output = command.output().with_context(|| program.to_string())?;
        Ok(Ran {
            code: output.status.code(),
            signal: output.status.signal(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            hits: 0,
        })
    }

    /// Runs a command under `strace`, which makes calls fail, and says how many did.
    pub(crate) fn injected(&self, inject: &[&str], words: &[&str]) -> Result<Ran> {
        let file = self.folder.with_extension("injected");
        let mut wrapper = vec!["timeout", "60", "strace", "-f", "-o", text(&file)?];
        wrapper.extend(inject);
        let ran = self.around(&wrapper, words)?;
        let hits = fs::read_to_string(&file)?.matches("(INJECTED").count();
        fs::remove_file(&file)?;
        Ok(Ran { hits, ..ran })
    }

    /// Runs a command as people do.
    pub(crate) fn run(&self, words: &[&str]) -> Result<Ran> {
        self.around(&["timeout", "60"], words)
    }

    /// Runs a command that must succeed.
    pub(crate) fn must(&self, words: &[&str]) -> Result<Ran> {
        let ran = self.run(words)?;
        ensure!(ran.code == Some(0), "{} should work: {ran:?}", words.join(" "));
        Ok(ran)
    }

    /// Keeps the home as it is.
    pub(crate) fn save(&self) -> Result<()> {
        let (home, saved) = (self.home.clone(), self.file("saved"));
        remove(&saved)?;
        fs::create_dir_all(&home)?;
        tool(&["cp", "-a", text(&home)?, text(&saved)?])
    }

    /// Puts the home back as it was kept.
    pub(crate) fn restore(&self) -> Result<()> {
        remove(&self.home)?;
        tool(&["cp", "-a", text(&self.file("saved"))?, text(&self.home)?])
    }

    /// The names of the incidents.
    pub(crate) fn incidents(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in entries(&self.home.join("incidents"))? {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            names.extend(Some(name).filter(|name| !name.starts_with('.')));
        }
        Ok(names)
    }

    /// The journal files of all incidents.
    pub(crate) fn journals(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for incident in self.incidents()? {
            let folder = self.home.join("incidents").join(incident).join("journal");
            let log = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "jsonl");
            files.extend(entries(&folder)?.into_iter().filter(log));
        }
        Ok(files)
    }

    /// How many records carry this key.
    pub(crate) fn keyed(&self, key: &str) -> Result<usize> {
        let word = format!("\"key\":\"{key}\"");
        let mut count = 0;
        for file in self.journals()? {
            count += String::from_utf8_lossy(&fs::read(file)?).matches(&word).count();
        }
        Ok(count)
    }

    /// The acknowledged records that are not on disk.
    pub(crate) fn lost(&self, acks: &[Ack]) -> Vec<Ack> {
        acks.iter().filter(|ack| !self.holds(ack)).cloned().collect()
    }

    fn holds(&self, ack: &Ack) -> bool {
        let folder = self.home.join("incidents").join(&ack.incident).join("journal");
        let bytes = fs::read(folder.join(format!("{}.jsonl", ack.writer))).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let (number, ending) =
            (format!("\"seq\":{},", ack.seq), format!(",\"h\":\"{}\"}}", ack.hash));
        text.lines().any(|line| line.contains(&number) && line.ends_with(&ending))
    }

    /// Every log verifies, and continues every acknowledgement that was given.
    pub(crate) fn sound(&self, acks: &[Ack]) -> Result<()> {
        let lost = self.lost(acks);
        ensure!(lost.is_empty(), "LOST although acknowledged: {lost:?}");
        for incident in self.incidents()? {
            let expected: Vec<String> =
                acks.iter().filter(|ack| ack.incident == incident).map(Ack::checkpoint).collect();
            let mut words = vec!["verify", &incident, "--json"];
            words.extend(expected.iter().flat_map(|line| ["--expect", line.as_str()]));
            let ran = self.must(&words)?;
            ensure!(ran.out.contains("\"ok\": true"), "{}", ran.out);
        }
        Ok(())
    }
}

impl Ran {
    /// What was acknowledged: every checkpoint that was printed whole, also if the process died
    /// right after it.
    pub(crate) fn acks(&self) -> Vec<Ack> {
        self.out.lines().filter_map(|line| Ack::read(line.trim().trim_end_matches(','))).collect()
    }

    /// Ended by a SIGKILL.
    pub(crate) fn killed(&self) -> bool {
        self.signal == Some(9) || self.code == Some(137)
    }
}

impl Ack {
    fn read(line: &str) -> Option<Self> {
        let line = line.strip_prefix("\"runbook-checkpoint 1 ")?.strip_suffix('"')?;
        let mut words = line.split(' ').map(str::to_owned);
        let (incident, writer) = (words.next()?, words.next()?);
        Some(Self { incident, writer, seq: words.next()?.parse().ok()?, hash: words.next()? })
    }

    fn checkpoint(&self) -> String {
        format!("runbook-checkpoint 1 {} {} {} {}", self.incident, self.writer, self.seq, self.hash)
    }
}

/// What lies in a folder, in order; nothing if there is none.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let Ok(listing) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// A path as a word of a command line.
pub(crate) fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path that is UTF-8")
}
