//! Exercises: everything in them is checked, and only what the model keeps is kept.

use super::super::findings::Findings;
use super::super::id::{ExerciseId, InjectId};
use super::super::model::Exercise;
use super::super::yaml::{self, Text};
use super::duration::duration;
use super::names::Names;
use super::scope::Scope;
use super::values;

/// All exercises, in the order of the file.
pub(super) fn compile(
    book: &yaml::Book<'_>,
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
        let injects = injects(raw, scope, findings);
        if let (Some(id), Some(title)) = (id, title) {
            all.push(Exercise { id, title, injects });
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

/// How many injects there are.
fn injects(raw: &yaml::Exercise<'_>, scope: &Scope<'_>, findings: &mut Findings<'_>) -> usize {
    let mut names: Names<'_, InjectId> = Names::new("inject", "injects");
    let Some(injects) = raw.injects.given() else { return 0 };
    for inject in injects.value.iter().flatten() {
        if let Some(name) = inject.id.required("id", inject.at, findings) {
            names.define(name, findings);
        }
        check(inject, scope, findings);
    }
    injects.value.len()
}

fn check(inject: &yaml::Inject<'_>, scope: &Scope<'_>, findings: &mut Findings<'_>) {
    if let Some(time) = inject.time.required("at", inject.at, findings) {
        duration(time, "at", findings);
    }
    if let Some(role) = inject.to.given() {
        scope.roles.find(role, findings);
    }
    if let Some(text) = inject.text.required("text", inject.at, findings) {
        values::prose(text, "text", findings);
    }
    values::optional_line(&inject.from, "from", findings);
    values::optional_line(&inject.mode, "mode", findings);
    values::optional_prose(&inject.objective, "objective", findings);
    if let Some(expect) = inject.expect.given() {
        scope.steps.find_all(expect, findings);
    }
}
