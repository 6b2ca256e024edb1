//! What a line says of a step.

use std::collections::BTreeMap;

use super::choose::{choice, field, missing_answers, one, unknown_field};
use super::{Case, Reader};
use crate::engine::{Intent, Text};
use crate::playbook::{Decision, Field, FieldKind, Form, Playbook, Step};
use crate::transcript::answers::{Named, first, named};
use crate::transcript::entry::Remark;
use crate::transcript::fault::{Ask, Fault};
use crate::transcript::grammar::{
    Clock, Outcome, escalation, names_escalation, outcome, starts_time,
};
use crate::transcript::people::initials_of;
use crate::transcript::row::Word;

impl<'a> Reader<'a> {
    pub(super) fn step(
        &mut self,
        mut case: Case,
        code: &Word,
        (before, until): (Option<Outcome>, Option<Clock>),
    ) -> Result<(), Fault> {
        let step = find(self.known.book, code)?;
        if let Some(sheet) = self.sheet.clone().filter(|sheet| !belongs(step, sheet.as_str())) {
            let (step, role) = (step.id.clone(), step.role.clone());
            case.remarks.push(Remark::OtherSheet { step, role, sheet });
        }
        let outcome = before.or_else(|| behind(&mut case, step));
        let (name, intent) = self.outcome(&case, step, outcome, until.as_ref())?;
        self.entry(case, &format!("{} {name}", step.id), 1, intent);
        Ok(())
    }

    fn outcome(
        &self,
        case: &Case,
        step: &'a Step,
        outcome: Option<Outcome>,
        until: Option<&Clock>,
    ) -> Result<(&'static str, Intent), Fault> {
        let id = step.id.clone();
        Ok(match outcome {
            Some(Outcome::Begin) => {
                case.no_words("a beginning takes no words")?;
                ("begin", Intent::Begin { step: id })
            }
            Some(Outcome::Skip) => {
                ("skip", Intent::Skip { step: id, reason: case.reason("why it does not apply")? })
            }
            Some(Outcome::Fail) => {
                ("fail", Intent::Fail { step: id, reason: case.reason("what went wrong")? })
            }
            Some(Outcome::Reopen) => (
                "reopen",
                Intent::Reopen { step: id, reason: case.reason("why it is open again")? },
            ),
            Some(Outcome::Defer) => ("defer", self.defer(case, step, until)?),
            Some(Outcome::Approve) => ("approve", case.approve(step)?),
            Some(Outcome::Done) | None => match &step.form {
                Form::Decision(decision) => ("decide", case.decide(step, decision)?),
                _ if is_own_approval(step) => ("approve", case.approve(step)?),
                Form::Collect(fields) => ("done", self.collected(case, step, fields)?),
                Form::Action | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
                    ("done", case.done(step)?)
                }
            },
        })
    }

    fn collected(&self, case: &Case, step: &Step, fields: &[Field]) -> Result<Intent, Fault> {
        let (mut note, all) = case.rest.as_ref().map_or((None, Vec::new()), named);
        let mut answers = BTreeMap::new();
        for Named { name, value } in all {
            if value.text.is_empty() {
                return Err(Fault::new(
                    format!("nothing stands behind {}=", name.text),
                    value.span,
                )
                .help("leave the name out where the sheet shows no answer"));
            }
            let Some(field) = field(fields, &name.text) else {
                if name.text.eq_ignore_ascii_case("note") && note.is_none() {
                    note = Some(value);
                    continue;
                }
                return Err(unknown_field(step, fields, &name));
            };
            let answer = self.answer(case, field, &value)?;
            if answers.insert(field.id.to_string(), answer).is_some() {
                return Err(Fault::new(format!("{} stands there twice", field.id), name.span));
            }
        }
        let missing: Vec<&Field> = fields
            .iter()
            .filter(|field| field.required && !answers.contains_key(field.id.as_str()))
            .collect();
        if !missing.is_empty() {
            return Err(missing_answers(case, step, &missing));
        }
        let note = note.as_ref().map(|note| case.words(note)).transpose()?;
        let (step_, initials) = (step.id.clone(), case.initials(step)?);
        Ok(Intent::Done { step: step_, answers, note, initials })
    }

    fn answer(&self, case: &Case, field: &Field, value: &Word) -> Result<Text, Fault> {
        let plain = |words: &str| Ok(Text::Plain(words.to_owned()));
        let wrong = |takes: String| {
            let message = format!("\"{}\" does not fit {}", value.text, field.id);
            Err(Fault::new(message, value.span.clone()).help(takes))
        };
        match &field.kind {
            FieldKind::Text => case.words(value),
            FieldKind::Number(_) if value.text.parse::<f64>().is_ok_and(f64::is_finite) => {
                plain(&value.text)
            }
            FieldKind::Number(_) => wrong("it takes a number such as 12 or 3.5".to_owned()),
            FieldKind::Time(_) => {
                let at = (self.known.times.before)(&value.text, case.at)
                    .map_err(|why| Fault::new(why, value.span.clone()))?;
                plain(&(self.known.times.iso)(at))
            }
            FieldKind::YesNo => match value.text.to_lowercase().as_str() {
                "y" | "yes" => plain("yes"),
                "n" | "no" => plain("no"),
                _ => wrong("it takes yes or no".to_owned()),
            },
            FieldKind::Choice(words) => match one(words, &value.text, String::as_str) {
                Some(word) => plain(word),
                None => wrong(format!("it takes one of {}", words.join(", "))),
            },
        }
    }

    fn defer(&self, case: &Case, step: &Step, until: Option<&Clock>) -> Result<Intent, Fault> {
        let usage = "until when, then why: I-09 14:30 LATER 16:00 AD Carrier is looking";
        let (until, why) = if let Some(clock) = until {
            (clock.word.clone(), case.rest.clone())
        } else {
            let here = || case.rest.as_ref().map_or(case.end(), |rest| rest.span.clone());
            let none = || Fault::new("until when is missing", here()).help(usage);
            let rest = without(case.rest.as_ref().ok_or_else(none)?, &["until"]);
            split_time(&rest).ok_or_else(none)?
        };
        let why = why.ok_or_else(|| Fault::new("why is missing", case.end()).help(usage))?;
        let until = (self.known.times.after)(&until.text, case.at)
            .map_err(|why| Fault::new(why, until.span))?;
        Ok(Intent::Defer { step: step.id.clone(), until, reason: case.words(&why)? })
    }
}

impl Case {
    fn done(&self, step: &Step) -> Result<Intent, Fault> {
        let note = self.rest.as_ref().map(|rest| self.words(rest)).transpose()?;
        let (step_, initials) = (step.id.clone(), self.initials(step)?);
        Ok(Intent::Done { step: step_, answers: BTreeMap::new(), note, initials })
    }

    fn decide(&self, step: &Step, decision: &Decision) -> Result<Intent, Fault> {
        let options: Vec<&str> = decision.options.iter().map(|choice| choice.id.as_str()).collect();
        let circled = |message: String, span| {
            let help = format!("the answers are {}; the reason stands behind", options.join(", "));
            Fault::new(message, span).help(help)
        };
        let Some(rest) = &self.rest else {
            let message = format!("which answer to {} {} is circled", step.code, step.id);
            return Err(circled(message, self.end()).ask(Ask::Circled(step.id.clone())));
        };
        let (word, because) = first(rest);
        let Some(choice) = choice(decision, &word.text) else {
            let message = format!("\"{}\" is no answer to {} {}", word.text, step.code, step.id);
            return Err(circled(message, word.span));
        };
        let because =
            because.map(|why| without(&why, &["because", "-", "\u{2013}", "\u{2014}", ":"]));
        let because = because.filter(|why| !why.text.is_empty());
        Ok(Intent::Decide {
            step: step.id.clone(),
            option: choice.id.to_string(),
            because: because.map(|why| self.words(&why)).transpose()?,
            initials: self.initials(step)?,
        })
    }

    fn approve(&self, step: &Step) -> Result<Intent, Fault> {
        if step.approval.is_none() {
            let message = format!("{} {} needs no approval", step.code, step.id);
            return Err(Fault::new(message, self.span.clone()));
        }
        Ok(Intent::Approve {
            step: step.id.clone(),
            reason: self.rest.as_ref().map(|rest| self.words(rest)).transpose()?,
            initials: self.initials(step)?,
        })
    }

    fn reason(&self, what: &str) -> Result<Text, Fault> {
        match &self.rest {
            Some(rest) => self.words(rest),
            None => Err(Fault::new(format!("{what} is missing"), self.end())
                .help("the words stand at the end of the line")),
        }
    }

    /// The initials that a critical step takes.
    fn initials(&self, step: &Step) -> Result<Option<String>, Fault> {
        if !step.critical {
            return Ok(None);
        }
        self.letters().map(Some).ok_or_else(|| {
            let message = format!(
                "{} {} is critical: it takes the initials of whoever did it",
                step.code, step.id
            );
            Fault::new(message, self.end()).help("they stand behind the time")
        })
    }

    /// What to write where a signature is wanted: the letters of whoever it was.
    pub(super) fn letters(&self) -> Option<String> {
        let of_name =
            || self.by.as_ref().map(initials_of).filter(|letters| letters.chars().count() > 1);
        self.letters.clone().or_else(of_name)
    }

    pub(super) fn no_words(&self, why: &str) -> Result<(), Fault> {
        match &self.rest {
            None => Ok(()),
            Some(rest) => Err(Fault::new(why, rest.span.clone())
                .help("give the words a line of their own: N 14:20 AD …")),
        }
    }

    /// Where nothing follows any more.
    pub(super) fn end(&self) -> std::ops::Range<usize> {
        self.span.end..self.span.end
    }
}

/// The step that a sheet's code or a name means.
pub(super) fn find<'a>(book: &'a Playbook, code: &Word) -> Result<&'a Step, Fault> {
    if let Some(step) =
        book.find_step(&code.text).or_else(|| book.find_step(&code.text.to_lowercase()))
    {
        return Ok(step);
    }
    if names_escalation(&code.text) {
        return Err(escalation(code.span.clone()));
    }
    let typed = code.text.to_lowercase();
    let score = |step: &Step| {
        let code = strsim::jaro_winkler(&typed, &step.code.to_lowercase());
        code.max(strsim::jaro_winkler(&typed, step.id.as_str()))
    };
    let mut near: Vec<(f64, &Step)> = book.steps().map(|(_, step)| (score(step), step)).collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let near = near.iter().filter(|(score, _)| *score >= 0.8).take(3);
    let near: Vec<String> = near.map(|(_, step)| format!("{} ({})", step.code, step.id)).collect();
    let help = if near.is_empty() {
        "a line begins with a step's code, or N R H M C close; # in front passes it over".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Err(Fault::new(format!("this playbook has no step \"{}\"", code.text), code.span.clone())
        .help(help))
}

/// Whether a step stands on this role's sheet: as work, or to be approved.
fn belongs(step: &Step, sheet: &str) -> bool {
    let approves = step.approval.as_ref().is_some_and(|approval| approval.by.as_str() == sheet);
    step.role.as_str() == sheet || approves
}

/// Nobody does the work first: agreeing *is* the step.
fn is_own_approval(step: &Step) -> bool {
    step.approval.as_ref().is_some_and(|approval| approval.by == step.role)
}

/// The outcome where it stands behind the initials. An answer to a decision comes first.
fn behind(case: &mut Case, step: &Step) -> Option<Outcome> {
    let (word, rest) = first(case.rest.as_ref()?);
    if let Form::Decision(decision) = &step.form
        && decision.options.iter().any(|choice| choice.id.as_str().eq_ignore_ascii_case(&word.text))
    {
        return None;
    }
    let found = outcome(word.text.trim_end_matches([':', ',']))?;
    case.rest = rest;
    Some(found)
}

/// The words without one of these at their beginning.
pub(super) fn without(words: &Word, leads: &[&str]) -> Word {
    let (word, rest) = first(words);
    let led = leads.iter().any(|lead| lead.eq_ignore_ascii_case(word.text.trim_end_matches(':')));
    match rest {
        Some(rest) if led || word.text == ":" => rest,
        _ if led => Word { text: String::new(), span: words.span.clone() },
        _ => words.clone(),
    }
}

/// A time at the beginning of the words, and what is left.
fn split_time(words: &Word) -> Option<(Word, Option<Word>)> {
    let (mut until, mut rest) = first(words);
    if !starts_time(&until.text) {
        return None;
    }
    let day = until.text.len() == "2026-01-22".len() && until.text.get(4..5) == Some("-");
    let half =
        |word: &Word| matches!(word.text.to_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m.");
    for _ in 0..2 {
        let Some(words) = &rest else { break };
        let (next, left) = first(words);
        let joins = (day && !until.text.contains(' ') && starts_time(&next.text)) || half(&next);
        if !joins {
            break;
        }
        until.text = format!("{} {}", until.text, next.text);
        until.span.end = next.span.end;
        rest = left;
    }
    Some((until, rest))
}
