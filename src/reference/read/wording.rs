//! Messages and documents: words that people outside will read.

use super::super::model::{Document, Message};
use super::super::shape::{self, File};
use super::super::words::{Audience, Layout, MessageKind};
use super::{Top, entries, fixed, must_line, words};
use crate::playbook::EntryId;
use crate::playbook::reading::{Findings, Slot, Text, prose, quoted, slug};

pub(super) fn messages(file: &File<'_>, top: &Top, findings: &mut Findings<'_>) -> Vec<Message> {
    let all = entries(&file.messages, findings, |id, raw, f| message(id, raw, top, f));
    let Some(raw) = file.messages.given() else { return all };
    let known = |text: &Text<'_>| raw.value.iter().any(|(name, _)| name.value == text.value);
    for (name, raw) in &raw.value {
        let Some(raw) = raw else { continue };
        let Some(original) = raw.translates.given() else { continue };
        if !known(original) || original.value == name.value {
            let message = format!("there is no other message {} here", quoted(&original.value));
            let help = "name the message that this one is a translation of".to_owned();
            findings.error_help(original.span, message, help);
        } else if raw.reviewed_by.is_absent() {
            // 45 CFR 92.201(c)(3) as of 2024: critical text that a machine translated.
            let help = "name the qualified person who reviewed it: `reviewed_by: …`";
            findings.warn(raw.at, "no qualified person has reviewed this translation", help);
        }
    }
    all
}

fn message(
    id: Option<EntryId>,
    raw: &shape::Message<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<Message> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let kind = raw.kind.required("kind", raw.at, findings);
    let kind = kind.and_then(|text| {
        fixed("kind of message", text, MessageKind::from_word, MessageKind::words, findings)
    });
    let title = must_line(&raw.title, "title", raw.at, findings);
    let segment = raw.segment.given().and_then(|text| slug(text, findings));
    let fallback = words(&raw.fallback, "fallback", findings);
    let language = language(&raw.language, findings);
    let translates = raw.translates.given().and_then(|text| slug(text, findings));
    let reviewed_by = words(&raw.reviewed_by, "reviewed_by", findings);
    let text = raw.text.required("text", raw.at, findings);
    let text = text.and_then(|text| prose(text, "text", findings));
    Some(Message {
        id: id?,
        kind: kind?,
        title: title?,
        segment,
        fallback,
        language: language?,
        translates,
        reviewed_by,
        text: text?,
        origin: origin?,
    })
}

pub(super) fn document(
    id: Option<EntryId>,
    raw: &shape::Document<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<Document> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let title = must_line(&raw.title, "title", raw.at, findings);
    let audience = raw.audience.required("audience", raw.at, findings);
    let audience = audience
        .and_then(|text| fixed("audience", text, Audience::from_word, Audience::words, findings));
    let layout = match &raw.layout {
        Slot::Absent => Some(Layout::Page),
        Slot::Faulty => None,
        Slot::Given(text) => fixed("layout", text, Layout::from_word, Layout::words, findings),
    };
    let language = language(&raw.language, findings);
    let text = raw.text.required("text", raw.at, findings);
    let text = text.and_then(|text| prose(text, "text", findings));
    Some(Document {
        id: id?,
        title: title?,
        audience: audience?,
        layout: layout?,
        language: language?,
        text: text?,
        origin: origin?,
    })
}

/// Two or three letters; English where nothing is said.
fn language(slot: &Slot<Text<'_>>, findings: &mut Findings<'_>) -> Option<String> {
    let text = match slot {
        Slot::Absent => return Some("en".to_owned()),
        Slot::Faulty => return None,
        Slot::Given(text) => text,
    };
    let word = text.value.trim();
    if matches!(word.len(), 2 | 3) && word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(word.to_owned());
    }
    let help = "write its two letters, such as `en` or `es`".to_owned();
    findings.error_help(text.span, format!("{} is no language", quoted(word)), help);
    None
}
