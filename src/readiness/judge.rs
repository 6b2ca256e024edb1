//! What is known, held against what is asked for.

use super::cms::{Cycle, Exercise, Need, cycles};
use super::exercised::{Less, Reach};
use super::facts::{BookFacts, Facts, Held, Signed};
use super::kept;
use super::policy::{Basis, Law, Policy, Rule};
use super::verdict::{Line, Section, State, Verdicts};
use crate::engine::{Day, ExerciseType};
use crate::playbook::ExerciseKind;
use crate::site::Pace;

/// How many days before the end of a year of exercises what is missing is said.
const YEAR_ENDS: i64 = 60;

/// Everything that makes the site ready, or not.
#[must_use]
pub fn verdicts(policy: &Policy, facts: &Facts<'_>) -> Verdicts {
    let section = |title, mut lines: Vec<Line>| {
        lines.sort_by_key(|line| (line.state, line.due.is_none(), line.due));
        Section { title, lines }
    };
    let sections = vec![
        section("Exercises", exercises(policy, facts)),
        section("Playbooks and messages", books(policy, facts)),
        section("Site file, agreements, dates", kept::site(policy, facts)),
        section("Training, tests, paper", kept::kept(policy, facts)),
        section("Improvement plan", kept::improvement(facts)),
        section("90-day plan", kept::plan(policy, facts)),
    ];
    let rules = policy.exercises.iter().chain(&policy.upkeep);
    let waived =
        rules.filter(|rule| rule.every == Pace::Waived).map(|rule| rule.id.clone()).collect();
    Verdicts {
        today: facts.today,
        site: facts.site.map(|site| site.name.clone()).filter(|name| !name.is_empty()),
        sections: sections.into_iter().filter(|section| !section.lines.is_empty()).collect(),
        waived,
        less: facts.less.iter().filter(|one| matters(policy, facts, one)).cloned().collect(),
    }
}

/// What only the rules of CMS ask is said only where they hold.
fn matters(policy: &Policy, facts: &Facts<'_>, one: &Less) -> bool {
    let kind = facts.site.and_then(|site| site.kind);
    one.reach != Reach::SitePolicy || kind.is_some_and(|kind| policy.law(kind).is_some())
}

/// How something stands that was last done on this day and is due again by a rule.
pub(super) fn recurring(rule: &Rule, last: Option<Day>, today: Day) -> (State, Option<Day>) {
    let Some((due, soon)) = last.and_then(|last| rule.after(last)) else {
        return (State::Never, None);
    };
    (dated(due, soon, today), Some(due))
}

/// How something stands that is due by this day, which still is in time.
pub(super) fn dated(due: Day, soon: Day, today: Day) -> State {
    if today > due {
        State::Overdue
    } else if today >= soon {
        State::DueSoon
    } else {
        State::Ok
    }
}

fn exercises(policy: &Policy, facts: &Facts<'_>) -> Vec<Line> {
    let mut all = Vec::new();
    for rule in policy.exercises.iter().filter(|rule| rule.every != Pace::Waived) {
        if rule.per_playbook {
            all.extend(facts.books.iter().map(|book| of_playbook(rule, book, facts)));
        } else {
            all.push(of_site(rule, facts));
        }
    }
    all.extend(by_law(policy, facts));
    all.extend(facts.held.iter().filter(|one| one.kind.is_none()).map(without_type));
    all.extend(facts.activations.iter().filter_map(|one| {
        Some(Line {
            id: format!("activation:{}", one.source),
            what: "An activation of the emergency plan that gives no exemption".to_owned(),
            which: Some(one.source.clone()),
            state: State::Unknown,
            last: Some(one.onset),
            due: None,
            detail: Some(one.void.clone()?),
            rule: Basis::Dated("the standing log"),
            next: Some("runbook log readiness".to_owned()),
        })
    }));
    all
}

/// The newest exercise whose type counts.
fn newest<'a>(
    rule: &Rule,
    held: impl Iterator<Item = &'a Held>,
) -> Option<(&'a Held, ExerciseType)> {
    let counts = |one: &'a Held| Some((one, one.kind.filter(|kind| rule.counts.contains(kind))?));
    held.filter_map(counts).max_by_key(|(one, _)| one.on)
}

fn of_site(rule: &Rule, facts: &Facts<'_>) -> Line {
    let last = newest(rule, facts.held.iter());
    let (state, due) = recurring(rule, last.map(|(one, _)| one.on), facts.today);
    let smallest = rule.counts.first().map_or("tabletop", |kind| kind.word());
    Line {
        id: rule.id.clone(),
        what: rule.title.clone(),
        which: None,
        state,
        last: last.map(|(one, _)| one.on),
        due,
        detail: last.map(|(one, kind)| described(one, kind)),
        rule: rule.basis(),
        next: (state != State::Ok).then(|| hold(smallest)),
    }
}

fn of_playbook(rule: &Rule, book: &BookFacts, facts: &Facts<'_>) -> Line {
    let of_this = facts.held.iter().filter(|one| one.playbook.as_ref() == Some(&book.id));
    let last = newest(rule, of_this);
    let (state, due) = recurring(rule, last.map(|(one, _)| one.on), facts.today);
    Line {
        id: format!("{}:{}", rule.id, book.id),
        what: rule.title.clone(),
        which: Some(book.id.to_string()),
        state,
        last: last.map(|(one, _)| one.on),
        due,
        detail: last.map(|(one, kind)| described(one, kind)),
        rule: rule.basis(),
        next: (state != State::Ok).then(|| format!("runbook drill {}", book.id)),
    }
}

fn described(one: &Held, kind: ExerciseType) -> String {
    let of = one.playbook.as_ref().map_or(String::new(), |book| format!(" of {book}"));
    format!("{}{of} ({})", kind.word(), one.source)
}

/// How to hold an exercise of this type; what `drill` does not run is written down afterwards.
fn hold(kind: &str) -> String {
    match ExerciseKind::from_word(kind) {
        Some(kind) => format!("runbook drill PLAYBOOK --type {}", kind.word()),
        None => {
            format!("runbook readiness record exercise --type {kind} --playbook PLAYBOOK --at DAY")
        }
    }
}

fn without_type(one: &Held) -> Line {
    Line {
        id: format!("exercise-type:{}", one.source),
        what: "An exercise without a type counts for nothing".to_owned(),
        which: Some(one.source.clone()),
        state: State::Unknown,
        last: Some(one.on),
        due: None,
        detail: None,
        rule: Basis::Dated("its own log"),
        next: Some(format!(
            "runbook readiness record exercise --type tabletop --incident {}",
            one.source
        )),
    }
}

/// What CMS asks of this kind of place.
fn by_law(policy: &Policy, facts: &Facts<'_>) -> Vec<Line> {
    let line = |state, detail: &str, next: Option<&str>| Line {
        id: "cms".to_owned(),
        what: "Exercises by the rules of CMS".to_owned(),
        which: None,
        state,
        last: None,
        due: None,
        detail: Some(detail.to_owned()),
        rule: Basis::Dated("the site file"),
        next: next.map(ToOwned::to_owned),
    };
    let Some(kind) = facts.site.and_then(|site| site.kind) else {
        let next = "runbook site set kind inpatient (or outpatient, pharmacy, other)";
        return vec![line(State::Unknown, "nobody said what kind of place this is", Some(next))];
    };
    let Some(law) = policy.law(kind) else {
        return vec![line(State::Ok, "not on the list of CMS: the site's own policy holds", None)];
    };
    let start = facts.site.and_then(|site| site.exercise_year).unwrap_or_default();
    let typed = |one: &Held| Some(Exercise { on: one.on, kind: one.kind? });
    let held: Vec<Exercise> =
        facts.held.iter().filter(|one| one.by_law).filter_map(typed).collect();
    let valid = facts.activations.iter().filter(|one| one.void.is_none());
    let onsets: Vec<Day> = valid.map(|one| one.onset).collect();
    let all = cycles(law, start, &held, &onsets, facts.today);
    let full = ("cms-full-scale", "Full-scale or functional exercise, by CMS");
    let choice = ("cms-choice", "Exercise of choice, by CMS (never exempted)");
    let known = !held.is_empty() || !onsets.is_empty();
    [(full, (|c: &Cycle| c.full_scale) as fn(&Cycle) -> Need), (choice, |c: &Cycle| c.choice)]
        .into_iter()
        .filter_map(|(name, need)| required(name, law, &all, need, facts, known))
        .collect()
}

fn required(
    (id, what): (&str, &str),
    law: &Law,
    all: &[Cycle],
    need: fn(&Cycle) -> Need,
    facts: &Facts<'_>,
    known: bool,
) -> Option<Line> {
    let (now, before) = all.split_last()?;
    let missed = before.iter().rfind(|cycle| need(cycle) == Need::Missing);
    let last_year = before.last().filter(|cycle| need(cycle) == Need::Missing);
    let left = now.to.days_after(facts.today);
    let (state, due) = match (need(now), last_year) {
        (settled, _) if settled.is_settled() => (State::Ok, None),
        (_, Some(cycle)) => (State::Overdue, Some(cycle.to)),
        (_, None) if !known => (State::Never, Some(now.to)),
        (_, None) if left <= YEAR_ENDS => (State::DueSoon, Some(now.to)),
        (_, None) => (State::Ok, Some(now.to)),
    };
    let said = match need(now) {
        Need::NotRequired => "not required in this year".to_owned(),
        Need::Met(exercise) => met(exercise, facts),
        Need::Exempt(onset) => exempt(onset, facts),
        Need::Open | Need::Missing | Need::NotKnown => {
            format!("none yet; the year ends {}", now.to)
        }
    };
    let gap = missed.map(|cycle| format!("; MISSING in the year from {}", cycle.from));
    let last = match need(now) {
        Need::Met(exercise) => Some(exercise.on),
        Need::Exempt(onset) => Some(onset),
        Need::NotRequired | Need::Open | Need::Missing | Need::NotKnown => None,
    };
    let types = if id == "cms-choice" { &law.of_choice } else { &law.full_scale };
    let smallest = types.first().map_or("tabletop", |kind| kind.word());
    Some(Line {
        id: id.to_owned(),
        what: what.to_owned(),
        which: None,
        state,
        last,
        due,
        detail: Some(format!("year from {}: {said}{}", now.from, gap.unwrap_or_default())),
        rule: law.basis(),
        next: (state != State::Ok).then(|| hold(smallest)),
    })
}

/// What stands for it, and where that is on record.
fn met(exercise: Exercise, facts: &Facts<'_>) -> String {
    let it = |one: &&Held| one.by_law && (one.on, one.kind) == (exercise.on, Some(exercise.kind));
    let source =
        facts.held.iter().find(it).map_or(String::new(), |one| format!(" ({})", one.source));
    format!("{} on {}{source}", exercise.kind.word(), exercise.on)
}

fn exempt(onset: Day, facts: &Facts<'_>) -> String {
    let by = facts.activations.iter().find(|one| one.onset == onset && one.void.is_none());
    let source = by.map_or(String::new(), |one| format!(" ({})", one.source));
    format!("exempt: emergency plan activated on {onset}{source}; keep it in writing")
}

fn books(policy: &Policy, facts: &Facts<'_>) -> Vec<Line> {
    let reviews = facts.books.iter().map(|book| review(book, facts.today));
    let rule = policy.rule("template-approval");
    let messages = facts.books.iter().filter(|book| !book.templates.is_empty());
    let messages = messages.filter_map(|book| Some(approvals(rule?, book, facts.today)));
    reviews.chain(messages).collect()
}

/// A playbook counts as stale from its day on.
fn review(book: &BookFacts, today: Day) -> Line {
    let soon = |day: Day| day.minus_days(kept::SOON_DAYS).unwrap_or(day);
    let last_good = book.review_by.and_then(|day| day.minus_days(1));
    let state = last_good.map_or(State::Unknown, |day| dated(day, soon(day), today));
    let next = "read it again, then set review_by and a new version in the file";
    Line {
        id: format!("review:{}", book.id),
        what: "Playbook reviewed".to_owned(),
        which: Some(book.id.to_string()),
        state,
        last: None,
        due: book.review_by,
        detail: book.review_by.is_none().then(|| "no review_by in it".to_owned()),
        rule: Basis::Dated("the playbook's review_by"),
        next: (state != State::Ok).then(|| next.to_owned()),
    }
}

fn approvals(rule: &Rule, book: &BookFacts, today: Day) -> Line {
    let each = book.templates.iter().map(|signed| {
        let Some(Signed { on, until }) = *signed else { return (State::Never, None) };
        let (state, due) = recurring(rule, Some(on), today);
        let soon = |day: Day| day.minus_days(rule.soon).unwrap_or(day);
        let own = until.map(|until| (dated(until, soon(until), today), Some(until)));
        // The earlier of the two ends it.
        own.map_or((state, due), |own| own.min((state, due)))
    });
    let each: Vec<(State, Option<Day>)> = each.collect();
    let state = each.iter().map(|(state, _)| *state).min().unwrap_or(State::Ok);
    let good = each.iter().filter(|(state, _)| matches!(state, State::Ok | State::DueSoon)).count();
    Line {
        id: format!("templates:{}", book.id),
        what: rule.title.clone(),
        which: Some(book.id.to_string()),
        state,
        last: None,
        due: each.iter().filter_map(|(_, due)| *due).min(),
        detail: Some(format!("{good} of {} count", each.len())),
        rule: rule.basis(),
        next: (state != State::Ok)
            .then(|| format!("have them approved, then write approved: into {}.yaml", book.id)),
    }
}

#[cfg(test)]
mod tests;
