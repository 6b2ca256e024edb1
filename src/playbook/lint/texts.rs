//! What staff read: clock times and braces in the texts of steps.

use super::super::placeholder;
use super::super::rule::Rule;
use super::super::yaml::{Short, Step, Text};
use super::advice::Advice;
use super::words::{Spots, Word, words};
use super::{Placed, Subject};

/// Rules C03 and C04.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    for Placed { raw, step, .. } in &subject.steps {
        for text in staff_texts(raw) {
            let mut spots = Spots::of(subject.source, text);
            twelve_hours(step.id.as_str(), text, &mut spots, advice);
            braces(step.id.as_str(), text, &mut spots, advice);
        }
    }
}

/// Everything of a step that is said to staff, in the order in which people read it.
fn staff_texts<'b, 's>(step: &'b Step<'s>) -> Vec<&'b Text<'s>> {
    let mut all: Vec<&Text<'s>> =
        [&step.title, &step.instructions].into_iter().filter_map(|slot| slot.given()).collect();
    if let Some(decision) = step.decision.given() {
        all.extend(decision.question.given());
        let options = decision.options.given().map_or(&[][..], |options| &options.value);
        all.extend(options.iter().filter_map(|(_, answer)| match answer.as_ref()? {
            Short::Words(title) => Some(title),
            Short::Full(answer) => answer.title.given(),
        }));
    }
    let fields = step.collect.given().map_or(&[][..], |fields| &fields.value);
    all.extend(fields.iter().filter_map(|(_, field)| match field.as_ref()? {
        Short::Words(ask) => Some(ask),
        Short::Full(field) => field.ask.given(),
    }));
    all
}

fn twelve_hours<'b>(at: &'b str, text: &Text<'_>, spots: &mut Spots<'_>, advice: &mut Advice<'b>) {
    let all = words(&text.value);
    for (place, word) in all.iter().enumerate().filter(|(_, word)| !word.quoted) {
        let Some(length) = half_day(&all[place..]) else { continue };
        let written: Vec<&str> =
            all[place..place + length].iter().map(|word| word.written).collect();
        let shown = text.value.get(word.start..).unwrap_or_default();
        let end = all.get(place + length - 1).map_or(0, |last| last.start + last.written.len());
        let shown = shown.get(..end - word.start).unwrap_or_default();
        let message = format!("\"{shown}\" is a time of the 12-hour clock");
        let help = "write it with 24 hours, such as 19:00";
        let span = spots.words(&written);
        advice.say(Rule::TwelveHourTime, at, span, message, help);
    }
}

/// How many words from here on are a time such as `8pm`, `8 pm` or `8 p.m.`.
fn half_day(from: &[Word<'_>]) -> Option<usize> {
    let word = from.first()?.plain.as_str();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = word.get(..digits)?.parse().ok()?;
    if digits > 2 || number > 59 {
        return None;
    }
    let half = |word: &str| word == "am" || word == "pm";
    let next = |at: usize| from.get(at).map(|word| word.plain.as_str());
    match &word[digits..] {
        rest if half(rest) => Some(1),
        "" if next(1).is_some_and(half) => Some(2),
        "" if matches!(next(1), Some("a" | "p")) && next(2) == Some("m") => Some(3),
        _ => None,
    }
}

fn braces<'b>(at: &'b str, text: &Text<'_>, spots: &mut Spots<'_>, advice: &mut Advice<'b>) {
    let known = |name: &&str| placeholder::level(name).is_some();
    for name in placeholder::placeholders(&text.value).filter(known) {
        let message = format!("{{{name}}} is not filled in here: only templates are");
        let help = "say it in words, or put the text into a template";
        let span = spots.characters(&format!("{{{name}}}"));
        advice.say(Rule::PlaceholderInStep, at, span, message, help);
    }
}
