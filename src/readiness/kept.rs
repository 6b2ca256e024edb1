//! What is kept up to date in quiet times: the site file, training, tests, paper, the improvement plan,
//! the 90-day plan.

use super::facts::{Facts, Improvement};
use super::judge::{dated, recurring};
use super::policy::{Basis, Policy, Rule};
use super::verdict::{Line, State};
use crate::engine::{Day, ReadyKind};
use crate::playbook::reading::closest;
use crate::site::{SOON, Site};

/// What ends within so many days is said beforehand: as the site file's own check has it.
pub(super) const SOON_DAYS: u32 = SOON;

/// Good is so many percent of corrective actions closed and verified by their first date; policy.
const ON_TIME: usize = 90;

fn line(id: &str, what: &str, state: State, rule: Basis) -> Line {
    Line {
        id: id.to_owned(),
        what: what.to_owned(),
        which: None,
        state,
        last: None,
        due: None,
        detail: None,
        rule,
        next: None,
    }
}

/// The site file and what stands in it.
pub(super) fn site(policy: &Policy, facts: &Facts<'_>) -> Vec<Line> {
    let mut all = Vec::new();
    if let Some(broken) = &facts.site_broken {
        let detail = Some(broken.clone());
        let next = Some("runbook site lint".to_owned());
        let broken = line("site-file", "Site file", State::Overdue, Basis::Dated("the site file"));
        all.push(Line { detail, next, ..broken });
    }
    let Some(site) = facts.site else {
        if facts.site_broken.is_none() {
            let next = Some("runbook site init".to_owned());
            let none = line("site-file", "Site file", State::Never, Basis::Dated("the site file"));
            all.push(Line { next, ..none });
        }
        return all;
    };
    all.extend(policy.rule("contacts").map(|rule| contacts(rule, site, facts.today)));
    for expiry in &site.expiries {
        all.extend(ends("expiry", "Runs out", &expiry.what, Day::of(expiry.on), facts.today));
    }
    all.extend(site.vendors.iter().map(|vendor| agreement(vendor, facts.today)));
    let known: Vec<&str> = policy.names().collect();
    let strange = site.policy.iter().filter(|one| !known.contains(&one.what.as_str()));
    all.extend(strange.map(|one| strange_policy(&one.what, &known)));
    all
}

fn contacts(rule: &Rule, site: &Site, today: Day) -> Line {
    let last = site.checked.and_then(Day::of);
    let (state, due) = recurring(rule, last, today);
    let next = (state != State::Ok).then(|| "runbook site set checked today".to_owned());
    Line { last, due, next, ..line(&rule.id, &rule.title, state, rule.basis()) }
}

fn ends(id: &str, what: &str, which: &str, until: Option<Day>, today: Day) -> Option<Line> {
    let until = until?;
    let state = dated(until, until.minus_days(SOON_DAYS).unwrap_or(until), today);
    let next = (state != State::Ok)
        .then(|| "renew it, then correct the day: runbook site show".to_owned());
    Some(Line {
        which: Some(which.to_owned()),
        due: Some(until),
        next,
        ..line(&format!("{id}:{which}"), what, state, Basis::Dated("the site file"))
    })
}

fn agreement(vendor: &crate::site::Vendor, today: Day) -> Line {
    const WHAT: &str = "Agreement on file";
    let Some(agreement) = &vendor.agreement else {
        let service = vendor.services.first().map_or("SERVICE", |service| service.as_str());
        let next = format!("runbook site set vendor.{service}.agreement.kind BAA");
        let id = format!("agreement:{}", vendor.name);
        return Line {
            which: Some(vendor.name.clone()),
            detail: Some("none in the site file".to_owned()),
            next: Some(next),
            ..line(&id, WHAT, State::Unknown, Basis::Dated("the site file"))
        };
    };
    let which = format!("{} with {}", agreement.kind, vendor.name);
    let until = agreement.until.and_then(Day::of);
    ends("agreement", WHAT, &which, until, today).unwrap_or_else(|| Line {
        which: Some(which.clone()),
        last: agreement.on.and_then(Day::of),
        detail: Some("no last day in the site file".to_owned()),
        ..line(&format!("agreement:{which}"), WHAT, State::Ok, Basis::Dated("the site file"))
    })
}

fn strange_policy(what: &str, known: &[&str]) -> Line {
    let near = closest(what, known.iter().copied(), &mut 100);
    let next = match near {
        Some(near) => format!("did you mean policy.{near}?"),
        None => format!("policy knows {}", known.join(", ")),
    };
    Line {
        which: Some(what.to_owned()),
        next: Some(next),
        ..line(
            &format!("policy:{what}"),
            "A policy that no rule has",
            State::Unknown,
            Basis::Dated("the site file"),
        )
    }
}

/// Trainings, tests, prints: each thing that was ever named on its own.
pub(super) fn kept(policy: &Policy, facts: &Facts<'_>) -> Vec<Line> {
    let kinds = [
        ReadyKind::Training,
        ReadyKind::ChannelTest,
        ReadyKind::RestoreTest,
        ReadyKind::BinderPrinted,
    ];
    let rules = kinds.iter().filter_map(|kind| policy.rule(kind.word()));
    rules.flat_map(|rule| of_kind(rule, facts)).collect()
}

fn of_kind(rule: &Rule, facts: &Facts<'_>) -> Vec<Line> {
    let mut each: Vec<(Option<String>, Day, String)> = Vec::new();
    for (_, of, on, source) in facts.kept.iter().filter(|(kind, ..)| *kind == rule.id) {
        let same = |known: &Option<String>| {
            known.as_deref().map(str::to_lowercase) == of.as_deref().map(str::to_lowercase)
        };
        match each.iter_mut().find(|(known, ..)| same(known)) {
            Some(one) if one.1 < *on => *one = (of.clone(), *on, source.clone()),
            Some(_) => {}
            None => each.push((of.clone(), *on, source.clone())),
        }
    }
    let which = if rule.id == "binder-printed" { "" } else { " --of WHICH" };
    let next = format!("runbook readiness record {}{which} --at DAY", rule.id);
    if each.is_empty() {
        let never = line(&rule.id, &rule.title, State::Never, rule.basis());
        return vec![Line { next: Some(next), ..never }];
    }
    let line_of = |(of, on, source): (Option<String>, Day, String)| {
        let (state, due) = recurring(rule, Some(on), facts.today);
        let id = of.as_ref().map_or(rule.id.clone(), |of| format!("{}:{of}", rule.id));
        let next = (state != State::Ok).then(|| next.clone());
        let detail = Some(format!("record {source} of the standing log"));
        let line = line(&id, &rule.title, state, rule.basis());
        Line { which: of, last: Some(on), due, detail, next, ..line }
    };
    each.into_iter().map(line_of).collect()
}

/// What came out of incidents and exercises.
pub(super) fn improvement(facts: &Facts<'_>) -> Vec<Line> {
    const RULE: Basis = Basis::Dated("each action's completion date");
    let Improvement { overdue, no_date, open, to_verify, due, kept } = &facts.improvement;
    let mut all = Vec::new();
    let state = if overdue.is_empty() { State::Ok } else { State::Overdue };
    let figure = match due {
        0 => String::new(),
        due => format!(
            "; {} % of {due} in time by the first date, good is {ON_TIME} %",
            kept * 100 / due
        ),
    };
    let late = match overdue.as_slice() {
        [] => "none overdue".to_owned(),
        names => format!("{} overdue: {}", names.len(), names.join(", ")),
    };
    all.push(Line {
        detail: Some(format!("{late}; {open} open{figure}")),
        next: (state != State::Ok).then(|| "runbook actions list --overdue".to_owned()),
        ..line("actions", "Corrective actions and after-action reports", state, RULE)
    });
    if *no_date > 0 {
        all.push(Line {
            detail: Some(format!("{no_date}, which nobody will chase")),
            next: Some("runbook actions update ID --owner NAME --due DAY".to_owned()),
            ..line("actions-no-date", "Actions without a completion date", State::Unknown, RULE)
        });
    }
    if *to_verify > 0 {
        all.push(Line {
            detail: Some(format!("{to_verify}, which nobody but the one who closed them has seen")),
            next: Some("runbook actions verify ID --by NAME".to_owned()),
            ..line("actions-to-verify", "Closed actions to be verified", State::DueSoon, RULE)
        });
    }
    all
}

/// The first 90 days.
pub(super) fn plan(policy: &Policy, facts: &Facts<'_>) -> Vec<Line> {
    let Some(rule) = policy.rule("plan-90-days") else { return Vec::new() };
    let Some(from) = facts.plan_from else {
        let next = Some("runbook readiness plan --start".to_owned());
        let detail = Some("nobody has started it".to_owned());
        let never = line(&rule.id, &rule.title, State::Never, rule.basis());
        return vec![Line { detail, next, ..never }];
    };
    let item = |item: &super::facts::PlanItem| {
        let due = from.plus_days(item.days);
        let ticked = facts.ticked.iter().find(|one| one.step == item.step);
        let state = match ticked {
            Some(_) => State::Ok,
            None => dated(due, due.minus_days(rule.soon).unwrap_or(due), facts.today),
        };
        let detail = match ticked {
            Some(one) if one.done => format!("done {}", one.on),
            Some(one) => format!("not applicable, said {}", one.on),
            None => item.title.clone(),
        };
        Line {
            which: Some(item.step.clone()),
            last: ticked.map(|one| one.on),
            due: ticked.is_none().then_some(due),
            detail: Some(detail),
            next: (state != State::Ok).then(|| format!("runbook readiness tick {}", item.step)),
            ..line(
                &format!("plan:{}", item.step),
                &item.phase,
                state,
                Basis::Dated("the 90-day plan"),
            )
        }
    };
    facts.plan.iter().map(item).collect()
}
