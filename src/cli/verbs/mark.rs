//! `mark`, `classify`: what the incident is and where it stands.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::record;
use crate::engine::Intent;
use crate::playbook::{Mark, ServiceId};

/// Mark a milestone: restored is the vendor's word, verified is yours
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook mark onset --at 01:50\n  runbook mark restored --service email\n  runbook mark verified --at -5m"
)]
pub(in crate::cli) struct MarkArgs {
    /// The milestone
    #[arg(value_parser = marks())]
    milestone: String,
    /// For one service [default: all]
    #[arg(long, value_name = "S")]
    service: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// Say what is known of the cause and of what is down; may change as knowledge grows
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook classify --cause \"expired certificate\" --service email --service calendar --scope corporate"
)]
pub(in crate::cli) struct ClassifyArgs {
    /// What made it fail
    #[arg(long, value_name = "C")]
    cause: Option<String>,
    /// A service that is down; repeat it for all of them
    #[arg(long, value_name = "S")]
    service: Vec<String>,
    /// How far it reaches
    #[arg(long, value_name = "S")]
    scope: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

fn marks() -> PossibleValuesParser {
    Mark::ALL.iter().map(|mark| mark.word()).collect::<Vec<_>>().into()
}

fn service(word: &str) -> Result<ServiceId, CliError> {
    let trimmed = word.trim().to_lowercase();
    trimmed.parse().map_err(|why| CliError::usage(format!("--service {word:?}: {why}")))
}

pub(in crate::cli) fn mark(context: &mut Context, args: &MarkArgs) -> Result<Exit, CliError> {
    record(context, &args.acting, |_, _, _| {
        let mark = Mark::from_word(&args.milestone)
            .ok_or_else(|| CliError::usage(format!("{:?} is no milestone", args.milestone)))?;
        let service = args.service.as_deref().map(service).transpose()?;
        Ok(Intent::Mark { mark, service })
    })
}

pub(in crate::cli) fn classify(
    context: &mut Context,
    args: &ClassifyArgs,
) -> Result<Exit, CliError> {
    record(context, &args.acting, |context, _, seals| {
        let mut text =
            |what: &str, raw: Option<&str>| args.acting.optional_text(context, seals, what, raw);
        Ok(Intent::Classify {
            cause: text("the cause", args.cause.as_deref())?,
            services: args.service.iter().map(|word| service(word)).collect::<Result<_, _>>()?,
            scope: text("the scope", args.scope.as_deref())?,
        })
    })
}
