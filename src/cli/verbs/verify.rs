//! `verify`: whether the log is what it was.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Mode, WriterId};
use crate::journal::{
    Checkpoint, Reading, Verification, head_code, parse_checkpoints, verify as judge,
};
use crate::world::read_text;

/// Check every byte of the log: hashes, chain, order, and what writers saw of each other
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook verify\n  runbook verify latest --expect checkpoint.txt\n\nA tail that was cut off cleanly, or a log rewritten as a whole, can only be seen against a\ncheckpoint that somebody else kept: --expect takes the lines that close and handover printed,\neach one whole. Head codes and digits in fours are for reading aloud only."
)]
pub(in crate::cli) struct VerifyArgs {
    /// Which incident [default: the open one, else the last]
    incident: Option<String>,
    /// A checkpoint line, or a file of them, that the log must continue; may be repeated
    #[arg(long, value_name = "CHECKPOINT")]
    expect: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Verdict {
    format: u32,
    incident: String,
    mode: Mode,
    ok: bool,
    writers: Vec<WriterLine>,
    problems: Vec<ProblemLine>,
    notices: Vec<String>,
    checkpoint: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WriterLine {
    writer: String,
    own: bool,
    records: u64,
    head: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProblemLine {
    file: String,
    line: Option<u64>,
    byte: Option<u64>,
    what: String,
}

pub(in crate::cli) fn verify(context: &mut Context, args: &VerifyArgs) -> Result<Exit, CliError> {
    let expected = expected(context, &args.expect)?;
    let id = context.choose_any(args.incident.as_deref())?;
    let install = context.home.installed(context.world.place.install)?;
    let reading = context.home.read(&id, install.as_ref().map(WriterId::install))?;
    let verification = judge(&reading, &expected);
    let heads = reading.heads().into_iter();
    let checkpoint: Vec<String> =
        heads.map(|head| Checkpoint { incident: id.clone(), head }.to_string()).collect();
    let ok = verification.ok;
    if args.json {
        context.print_json(&verdict(&reading, &verification, checkpoint))?;
    } else {
        tell(context, &reading, &verification, &checkpoint, expected.len())?;
    }
    Ok(if ok { Exit::Ok } else { Exit::Integrity })
}

fn expected(context: &Context, given: &[String]) -> Result<Vec<Checkpoint>, CliError> {
    let mut all = Vec::new();
    for word in given {
        let text = if word.starts_with("runbook-checkpoint ") {
            word.clone()
        } else {
            let path = context.world.place.cwd.join(word);
            read_text(&path, 1 << 20).map_err(|error| error.as_typed(&path, Path::new(word)))?
        };
        let lines = parse_checkpoints(text.trim_end())
            .map_err(|error| CliError::usage(format!("--expect: {error}")))?;
        all.extend(lines);
    }
    Ok(all)
}

fn verdict(reading: &Reading, found: &Verification, checkpoint: Vec<String>) -> Verdict {
    let problem = |problem: &crate::journal::Problem| ProblemLine {
        file: problem.file.clone(),
        line: problem.line,
        byte: problem.byte,
        what: problem.what.to_string(),
    };
    let writer = |writer: &crate::journal::WriterVerdict| WriterLine {
        writer: writer.writer.to_string(),
        own: writer.own,
        records: writer.records,
        head: writer.head.as_ref().map(|head| head.h.hex()),
    };
    Verdict {
        format: 1,
        incident: reading.id.to_string(),
        mode: reading.shelf,
        ok: found.ok,
        writers: found.writers.iter().map(writer).collect(),
        problems: found.problems.iter().map(problem).collect(),
        notices: found.notices.iter().map(ToString::to_string).collect(),
        checkpoint,
    }
}

fn tell(
    context: &mut Context,
    reading: &Reading,
    found: &Verification,
    checkpoint: &[String],
    expected: usize,
) -> Result<(), CliError> {
    let mode = reading.shelf;
    for writer in &found.writers {
        let head = writer.head.as_ref().map(|h| format!(", head {}", head_code(h)));
        let own = if writer.own { " (this install)" } else { "" };
        let (name, count) = (writer.writer.short(), writer.records);
        context
            .say_in(mode, &format!("{name}{own}: {count} records{}", head.unwrap_or_default()))?;
    }
    for notice in &found.notices {
        context.say_in(mode, &format!("note: {notice}"))?;
    }
    for problem in &found.problems {
        context.say_in(mode, &format!("PROBLEM: {problem}"))?;
    }
    let verdict = match (found.ok, expected) {
        (false, _) => "does NOT verify",
        (true, 0) => {
            "verifies (no checkpoint was given: a cut tail or a full rewrite cannot be seen)"
        }
        (true, _) => "verifies and continues every checkpoint given",
    };
    context.say_in(mode, &format!("{} {verdict}", reading.id))?;
    if found.ok {
        // Bare, because --expect takes these lines as they are.
        for line in checkpoint {
            context.say(line)?;
        }
    }
    Ok(())
}
