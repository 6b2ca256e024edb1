//! What players can read of what is to come.

use super::super::rule::Rule;
use super::Subject;
use super::advice::Advice;

/// Rule X01.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let raw = subject.raw.exercises.given().map_or(&[][..], |all| &all.value);
    for (raw, exercise) in raw.iter().flatten().zip(&subject.book.exercises) {
        let span = raw.id.given().map_or(raw.at, |id| id.span);
        let message =
            "players can read this exercise in the copy of the playbook that they play by";
        let help = format!("move it into playbooks/exercises/{}.yaml", exercise.id);
        advice.say(Rule::ReadableExercise, exercise.id.as_str(), span, message, help);
    }
}
