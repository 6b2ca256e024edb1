//! What the lines mean: the playbook, the day and the people behind the initials come in here.

mod choose;
mod head;
mod other;
mod step;

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{NaiveDate, TimeDelta};

use super::entry::{Entry, Opening, Remark};
use super::fault::{Ask, Fault};
use super::grammar::{Clock, Line, Said, What, Who, line};
use super::order::Shift;
use super::people::{Initials, letters};
use super::row::{Row, Word};
use super::times::Times;
use super::{table, text};
use crate::engine::{Intent, Mode, Person, Text, Timestamp, words};
use crate::outreach::suspicions;
use crate::playbook::{FieldKind, Form, Mark, Playbook, PlaybookId, RoleId};

/// What is known besides the lines.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Live, or an exercise.
    pub mode: Mode,
    /// The incident's playbook.
    pub book: &'a Playbook,
    /// The day of the lines above the first `date`.
    pub day: NaiveDate,
    /// When the incident began, as far as is known.
    pub begins: Option<Timestamp>,
    /// Whose sheet the lines above the first `sheet` stand on.
    pub sheet: Option<&'a RoleId>,
    /// Whose initials are known already.
    pub initials: &'a Initials,
    /// How times are read.
    pub times: Times<'a>,
    /// Keep all free words out of the log.
    pub private: bool,
    /// All words were checked: they name no patient.
    pub no_phi: bool,
}

/// How the source is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line for each entry.
    Lines,
    /// A spreadsheet, saved as CSV.
    Table,
}

/// A transcript as far as it can be understood.
#[derive(Debug, Default)]
pub struct Read {
    /// What happened, in the order of the lines; shifts apart.
    pub entries: Vec<Entry>,
    /// Who held which role, from when to when.
    pub shifts: Vec<Shift>,
    /// All that is wrong; while there is anything, nothing is to be recorded.
    pub faults: Vec<Fault>,
    /// Who types, as the last line about it says.
    pub scribe: Option<Person>,
    /// How the incident was opened, as the lines say.
    pub opening: Option<Opening>,
    /// Everybody behind the initials.
    pub initials: Initials,
    /// The sheets are of another version of the playbook than the incident, and nobody has said that
    /// the codes were compared: this one, at this place.
    pub other_version: Option<(String, Range<usize>)>,
}

/// Before this much time ahead of its beginning nothing happens in an incident, unless the sheet says
/// so: it is mostly a slip of the pen, or the wrong day.
const BEFORE: TimeDelta = TimeDelta::hours(2);

/// From this step back on it was past midnight.
const HALF_A_DAY: TimeDelta = TimeDelta::hours(12);

/// From this step back on it may have been the next day.
const HOURS_BACK: TimeDelta = TimeDelta::hours(6);

/// Reads a transcript.
#[must_use]
pub fn read(source: &str, shape: Shape, known: &Known<'_>) -> Read {
    let mut faults = Vec::new();
    let rows = match shape {
        Shape::Lines => text::rows(source),
        Shape::Table => table::rows(source, &mut faults),
    };
    let mut lines: Vec<(&Row, Line)> = Vec::new();
    for row in &rows {
        match line(row) {
            Ok(line) => lines.push((row, line)),
            Err(fault) => faults.push(fault),
        }
    }
    let mut reader = Reader {
        known,
        read: Read { faults, initials: known.initials.clone(), ..Read::default() },
        day: known.day,
        today: known.day,
        above: None,
        sheet: known.sheet.cloned(),
        times: BTreeMap::new(),
    };
    for (row, line) in &lines {
        reader.learn(row, line);
    }
    for (row, line) in lines {
        if let Err(fault) = reader.take(row, line) {
            reader.read.faults.push(fault);
        }
    }
    reader.doubt_what_came_before();
    let mut read = reader.read;
    read.faults.sort_by_key(|fault| fault.span.start);
    read
}

/// Takes line after line.
struct Reader<'a> {
    known: &'a Known<'a>,
    read: Read,
    /// As the last `date` says.
    day: NaiveDate,
    /// The day of the line above.
    today: NaiveDate,
    /// The time of the line above, on the same sheet.
    above: Option<Timestamp>,
    sheet: Option<RoleId>,
    /// Every time that was read, by its place, and whether it was looked at twice.
    times: BTreeMap<usize, (Range<usize>, Timestamp, bool)>,
}

/// One line while it is taken.
struct Case {
    line: usize,
    span: Range<usize>,
    at: Timestamp,
    by: Option<Person>,
    /// As they were written, in capitals.
    letters: Option<String>,
    remarks: Vec<Remark>,
    private: bool,
    no_phi: bool,
    /// The words that are left.
    rest: Option<Word>,
}

impl Case {
    /// Words for the record.
    fn words(&self, word: &Word) -> Result<Text, Fault> {
        self.text(word, true)
    }

    /// The same; words that are counted or compared are never sealed.
    fn text(&self, word: &Word, sealable: bool) -> Result<Text, Fault> {
        let cannot = |error: crate::engine::TextError| {
            Fault::new(format!("this cannot be recorded: {error}"), word.span.clone())
        };
        let text = words(&word.text).map_err(cannot)?;
        let looked_at = self.no_phi || (self.private && sealable);
        let found = suspicions(&text).into_iter().next().filter(|_| !looked_at);
        let Some(found) = found else { return Ok(Text::Plain(text)) };
        let keep = if sealable { "--private keeps the words out of the log, " } else { "" };
        Err(Fault::new(found.kind.explanation(), word.span.clone())
            .help(format!("at the end of the line {keep}--no-phi says that they name no patient"))
            .ask(Ask::Patient))
    }
}

impl Read {
    /// Adds that the incident was declared, where an option says so and no line.
    pub fn declare(&mut self, at: Timestamp, by: Option<Person>) {
        let said = format!("mark declared|{}|", at.millis());
        let scribe = None;
        self.entries.push(Entry {
            lines: Vec::new(),
            span: 0..0,
            at,
            intent: Intent::Mark { mark: Mark::Declared, service: None },
            by,
            scribe,
            private: false,
            said,
            remarks: Vec::new(),
            rank: 1,
        });
    }
}

impl Reader<'_> {
    fn take(&mut self, row: &Row, line: Line) -> Result<(), Fault> {
        match line {
            Line::Playbook { id, version, checked } => {
                self.playbook(&id, version.as_ref(), checked)
            }
            Line::Scribe(name) => {
                self.read.scribe = Some(person(&name)?);
                Ok(())
            }
            Line::Date(day) => self.date(&day),
            Line::Exercise(word) => self.exercise(&word),
            Line::Sheet(role) => {
                self.sheet = Some(self.role(&role)?);
                (self.today, self.above) = (self.day, None);
                Ok(())
            }
            // Known since before the first line.
            Line::Whose { .. } => Ok(()),
            Line::Said(said) => self.said(row, *said),
        }
    }

    fn said(&mut self, row: &Row, said: Said) -> Result<(), Fault> {
        // Nobody wants to be asked whose initials stand behind a code that is mistyped.
        if let What::Step { step, .. } = &said.what {
            step::find(self.known.book, step)?;
        }
        let (at, mut remarks) = self.time(&said.time)?;
        let (by, letters) = match &said.who {
            Some(who) => self.signed(who)?,
            None => (None, None),
        };
        if said.who.is_none() && !matches!(said.what, What::Held(_)) {
            remarks.push(Remark::Unsigned);
        }
        let case = Case {
            line: row.line,
            span: row.whole(),
            at,
            by,
            letters,
            remarks,
            private: said.private || self.known.private,
            no_phi: said.no_phi || self.known.no_phi,
            rest: said.rest,
        };
        match said.what {
            What::Step { step, outcome, until } => self.step(case, &step, (outcome, until)),
            What::Note { kind } => self.note(case, kind.as_ref()),
            What::Held(held) => self.held(case, &held),
            What::HandOver { role, to } => self.hand_over(case, &role, &to),
            What::Mark { mark, service } => self.mark(case, &mark, service.as_ref()),
            What::Classified => self.classified(case),
            What::Closed => self.closed(case),
            What::FalseAlarm => self.false_alarm(case),
            What::Opened => self.opened(case),
        }
    }

    /// The instant that a clock on this sheet showed.
    fn time(&mut self, clock: &Clock) -> Result<(Timestamp, Vec<Remark>), Fault> {
        let text = clock.word.text.as_str();
        let taken = |day: NaiveDate| {
            (self.known.times.on)(day, text).map_err(|why| Fault::new(why, clock.word.span.clone()))
        };
        let dated = text.get(4..5) == Some("-");
        let (mut at, mut remarks) = (taken(self.today), Vec::new());
        if let Some(above) = self.above.filter(|_| !dated) {
            let next = self.today.succ_opt().unwrap_or(self.today);
            let tomorrow = match &at {
                Ok(at) => above - *at > HALF_A_DAY,
                // What clocks skip on one day they show on the next one.
                Err(_) => taken(next).is_ok_and(|at| at > above && at - above < HALF_A_DAY),
            };
            if tomorrow {
                self.today = next;
                at = taken(next);
                remarks.push(Remark::NextDay);
            } else if let Ok(there) = at {
                if there - above > HALF_A_DAY && self.today > self.day {
                    self.today = self.day;
                    at = taken(self.day);
                } else if above - there >= HOURS_BACK && !clock.checked {
                    remarks.push(Remark::HoursBack);
                }
            }
        }
        let at = at?;
        self.above = Some(at);
        self.times.insert(clock.word.span.start, (clock.word.span.clone(), at, clock.checked));
        Ok((at, remarks))
    }

    /// The person behind a signature, and the letters where there are any.
    fn signed(&self, who: &Who) -> Result<(Option<Person>, Option<String>), Fault> {
        if let Some(name) = &who.name {
            let word = Word { text: name.clone(), span: who.span.clone() };
            return Ok((Some(person(&word)?), who.letters.clone()));
        }
        let Some(letters) = &who.letters else { return Ok((None, None)) };
        match self.read.initials.get(letters) {
            Some(person) => Ok((Some(person.clone()), Some(letters.clone()))),
            None => Err(Fault::new(format!("nobody knows whose initials {letters} are"), who.span.clone())
                .help(format!(
                    "say so in a line of its own: {letters} = NAME; if these are no initials, write - before them"
                ))
                .ask(Ask::Whose(letters.clone()))),
        }
    }

    fn entry(&mut self, case: Case, said: &str, rank: u8, intent: Intent) {
        let who = case.letters.clone().or_else(|| case.by.as_ref().map(ToString::to_string));
        let rest = case.rest.as_ref().map(|rest| collapsed(&rest.text)).unwrap_or_default();
        self.read.entries.push(Entry {
            lines: vec![case.line],
            span: case.span,
            at: case.at,
            said: format!("{said}|{}|{}|{rest}", case.at.millis(), who.unwrap_or_default()),
            intent,
            by: case.by,
            scribe: self.read.scribe.clone(),
            private: case.private,
            remarks: case.remarks,
            rank,
        });
    }

    /// What lies hours before the incident began is mostly the wrong day.
    fn doubt_what_came_before(&mut self) {
        let told = self.read.entries.iter().filter_map(|entry| self.begins(entry));
        let opened = self.read.opening.as_ref().map(|opening| opening.at);
        let Some(begins) = told.chain(opened).chain(self.known.begins).min() else { return };
        for (span, at, checked) in self.times.values() {
            if !checked && begins - *at > BEFORE {
                let minutes = (begins - *at).num_minutes();
                let early = format!("{} h {:02} min", minutes / 60, minutes % 60);
                let day = (self.known.times.day)(*at);
                let fault = Fault::new(
                    format!("on {day} that is {early} before the incident began"),
                    span.clone(),
                );
                let fault = fault.help(
                    "if the sheet says so, write ! behind the time; another day: date 2026-01-22",
                );
                self.read.faults.push(fault.ask(Ask::Sure));
            }
        }
    }

    /// A time that says since when there was something to do.
    fn begins(&self, entry: &Entry) -> Option<Timestamp> {
        match &entry.intent {
            Intent::Mark { mark: Mark::Onset | Mark::Detected | Mark::Declared, .. } => {
                Some(entry.at)
            }
            Intent::Done { step, answers, .. } => {
                let Some(Form::Collect(fields)) = self.known.book.step(step).map(|step| &step.form)
                else {
                    return None;
                };
                let marks = |kind: &FieldKind| {
                    matches!(
                        kind,
                        FieldKind::Time(Some(Mark::Onset | Mark::Detected | Mark::Declared))
                    )
                };
                let told = fields.iter().filter(|field| marks(&field.kind));
                let at = told.filter_map(|field| answers.get(field.id.as_str())?.words());
                at.filter_map(Timestamp::parse).min()
            }
            _ => None,
        }
    }
}

fn person(name: &Word) -> Result<Person, Fault> {
    Person::new(&name.text).map_err(|error| {
        Fault::new(format!("this name cannot be recorded: {error}"), name.span.clone())
    })
}

/// The words with single blanks between them.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters of a line `AD = Ana Diaz`.
fn letters_of(word: &Word) -> Result<String, Fault> {
    letters(&word.text)
        .ok_or_else(|| Fault::new("initials have two to five letters", word.span.clone()))
}

/// Whether a playbook is the one that is meant.
fn same_playbook(id: &PlaybookId, word: &Word) -> bool {
    id.as_str().eq_ignore_ascii_case(&word.text)
}
