//! Everything that readiness is judged by, read from where it lies.

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::site_file::SiteFile;
use crate::cli::verbs::actions::{Plans, plans};
use crate::engine::{
    Day, Ending, ExerciseType, Life, Mode, Outcome, Readied, ReadyKind, Review, State, Timestamp,
    reviews,
};
use crate::journal::sha256;
use crate::playbook::{ExerciseKind, Mark, compile_exercise, compile_pinned};
use crate::readiness::{
    Activation, BookFacts, Counted, Done, Facts, Improvement, Over, PLAN, PlanItem, Ran, Ticked,
    counted, policy,
};
use crate::reference::Reference;
use crate::report::{Standing, on_time};
use crate::session::Archive;
use crate::site::Site;

/// What was read.
pub(super) struct Gathered {
    pub(super) site: Option<Site>,
    site_broken: Option<String>,
    books: Vec<BookFacts>,
    plans: Plans,
    standing: Vec<Archive>,
    /// What puts a log in doubt, in words.
    pub(super) problems: Vec<String>,
}

/// Reads it all. What cannot be read is said and hides nothing else.
pub(super) fn gather(context: &Context) -> Result<Gathered, CliError> {
    let (site, site_broken) = match context.site_file()? {
        SiteFile::Absent => (None, None),
        SiteFile::Sound { site, .. } => (Some(site), None),
        SiteFile::Broken { rest, .. } => (rest, Some("it has errors".to_owned())),
    };
    let plans = plans(context, None)?;
    let mut problems = plans.problems.clone();
    let mut standing = Vec::new();
    for id in context.home.standing()? {
        match Archive::read(&context.world, &context.home, &id) {
            Ok(archive) => {
                problems
                    .extend(archive.problems().iter().map(|problem| format!("{id}: {problem}")));
                standing.push(archive);
            }
            Err(error) => problems.push(format!("{id}: {error}")),
        }
    }
    let books = context.books().iter().map(BookFacts::of).collect();
    Ok(Gathered { site, site_broken, books, plans, standing, problems })
}

impl Gathered {
    /// What is known by now.
    pub(super) fn facts(&self, context: &Context) -> Facts<'_> {
        let recorded = self.recorded(context);
        let facts: Vec<(String, &Readied)> =
            recorded.iter().map(|(source, readied)| (source.clone(), readied)).collect();
        let of_kind = |kind| facts.iter().filter(move |(_, one)| one.kind == kind);
        let kept = facts.iter().map(|(source, one)| {
            let of = one.of.as_ref().map(|of| of.words().unwrap_or("[sealed]").to_owned());
            (one.kind.word().to_owned(), of, one.on, source.clone())
        });
        let first = self.standing.first();
        let least = policy(None, &Reference::default()).least;
        let Counted { held, less } = counted(&self.ran(context), &facts, least);
        Facts {
            today: context.this_day(),
            site: self.site.as_ref(),
            site_broken: self.site_broken.clone(),
            books: self.books.clone(),
            held,
            less,
            activations: self.activations(context, of_kind(ReadyKind::PlanActivation)),
            kept: kept.collect(),
            improvement: self.improvement(context),
            plan: first.map_or_else(shipped_plan, |archive| PlanItem::of(&archive.book)),
            plan_from: self.plan_from(context),
            ticked: self.ticked(context),
        }
    }

    /// The facts of all standing logs. A correction of the time moves the day.
    fn recorded(&self, context: &Context) -> Vec<(String, Readied)> {
        let fact = |archive: &Archive| -> Vec<(String, Readied)> {
            let day = |at| Day::near(at, context.world.zone.offset_at(at));
            let facts = archive.state.readied().map(|(moment, one)| {
                let corrected = archive.state.corrected(&moment.record).map(day);
                let on = corrected.unwrap_or(one.on);
                (moment.record.short(), Readied { on, ..one.clone() })
            });
            facts.collect()
        };
        self.standing.iter().flat_map(fact).collect()
    }

    /// The exercises that were run with this program.
    fn ran(&self, context: &Context) -> Vec<Ran> {
        let exercises = self.plans.archives().iter();
        let exercises = exercises.filter(|one| one.state.mode() == Mode::Exercise);
        let exercises = exercises.filter(|one| !self.is_part(one));
        exercises.filter_map(|archive| ran(context, archive)).collect()
    }

    /// Whether an exercise grew out of another one that is here: then it is a part of that one.
    fn is_part(&self, archive: &Archive) -> bool {
        let root = archive.state.opened().and_then(|opened| opened.linked_from.as_deref());
        let here = |id: &str| self.plans.archives().iter().any(|one| one.id.as_str() == id);
        root.is_some_and(here)
    }

    /// How many exercises one person played alone.
    pub(super) fn alone(&self) -> usize {
        let solo = |archive: &&Archive| {
            archive.state.exercise().started().is_some_and(|started| started.solo)
        };
        self.plans.archives().iter().filter(solo).filter(|one| !self.is_part(one)).count()
    }

    /// Each real emergency once, however often it was written down.
    fn activations<'a>(
        &self,
        context: &Context,
        recorded: impl Iterator<Item = &'a (String, &'a Readied)>,
    ) -> Vec<Activation> {
        let mut all: Vec<Activation> = Vec::new();
        for (source, one) in recorded {
            let activation = self.activation(context, source, one);
            match all.iter_mut().find(|known| known.source == activation.source) {
                Some(known) => *known = activation,
                None => all.push(activation),
            }
        }
        all
    }

    /// Only a real emergency exempts, and in the year of its onset: by its own log, where that is here.
    /// What is not in this home is believed as it was written down.
    fn activation(&self, context: &Context, source: &str, readied: &Readied) -> Activation {
        let named = readied.incident.as_ref();
        let archive = named.and_then(|name| {
            self.plans.archives().iter().find(|archive| archive.id.as_str() == name)
        });
        let void = archive.and_then(|archive| no_emergency(&archive.state));
        let void = void.or_else(|| named.filter(|n| n.starts_with("x-")).map(|_| EXERCISE));
        Activation {
            onset: archive.map_or(readied.on, |archive| began(context, &archive.state)),
            source: named.cloned().unwrap_or_else(|| format!("record {source}")),
            void: void.map(str::to_owned),
        }
    }

    fn improvement(&self, context: &Context) -> Improvement {
        let all = self.plans.chased(context);
        let figure = on_time(&all, context.this_day());
        let count =
            |wanted: fn(Standing) -> bool| all.iter().filter(|o| wanted(o.standing)).count();
        let late = all.iter().filter(|one| matches!(one.standing, Standing::Overdue(_)));
        Improvement {
            overdue: late.map(|one| one.id.clone()).collect(),
            no_date: count(|standing| standing == Standing::NoDate),
            open: count(|standing| matches!(standing, Standing::Open(_))),
            to_verify: count(|standing| standing == Standing::ToVerify),
            due: figure.due,
            kept: figure.kept,
        }
    }

    /// The record that begins the plan.
    pub(super) fn begun(&self) -> Option<String> {
        self.standing
            .iter()
            .find_map(|log| log.state.declared())
            .map(|moment| moment.record.short())
    }

    fn plan_from(&self, context: &Context) -> Option<Day> {
        let starts = self.standing.iter().filter_map(|archive| archive.state.t0());
        starts.min().map(|at| Day::near(at, context.world.zone.offset_at(at)))
    }

    /// What is done in any of the standing logs is done.
    fn ticked(&self, context: &Context) -> Vec<Ticked> {
        let of_log = |archive: &Archive| -> Vec<Ticked> {
            let ticked = archive.book.steps().filter_map(|(_, step)| {
                let occurrence = archive.state.steps().of(&step.id).last()?;
                let (moment, done) = match &occurrence.outcome {
                    Outcome::Done { moment, .. } => (moment, true),
                    Outcome::NotApplicable { moment, .. } => (moment, false),
                    Outcome::Open
                    | Outcome::Decided { .. }
                    | Outcome::Approved { .. }
                    | Outcome::Failed { .. }
                    | Outcome::Deferred { .. } => return None,
                };
                let at = archive.state.time_of(moment);
                let on = Day::near(at, context.world.zone.offset_at(at));
                Some(Ticked { step: step.id.to_string(), done, on })
            });
            ticked.collect()
        };
        self.standing.iter().flat_map(of_log).collect()
    }
}

const EXERCISE: &str = "it was an exercise";

/// Why an incident is no emergency that activates the plan.
pub(super) fn no_emergency(state: &State) -> Option<&'static str> {
    match (state.mode(), state.life()) {
        (Mode::Exercise, _) => Some(EXERCISE),
        (Mode::Live, Life::FalseAlarm) => Some("it was a false alarm"),
        (Mode::Live, Life::Suspected) => Some("it was never declared"),
        (Mode::Live, Life::Declared | Life::Closed) => None,
    }
}

fn ran(context: &Context, archive: &Archive) -> Option<Ran> {
    let state = &archive.state;
    let exercise = state.exercise();
    let opened = || state.opened_moment().map(|moment| state.time_of(moment));
    let at = really_began(state).or(state.t0()).or_else(opened)?;
    let first = really_began(state).or_else(|| state.t0().into_iter().chain(opened()).min());
    let now = context.world.clock.now();
    let ended = really_ended(state).unwrap_or(now);
    let after_action = reviews(&archive.book, state, now);
    let after_action = after_action.iter().find(|one| one.review == Review::AfterAction);
    Some(Ran {
        id: archive.id.to_string(),
        on: Day::near(at, context.world.zone.offset_at(at)),
        playbook: archive.book.id.clone(),
        kind: type_of(state),
        written_for: written_for(context, archive),
        over: over(state),
        alone: exercise.started().is_some_and(|started| started.solo),
        minutes: first.map_or(0, |first| (ended - first).num_minutes()),
        haste: exercise.haste(),
        injects: !exercise.told().is_empty(),
        done: Done::of(&archive.book, state, &archive.records()),
        reported: after_action.is_some_and(|one| one.finished.is_some()),
    })
}

fn over(state: &State) -> Over {
    match (state.life(), state.exercise().interrupted()) {
        (Life::Suspected | Life::Declared, _) => Over::NotYet,
        (Life::FalseAlarm, _) => Over::FalseAlarm,
        (Life::Closed, Some(_)) => Over::BrokenOff,
        (Life::Closed, None) => Over::Ended,
    }
}

/// When an exercise was over by the real clock.
fn really_ended(state: &State) -> Option<Timestamp> {
    let (Ending::Closed { moment, .. } | Ending::FalseAlarm { moment, .. }) = state.ending()?;
    Some(state.time_of(moment) + state.behind_reality(moment))
}

/// The type that the file of an exercise is written for, whatever `--type` said. One without a file is
/// at most a drill, and one whose file is not the one that the log names at most a tabletop.
fn written_for(context: &Context, archive: &Archive) -> Option<ExerciseType> {
    let started = archive.state.exercise().started()?;
    let Some(id) = &started.exercise else { return Some(ExerciseType::Drill) };
    let kind = match started.digest {
        None => archive.book.exercises.iter().find(|one| one.id == *id).map(|one| one.kind),
        Some(digest) => context
            .home
            .exercise(&archive.id)
            .ok()
            .flatten()
            .filter(|bytes| sha256(bytes) == digest)
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| compile_exercise(&text, &archive.book).ok())
            .map(|compiled| compiled.exercise.kind),
    };
    Some(kind.map_or(ExerciseType::Tabletop, typed))
}

/// When an exercise began that carries its type: its own clock may show another day.
pub(super) fn really_began(state: &State) -> Option<Timestamp> {
    let moment = state.exercise().started().and(state.opened_moment())?;
    Some(moment.at + state.behind_reality(moment))
}

/// The day of the onset, else of the declaration, else of the first record.
pub(super) fn began(context: &Context, state: &State) -> Day {
    let onset = || state.mark(Mark::Onset).map(|moment| state.time_of(moment));
    let at = really_began(state)
        .or_else(onset)
        .or(state.t0())
        .or(state.opened_moment().map(|moment| moment.at));
    let at = at.unwrap_or_else(|| context.world.clock.now());
    Day::near(at, context.world.zone.offset_at(at))
}

/// The type that an exercise carries in its own log. One that was begun with `start --exercise` carries
/// none: it is given with `readiness record exercise --incident`.
pub(super) fn type_of(state: &State) -> Option<ExerciseType> {
    state.exercise().started().map(|started| typed(started.kind))
}

const fn typed(kind: ExerciseKind) -> ExerciseType {
    match kind {
        ExerciseKind::Tabletop => ExerciseType::Tabletop,
        ExerciseKind::Drill => ExerciseType::Drill,
        ExerciseKind::Functional => ExerciseType::Functional,
        ExerciseKind::FullScale => ExerciseType::FullScale,
    }
}

/// The plan in this program, where no standing log has pinned one yet.
fn shipped_plan() -> Vec<PlanItem> {
    compile_pinned(PLAN).map(|book| PlanItem::of(&book)).unwrap_or_default()
}
