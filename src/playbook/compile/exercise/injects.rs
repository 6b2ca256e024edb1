//! The master scenario events list: when each inject is due, and what it refers to.

use std::collections::HashMap;

use chrono::TimeDelta;

use super::super::super::exercise::shape::{self, File};
use super::super::super::exercise::{Happening, Inject, When};
use super::super::super::findings::{Findings, Span, quoted};
use super::super::super::id::{InjectId, ObjectiveId};
use super::super::super::model::Playbook;
use super::super::super::words::InjectKind;
use super::super::super::yaml::{Short, Slot};
use super::super::duration::duration;
use super::super::names::{Names, distinct};
use super::super::ring::circles;
use super::super::values;
use super::{changes, fixed, known};

/// How many injects there can be.
const MAX_INJECTS: usize = 200;

/// What an inject can refer to.
struct Around<'a, 'b> {
    book: &'a Playbook,
    objectives: &'a Names<'b, ObjectiveId>,
    injects: &'a Names<'b, InjectId>,
    /// How long the exercise is meant to take.
    length: Option<TimeDelta>,
}

pub(super) fn compile<'b>(
    file: &'b File<'_>,
    book: &Playbook,
    objectives: &Names<'b, ObjectiveId>,
    length: Option<TimeDelta>,
    findings: &mut Findings<'_>,
) -> Vec<Inject> {
    let Some(list) = file.injects.required("injects", file.at, findings) else { return Vec::new() };
    if list.value.is_empty() {
        findings.error(list.span, "`injects` is empty: say what the players are told");
    }
    if list.value.len() > MAX_INJECTS {
        let message = format!("{} injects, and at most {MAX_INJECTS} fit", list.value.len());
        findings.error_help(list.span, message, "make several exercises of it".to_owned());
        return Vec::new();
    }
    let mut names: Names<'_, InjectId> = Names::new("inject", "injects");
    for raw in &list.value {
        match raw.as_ref().and_then(|raw| raw.id.given()) {
            Some(name) => names.define(name, findings),
            None => names.forgive(),
        }
    }
    let around = Around { book, objectives, injects: &names, length };
    let raws = list.value.iter().flatten();
    let all: Vec<(Inject, Span)> =
        raws.filter_map(|raw| around.one(raw, findings).map(|inject| (inject, raw.at))).collect();
    no_circles(&all, findings);
    all.into_iter().map(|(inject, _)| inject).collect()
}

impl Around<'_, '_> {
    fn one(&self, raw: &shape::Inject<'_>, findings: &mut Findings<'_>) -> Option<Inject> {
        let id = raw.id.required("id", raw.at, findings);
        let id = id.and_then(|name| self.injects.get(name));
        let kind = match &raw.kind {
            Slot::Absent => Some(InjectKind::Information),
            Slot::Faulty => None,
            Slot::Given(text) => {
                fixed("kind of inject", text, InjectKind::from_word, InjectKind::words, findings)
            }
        };
        let when = self.when(raw, kind, findings);
        let mode = values::optional_line(&raw.mode, "mode", findings);
        let from = values::optional_line(&raw.from, "from", findings);
        let to = raw.to.given().and_then(|text| known::role(text, self.book, findings));
        let text = raw.text.required("text", raw.at, findings);
        let text = text.and_then(|text| values::prose(text, "text", findings));
        let expect = self.expect(raw, kind, findings);
        let objective = raw.objective.given();
        let objective = objective.and_then(|name| self.objectives.find(name, findings));
        let notes = values::optional_prose(&raw.notes, "notes", findings);
        let changes = raw.changes.given().map_or(&[][..], |list| &list.value);
        let changes = changes.iter().flatten();
        let changes = changes.filter_map(|raw| changes::change(raw, self.book, findings)).collect();
        Some(Inject {
            id: id?,
            when: when?,
            kind: kind?,
            mode,
            from,
            to,
            text: text?,
            expect,
            objective,
            notes,
            changes,
        })
    }

    /// When it is due: one of `at`, `after`, and for a contingency `by`.
    fn when(
        &self,
        raw: &shape::Inject<'_>,
        kind: Option<InjectKind>,
        findings: &mut Findings<'_>,
    ) -> Option<When> {
        let written = [raw.at_time.is_absent(), raw.after.is_absent(), raw.by.is_absent()];
        if written.iter().filter(|absent| !**absent).count() != 1 {
            let help = "one of `at: 10m`, `after: STEP`, or for a contingency `by: 20m`".to_owned();
            findings.error_help(raw.at, "an inject is due at exactly one moment", help);
        }
        if let Some(by) = raw.by.given()
            && kind.is_some_and(|kind| kind != InjectKind::Contingency)
        {
            let help = "write `kind: contingency`, or `at` instead of `by`".to_owned();
            findings.error_help(by.span, "`by` is for a contingency", help);
        }
        if let Some(after) = raw.after.given() {
            return self.after(after, findings);
        }
        let (name, text) = match (raw.at_time.given(), raw.by.given()) {
            (Some(text), _) => ("at", text),
            (None, Some(text)) => ("by", text),
            (None, None) => return None,
        };
        let offset = duration(text, name, findings)?;
        if self.length.is_some_and(|length| offset > length) {
            let help = "make `duration` longer, or the inject earlier";
            findings.warn(text.span, "this is after the planned end of the exercise", help);
        }
        Some(When::At(offset))
    }

    fn after(
        &self,
        raw: &Short<'_, shape::After<'_>>,
        findings: &mut Findings<'_>,
    ) -> Option<When> {
        let (what, delay) = match raw {
            Short::Words(text) => (Some(text), Some(TimeDelta::zero())),
            Short::Full(raw) => {
                let delay = match &raw.delay {
                    Slot::Absent => Some(TimeDelta::zero()),
                    Slot::Faulty => None,
                    Slot::Given(text) => duration(text, "delay", findings),
                };
                (raw.what.required("what", raw.at, findings), delay)
            }
        };
        let what = what?;
        let happening = known::happening(what, self.book, self.injects, findings)?;
        Some(When::After(happening, delay?))
    }

    fn expect(
        &self,
        raw: &shape::Inject<'_>,
        kind: Option<InjectKind>,
        findings: &mut Findings<'_>,
    ) -> Vec<Happening> {
        let Some(list) = raw.expect.given() else {
            if raw.expect.is_absent() && kind == Some(InjectKind::Contingency) {
                let help = "write `expect: [STEP]`: what makes it needless".to_owned();
                findings.error_help(raw.at, "a contingency needs `expect`", help);
            }
            return Vec::new();
        };
        let mut all = Vec::with_capacity(list.value.len());
        for text in distinct(list, findings) {
            match known::happening(text, self.book, self.injects, findings) {
                Some(Happening::Inject(_)) => findings.error_help(
                    text.span,
                    "what players do is expected, and not another inject",
                    "write a step, decision=answer or milestone:…".to_owned(),
                ),
                Some(happening) => all.push(happening),
                None => {}
            }
        }
        all
    }
}

/// Injects that wait for each other would never come.
fn no_circles(all: &[(Inject, Span)], findings: &mut Findings<'_>) {
    let mut places: HashMap<&InjectId, usize> = HashMap::new();
    for (place, (inject, _)) in all.iter().enumerate() {
        // Of two with one name, which is reported, the first one is meant.
        places.entry(&inject.id).or_insert(place);
    }
    let before = |(inject, at): &(Inject, Span)| match &inject.when {
        When::After(Happening::Inject(first), _) => {
            places.get(first).map(|place| (*place, *at)).into_iter().collect()
        }
        When::After(..) | When::At(_) => Vec::new(),
    };
    let waits = all.iter().map(before).collect();
    for circle in circles(&waits) {
        let Some((_, at)) = circle.first() else { continue };
        let names: Vec<String> =
            circle.iter().map(|(place, _)| quoted(all[*place].0.id.as_str())).collect();
        let message = format!("these injects wait for each other: {}", names.join(", "));
        findings.error_help(*at, message, "let one of them come `at` a time".to_owned());
    }
}
