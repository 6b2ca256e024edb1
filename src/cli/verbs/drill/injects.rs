//! `drill injects`: the list of injects, for the facilitator.

use clap::Args;
use serde::Serialize;

use super::tell::standing_word;
use super::{no_player, session};
use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::drill::{Line, Standing, find_line, msel};
use crate::engine::{ClockSetting, Mode, State, Timestamp};
use crate::playbook::Exercise;
use crate::session::Session;
use crate::ui::{clock_line, flow, inject_details, injects_table, wrap};

/// Show what the players were told and what is to come: for the facilitator, not for players
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook drill injects\n  runbook drill injects second-branch\n  runbook drill injects --full"
)]
pub(super) struct InjectsArgs {
    /// Only this inject, in full: its name, or its number on the list
    inject: Option<String>,
    /// Every inject in full, with what really is the matter
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    acting: Acting,
}

#[derive(Debug, Serialize)]
struct Listing {
    format: u32,
    incident: String,
    mode: Mode,
    exercise: Option<String>,
    facilitator: Option<String>,
    now: String,
    speed: Option<u32>,
    paused: bool,
    injects: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    number: usize,
    inject: String,
    standing: &'static str,
    due_at: Option<String>,
    delivered_at: Option<String>,
    kind: &'static str,
    mode: Option<String>,
    from: Option<String>,
    to: Option<String>,
    text: String,
    expect: Vec<String>,
    objective: Option<String>,
    notes: String,
    changes: Vec<String>,
    added: bool,
}

pub(super) fn injects(context: &mut Context, args: &InjectsArgs) -> Result<Exit, CliError> {
    let session = session(context, &args.acting)?;
    no_player(&session, &args.acting.person(context)?)?;
    let (definition, now) = (session.definition()?, session.now(&context.world));
    let mut lines = msel(session.book(), definition.as_ref(), session.state(), now);
    if let Some(word) = &args.inject {
        let number = find_line(&lines, word)?.number;
        lines.retain(|line| line.number == number);
    }
    if args.acting.json {
        context.print_json(&listing(context, &session, &lines, now))?;
        return Ok(Exit::Ok);
    }
    let shown = shown(context, args, &session, definition.as_ref(), &lines, now);
    context.say_in(Mode::Exercise, &shown.join("\n"))?;
    Ok(Exit::Ok)
}

fn shown(
    context: &Context,
    args: &InjectsArgs,
    session: &Session,
    definition: Option<&Exercise>,
    lines: &[Line<'_>],
    now: Timestamp,
) -> Vec<String> {
    let zone = context.world.zone;
    let width = usize::from(context.world.console.width.clamp(60, 200)).saturating_sub(9);
    let mut shown = vec![format!("{} - FOR THE FACILITATOR, NOT FOR PLAYERS", session.id())];
    shown.extend(clock_line(session.state(), now, zone.offset_at(now)));
    let offset = |at| zone.offset_at(at);
    let in_full = args.full || args.inject.is_some();
    if args.full
        && let Some(exercise) = definition
        && !exercise.ground_truth.is_empty()
    {
        shown.push("What really is the matter:".to_owned());
        let text = flow(&exercise.ground_truth);
        shown.extend(text.iter().flat_map(|line| wrap(&format!("  {line}"), width)));
    }
    if in_full {
        for line in lines {
            shown.push(String::new());
            shown.extend(inject_details(line, now, &offset, width));
        }
    } else {
        shown.extend(injects_table(lines, now, &offset, width).lines().map(str::to_owned));
    }
    shown
}

fn listing(context: &Context, session: &Session, lines: &[Line<'_>], now: Timestamp) -> Listing {
    let state: &State = session.state();
    let exercise = state.exercise();
    let started = exercise.started();
    let setting: Option<ClockSetting> = exercise.setting();
    Listing {
        format: 1,
        incident: session.id().to_string(),
        mode: state.mode(),
        exercise: started.and_then(|started| started.exercise.as_ref()).map(ToString::to_string),
        facilitator: started.map(|started| started.facilitator.to_string()),
        now: context.iso(now),
        speed: setting.and_then(|setting| setting.speed).map(crate::engine::Speed::times),
        paused: setting.is_some_and(|setting| setting.paused),
        injects: lines.iter().map(|line| listed(context, state, line)).collect(),
    }
}

fn listed(context: &Context, state: &State, line: &Line<'_>) -> Listed {
    let delivery = &line.delivery;
    let told = if let Standing::Delivered(moment) = line.standing { Some(moment) } else { None };
    Listed {
        number: line.number,
        inject: delivery.inject.to_string(),
        standing: standing_word(line),
        due_at: delivery.due.map(|at| context.iso(at)),
        delivered_at: told.map(|moment| context.iso(state.time_of(moment))),
        kind: delivery.kind.word(),
        mode: delivery.mode.clone(),
        from: delivery.from.clone(),
        to: delivery.to.as_ref().map(ToString::to_string),
        text: delivery.text.words().unwrap_or("[sealed]").to_owned(),
        expect: delivery.expect.iter().map(ToString::to_string).collect(),
        objective: delivery.objective.as_ref().map(ToString::to_string),
        notes: line.notes.to_owned(),
        changes: delivery.changes.iter().map(ToString::to_string).collect(),
        added: delivery.added,
    }
}
