//! What depends on what is down.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::findings::{Span, quoted};
use super::super::id::{ChannelId, ServiceId};
use super::super::model::{Channel, Opening};
use super::super::rule::Rule;
use super::super::yaml::Text;
use super::advice::Advice;
use super::phrases::Phrases;
use super::words::{Spots, Word, words};
use super::{Placed, Subject, beside};

/// Services by which people write emails.
const MAIL: &[&str] = &["email", "m365"];

/// Services behind a suite of office programs.
const SUITE: &[&str] = &["m365"];

/// How people say that they use a service, as it stands in an order such as "tell staff by email".
static TOOLS: LazyLock<Phrases<&[&str]>> = LazyLock::new(|| {
    let mail = ["an email", "by email", "over email", "via email"];
    let suite = [
        "in teams",
        "on teams",
        "over teams",
        "via teams",
        "teams call*",
        "teams channel*",
        "teams chat*",
        "teams meeting*",
        "in sharepoint",
        "on sharepoint",
        "from sharepoint",
        "in onedrive",
        "on onedrive",
        "from onedrive",
    ];
    let mail = mail.into_iter().map(|phrase| (phrase, MAIL));
    Phrases::new(mail.chain(suite.into_iter().map(|phrase| (phrase, SUITE))))
});

/// How an order begins that has somebody use a tool.
const ORDERS: [&str; 27] = [
    "announce", "answer", "ask", "confirm", "discuss", "file", "forward", "inform", "invite",
    "join", "look", "meet", "message", "notify", "open", "post", "publish", "reply", "report",
    "save", "send", "share", "start", "store", "tell", "upload", "write",
];

/// Whom an order that begins with "email" is about.
const EMAILED: [&str; 15] = [
    "a",
    "all",
    "any",
    "each",
    "every",
    "everybody",
    "everyone",
    "it",
    "leadership",
    "our",
    "patients",
    "staff",
    "the",
    "them",
    "your",
];

/// What turns an order into its opposite, or into a trial.
const NEGATIONS: [&str; 13] = [
    "cannot", "don", "instead", "never", "no", "nobody", "none", "nor", "not", "nothing", "rather",
    "test", "without",
];

/// Rules D01 to D03.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let down: HashSet<&str> = subject.down().collect();
    if !down.is_empty() {
        channels(subject, &down, advice);
        steps(subject, &down, advice);
        contacts(subject, &down, advice);
    }
}

fn channels<'b>(subject: &Subject<'b, '_>, down: &HashSet<&str>, advice: &mut Advice<'b>) {
    let needs = |channel: &'b Channel| channel.needs.iter().find(|it| down.contains(it.as_str()));
    let stopped: HashMap<&ChannelId, &ServiceId> = subject
        .book
        .channels
        .iter()
        .filter_map(|channel| Some((&channel.id, needs(channel)?)))
        .collect();
    for (_, raw, template) in beside(&subject.raw.templates, &subject.book.templates) {
        let both =
            [(Some(&template.channel), &raw.channel), (template.fallback.as_ref(), &raw.fallback)];
        for (id, slot) in both {
            let (Some(id), Some(text)) = (id, slot.given()) else { continue };
            let Some(service) = stopped.get(id) else { continue };
            let message = format!(
                "channel {} needs {}, which is down",
                quoted(id.as_str()),
                quoted(service.as_str())
            );
            let help =
                "choose another channel, or take `needs` out of it if it works another way here";
            advice.say(Rule::ChannelIsDown, template.id.as_str(), text.span, message, help);
        }
    }
}

/// Orders to use what is down, while it is down.
fn steps<'b>(subject: &Subject<'b, '_>, down: &HashSet<&str>, advice: &mut Advice<'b>) {
    for Placed { raw, step, phase } in &subject.steps {
        if matches!(phase.opening, Opening::On(_)) {
            continue;
        }
        for text in [&raw.title, &raw.instructions].into_iter().filter_map(|slot| slot.given()) {
            if let Some((service, span)) = order(subject.source, text, down) {
                let message = format!("this is done with {}, which is down", quoted(service));
                let help = "say how it is done without: by phone, in person, on paper";
                advice.say(Rule::StepNeedsService, step.id.as_str(), span, message, help);
            }
        }
    }
}

/// Roles whose people can only be reached by what is down.
fn contacts<'b>(subject: &Subject<'b, '_>, down: &HashSet<&str>, advice: &mut Advice<'b>) {
    let Some(site) = &subject.known.site else { return };
    for (name, _, role) in beside(&subject.raw.roles, &subject.book.roles) {
        let ways = site.without_phone.iter().filter(|(of, _)| **of == role.id);
        let needs = |way: &str| {
            let all = one_word(way, words(way));
            let mail = way.contains('@') || all.iter().any(|word| word.plain == "email");
            let office =
                all.iter().any(|word| matches!(word.plain.as_str(), "teams" | "sharepoint"));
            let of =
                |services: &[&'static str]| services.iter().find(|it| down.contains(**it)).copied();
            of(if mail {
                MAIL
            } else if office {
                SUITE
            } else {
                &[]
            })
        };
        let Some(service) = ways.into_iter().find_map(|(_, way)| needs(way)) else { continue };
        let message = format!(
            "somebody of role {} can only be reached by {}, which is down",
            quoted(role.id.as_str()),
            quoted(service)
        );
        let help = format!("give them a phone: runbook site set {}.phone NUMBER", role.id);
        advice.say(Rule::ContactNeedsService, role.id.as_str(), name.span, message, help);
    }
}

/// The first order of a text that needs a service which is down, and where it says so.
fn order(source: &str, text: &Text<'_>, down: &HashSet<&str>) -> Option<(&'static str, Span)> {
    let all = one_word(&text.value, words(&text.value));
    let sentences = all.chunk_by(|one, next| one.sentence == next.sentence);
    let plain = |word: &Word<'_>| !NEGATIONS.contains(&word.plain.as_str());
    for sentence in sentences.filter(|it| !it[0].quoted && it.iter().all(plain)) {
        let Some((at, length, services)) = tool(sentence) else { continue };
        let Some(service) = services.iter().find(|service| down.contains(**service)) else {
            continue;
        };
        let written: Vec<&str> =
            sentence[at..at + length].iter().map(|word| word.written).collect();
        return Some((service, Spots::of(source, text).words(&written)));
    }
    None
}

/// `e-mail` is one word.
fn one_word<'t>(text: &'t str, words: Vec<Word<'t>>) -> Vec<Word<'t>> {
    let mut all: Vec<Word<'t>> = Vec::with_capacity(words.len());
    for word in words {
        match all.last_mut() {
            Some(before) if before.plain == "e" && word.plain == "mail" => {
                let end = word.start + word.written.len();
                before.written = text.get(before.start..end).unwrap_or(word.written);
                "email".clone_into(&mut before.plain);
            }
            _ => all.push(word),
        }
    }
    all
}

/// What an order uses: the place of the words that say so, how many they are, and the services behind.
fn tool(sentence: &[Word<'_>]) -> Option<(usize, usize, &'static [&'static str])> {
    let first = sentence.first()?.plain.as_str();
    let whom = sentence.get(1).map(|next| next.plain.as_str());
    if first == "email" && whom.is_some_and(|whom| EMAILED.contains(&whom)) {
        return Some((0, 1, MAIL));
    }
    let mut places = (0..sentence.len()).filter(|_| ORDERS.contains(&first));
    places.find_map(|at| {
        let (length, services) = TOOLS.at(&sentence[at..])?;
        Some((at, length, services))
    })
}
