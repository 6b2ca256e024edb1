//! `log`: what happened, record by record.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Digest, Fact, Mode};
use crate::report::{Entry, timeline};
use crate::session::Archive;
use crate::ui::{log_text, safe};

/// Print the log: every record in order, with both times, corrections beside what they correct
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook log\n  runbook log latest --json\n  runbook log --private"
)]
pub(in crate::cli) struct LogArgs {
    /// Which incident [default: the open one, else the last]
    incident: Option<String>,
    /// Show the words that were kept out of the log, as far as this machine holds them
    #[arg(long, conflicts_with = "json")]
    private: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Log {
    format: u32,
    incident: String,
    mode: Mode,
    integrity_problems: Vec<String>,
    entries: Vec<Entry>,
}

pub(in crate::cli) fn log(context: &mut Context, args: &LogArgs) -> Result<Exit, CliError> {
    let archive = context.archive(args.incident.as_deref())?;
    let now = archive.state.now(&context.world.clock.read());
    let entries = context.story(&archive, now, timeline);
    if args.json {
        context.print_json(&Log {
            format: 1,
            incident: archive.id.to_string(),
            mode: archive.state.mode(),
            integrity_problems: archive.problems(),
            entries,
        })?;
    } else {
        context.say(&log_text(&entries, archive.state.mode()))?;
    }
    if args.private {
        for line in kept_words(context, &archive)? {
            context.say_in(archive.state.mode(), &safe(&line))?;
        }
    }
    context.tell_problems(&archive.problems())?;
    Ok(Exit::Ok)
}

/// The sealed words of every record, where the private folder still holds them.
fn kept_words(context: &Context, archive: &Archive) -> Result<Vec<String>, CliError> {
    let mut lines = vec!["Kept out of the log:".to_owned()];
    for record in archive.records() {
        let Fact::Known(event) = &record.fact else { continue };
        let event = serde_json::to_value(event).map_err(std::io::Error::from)?;
        for digest in seals(&event) {
            let words = context.home.sealed_text(&archive.id, &digest)?;
            let words = words.unwrap_or_else(|| "(not held by this machine)".to_owned());
            lines.push(format!("  {}: {words}", record.at.short()));
        }
    }
    Ok(lines)
}

/// Every `{"sealed": digest}` within an event.
fn seals(value: &Value) -> Vec<Digest> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("sealed").and_then(Value::as_str);
            let own = own.and_then(|hex| Digest::from_hex(hex.as_bytes()));
            own.into_iter().chain(fields.values().flat_map(seals)).collect()
        }
        Value::Array(items) => items.iter().flat_map(seals).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
