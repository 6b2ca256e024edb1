//! What a line says of anything but a step: notes, milestones, roles, the end.

use super::step::without;
use super::{Case, Reader, collapsed, person};
use crate::engine::{Confirmation, Intent, Person};
use crate::playbook::{Mark, NoteKind, ServiceId};
use crate::transcript::answers::{Named, first, named};
use crate::transcript::entry::Remark;
use crate::transcript::fault::Fault;
use crate::transcript::grammar::{Held, Who};
use crate::transcript::order::{Shift, Signed};
use crate::transcript::row::Word;

impl Reader<'_> {
    pub(super) fn note(&mut self, mut case: Case, kind: Option<&Word>) -> Result<(), Fault> {
        let kind = match kind {
            Some(word) => Some(note_kind(word)?),
            None => in_front(&mut case),
        };
        let Some(rest) = &case.rest else {
            return Err(Fault::new("a note has words", case.end()));
        };
        let (kind, text) = (kind.unwrap_or(NoteKind::Situation), case.words(rest)?);
        self.entry(case, &format!("note {kind}"), 1, Intent::Note { kind, text });
        Ok(())
    }

    pub(super) fn mark(
        &mut self,
        case: Case,
        word: &Word,
        service: Option<&Word>,
    ) -> Result<(), Fault> {
        let Some(mark) = Mark::from_word(&word.text.to_lowercase()) else {
            let message = format!("\"{}\" is no milestone", word.text);
            return Err(Fault::new(message, word.span.clone())
                .help(format!("one of {}", Mark::words().join(", "))));
        };
        case.no_words("a milestone takes no words")?;
        let service = service.map(service_id).transpose()?;
        let of = service.as_ref().map(|service| format!(" {service}")).unwrap_or_default();
        self.entry(case, &format!("mark {mark}{of}"), 1, Intent::Mark { mark, service });
        Ok(())
    }

    pub(super) fn classified(&mut self, case: Case) -> Result<(), Fault> {
        let usage = "C 15:40 IB cause=Storage fault scope=this site services=email, calendar";
        let (lead, all) = case.rest.as_ref().map_or((None, Vec::new()), named);
        if let Some(lead) = lead {
            return Err(Fault::new("words without a name in front", lead.span).help(usage));
        }
        let (mut why, mut scope, mut services) = (None, None, Vec::new());
        for Named { name, value } in all {
            match name.text.to_lowercase().as_str() {
                "cause" => why = Some(case.words(&value)?),
                "scope" => scope = Some(case.words(&value)?),
                "service" | "services" => {
                    let list = value.text.split([',', ' ']).filter(|word| !word.is_empty());
                    let named = |word: &str| {
                        service_id(&Word { text: word.to_owned(), span: value.span.clone() })
                    };
                    services = list.map(named).collect::<Result<_, _>>()?;
                }
                _ => return Err(Fault::new("this is not asked for", name.span).help(usage)),
            }
        }
        if why.is_none() && scope.is_none() && services.is_empty() {
            return Err(Fault::new("nothing is said of cause or reach", case.end()).help(usage));
        }
        self.entry(case, "classify", 1, Intent::Classify { cause: why, services, scope });
        Ok(())
    }

    pub(super) fn closed(&mut self, case: Case) -> Result<(), Fault> {
        let why = case.rest.as_ref().map(|rest| without(rest, &["anyway"]));
        let why = why.filter(|why| !why.text.is_empty());
        let anyway = why.map(|why| case.words(&why)).transpose()?;
        self.entry(case, "close", 3, Intent::Close { anyway });
        Ok(())
    }

    pub(super) fn false_alarm(&mut self, case: Case) -> Result<(), Fault> {
        let Some(rest) = &case.rest else {
            return Err(Fault::new("what it was instead is missing", case.end()));
        };
        let reason = case.words(rest)?;
        self.entry(case, "false-alarm", 3, Intent::FalseAlarm { reason });
        Ok(())
    }

    pub(super) fn hand_over(&mut self, case: Case, role: &Word, to: &Who) -> Result<(), Fault> {
        let role = self.role(role)?;
        let (taker, letters) = self.signed(to)?;
        let (Some(taker), Some(from)) = (taker, case.by.clone()) else {
            return Err(Fault::new("who takes over is missing", to.span.clone()));
        };
        let note = case.rest.as_ref().map(|rest| case.words(rest)).transpose()?;
        let signs = |person: &Person, letters: Option<String>| {
            letters.map(|initials| Confirmation { person: person.clone(), initials })
        };
        let confirmed: Vec<Confirmation> =
            signs(&from, case.letters.clone()).into_iter().chain(signs(&taker, letters)).collect();
        let said = format!("handover {role} {taker}");
        self.entry(case, &said, 2, Intent::HandOver { role, to: taker, note, confirmed });
        Ok(())
    }

    pub(super) fn held(&mut self, case: Case, held: &Held) -> Result<(), Fault> {
        let role = self.role(&held.role)?;
        let person = person(&held.name)?;
        let until = match &held.until {
            Some(clock) => Some(self.end_of_shift(case.at, clock)?),
            None => None,
        };
        let by = held.by.as_ref().map(|who| self.signed(who)).transpose()?;
        let by = by.and_then(|(person, _)| person);
        let signed = case.letters.clone().map(|letters| Signed { letters, person: person.clone() });
        let mut remarks = case.remarks;
        if signed.is_none() {
            remarks.push(Remark::Unsigned);
        }
        self.read.shifts.push(Shift {
            line: case.line,
            span: case.span,
            role,
            deputy: held.deputy,
            person,
            from: case.at,
            until,
            by,
            scribe: self.read.scribe.clone(),
            signed,
            remarks,
        });
        Ok(())
    }

    /// The end of a shift comes after its beginning, past midnight if need be.
    fn end_of_shift(
        &mut self,
        from: crate::engine::Timestamp,
        clock: &crate::transcript::grammar::Clock,
    ) -> Result<crate::engine::Timestamp, Fault> {
        let (day, text) = ((self.known.times.day)(from), clock.word.text.as_str());
        let taken = |day| {
            (self.known.times.on)(day, text).map_err(|why| Fault::new(why, clock.word.span.clone()))
        };
        let same_day = taken(day)?;
        if same_day > from {
            return Ok(same_day);
        }
        let next = taken(day.succ_opt().unwrap_or(day))?;
        if next > from {
            return Ok(next);
        }
        Err(Fault::new("the shift ends before it begins", clock.word.span.clone()))
    }
}

fn note_kind(word: &Word) -> Result<NoteKind, Fault> {
    let bare = word.text.trim_end_matches(':').to_lowercase();
    NoteKind::from_word(&bare).ok_or_else(|| {
        Fault::new(format!("\"{}\" is no kind of note", word.text), word.span.clone())
            .help(format!("N 14:20 AD …, or N with one of {}", NoteKind::words().join(", ")))
    })
}

/// `safety: …` in front of the words.
fn in_front(case: &mut Case) -> Option<NoteKind> {
    let (word, rest) = first(case.rest.as_ref()?);
    let kind = NoteKind::from_word(&word.text.strip_suffix(':')?.to_lowercase())?;
    case.rest = rest;
    Some(kind)
}

fn service_id(word: &Word) -> Result<ServiceId, Fault> {
    collapsed(&word.text).to_lowercase().parse().map_err(|why| {
        Fault::new(format!("\"{}\" is no name of a service: {why}", word.text), word.span.clone())
    })
}
