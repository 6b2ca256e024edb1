//! Every key of a reference file, once. A file holds one section or several.

use super::words::{Audience, Layout, MessageKind, RuleStatus, Unit};
use crate::playbook::reading::{
    Entries, Findings, List, Node, Read, Schema, Slot, Span, Text, Under, Word, map, may, must,
    shape, slot, unknown_key,
};

shape! {
    /// A whole reference file.
    File is "a map of keys" {
        /// The version of the format: 1.
        "runbook-reference" => format: Text<'s> = must(Word::Format(1)),
        /// One line for people.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// What it is, what it is not, and how to use it.
        "about" => about: Text<'s> = may(Word::TEXT),
        /// Where the entries come from that name no source of their own.
        "source" => source: Text<'s> = may(Word::TITLE),
        /// The day somebody looked there, for the entries that name no day of their own.
        "checked" => checked: Text<'s> = may(Word::DAY),
        /// Ways to reach people, compared.
        "channels" => channels: Entries<'s, Channel<'s>>,
        /// What each channel may carry.
        "caps" => caps: Entries<'s, Cap<'s>>,
        /// Kinds of tools to fall back on.
        "tools" => tools: Entries<'s, Tool<'s>>,
        /// What services promise.
        "service_levels" => levels: Entries<'s, Level<'s>>,
        /// Rules of law, and the clocks that they start.
        "rules" => rules: Entries<'s, Rule<'s>>,
        /// What the law of a state says, by its two letters in lower case.
        "states" => states: Entries<'s, State<'s>>,
        /// Wordings that may be used once a site has approved them.
        "messages" => messages: Entries<'s, Message<'s>>,
        /// Pages to print and give away.
        "documents" => documents: Entries<'s, Document<'s>>,
    }

    /// A way to reach people, compared with others.
    Channel is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// How well it withstands an outage.
        "reliability" => reliability: Text<'s> = must(Word::TITLE),
        /// How fast it is.
        "speed" => speed: Text<'s> = must(Word::TITLE),
        /// How safe health information is on it.
        "phi_safety" => phi_safety: Text<'s> = must(Word::TITLE),
        /// What it costs.
        "cost" => cost: Text<'s> = must(Word::TITLE),
        /// What it is best used for.
        "best_use" => best_use: Text<'s> = must(Word::TITLE),
        /// Where this comes from.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// What a channel may carry.
    Cap is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// The highest level of health information, 0 (none) to 3 (clinical detail).
        "phi" => phi: Text<'s> = must(Word::Whole(0, 3)),
        /// The highest level under the condition of `unless`.
        "phi_then" => phi_then: Text<'s> = may(Word::Whole(0, 3)),
        /// The condition.
        "unless" => unless: Text<'s>,
        /// What else to mind.
        "notes" => notes: Text<'s> = may(Word::TEXT),
        /// Where this comes from.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// A kind of tool to fall back on.
    Tool is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// Names that the source gives; no advice to buy one.
        "examples" => examples: List<Text<'s>> = may(Word::TITLE).distinct(),
        /// What is good about it.
        "benefits" => benefits: Text<'s> = must(Word::TITLE),
        /// What it is best used for.
        "best_use" => best_use: Text<'s> = must(Word::TITLE),
        /// What this site has signed: for the site's own copy of the file.
        "agreement" => agreement: Agreement<'s>,
        /// Where this comes from.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// What a site has signed.
    Agreement is "a map of keys" {
        /// Such as BAA.
        "kind" => kind: Text<'s> = must(Word::TITLE),
        /// With whom.
        "with" => with: Text<'s> = must(Word::TITLE),
        /// The day it was signed.
        "on" => on: Text<'s> = may(Word::DAY),
        /// The last day it counts.
        "until" => until: Text<'s> = may(Word::DAY),
    }

    /// What a service promises.
    Level is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// A share such as `99.9%`, or `varies`.
        "uptime" => uptime: Text<'s> = must(Word::Like(r"^\s*([0-9.]+%|varies)\s*$")),
        /// What this site has signed: for the site's own copy of the file.
        "agreement" => agreement: Agreement<'s>,
        /// Where this comes from.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// A rule of law.
    Rule is "a map of keys" {
        /// The title people read.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// What it says, in plain words.
        "text" => text: Text<'s> = must(Word::TEXT),
        /// Where it stands in the law.
        "citation" => citation: Text<'s> = must(Word::TITLE),
        /// `final`, `proposed` or `unchecked`.
        "status" => status: Text<'s> = must(Word::OneOf(RuleStatus::words)),
        /// The clock that it starts.
        "clock" => clock: Clock<'s>,
        /// What the site does, which may be stricter: policy, not law.
        "policy" => policy: Text<'s> = may(Word::TEXT),
        /// Where it was read.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// A clock that a rule starts.
    Clock is "a map of keys" {
        /// What starts it.
        "from" => from: Text<'s> = must(Word::TITLE),
        /// How much time there is.
        "limit" => limit: Text<'s> = must(Word::Whole(1, 1_000)),
        /// Of what: `hours`, `days`, `business-days` or `years`.
        "unit" => unit: Text<'s> = must(Word::OneOf(Unit::words)),
    }

    /// What the law of a state says. What nobody has checked is left out.
    State is "a map of keys" {
        /// What a pharmacist may supply without a prescriber's authorization.
        "emergency_refill" => refill: Text<'s> = may(Word::TEXT),
        /// How much.
        "limit" => limit: Text<'s>,
        /// Under which conditions.
        "conditions" => conditions: Text<'s> = may(Word::TEXT),
        /// What is left out.
        "excluded" => excluded: Text<'s> = may(Word::TEXT),
        /// What holds for controlled substances.
        "controlled" => controlled: Text<'s> = may(Word::TEXT),
        /// Whom to tell, and what to write down.
        "notify" => notify: Text<'s> = may(Word::TEXT),
        /// When a prescription need not be electronic.
        "eprescribing_exception" => eprescribing: Text<'s> = may(Word::TEXT),
        /// What to do when a pharmacy has to close.
        "unscheduled_closing" => closing: Text<'s> = may(Word::TEXT),
        /// What to keep while the computer is down.
        "downtime_log" => downtime_log: Text<'s> = may(Word::TEXT),
        /// Where it stands in the law.
        "citation" => citation: Text<'s> = must(Word::TITLE),
        /// `final`, `proposed` or `unchecked`.
        "status" => status: Text<'s> = must(Word::OneOf(RuleStatus::words)),
        /// What else to know.
        "notes" => notes: Text<'s> = may(Word::TEXT),
        /// Where it was read.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// A wording.
    Message is "a map of keys" {
        /// `sms`, `ivr`, `phone-script`, `staff`, `partner` or `public`.
        "kind" => kind: Text<'s> = must(Word::OneOf(MessageKind::words)),
        /// One line for people.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// For which patients.
        "segment" => segment: Text<'s> = may(Word::Id),
        /// What to use if it does not get through.
        "fallback" => fallback: Text<'s>,
        /// Its language, such as `en`.
        "language" => language: Text<'s> = may(Word::Like(r"^\s*[a-z]{2,3}\s*$")),
        /// The message of this file that it is a translation of.
        "translates" => translates: Text<'s> = may(Word::Id),
        /// The qualified person who reviewed the translation.
        "reviewed_by" => reviewed_by: Text<'s>,
        /// The words.
        "text" => text: Text<'s> = must(Word::TEXT),
        /// Where this comes from.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }

    /// A page to print and give away.
    Document is "a map of keys" {
        /// The heading on the page.
        "title" => title: Text<'s> = must(Word::TITLE),
        /// `public`, `patients` or `staff`.
        "audience" => audience: Text<'s> = must(Word::OneOf(Audience::words)),
        /// `page`, `sign` (large letters) or `cards` (four on a page).
        "layout" => layout: Text<'s> = may(Word::OneOf(Layout::words)),
        /// Its language, such as `en`.
        "language" => language: Text<'s> = may(Word::Like(r"^\s*[a-z]{2,3}\s*$")),
        /// The words: `# heading`, `- item`, paragraphs between empty lines, `{site}` and the like.
        "text" => text: Text<'s> = must(Word::TEXT),
        /// Where this comes from.
        "source" => source: Text<'s>,
        /// The day somebody looked there.
        "checked" => checked: Text<'s> = may(Word::DAY),
    }
}

/// What editors may be told of a reference file.
#[must_use]
pub fn schema() -> Schema {
    File::schema(&must(Word::TITLE)).root("A reference file of runbook")
}
