//! Ids of one kind: where each is defined, and what a reference to it means.
//!
//! A name that is defined badly still counts as defined, so that one fault is reported once and not
//! again at every reference.

use std::collections::HashMap;
use std::str::FromStr;

use super::super::findings::{Findings, key, quoted};
use super::super::id::{PlaybookId, SlugError};
use super::super::rule::Rule;
use super::super::yaml::{Entries, List, Slot, Text};

/// The ids of one kind in one playbook.
pub(super) struct Names<'b, I> {
    /// What people call one of them: "role".
    what: &'static str,
    /// The key under which they are defined: "roles".
    section: &'static str,
    order: Vec<&'b str>,
    defined: HashMap<&'b str, Defined<I>>,
    /// False where a faulty part of the file may define more.
    complete: bool,
}

struct Defined<I> {
    start: usize,
    id: Option<I>,
}

impl<'b, I: FromStr<Err = SlugError> + Clone> Names<'b, I> {
    /// No names yet.
    pub(super) fn new(what: &'static str, section: &'static str) -> Self {
        Self { what, section, order: Vec::new(), defined: HashMap::new(), complete: true }
    }

    /// Names that another file defines.
    pub(super) fn elsewhere() -> Self {
        Self { complete: false, ..Self::new("name", "names") }
    }

    /// The keys of a map.
    pub(super) fn of_keys<T>(
        what: &'static str,
        section: &'static str,
        slot: &'b Slot<Entries<'_, T>>,
        findings: &mut Findings<'_>,
    ) -> Self {
        let mut names = Self::new(what, section);
        match slot {
            Slot::Given(entries) => {
                for (name, _) in &entries.value {
                    names.define(name, findings);
                }
            }
            Slot::Faulty => names.complete = false,
            Slot::Absent => {}
        }
        names
    }

    /// Takes a name in, and reports it if it is none or already there.
    pub(super) fn define(&mut self, name: &'b Text<'_>, findings: &mut Findings<'_>) {
        let word = name.value.as_ref();
        if let Some(first) = self.defined.get(word) {
            let first = findings.line_of(first.start);
            let message = format!("{} {} is defined twice", self.what, quoted(word));
            let help = format!("the first one is on {first}: rename one of them");
            findings.error_help(name.span, message, help);
            return;
        }
        let id = slug(name, findings);
        self.order.push(word);
        self.defined.insert(word, Defined { start: name.span.start, id });
    }

    /// Some definitions could not be read: references may point at them.
    pub(super) fn forgive(&mut self) {
        self.complete = false;
    }

    /// The id of a name that was taken in.
    pub(super) fn get(&self, name: &Text<'_>) -> Option<I> {
        self.defined.get(name.value.as_ref()).and_then(|defined| defined.id.clone())
    }

    /// Whether a name was taken in, even if it is not a sound one.
    pub(super) fn holds(&self, name: &Text<'_>) -> bool {
        self.defined.contains_key(name.value.as_ref())
    }

    /// What a reference points at; reports one that points at nothing.
    pub(super) fn find(&self, name: &Text<'_>, findings: &mut Findings<'_>) -> Option<I> {
        self.look_up(None, name, findings)
    }

    /// The same where such a reference has a rule of its own.
    pub(super) fn find_for(
        &self,
        rule: Rule,
        name: &Text<'_>,
        findings: &mut Findings<'_>,
    ) -> Option<I> {
        self.look_up(Some(rule), name, findings)
    }

    fn look_up(
        &self,
        rule: Option<Rule>,
        name: &Text<'_>,
        findings: &mut Findings<'_>,
    ) -> Option<I> {
        if !self.holds(name) && self.complete {
            let help = findings.did_you_mean(&name.value, self.order.iter().copied());
            let message = format!("{} {} is not defined", self.what, quoted(&name.value));
            let help = help.or_else(|| self.choices());
            match rule {
                Some(rule) => findings.error_of(rule, name.span, message, help),
                None => findings.error_help(name.span, message, help),
            }
        }
        self.get(name)
    }

    /// Every reference of a list, each at most once.
    pub(super) fn find_all(&self, list: &List<Text<'_>>, findings: &mut Findings<'_>) -> Vec<I> {
        distinct(list, findings).into_iter().filter_map(|name| self.find(name, findings)).collect()
    }

    /// The same where such references have a rule of their own.
    pub(super) fn find_all_for(
        &self,
        rule: Rule,
        list: &List<Text<'_>>,
        findings: &mut Findings<'_>,
    ) -> Vec<I> {
        let all = distinct(list, findings).into_iter();
        all.filter_map(|name| self.find_for(rule, name, findings)).collect()
    }

    fn choices(&self) -> Option<String> {
        match self.order.len() {
            0 => Some(format!("define it under {}", key(self.section))),
            1..=8 => {
                let all: Vec<String> = self.order.iter().map(|word| quoted(word)).collect();
                Some(format!("defined are {}", all.join(", ")))
            }
            _ => None,
        }
    }
}

/// The sound entries of a list; reports those that come again.
pub(super) fn distinct<'l, 's>(
    list: &'l List<Text<'s>>,
    findings: &mut Findings<'_>,
) -> Vec<&'l Text<'s>> {
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::with_capacity(list.value.len());
    for text in list.value.iter().flatten() {
        if seen.insert(text.value.as_ref()) {
            all.push(text);
        } else {
            let help = "delete one of them".to_owned();
            let message = format!("{} stands in this list twice", quoted(&text.value));
            findings.error_help(text.span, message, help);
        }
    }
    all
}

/// The id that a text is.
pub(crate) fn slug<I: FromStr<Err = SlugError>>(
    text: &Text<'_>,
    findings: &mut Findings<'_>,
) -> Option<I> {
    match text.value.parse() {
        Ok(id) => Some(id),
        Err(why) => {
            let message = format!("{} is no id: {why}", quoted(&text.value));
            let help = proposal::<I>(&text.value).map(|slug| format!("write {slug}"));
            findings.error_help(text.span, message, help);
            None
        }
    }
}

/// The id that somebody meant who wrote a title.
fn proposal<I: FromStr<Err = SlugError>>(word: &str) -> Option<String> {
    if word.len() > 2 * super::super::id::MAX_SLUG {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let slug = parts.join("-");
    slug.parse::<I>().is_ok().then_some(slug)
}

/// The id that somebody meant who gave a playbook a title for a name.
#[must_use]
pub fn proposed_id(word: &str) -> Option<String> {
    proposal::<PlaybookId>(word)
}
