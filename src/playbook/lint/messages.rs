//! Templates: who approved them, a second channel, enough of them, and what a text message has to hold.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};

use super::super::findings::quoted;
use super::super::id::ChannelId;
use super::super::model::{Approved, Channel, Template};
use super::super::placeholder::filled;
use super::super::rule::Rule;
use super::super::sms::measure;
use super::super::yaml::{self, Text};
use super::advice::Advice;
use super::cap::is_sms;
use super::words::{Spots, words};
use super::{Known, Subject, beside};

/// How long an approval without a last day counts.
const APPROVED_FOR: Months = Months::new(12);

/// How many templates a group of patients needs.
const ENOUGH: usize = 3;

/// What stands for a name that is not known yet: as long as most are.
const NAME: &str = "Riverside Pharmacy";

/// What stands for a number that is not known yet.
const NUMBER: &str = "860-555-0100";

/// What stands for any other value that is not known yet.
const VALUE: &str = "12 characters";

/// Rules M01 to M07.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let channels: HashMap<&ChannelId, &Channel> =
        subject.book.channels.iter().map(|channel| (&channel.id, channel)).collect();
    for (name, raw, template) in beside(&subject.raw.templates, &subject.book.templates) {
        approval(name, raw, template, subject.known.today, advice);
        fallback(name, raw, template, advice);
        if let Some(text) = raw.text.given() {
            length(subject, &channels, text, template, advice);
            complete(subject, text, template, advice);
        }
    }
    enough(subject, advice);
}

fn approval<'b>(
    name: &Text<'_>,
    raw: &yaml::Template<'_>,
    template: &'b Template,
    today: NaiveDate,
    advice: &mut Advice<'b>,
) {
    let at = template.id.as_str();
    let Some(approved) = &template.approved else {
        let message = format!("nobody approved template {}", quoted(at));
        let help = "read it with your name and number in it, then add `approved: {by: …, on: …, until: …}`";
        return advice.say(Rule::NotApproved, at, name.span, message, help);
    };
    let Some(message) = lapsed(approved, today) else { return };
    let raw = raw.approved.given();
    let day = raw.and_then(|raw| raw.until.given().or_else(|| raw.on.given()));
    let span = day.map_or(name.span, |day| day.span);
    advice.say(Rule::ApprovalExpired, at, span, message, "read the text again and approve it anew");
}

/// Why an approval does not count today.
fn lapsed(approved: &Approved, today: NaiveDate) -> Option<String> {
    let Approved { on, until, .. } = approved;
    if *on > today {
        return Some(format!("this was approved on {on}, and that day has not come"));
    }
    let last = until.or_else(|| on.checked_add_months(APPROVED_FOR))?;
    if last >= today {
        return None;
    }
    Some(match until {
        Some(_) => format!("the approval counted until {last}"),
        None => format!("the approval of {on} has no last day and is older than a year"),
    })
}

fn fallback<'b>(
    name: &Text<'_>,
    raw: &yaml::Template<'_>,
    template: &'b Template,
    advice: &mut Advice<'b>,
) {
    let at = template.id.as_str();
    let (span, message) = match &template.fallback {
        None => (name.span, format!("template {} has no second channel", quoted(at))),
        Some(second) if *second == template.channel => {
            let span = raw.fallback.given().map_or(name.span, |text| text.span);
            (span, format!("the second channel of {} is the first one", quoted(at)))
        }
        Some(_) => return,
    };
    advice.say(
        Rule::NoFallback,
        at,
        span,
        message,
        "write another channel, such as `fallback: phone`",
    );
}

/// The text as it will go out, with what the site says or with something as long.
fn as_sent(known: &Known<'_>, text: &str) -> String {
    filled(text, |name| {
        let own = known.site.as_ref().and_then(|site| site.value(name));
        own.unwrap_or(match name {
            "site" => NAME,
            "phone" | "public-phone" => NUMBER,
            _ => VALUE,
        })
    })
}

fn length<'b>(
    subject: &Subject<'b, '_>,
    channels: &HashMap<&ChannelId, &'b Channel>,
    text: &Text<'_>,
    template: &'b Template,
    advice: &mut Advice<'b>,
) {
    let at = template.id.as_str();
    let sent = as_sent(subject.known, template.text.trim());
    if goes_by_sms(template) {
        let found = measure(&sent);
        if found.segments > 1 {
            let fit = found.encoding.single();
            let (reason, help) = match found.odd {
                Some(c) => (
                    format!("{} makes it UCS-2: ", quoted(&c.to_string())),
                    format!(
                        "write it without {}, or {} units shorter",
                        quoted(&c.to_string()),
                        found.units - fit
                    ),
                ),
                None => (String::new(), format!("say it {} units shorter", found.units - fit)),
            };
            let message = format!(
                "{reason}filled in, this text is {} units long: {} segments, and {fit} units fit into one",
                found.units, found.segments
            );
            let odd = found.odd.map(String::from);
            let span = odd.map_or(text.span, |c| Spots::of(subject.source, text).characters(&c));
            advice.say(Rule::SmsTooLong, at, span, message, help);
            return;
        }
    }
    for id in std::iter::once(&template.channel).chain(&template.fallback) {
        let Some(limit) = channels.get(id).and_then(|channel| channel.max_chars) else { continue };
        let chars = sent.chars().count();
        if chars > limit as usize {
            let message = format!(
                "filled in, this message has {chars} characters, and channel {} takes {limit}",
                quoted(id.as_str())
            );
            let help = format!("say it {} characters shorter", chars - limit as usize);
            advice.say(Rule::OverLimit, at, text.span, message, help);
        }
    }
}

fn goes_by_sms(template: &Template) -> bool {
    is_sms(&template.channel) || template.fallback.as_ref().is_some_and(is_sms)
}

fn complete<'b>(
    subject: &Subject<'b, '_>,
    text: &Text<'_>,
    template: &'b Template,
    advice: &mut Advice<'b>,
) {
    if !goes_by_sms(template) {
        return;
    }
    let site = subject.known.site.as_ref();
    let says = |word: Option<&str>| {
        word.is_some_and(|word| !word.is_empty() && template.text.contains(word))
    };
    let who = template.text.contains("{site}") || says(site.map(|site| site.name));
    let whom = template.text.contains("{phone}")
        || template.text.contains("{public-phone}")
        || has_number(&template.text);
    let stop = words(&template.text).iter().any(|word| word.written == "STOP");
    let parts =
        [(who, "who writes: {site}"), (whom, "whom to call: {phone}"), (stop, "how to stop: STOP")];
    let missing: Vec<&str> =
        parts.into_iter().filter(|(there, _)| !there).map(|(_, part)| part).collect();
    if !missing.is_empty() {
        let message = format!("this text message does not say {}", missing.join(", nor "));
        let help = "\"{site}: … Call {phone}. Reply STOP to opt out.\"";
        advice.say(Rule::SmsIncomplete, template.id.as_str(), text.span, message, help);
    }
}

/// Whether a text holds a phone number written out: seven digits or more with the usual signs between.
fn has_number(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| {
        match c {
            '0'..='9' => digits += 1,
            ' ' | '-' | '.' | '(' | ')' | '+' => {}
            _ => digits = 0,
        }
        digits >= 7
    })
}

fn enough<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for template in &subject.book.templates {
        *counts.entry(template.segment.as_str()).or_default() += 1;
    }
    for (name, _, segment) in beside(&subject.raw.segments, &subject.book.segments) {
        let count = counts.get(segment.id.as_str()).copied().unwrap_or(0);
        if count < ENOUGH {
            let message = format!(
                "segment {} has {count} of the {ENOUGH} templates it needs",
                quoted(segment.id.as_str())
            );
            let help =
                "a first word, a reminder, and an all clear; or make it part of a larger group";
            advice.say(Rule::TooFewTemplates, segment.id.as_str(), name.span, message, help);
        }
    }
}
