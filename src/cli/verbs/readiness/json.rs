//! Readiness for programs.

use serde::Serialize;

use super::gather::Gathered;
use crate::engine::Day;
use crate::readiness::{Basis, Less, Line, Policy, Reach, Section, State, Verdicts};
use crate::site::Facility;

#[derive(Debug, Serialize)]
pub(super) struct Readiness<'a> {
    format: u32,
    today: Day,
    site: Option<&'a str>,
    facility: Option<&'static str>,
    policy_checked: Option<Day>,
    overdue: usize,
    never: usize,
    due_soon: usize,
    unknown: usize,
    ok: usize,
    sections: Vec<SectionJson<'a>>,
    waived: &'a [String],
    played_alone: usize,
    counted_for_less: Vec<LessJson<'a>>,
    problems: &'a [String],
}

#[derive(Debug, Serialize)]
struct SectionJson<'a> {
    title: &'a str,
    lines: Vec<LineJson<'a>>,
}

#[derive(Debug, Serialize)]
struct LineJson<'a> {
    id: &'a str,
    what: &'a str,
    which: Option<&'a str>,
    state: State,
    last: Option<Day>,
    due: Option<Day>,
    detail: Option<&'a str>,
    rule: String,
    law: bool,
    next: Option<&'a str>,
}

impl<'a> Readiness<'a> {
    pub(super) fn of(verdicts: &'a Verdicts, policy: &Policy, gathered: &'a Gathered) -> Self {
        let section = |section: &'a Section| SectionJson {
            title: section.title,
            lines: section.lines.iter().map(LineJson::of).collect(),
        };
        Self {
            format: 1,
            today: verdicts.today,
            site: verdicts.site.as_deref(),
            facility: gathered.site.as_ref().and_then(|site| site.kind).map(Facility::word),
            policy_checked: policy.checked,
            overdue: verdicts.count(State::Overdue),
            never: verdicts.count(State::Never),
            due_soon: verdicts.count(State::DueSoon),
            unknown: verdicts.count(State::Unknown),
            ok: verdicts.count(State::Ok),
            sections: verdicts.sections.iter().map(section).collect(),
            waived: &verdicts.waived,
            played_alone: gathered.alone(),
            counted_for_less: verdicts.less.iter().map(LessJson::of).collect(),
            problems: &gathered.problems,
        }
    }
}

#[derive(Debug, Serialize)]
struct LessJson<'a> {
    source: &'a str,
    on: Day,
    counts_for: &'static str,
    counts_as: Option<&'static str>,
    why: &'a str,
    next: Option<&'a str>,
}

impl<'a> LessJson<'a> {
    fn of(one: &'a Less) -> Self {
        let counts_as = match one.reach {
            Reach::Smaller(kind) => Some(kind.word()),
            Reach::Practice | Reach::SitePolicy => None,
        };
        Self {
            source: &one.source,
            on: one.on,
            counts_for: one.reach.word(),
            counts_as,
            why: &one.why,
            next: one.next.as_deref(),
        }
    }
}

impl<'a> LineJson<'a> {
    fn of(line: &'a Line) -> Self {
        Self {
            id: &line.id,
            what: &line.what,
            which: line.which.as_deref(),
            state: line.state,
            last: line.last,
            due: line.due,
            detail: line.detail.as_deref(),
            rule: line.rule.to_string(),
            law: matches!(line.rule, Basis::Law(_)),
            next: line.next.as_deref(),
        }
    }
}
