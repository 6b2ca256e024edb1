//! The exercises that a playbook holds itself: the small form of what a file of its own can say.

use super::super::exercise::{Exercise, Happening, Inject, Objective, When};
use super::super::findings::Findings;
use super::super::id::{ExerciseId, InjectId, ObjectiveId, PlaybookId};
use super::super::words::{ExerciseKind, InjectKind};
use super::super::yaml::{self, Text};
use super::duration::duration;
use super::names::Names;
use super::scope::Scope;
use super::values;

/// All exercises, in the order of the file.
pub(super) fn compile(
    book: &yaml::Book<'_>,
    playbook: Option<&PlaybookId>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Exercise> {
    let mut names: Names<'_, ExerciseId> = Names::new("exercise", "exercises");
    let exercises = book.exercises.given().map_or(&[][..], |exercises| &exercises.value);
    let mut all = Vec::with_capacity(exercises.len());
    for raw in exercises.iter().flatten() {
        let id = define(&mut names, &raw.id, raw, findings);
        let title = raw.title.required("title", raw.at, findings);
        let title = title.and_then(|title| values::line(title, "title", findings));
        let mut objectives = Vec::new();
        let injects = injects(raw, scope, &mut objectives, findings);
        if let (Some(id), Some(title), Some(playbook)) = (id, title, playbook) {
            all.push(Exercise {
                id,
                title,
                playbook: playbook.clone(),
                kind: ExerciseKind::Tabletop,
                duration: None,
                declared: false,
                objectives,
                scenario: String::new(),
                ground_truth: String::new(),
                injects,
            });
        }
    }
    all
}

fn define<'b>(
    names: &mut Names<'b, ExerciseId>,
    slot: &'b yaml::Slot<Text<'_>>,
    raw: &yaml::Exercise<'_>,
    findings: &mut Findings<'_>,
) -> Option<ExerciseId> {
    let name = slot.required("id", raw.at, findings)?;
    names.define(name, findings);
    names.get(name)
}

fn injects(
    raw: &yaml::Exercise<'_>,
    scope: &Scope<'_>,
    objectives: &mut Vec<Objective>,
    findings: &mut Findings<'_>,
) -> Vec<Inject> {
    let mut names: Names<'_, InjectId> = Names::new("inject", "injects");
    let Some(injects) = raw.injects.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(injects.value.len());
    for inject in injects.value.iter().flatten() {
        let id = inject.id.required("id", inject.at, findings).and_then(|name| {
            names.define(name, findings);
            names.get(name)
        });
        all.extend(one(inject, id, scope, objectives, findings));
    }
    all
}

fn one(
    raw: &yaml::Inject<'_>,
    id: Option<InjectId>,
    scope: &Scope<'_>,
    objectives: &mut Vec<Objective>,
    findings: &mut Findings<'_>,
) -> Option<Inject> {
    let at = raw.time.required("at", raw.at, findings);
    let at = at.and_then(|time| duration(time, "at", findings));
    let to = raw.to.given().and_then(|role| scope.roles.find(role, findings));
    let text = raw.text.required("text", raw.at, findings);
    let text = text.and_then(|text| values::prose(text, "text", findings));
    let from = values::optional_line(&raw.from, "from", findings);
    let mode = values::optional_line(&raw.mode, "mode", findings);
    let objective = raw.objective.given();
    let objective = objective.and_then(|text| values::prose(text, "objective", findings));
    let expect = raw.expect.given().map(|expect| scope.steps.find_all(expect, findings));
    let id = id?;
    Some(Inject {
        when: When::At(at?),
        kind: InjectKind::Information,
        mode,
        from,
        to,
        text: text?,
        expect: expect.unwrap_or_default().into_iter().map(Happening::Step).collect(),
        objective: objective.and_then(|text| objective_of(&id, text, objectives)),
        id,
        notes: String::new(),
        changes: Vec::new(),
    })
}

/// What an inject tests becomes an objective of its own, named after the first inject that says so.
fn objective_of(
    inject: &InjectId,
    text: String,
    objectives: &mut Vec<Objective>,
) -> Option<ObjectiveId> {
    if let Some(known) = objectives.iter().find(|known| known.text == text) {
        return Some(known.id.clone());
    }
    let id: ObjectiveId = inject.as_str().parse().ok()?;
    let objective =
        Objective { id: id.clone(), text, capability: None, target: None, tasks: Vec::new() };
    objectives.push(objective);
    Some(id)
}
