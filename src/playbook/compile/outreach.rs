//! Channels, segments and templates: whom to reach, by what, in which words.

use super::super::findings::Findings;
use super::super::id::ServiceId;
use super::super::model::{Approved, Channel, Segment, Template};
use super::super::yaml::{self, List, Slot, Text};
use super::duration::positive;
use super::scope::Scope;
use super::{names, values};

/// The highest level of health information there is.
const MAX_PHI: u32 = 3;

/// All channels, in the order of the file.
pub(super) fn channels(
    book: &yaml::Book<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Channel> {
    let Some(channels) = book.channels.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(channels.value.len());
    for (name, raw) in &channels.value {
        let Some(raw) = raw else { continue };
        let title = title(&raw.title, name, findings);
        let phi = raw.phi.required("phi", raw.at, findings);
        let phi = phi.and_then(|phi| values::number(phi, "phi", 0..=MAX_PHI, findings));
        let max_chars = raw.max_chars.given();
        let max_chars =
            max_chars.and_then(|chars| values::number(chars, "max_chars", 1..=1_000_000, findings));
        let consent = raw.consent.given().is_some_and(|flag| flag.value);
        let phi = phi.and_then(|phi| u8::try_from(phi).ok());
        let needs = services(&raw.needs, findings);
        if let (Some(id), Some(title), Some(phi)) = (scope.channels.get(name), title, phi) {
            all.push(Channel { id, title, phi, consent, max_chars, needs });
        }
    }
    all
}

/// Services by their ids. They are not defined in the file: a channel may well need what this playbook is
/// not about.
fn services(slot: &Slot<List<Text<'_>>>, findings: &mut Findings<'_>) -> Vec<ServiceId> {
    let Some(list) = slot.given() else { return Vec::new() };
    let all = names::distinct(list, findings).into_iter();
    all.filter_map(|name| names::slug(name, findings)).collect()
}

/// The title, or the id where there is none.
fn title(slot: &Slot<Text<'_>>, name: &Text<'_>, findings: &mut Findings<'_>) -> Option<String> {
    match slot {
        Slot::Absent => Some(name.value.to_string()),
        Slot::Faulty => None,
        Slot::Given(title) => values::line(title, "title", findings),
    }
}

/// All segments, in the order of the file, which is also their order where none is given.
pub(super) fn segments(
    book: &yaml::Book<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Segment> {
    let Some(segments) = book.segments.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(segments.value.len());
    for (place, (name, raw)) in (1..).zip(&segments.value) {
        let Some(raw) = raw else { continue };
        let title = raw.title.required("title", raw.at, findings);
        let title = title.and_then(|title| values::line(title, "title", findings));
        let reach_within = raw.reach_within.given();
        let reach_within = reach_within.and_then(|text| positive(text, "reach_within", findings));
        let order = raw.order.given();
        let order = order.and_then(|order| values::number(order, "order", 0..=1_000_000, findings));
        let order = order.unwrap_or(place);
        if let (Some(id), Some(title)) = (scope.segments.get(name), title) {
            all.push(Segment { id, title, reach_within, order });
        }
    }
    all
}

/// All templates, in the order of the file.
pub(super) fn templates(
    book: &yaml::Book<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Template> {
    let Some(templates) = book.templates.given() else { return Vec::new() };
    let mut all = Vec::with_capacity(templates.value.len());
    for (name, raw) in &templates.value {
        let Some(raw) = raw else { continue };
        all.extend(template(name, raw, scope, findings));
    }
    all
}

fn template(
    name: &Text<'_>,
    raw: &yaml::Template<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Template> {
    let segment = raw.segment.required("segment", raw.at, findings);
    let segment = segment.and_then(|segment| scope.segments.find(segment, findings));
    let channel = raw.channel.required("channel", raw.at, findings);
    let channel = channel.and_then(|channel| scope.channels.find(channel, findings));
    let fallback = raw.fallback.given();
    let fallback = fallback.and_then(|channel| scope.channels.find(channel, findings));
    let approved = raw.approved.given().and_then(|approved| approval(approved, findings));
    let text = raw.text.required("text", raw.at, findings);
    let text = text.and_then(|text| values::prose(text, "text", findings));
    let id = scope.templates.get(name)?;
    Some(Template { id, segment: segment?, channel: channel?, fallback, approved, text: text? })
}

fn approval(raw: &yaml::Approved<'_>, findings: &mut Findings<'_>) -> Option<Approved> {
    let by = raw.by.required("by", raw.at, findings);
    let by = by.and_then(|by| values::line(by, "by", findings));
    let on = raw.on.required("on", raw.at, findings);
    let on = on.and_then(|day| values::date(day, findings));
    let until = raw.until.given();
    let last = until.and_then(|day| values::date(day, findings));
    if let (Some(on), Some(last), Some(text)) = (on, last, until)
        && last < on
    {
        findings.error(text.span, "`until` lies before `on`");
    }
    Some(Approved { by: by?, on: on?, until: last })
}
