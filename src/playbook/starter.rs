//! A playbook to begin with: the starter, or another one under a new name. Only the values of the
//! head change; every comment and every other byte stays as it was.

use chrono::NaiveDate;

use super::compile::compile;
use super::diagnostic::Diagnostic;
use super::findings::{Findings, Span};
use super::id::PlaybookId;
use super::yaml::{Value, tree};

/// A small, complete playbook with a step of every form.
pub const STARTER: &str = include_str!("starter.yaml");

/// A small step set. It is called `my-steps` until it has a name.
pub const STARTER_SET: &str = include_str!("starter-set.yaml");

/// The version of a playbook that nobody has used yet.
const FIRST_VERSION: &str = "0.1";

/// Why a playbook cannot be given another name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenameError {
    /// It is no valid playbook.
    #[error("it is not a valid playbook")]
    Invalid(Vec<Diagnostic>),
    /// A value of the head is written in a way that cannot be replaced.
    #[error("its `id`, `title` and `version` cannot be replaced where they stand")]
    Head,
}

/// The playbook under another name: `id`, `title` and `version` are those of a new one, and so is
/// `review_by` where a day is given. Under the name it has already it keeps its title. Comments are kept.
///
/// # Errors
/// If it is not valid, or its head is written in a way that cannot be replaced.
pub fn renamed(
    source: &str,
    id: &PlaybookId,
    review_by: Option<NaiveDate>,
) -> Result<String, RenameError> {
    let old = compile(source).map_err(RenameError::Invalid)?.playbook;
    let title = if old.id == *id { old.title } else { title_of(id) };
    let mut changes = vec![("version", format!("\"{FIRST_VERSION}\""))];
    if old.id != *id {
        changes.extend([("id", id.to_string()), ("title", title.clone())]);
    }
    changes.extend(review_by.map(|day| ("review_by", day.to_string())));
    let mut text = source.to_owned();
    let mut places = head(source).ok_or(RenameError::Head)?;
    // From the end, so that what stands before keeps its place.
    places.sort_by_key(|(_, span)| std::cmp::Reverse(span.start));
    for (key, span) in places {
        if let Some((_, value)) = changes.iter().find(|(name, _)| *name == key) {
            text.replace_range(span.start..span.end, value);
        }
    }
    let book = compile(&text).map_err(|_| RenameError::Head)?.playbook;
    let as_meant = book.id == *id && book.title == title && book.version == FIRST_VERSION;
    if as_meant { Ok(text) } else { Err(RenameError::Head) }
}

/// The keys of the file, each with the place of its value.
fn head(source: &str) -> Option<Vec<(String, Span)>> {
    let root = tree(source, &mut Findings::new(source))?;
    let Value::Map(entries) = root.value else { return None };
    Some(entries.into_iter().map(|(key, node)| (key.value.into_owned(), node.span)).collect())
}

/// `portal-down` as a title.
fn title_of(id: &PlaybookId) -> String {
    let words = id.as_str().replace('-', " ");
    let words = words.trim();
    let (first, rest) = words.split_at(words.len().min(1));
    format!("{}{rest}", first.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::library::builtin;
    use super::super::lint::{Known, lint};
    use super::super::model::Form;
    use super::super::rule::Rule;
    use super::*;

    fn id(word: &str) -> PlaybookId {
        word.parse().unwrap()
    }

    #[test]
    fn the_starter_has_every_form_and_nothing_to_object_to_but_its_missing_approvals() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let found = lint(STARTER, &Known { today, playbooks: None, caps: &[], site: None });
        // Nobody has approved the words of a new playbook: only its owner can.
        assert!(found.findings.iter().all(|one| one.rule == Some(Rule::NotApproved)), "{found:?}");
        assert_eq!(found.findings.len(), 3);
        let book = compile(STARTER).unwrap().playbook;
        for (name, is_it) in [
            ("action", (|form| matches!(form, Form::Action)) as fn(&Form) -> bool),
            ("decision", |form| matches!(form, Form::Decision(_))),
            ("collect", |form| matches!(form, Form::Collect(_))),
            ("message", |form| matches!(form, Form::Message(_))),
            ("outreach", |form| matches!(form, Form::Outreach(_))),
            ("check", |form| matches!(form, Form::Check(_))),
        ] {
            assert!(book.steps().any(|(_, step)| is_it(&step.form)), "{name}");
        }
        for role in &book.roles {
            assert!(book.steps().any(|(_, step)| step.role == role.id), "{}", role.id);
        }
    }

    #[test]
    fn only_the_head_changes() {
        for (name, text) in builtin().iter().chain([&("starter", STARTER)]) {
            let new = renamed(text, &id("portal-down"), None).unwrap();
            let changed: Vec<(&str, &str)> =
                text.lines().zip(new.lines()).filter(|(old, new)| old != new).collect();
            assert!((2..=3).contains(&changed.len()), "{name}: {changed:?}");
            assert_eq!(text.lines().count(), new.lines().count(), "{name}");
            assert!(
                new.contains("\nid: portal-down\ntitle: Portal down\nversion: \"0.1\""),
                "{name}"
            );
        }
    }

    #[test]
    fn a_copy_of_the_same_name_keeps_its_title() {
        for (name, text) in builtin() {
            let new = renamed(text, &id(name), None).unwrap();
            let (old, new) = (compile(text).unwrap().playbook, compile(&new).unwrap().playbook);
            assert_eq!((new.title, new.version.as_str()), (old.title, "0.1"), "{name}");
        }
    }

    #[test]
    fn a_head_in_any_notation() {
        let rest = "phases: [{id: a, title: A, window: 0h-2h, steps: [{id: b, role: c, title: D}]}]\n\
                    roles: {c: {title: E}}\nrunbook: 1\nreview_by: 2027-01-01 # soon\n";
        for head in [
            "id: \"old\"\ntitle: 'Old'\nversion: 1\n",
            "\u{feff}version: 1.10 # first\ntitle: Old and\n  folded\nid: old # the name\n",
            "title: >-\n  Old\n  title\nversion: |\n  1\nid: old\n",
        ] {
            let text = format!("{head}{rest}");
            let day = NaiveDate::from_ymd_opt(2030, 2, 3);
            match renamed(&text, &id("123"), day) {
                Ok(new) => {
                    let book = compile(&new).unwrap().playbook;
                    assert_eq!((book.title.as_str(), book.version.as_str()), ("123", "0.1"));
                    assert_eq!(book.review_by, day);
                    assert!(new.contains("2030-02-03 # soon"), "{new}");
                }
                Err(why) => assert_eq!(why, RenameError::Head, "{text}"),
            }
        }
        assert!(matches!(renamed("runbook: 1\n", &id("a"), None), Err(RenameError::Invalid(_))));
    }
}
