//! Reference data on a terminal: one entry after the other, each with where it comes from. A rule that
//! is not in force says so in front of everything else.

use super::safe::safe;
use super::wrap::wrap;
use crate::reference::{
    Agreement, Cap, ChannelRow, Document, Message, Origin, Rule, RuleStatus, ServiceLevel, Sheet,
    StateRules, Tool,
};

/// Everything a file says, in lines of at most `width` columns.
#[must_use]
pub fn reference_lines(sheet: &Sheet, width: usize) -> Vec<String> {
    let mut page = Page { lines: Vec::new(), width };
    page.prose(&sheet.about);
    sheet.channels.iter().for_each(|one| channel(&mut page, one));
    sheet.caps.iter().for_each(|one| cap(&mut page, one));
    sheet.tools.iter().for_each(|one| tool(&mut page, one));
    sheet.service_levels.iter().for_each(|one| level(&mut page, one));
    sheet.rules.iter().for_each(|one| rule(&mut page, one));
    sheet.states.iter().for_each(|one| state(&mut page, one));
    sheet.messages.iter().for_each(|one| message(&mut page, one));
    sheet.documents.iter().for_each(|one| document(&mut page, one));
    page.lines
}

struct Page {
    lines: Vec<String>,
    width: usize,
}

impl Page {
    fn prose(&mut self, text: &str) {
        let lines = text.lines().flat_map(|line| wrap(&safe(line), self.width));
        self.lines.extend(lines);
    }

    fn entry(&mut self, id: &str, title: &str, stamp: Option<&str>) {
        let stamp = stamp.map(|stamp| format!("{stamp}: ")).unwrap_or_default();
        self.lines.push(String::new());
        self.prose(&format!("{id}: {stamp}{title}"));
    }

    /// A fact below its entry; nothing where there is none.
    fn fact(&mut self, name: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let mut first = format!("  {name}: ");
        for line in text.lines() {
            for part in wrap(&format!("{first}{}", safe(line)), self.width - 4) {
                let margin = if first.is_empty() { "    " } else { "" };
                self.lines.push(format!("{margin}{}", part.trim_end()));
                first.clear();
            }
        }
    }

    fn origin(&mut self, origin: &Origin) {
        self.fact("source", &format!("{}; checked {}", origin.source, origin.checked));
    }

    fn agreement(&mut self, agreement: Option<&Agreement>) {
        let words = agreement.map_or_else(
            || "none in this file: what you have signed belongs in your own copy".to_owned(),
            |agreement| {
                let on = agreement.on.map(|day| format!(", {day}")).unwrap_or_default();
                let until = agreement.until.map(|day| format!(" until {day}")).unwrap_or_default();
                format!("{} with {}{on}{until}", agreement.kind, agreement.with)
            },
        );
        self.fact("agreement on file", &words);
    }
}

fn channel(page: &mut Page, one: &ChannelRow) {
    page.entry(one.id.as_str(), &one.title, None);
    page.fact("reliability", &one.reliability);
    page.fact("speed", &one.speed);
    page.fact("PHI safety", &one.phi_safety);
    page.fact("cost", &one.cost);
    page.fact("best use", &one.best_use);
    page.origin(&one.origin);
}

fn cap(page: &mut Page, one: &Cap) {
    let then = one.phi_then.as_ref().map(|(level, when)| format!("; {level} {when}"));
    let then = then.unwrap_or_default();
    page.entry(one.id.as_str(), &format!("{}: level {}{then}", one.title, one.phi), None);
    page.fact("mind", &one.notes);
    page.origin(&one.origin);
}

fn tool(page: &mut Page, one: &Tool) {
    page.entry(one.id.as_str(), &one.title, None);
    page.fact("such as", &one.examples.join(", "));
    page.fact("benefits", &one.benefits);
    page.fact("best use", &one.best_use);
    page.agreement(one.agreement.as_ref());
    page.origin(&one.origin);
}

fn level(page: &mut Page, one: &ServiceLevel) {
    let promise = one.uptime.map_or_else(
        || "varies".to_owned(),
        |uptime| {
            let minutes = uptime.minutes_down_in_30_days();
            format!("{} % allows {minutes} minutes down in 30 days", uptime.percent())
        },
    );
    page.entry(one.id.as_str(), &format!("{}: {promise}", one.title), None);
    page.agreement(one.agreement.as_ref());
    page.origin(&one.origin);
}

fn rule(page: &mut Page, one: &Rule) {
    page.entry(one.id.as_str(), &one.title, one.status.stamp());
    page.fact("rule", &one.text);
    if let Some(clock) = &one.clock {
        let would = if one.status == RuleStatus::Proposed { "would be " } else { "" };
        let time = clock.unit.count(clock.limit);
        page.fact("clock", &format!("{would}{time} from {}", clock.from));
    }
    page.fact("policy", &one.policy);
    page.fact("citation", &format!("{} ({})", one.citation, one.status));
    page.origin(&one.origin);
}

fn state(page: &mut Page, one: &StateRules) {
    page.entry(&one.state, "as far as somebody has checked", one.status.stamp());
    for (name, what) in one.facts() {
        page.fact(name, what.unwrap_or_default());
    }
    page.fact("citation", &format!("{} ({})", one.citation, one.status));
    page.origin(&one.origin);
}

fn message(page: &mut Page, one: &Message) {
    let stamp = one.is_unreviewed().then_some("TRANSLATION NOT REVIEWED");
    page.entry(one.id.as_str(), &format!("{} ({}, {})", one.title, one.kind, one.language), stamp);
    page.fact("words", &one.text);
    page.fact("for", one.segment.as_ref().map_or("", |segment| segment.as_str()));
    page.fact("else", one.fallback.as_deref().unwrap_or_default());
    page.fact("reviewed by", one.reviewed_by.as_deref().unwrap_or_default());
    page.origin(&one.origin);
}

fn document(page: &mut Page, one: &Document) {
    page.entry(one.id.as_str(), &one.title, None);
    page.fact("for", one.audience.word());
    page.fact("print it", &format!("runbook print --document {} -o {}.html", one.id, one.id));
    page.origin(&one.origin);
}
