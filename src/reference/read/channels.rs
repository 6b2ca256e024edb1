//! Channels, tools and what services promise.

use super::super::model::{Agreement, Cap, ChannelRow, ServiceLevel, Tool, Uptime};
use super::super::shape;
use super::{Top, lines, must_line, text_of, words};
use crate::playbook::EntryId;
use crate::playbook::reading::{Findings, Slot, Text, date, number, quoted};

pub(super) fn channel(
    id: Option<EntryId>,
    raw: &shape::Channel<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<ChannelRow> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let mut must = |slot: &Slot<Text<'_>>, name| must_line(slot, name, raw.at, findings);
    let title = must(&raw.title, "title");
    let reliability = must(&raw.reliability, "reliability");
    let speed = must(&raw.speed, "speed");
    let phi_safety = must(&raw.phi_safety, "phi_safety");
    let cost = must(&raw.cost, "cost");
    let best_use = must(&raw.best_use, "best_use");
    Some(ChannelRow {
        id: id?,
        title: title?,
        reliability: reliability?,
        speed: speed?,
        phi_safety: phi_safety?,
        cost: cost?,
        best_use: best_use?,
        origin: origin?,
    })
}

pub(super) fn cap(
    id: Option<EntryId>,
    raw: &shape::Cap<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<Cap> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let title = must_line(&raw.title, "title", raw.at, findings);
    let phi = raw.phi.required("phi", raw.at, findings);
    let phi = phi.and_then(|text| level_of(text, "phi", findings));
    let then = raw.phi_then.given().and_then(|text| level_of(text, "phi_then", findings));
    let unless = words(&raw.unless, "unless", findings);
    if raw.phi_then.is_absent() != raw.unless.is_absent() {
        let help = "write both, or neither".to_owned();
        findings.error_help(raw.at, "`phi_then` and `unless` belong together", help);
    }
    let notes = text_of(&raw.notes, "notes", findings).unwrap_or_default();
    Some(Cap {
        id: id?,
        title: title?,
        phi: phi?,
        phi_then: then.zip(unless),
        notes,
        origin: origin?,
    })
}

/// A level of health information.
fn level_of(text: &Text<'_>, name: &str, findings: &mut Findings<'_>) -> Option<u8> {
    number(text, name, 0..=3, findings).and_then(|level| u8::try_from(level).ok())
}

pub(super) fn tool(
    id: Option<EntryId>,
    raw: &shape::Tool<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<Tool> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let title = must_line(&raw.title, "title", raw.at, findings);
    let benefits = must_line(&raw.benefits, "benefits", raw.at, findings);
    let best_use = must_line(&raw.best_use, "best_use", raw.at, findings);
    let examples = lines(&raw.examples, "examples", findings);
    let agreement = raw.agreement.given().and_then(|raw| agreement(raw, findings));
    Some(Tool {
        id: id?,
        title: title?,
        examples,
        benefits: benefits?,
        best_use: best_use?,
        agreement,
        origin: origin?,
    })
}

fn agreement(raw: &shape::Agreement<'_>, findings: &mut Findings<'_>) -> Option<Agreement> {
    let kind = must_line(&raw.kind, "kind", raw.at, findings);
    let with = must_line(&raw.with, "with", raw.at, findings);
    let on = raw.on.given().and_then(|text| date(text, findings));
    let until = raw.until.given().and_then(|text| date(text, findings));
    Some(Agreement { kind: kind?, with: with?, on, until })
}

pub(super) fn level(
    id: Option<EntryId>,
    raw: &shape::Level<'_>,
    top: &Top,
    findings: &mut Findings<'_>,
) -> Option<ServiceLevel> {
    let origin = top.origin(&raw.source, &raw.checked, raw.at, findings);
    let title = must_line(&raw.title, "title", raw.at, findings);
    let uptime = raw.uptime.required("uptime", raw.at, findings);
    let uptime = uptime.and_then(|text| uptime_of(text, findings));
    let agreement = raw.agreement.given().and_then(|raw| agreement(raw, findings));
    Some(ServiceLevel { id: id?, title: title?, uptime: uptime?, agreement, origin: origin? })
}

/// `99.95%`, or `varies`, which is none.
#[expect(clippy::option_option, reason = "a faulty value, no promise, a promise")]
fn uptime_of(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Option<Uptime>> {
    let word = text.value.trim();
    if word == "varies" {
        return Some(None);
    }
    let share = word.strip_suffix('%').and_then(hundredths).filter(|share| *share <= 10_000);
    if share.is_none() {
        let help = "write it as `99.9%`, with two decimals at most, or `varies`".to_owned();
        findings.error_help(text.span, format!("{} is no share of time", quoted(word)), help);
    }
    share.map(|share| Some(Uptime(share)))
}

/// `99.95` as 9 995.
fn hundredths(word: &str) -> Option<u32> {
    let (whole, part) = word.trim_end().split_once('.').unwrap_or((word.trim_end(), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.len() > 3 || part.len() > 2 {
        return None;
    }
    let part = format!("{part:0<2}");
    Some(whole.parse::<u32>().ok()? * 100 + part.parse::<u32>().ok()?)
}
