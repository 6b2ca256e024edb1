//! `note`, `correct`: words for the log, and words about what the log says.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::Intent;
use crate::playbook::NoteKind;
use crate::world::Toward;

/// More than any note may hold, so that one which is too long is told its real length.
const MAX_PIPED: u64 = 4 << 20;

/// Write something down in the log
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook note \"Vendor says 18:00 at the earliest\" --kind situation"
)]
pub(in crate::cli) struct NoteArgs {
    /// The words; no names of patients. A lone - takes them from standard input
    text: String,
    /// What it is about
    #[arg(long, value_name = "KIND", default_value = "situation", value_parser = kinds())]
    kind: String,
    #[command(flatten)]
    acting: Acting,
}

/// Say that an earlier record was wrong; it stays, and the correction stands beside it
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook correct 17@w4f2 --note \"It was the second call\" --occurred 13:40"
)]
pub(in crate::cli) struct CorrectArgs {
    /// The record, as every acknowledgement and the log show it: 17@w4f2
    record: String,
    /// What is right
    #[arg(long, value_name = "TEXT")]
    note: String,
    /// When it really happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    occurred: Option<String>,
    /// It did not happen: a step answered, a milestone marked, an action added by mistake; --note says why
    #[arg(long, conflicts_with = "occurred")]
    withdraw: bool,
    #[command(flatten)]
    acting: Acting,
}

fn kinds() -> PossibleValuesParser {
    NoteKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().into()
}

pub(in crate::cli) fn note(context: &mut Context, args: &NoteArgs) -> Result<Exit, CliError> {
    let words = if args.text == "-" { piped(context)? } else { args.text.clone() };
    record(context, &args.acting, |context, _, seals| {
        Ok(Intent::Note {
            kind: NoteKind::from_word(&args.kind).unwrap_or(NoteKind::Situation),
            text: args.acting.text(context, seals, "the note", &words)?,
        })
    })
}

fn piped(context: &Context) -> Result<String, CliError> {
    context.world.console.piped(MAX_PIPED).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => CliError::usage("standard input is not UTF-8 text"),
        _ => CliError::usage(format!("standard input cannot be read: {error}")),
    })
}

pub(in crate::cli) fn correct(context: &mut Context, args: &CorrectArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, session, seals| {
        let target = session.find_record(&args.record)?;
        let note = args.acting.text(context, seals, "the note", &args.note)?;
        if args.withdraw {
            return Ok(Intent::Withdraw { target, reason: note });
        }
        let occurred = args.occurred.as_deref();
        let now = session.now(&context.world);
        let occurred = occurred.map(|text| context.when(text, now, Toward::Past)).transpose()?;
        Ok(Intent::Correct { target, note, occurred })
    })
}
