//! What a message tells about a patient, held against what its channels may carry.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::findings::{closest, quoted};
use super::super::model::{Channel, Template};
use super::super::placeholder;
use super::super::rule::Rule;
use super::super::yaml::Text;
use super::advice::Advice;
use super::phrases::Phrases;
use super::words::{Spots, words};
use super::{Subject, beside};

/// The words, by level; see the file for where they come from.
const TELLING: &str = include_str!("telling.txt");

/// How many names suggestions may look at.
const MAX_NAMES: usize = 10_000;

/// What a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tells {
    level: u8,
    what: &'static str,
}

static PHRASES: LazyLock<Phrases<Tells>> = LazyLock::new(|| Phrases::new(entries()));

/// Rules M08 to M10.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let mut budget = MAX_NAMES;
    for (_, raw, template) in beside(&subject.raw.templates, &subject.book.templates) {
        let Some(text) = raw.text.given() else { continue };
        let Some(least) = least(subject, template) else { continue };
        let mut spots = Spots::of(subject.source, text);
        disclosing(template, text, least, &mut spots, advice);
        for name in placeholder::placeholders(&text.value) {
            let span = spots.characters(&format!("{{{name}}}"));
            let at = template.id.as_str();
            match level(subject, name) {
                Some(level) if level > least.phi => {
                    let message = format!(
                        "{{{name}}} is health information of level {level}, and channel {} carries {}",
                        quoted(least.id.as_str()),
                        least.phi
                    );
                    let help = "take it out, or use a channel that may carry it";
                    advice.say(Rule::PlaceholderTooTelling, at, span, message, help);
                }
                Some(_) => {}
                None => {
                    let message = format!("nothing fills {{{name}}}");
                    let help = closest(name, placeholder::names(), &mut budget).map_or_else(
                        || format!("define it in the site file: `values: {{{name}: …}}`"),
                        |near| format!("did you mean {{{near}}}?"),
                    );
                    advice.say(Rule::UnknownPlaceholder, at, span, message, help);
                }
            }
        }
    }
}

/// The channel of a template that may carry the least: the words go out by the second one too.
fn least<'b>(subject: &Subject<'b, '_>, template: &Template) -> Option<&'b Channel> {
    let channels = subject.book.channels.iter();
    let mine = channels.filter(|one| {
        one.id == template.channel || template.fallback.as_ref().is_some_and(|id| *id == one.id)
    });
    mine.min_by_key(|channel| (channel.phi, channel.id != template.channel))
}

/// What a name brings into a message: what the site defines is the same for every patient.
fn level(subject: &Subject<'_, '_>, name: &str) -> Option<u8> {
    let values = subject.known.site.as_ref().map_or(&[][..], |site| site.values);
    let own = values.iter().any(|(known, _)| known == name).then_some(0);
    own.or_else(|| placeholder::level(name))
}

fn disclosing<'b>(
    template: &'b Template,
    text: &Text<'_>,
    least: &Channel,
    spots: &mut Spots<'_>,
    advice: &mut Advice<'b>,
) {
    let all = words(&text.value);
    let mut said = HashSet::new();
    let mut from = 0;
    while let Some(rest) = all.get(from..).filter(|rest| !rest.is_empty()) {
        let Some((length, Tells { level, what })) = PHRASES.at(rest) else {
            from += 1;
            continue;
        };
        let written: Vec<&str> = rest[..length].iter().map(|word| word.written).collect();
        if level > least.phi && said.insert(written.join(" ").to_lowercase()) {
            let message = format!(
                "{} {what}: level {level}, and channel {} carries {}",
                quoted(&written.join(" ")),
                quoted(least.id.as_str()),
                least.phi
            );
            let help = "say \"please call\" instead, or use a channel that may carry it";
            let span = spots.words(&written);
            advice.say(Rule::Discloses, template.id.as_str(), span, message, help);
        }
        from += length;
    }
}

/// The words of the list with what each tells.
fn entries() -> impl Iterator<Item = (&'static str, Tells)> {
    let mut tells = Tells { level: 0, what: "" };
    TELLING.lines().map(str::trim).filter_map(move |line| {
        if let Some((level, what)) = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            tells = Tells { level: level.parse().unwrap_or(3), what };
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((line, tells))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The level of the most telling word.
    fn told(text: &str) -> u8 {
        let all = words(text);
        let found = (0..all.len()).filter_map(|from| PHRASES.at(&all[from..]));
        found.map(|(_, tells)| tells.level).max().unwrap_or(0)
    }

    #[test]
    fn the_list_is_sound() {
        let all: Vec<(&str, Tells)> = entries().collect();
        assert!(all.len() > 200, "{}", all.len());
        let mut seen = HashSet::new();
        for (word, tells) in all {
            assert!((2..=3).contains(&tells.level) && !tells.what.is_empty(), "{word}");
            assert!(seen.insert(word), "{word} stands there twice");
            assert!(word.starts_with('=') || word == word.to_lowercase(), "{word}");
        }
    }

    #[test]
    fn telling_words_are_found_in_any_form() {
        for text in [
            "Your INSULIN is here",
            "amoxicillin",
            "Rosuvastatin ready",
            "for your diabetes",
            "mental  health team",
            "Your HIV test",
            "AIDS service",
            "Oncology clinic",
            "Su insulina",
            "Está embarazada",
            "blood-thinner",
            "apixaban.",
            "chemo today",
        ] {
            assert_eq!(told(text), 3, "{text}");
        }
        for text in ["Your prescription", "refills", "Rx 12", "medicines", "Su receta"] {
            assert_eq!(told(text), 2, "{text}");
        }
    }

    #[test]
    fn everyday_words_are_left_alone() {
        for text in [
            "Your order is here; pick it up by Friday in April",
            "Your appointment, visit and delivery moved to a new day",
            "Please call our care team at the pharmacy counter",
            "We aid and the desk aids you. A medical record is no news. Doctors are in.",
            "Reply STOP to opt out. Questions? Press 1. Emergency? Call 911",
            "An item is ready for review; it is orderly, in good order and not disordered",
            "Hearing from us: a statue, a station, a status, a stage, the state",
            "Our computers are down. Email messages may be late. One of our systems is down",
            "Their address, their cane, the arcane machine, a hurricane",
            "Su farmacia quiere hablar con usted hoy. Llame hoy",
        ] {
            let all = words(text);
            let found: Vec<&str> = (0..all.len())
                .filter(|from| PHRASES.at(&all[*from..]).is_some())
                .map(|from| all[from].written)
                .collect();
            assert_eq!(found, Vec::<&str>::new(), "{text}");
        }
    }
}
