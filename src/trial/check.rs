//! Whether what a scenario expects holds.

use std::fmt::Display;

use super::bench::Bench;
use super::model::{Bound, Expectation, Names, Wanted, Way, since_t0};
use super::outcome::{Fault, Group};
use super::stand::{self, latest};
use crate::engine::{
    Advice, Life, Outcome, Status, StepView, Timestamp, due_next, missing_before_close, phases_open,
};
use crate::playbook::{KpiId, Mark, Phase, PlaybookId, StepId};
use crate::report::{Figure, figures, hours, percent, t_plus};

/// What an entry did, for what is expected of the difference.
pub(super) struct Seen<'a> {
    /// What was said of the last thing that was recorded.
    pub(super) advice: &'a [Advice],
    /// What [`moving`] gave before it.
    pub(super) before: &'a [(StepId, Standing)],
}

/// Where a step stands, as far as it can be moved by an answer to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Closed,
    Pending,
    Answered,
}

/// Where every step stands.
pub(super) fn moving(views: &[StepView<'_>]) -> Vec<(StepId, Standing)> {
    let mut all: Vec<(StepId, Standing)> = Vec::new();
    for view in views {
        let standing = match view.status {
            Status::Closed => Standing::Closed,
            status if status.is_pending() => Standing::Pending,
            _ => Standing::Answered,
        };
        match all.last_mut() {
            Some((id, before)) if *id == view.step.id => *before = standing,
            _ => all.push((view.step.id.clone(), standing)),
        }
    }
    all
}

/// What is not as expected, if it is not.
pub(super) fn check(
    bench: &Bench<'_>,
    seen: &Seen<'_>,
    expectation: &Expectation,
) -> Option<Fault> {
    let views = bench.views();
    let here = Here { bench, views: &views };
    let (what, expected, found) = match &expectation.wanted {
        Wanted::Steps(group, names) => here.steps(*group, names)?,
        Wanted::Moved(way, steps) => here.moved(*way, steps, seen.before)?,
        Wanted::Phases(names) => here.phases(names)?,
        Wanted::Next(steps) => here.next(steps)?,
        Wanted::Status(step, status) => here.status(step, *status)?,
        Wanted::Due(step, at) => here.due(step, *at)?,
        Wanted::Milestone(mark, at) => here.milestone(*mark, *at)?,
        Wanted::Figure(kpi, bound) => here.figure(*kpi, *bound)?,
        Wanted::Life(life) => here.life(*life)?,
        Wanted::CanClose(can) => here.can_close(*can)?,
        Wanted::LeadsTo(playbook) => leads_to(seen.advice, playbook.as_ref())?,
    };
    Some(Fault { spot: expectation.spot.clone(), at: bench.now, what, expected, found })
}

/// What it is about, what is expected, and what is so.
type Difference = (String, Vec<String>, Vec<String>);

/// An incident at one moment.
struct Here<'b, 'a> {
    bench: &'b Bench<'a>,
    views: &'b [StepView<'b>],
}

impl Here<'_, '_> {
    fn steps(&self, group: Group, names: &Names<StepId>) -> Option<Difference> {
        let all = self.bench.book.steps().map(|(_, step)| &step.id);
        let members: Vec<&StepId> = all.filter(|id| self.belongs(group, id)).collect();
        let stands = |id: &StepId| stand::of(self.bench, self.views, id);
        let (expected, found) = compared(names, &members, stands, stands)?;
        Some((group.key().to_owned(), expected, found))
    }

    fn belongs(&self, group: Group, id: &StepId) -> bool {
        let mut of_step = self.views.iter().filter(|view| view.step.id == *id);
        let Some(view) = latest(self.views, id) else { return false };
        match group {
            Group::Open => view.status.is_pending(),
            Group::Done => {
                let answered = of_step.rfind(|view| !matches!(view.answer.outcome, Outcome::Open));
                answered.is_some_and(|view| view.status == Status::Done)
            }
            Group::Closed => view.status == Status::Closed,
            Group::Overdue => view.overdue,
            Group::Escalated => view.escalated,
            Group::AwaitsApproval => of_step.any(|view| view.awaits_approval),
        }
    }

    /// Exactly what the entry moved this way.
    fn moved(
        &self,
        way: Way,
        steps: &[StepId],
        before: &[(StepId, Standing)],
    ) -> Option<Difference> {
        let (from, to) = match way {
            Way::Opened => (Standing::Closed, Standing::Pending),
            Way::Closed => (Standing::Pending, Standing::Closed),
        };
        let after = moving(self.views);
        let both = before.iter().zip(&after);
        let moved = both.filter(|((_, was), (_, is))| (*was, *is) == (from, to));
        let members: Vec<&StepId> = moved.map(|((id, _), _)| id).collect();
        let stands = |id: &StepId| stand::of(self.bench, self.views, id);
        let names = Names::Exactly(steps.to_vec());
        let (expected, found) = compared(&names, &members, stands, stands)?;
        Some((way.key().to_owned(), expected, found))
    }

    fn phases(&self, names: &Names<crate::playbook::PhaseId>) -> Option<Difference> {
        let open = phases_open(self.bench.book, &self.bench.state, self.bench.now);
        let members: Vec<_> = open.iter().map(|phase| &phase.id).collect();
        let stands = |_: &_| "it is not open".to_owned();
        let (expected, found) = compared(names, &members, stands, |_| "it is open".to_owned())?;
        Some(("phases".to_owned(), expected, found))
    }

    /// The first ones of what is asked for next.
    fn next(&self, steps: &[StepId]) -> Option<Difference> {
        let Bench { book, state, now, .. } = self.bench;
        let open: Vec<&Phase> = match state.t0() {
            Some(_) => phases_open(book, state, *now),
            None => book.phases.iter().take(1).collect(),
        };
        let next = due_next(self.views, &open, None, *now);
        let next: Vec<&StepId> = next.iter().map(|view| &view.step.id).take(steps.len()).collect();
        if next.iter().copied().eq(steps) {
            return None;
        }
        Some(("next".to_owned(), vec![listed(steps)], vec![listed(&next)]))
    }

    fn status(&self, id: &StepId, status: Status) -> Option<Difference> {
        let view = latest(self.views, id)?;
        if view.status == status {
            return None;
        }
        let found = stand::of(self.bench, self.views, id);
        Some((format!("status of {id}"), vec![status.word().to_owned()], vec![found]))
    }

    fn due(&self, id: &StepId, at: Option<Timestamp>) -> Option<Difference> {
        let due = latest(self.views, id)?.due;
        (due != at).then(|| (format!("due time of {id}"), vec![time(at)], vec![time(due)]))
    }

    fn milestone(&self, mark: Mark, at: Option<Timestamp>) -> Option<Difference> {
        let state = &self.bench.state;
        let marked = state.mark(mark).map(|moment| state.time_of(moment));
        (marked != at).then(|| (format!("milestone {mark}"), vec![time(at)], vec![time(marked)]))
    }

    fn figure(&self, kpi: KpiId, bound: Bound) -> Option<Difference> {
        let all = figures(self.bench.book, &self.bench.state, self.bench.now);
        let figure = all.into_iter().find(|figure| figure.id == kpi)?;
        if is_within(&figure, bound) {
            return None;
        }
        let expected = match bound {
            Bound::Absent => "none".to_owned(),
            Bound::Met => "the target met".to_owned(),
            Bound::Missed => "the target missed".to_owned(),
            Bound::Exactly(value) => shown(kpi, value),
            Bound::AtMost(value) => format!("at most {}", shown(kpi, value)),
            Bound::AtLeast(value) => format!("at least {}", shown(kpi, value)),
        };
        let mut found = figure.value.map_or_else(|| "none".to_owned(), |value| shown(kpi, value));
        if let Some(target) = figure.target {
            let how = match figure.met {
                Some(true) => ": met",
                Some(false) => ": missed",
                None => "",
            };
            found = format!("{found} (target {}{how})", shown(kpi, target));
        } else if matches!(bound, Bound::Met | Bound::Missed) {
            found = format!("{found} (the playbook sets no target)");
        }
        Some((format!("kpis {kpi}"), vec![expected], vec![found]))
    }

    fn life(&self, life: Life) -> Option<Difference> {
        let now = self.bench.state.life();
        let word = |life| match life {
            Life::Suspected => "suspected",
            Life::Declared => "declared",
            Life::Closed => "closed",
            Life::FalseAlarm => "false_alarm",
        };
        (now != life)
            .then(|| ("state".to_owned(), vec![word(life).to_owned()], vec![word(now).to_owned()]))
    }

    fn can_close(&self, can: bool) -> Option<Difference> {
        let Bench { book, state, now, .. } = self.bench;
        let missing = missing_before_close(book, state, *now);
        let what = "can_close".to_owned();
        match (can, missing.is_empty()) {
            (true, true) | (false, false) => None,
            (true, false) => Some((what, vec!["nothing missing".to_owned()], missing)),
            (false, true) => {
                let (expected, found) = ("something missing", "nothing is missing");
                Some((what, vec![expected.to_owned()], vec![found.to_owned()]))
            }
        }
    }
}

fn leads_to(advice: &[Advice], playbook: Option<&PlaybookId>) -> Option<Difference> {
    let led: Vec<String> = advice
        .iter()
        .filter_map(|advice| match advice {
            Advice::LeadsTo(playbook) => Some(playbook.to_string()),
            Advice::NeedsOpen(_)
            | Advice::WaitsFor(_)
            | Advice::NotHolder(..)
            | Advice::ManyRoles(..)
            | Advice::OwnWork(_)
            | Advice::NewName(..)
            | Advice::NowInstead(..)
            | Advice::Unconfirmed(_)
            | Advice::InitialsNotTaken(_)
            | Advice::TimeNotTaken(_)
            | Advice::ActionLacks(..)
            | Advice::DuePassed(_)
            | Advice::OwnClosing(_) => None,
        })
        .collect();
    let wanted: Vec<String> = playbook.iter().map(ToString::to_string).collect();
    let named = |names: Vec<String>| {
        if names.is_empty() { vec!["no other playbook".to_owned()] } else { names }
    };
    (led != wanted).then(|| ("leads_to".to_owned(), named(wanted), named(led)))
}

/// What is expected among the members and is not, and what is among them and not expected.
fn compared<T: PartialEq + Display>(
    names: &Names<T>,
    members: &[&T],
    out: impl Fn(&T) -> String,
    within: impl Fn(&T) -> String,
) -> Option<(Vec<String>, Vec<String>)> {
    let is_member = |name: &&T| members.iter().any(|member| member == name);
    let (missing, unexpected): (Vec<&T>, Vec<&T>) = match names {
        Names::Exactly(all) => (
            all.iter().filter(|name| !is_member(name)).collect(),
            members.iter().copied().filter(|member| !all.contains(member)).collect(),
        ),
        Names::Part { has, lacks } => (
            has.iter().filter(|name| !is_member(name)).collect(),
            lacks.iter().filter(is_member).collect(),
        ),
    };
    if missing.is_empty() && unexpected.is_empty() {
        return None;
    }
    let missing = missing.into_iter().map(|name| format!("{name}: {}", out(name)));
    let unexpected = unexpected.into_iter().map(|name| format!("{name}: {}", within(name)));
    Some((missing.collect(), unexpected.collect()))
}

/// Figures are rounded: to a tenth of a minute, and to a thousandth.
fn is_within(figure: &Figure, bound: Bound) -> bool {
    let step = if figure.id.is_share() { 0.001 } else { 0.1 };
    let near = |a: f64, b: f64| (a - b).abs() <= step / 2.0 + 1e-9;
    match (bound, figure.value) {
        (Bound::Absent, value) => value.is_none(),
        (Bound::Met, _) => figure.met == Some(true),
        (Bound::Missed, _) => figure.met == Some(false),
        (Bound::Exactly(wanted), Some(value)) => near(value, wanted),
        (Bound::AtMost(most), Some(value)) => value < most || near(value, most),
        (Bound::AtLeast(least), Some(value)) => value > least || near(value, least),
        (Bound::Exactly(_) | Bound::AtMost(_) | Bound::AtLeast(_), None) => false,
    }
}

/// A figure as people read it.
fn shown(kpi: KpiId, value: f64) -> String {
    if kpi.is_share() {
        return percent(value);
    }
    if value.fract().abs() > 0.0 {
        return format!("{value} min");
    }
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", hours(value.abs()))
}

fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "none".to_owned(), |at| t_plus(since_t0(at)))
}

fn listed(names: &[impl Display]) -> String {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}
