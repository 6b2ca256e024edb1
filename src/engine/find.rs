//! What a person means by a name they typed.

use super::refusal::Refusal;
use crate::playbook::{Playbook, Role, Step};

/// The step that a person means by an id or a short code.
///
/// # Errors
/// [`Refusal::UnknownStep`] with the nearest names.
pub fn find_step<'a>(book: &'a Playbook, word: &str) -> Result<&'a Step, Refusal> {
    book.find_step(word).ok_or_else(|| {
        let ids = book.steps().map(|(_, step)| step.id.as_str());
        let near = nearest(word, ids).into_iter().filter(|(score, _)| *score >= 0.7).take(3);
        let near = near.map(|(_, id)| id.to_owned()).collect();
        Refusal::UnknownStep { word: word.to_owned(), near }
    })
}

/// The role that a person means.
///
/// # Errors
/// [`Refusal::UnknownRole`] with all roles, the nearest first.
pub fn find_role<'a>(book: &'a Playbook, word: &str) -> Result<&'a Role, Refusal> {
    book.roles.iter().find(|role| role.id.as_str() == word).ok_or_else(|| {
        let ids = book.roles.iter().map(|role| role.id.as_str());
        let near = nearest(word, ids).into_iter().map(|(_, id)| id.to_owned()).collect();
        Refusal::UnknownRole { word: word.to_owned(), near }
    })
}

fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Vec<(f64, &'a str)> {
    let typed = typed.to_lowercase();
    let mut scored: Vec<_> = known.map(|id| (strsim::jaro_winkler(&typed, id), id)).collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored
}
