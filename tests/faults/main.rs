//! What the journal survives, shown with real processes, real files and real faults.
//!
//! `cargo test --test faults` takes about two minutes; `cargo test --test faults -- --full` also kills
//! at every system call and cuts the power of a real file system (root, loop mounts). Not part of a
//! plain `cargo test`: it needs tools that not every machine has, and it never skips in silence.
//!
//! Each section counts the faults that really happened and has a control that must be seen to fail:
//! a harness that cannot see a loss proves nothing.

#![expect(clippy::print_stdout, reason = "a program that reports to whoever runs it")]

mod desk;
mod disk;
mod errors;
mod kill;
mod order;
mod power;
mod scenes;
mod site;
mod tools;
mod trace;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// What is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// What fits into two minutes.
    Short,
    /// Everything.
    Full,
}

type Section = (&'static str, fn(Scope) -> Result<String>);

const SECTIONS: [Section; 6] = [
    ("sync before the answer, and every new name", order::section),
    ("killed at a system call", kill::section),
    ("the site file, killed at a system call", site::section),
    ("a call that fails", errors::section),
    ("a full disk, a read-only folder", disk::section),
    ("power loss", power::section),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("faults: FAILED: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let scope = if words.contains(&"--full") { Scope::Full } else { Scope::Short };
    match words.as_slice() {
        // The parts that mount something run in a mount namespace of their own: see `tools`.
        ["--inside", "disk", ..] => return disk::inside().map(|said| println!("{said}")),
        ["--inside", "power", ..] => return power::inside().map(|said| println!("{said}")),
        _ => {}
    }
    tools::require(scope)?;
    let only = words.iter().find(|word| !word.starts_with("--"));
    let mut failed = 0;
    for (name, section) in SECTIONS {
        if only.is_some_and(|only| !name.contains(only)) {
            continue;
        }
        match section(scope) {
            Ok(said) => println!("faults: ok: {name}: {said}"),
            Err(error) => {
                failed += 1;
                println!("faults: FAILED: {name}: {error:#}");
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} sections", SECTIONS.len());
    }
    Ok(())
}
