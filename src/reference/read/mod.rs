//! From what a reference file says to a [`Sheet`], or everything that is in the way.

mod channels;
mod law;
mod wording;

use chrono::NaiveDate;

use super::model::{Origin, Sheet};
use super::shape::File;
use crate::playbook::reading::{
    Entries, FileKind, Findings, List, Slot, Span, Text, date, format_is_known, line, one_of,
    parse, prose, slug,
};
use crate::playbook::{Diagnostic, EntryId};

/// A reference file that can be used, and what an expert would object to.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// What it says.
    pub sheet: Sheet,
    /// In the order of the file; none of them is an error.
    pub warnings: Vec<Diagnostic>,
}

/// Whether a text means to be a reference file: a line of it begins with the number of its format.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    let key = FileKind::Reference.format_key();
    text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
}

/// Reads the text of a reference file.
///
/// # Errors
/// Everything that is wrong and doubtful, in the order of the file; at least one is an error.
pub fn read(text: &str) -> Result<Compiled, Vec<Diagnostic>> {
    let mut findings = Findings::of(FileKind::Reference, text);
    let sheet = resolve(text, &mut findings);
    let usable = !findings.any_error();
    let found = findings.into_sorted();
    match sheet {
        Some(sheet) if usable => Ok(Compiled { sheet, warnings: found }),
        Some(_) | None => Err(found),
    }
}

fn resolve<'s>(text: &'s str, findings: &mut Findings<'s>) -> Option<Sheet> {
    let file: File<'s> = parse(text, findings)?;
    if !format_is_known(&file.format, file.at, findings) {
        return None;
    }
    let title = file.title.required("title", file.at, findings);
    let title = title.and_then(|title| line(title, "title", findings));
    let top = Top {
        source: words(&file.source, "source", findings),
        checked: file.checked.given().and_then(|text| date(text, findings)),
        says_source: !file.source.is_absent(),
        says_checked: !file.checked.is_absent(),
    };
    let sheet = Sheet {
        title: title.unwrap_or_default(),
        about: text_of(&file.about, "about", findings).unwrap_or_default(),
        channels: entries(&file.channels, findings, |id, raw, f| {
            channels::channel(id, raw, &top, f)
        }),
        caps: entries(&file.caps, findings, |id, raw, f| channels::cap(id, raw, &top, f)),
        tools: entries(&file.tools, findings, |id, raw, f| channels::tool(id, raw, &top, f)),
        service_levels: entries(&file.levels, findings, |id, raw, f| {
            channels::level(id, raw, &top, f)
        }),
        rules: entries(&file.rules, findings, |id, raw, f| law::rule(id, raw, &top, f)),
        states: law::states(&file.states, &top, findings),
        messages: wording::messages(&file, &top, findings),
        documents: entries(&file.documents, findings, |id, raw, f| {
            wording::document(id, raw, &top, f)
        }),
    };
    if sheet.is_empty() && !findings.any_error() {
        let help = "write one of `channels`, `caps`, `tools`, `service_levels`, `rules`, \
                    `states`, `messages`, `documents`";
        findings.warn(file.at, "this file holds no entry", help);
    }
    Some(sheet)
}

/// What holds for every entry that does not say it itself.
struct Top {
    source: Option<String>,
    checked: Option<NaiveDate>,
    /// It was written, soundly or not.
    says_source: bool,
    /// The same of the day.
    says_checked: bool,
}

impl Top {
    fn origin(
        &self,
        source: &Slot<Text<'_>>,
        checked: &Slot<Text<'_>>,
        at: Span,
        findings: &mut Findings<'_>,
    ) -> Option<Origin> {
        if source.is_absent() && !self.says_source {
            let help = "say where this comes from, here or once on top of the file".to_owned();
            findings.error_help(at, "`source` is missing", help);
        }
        if checked.is_absent() && !self.says_checked {
            let help = "write the day somebody looked there: `checked: YYYY-MM-DD`".to_owned();
            findings.error_help(at, "`checked` is missing", help);
        }
        let source = if source.is_absent() {
            self.source.clone()
        } else {
            words(source, "source", findings)
        };
        let checked = match checked {
            Slot::Absent => self.checked,
            Slot::Faulty => None,
            Slot::Given(text) => date(text, findings),
        };
        Some(Origin { source: source?, checked: checked? })
    }
}

/// The sound entries of a section.
fn entries<T, U>(
    slot: &Slot<Entries<'_, T>>,
    findings: &mut Findings<'_>,
    mut read: impl FnMut(Option<EntryId>, &T, &mut Findings<'_>) -> Option<U>,
) -> Vec<U> {
    let Some(entries) = slot.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(entries.value.len());
    for (name, raw) in &entries.value {
        let id = slug(name, findings);
        all.extend(raw.as_ref().and_then(|raw| read(id, raw, findings)));
    }
    all
}

/// One of a set of fixed words.
fn fixed<T>(
    what: &str,
    text: &Text<'_>,
    from_word: impl Fn(&str) -> Option<T>,
    words: impl Fn() -> Vec<&'static str>,
    findings: &mut Findings<'_>,
) -> Option<T> {
    let found = from_word(text.value.trim());
    if found.is_none() {
        one_of(what, text, words().into_iter(), findings);
    }
    found
}

fn must_line(
    slot: &Slot<Text<'_>>,
    name: &str,
    at: Span,
    findings: &mut Findings<'_>,
) -> Option<String> {
    slot.required(name, at, findings).and_then(|text| line(text, name, findings))
}

fn words(slot: &Slot<Text<'_>>, name: &str, findings: &mut Findings<'_>) -> Option<String> {
    slot.given().and_then(|text| line(text, name, findings))
}

fn text_of(slot: &Slot<Text<'_>>, name: &str, findings: &mut Findings<'_>) -> Option<String> {
    slot.given().and_then(|text| prose(text, name, findings))
}

fn lines(slot: &Slot<List<Text<'_>>>, name: &str, findings: &mut Findings<'_>) -> Vec<String> {
    let Some(list) = slot.given() else { return Vec::new() };
    list.value.iter().flatten().filter_map(|text| line(text, name, findings)).collect()
}
