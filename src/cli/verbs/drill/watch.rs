//! `drill observe`, `drill rate`: what a facilitator or evaluator saw, and how they judge it.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::tell::{inject, objective};
use super::{recorded, session};
use crate::cli::acting::{Acting, Seals};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Intent;
use crate::playbook::Rating;

/// Note what you saw; players do not see it before the end
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook drill observe \"They called from the dead phone first\" --inject no-tone"
)]
pub(super) struct ObserveArgs {
    /// What you saw; no names of patients
    text: String,
    /// About this objective
    #[arg(long, value_name = "OBJECTIVE")]
    objective: Option<String>,
    /// About this inject: its name, or its number on the list
    #[arg(long, value_name = "INJECT")]
    inject: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

/// Rate an objective: your judgement, never the program's
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook drill rate reach-patients S --why \"First call after 50 minutes\"\n\nP performed without challenges: met, nothing else harmed, no added risk, by plan and law\nS with some challenges: met, and it could be done better\nM with major challenges: met, but other work was harmed, risk was added, or plan or law was not kept\nU unable to be performed: not met"
)]
pub(super) struct RateArgs {
    /// Which objective
    objective: String,
    /// P, S, M or U
    #[arg(value_parser = ratings())]
    rating: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: String,
    #[command(flatten)]
    acting: Acting,
}

fn ratings() -> PossibleValuesParser {
    Rating::words().into()
}

pub(super) fn observe(context: &mut Context, args: &ObserveArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let about = args.inject.as_deref();
    let inject = about.map(|word| inject(context, &session, word)).transpose()?;
    let objective = args.objective.as_deref().map(objective).transpose()?;
    let mut seals = Seals::new();
    let text = args.acting.text(context, &mut seals, "the observation", &args.text)?;
    session.carry(seals);
    recorded(context, &args.acting, session, Intent::Observe { objective, inject, text })
}

pub(super) fn rate(context: &mut Context, args: &RateArgs) -> Result<Exit, CliError> {
    let mut session = session(context, &args.acting)?;
    let objective = objective(&args.objective)?;
    let Some(rating) = Rating::from_word(&args.rating) else {
        return Err(CliError::usage("a rating is P, S, M or U"));
    };
    let mut seals = Seals::new();
    let why = args.acting.text(context, &mut seals, "the reason", &args.why)?;
    session.carry(seals);
    recorded(context, &args.acting, session, Intent::Rate { objective, rating, why })
}
