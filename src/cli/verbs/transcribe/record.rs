//! A file of lines, recorded as a whole or not at all.

use super::TranscribeArgs;
use super::opening;
use super::plan::{Before, Fate, Planned, faults, line, weigh};
use super::sheets::{Setting, Sheets};
use super::show::{Answer, Line, counts, entries, left_out, notes, rehearsed};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::record::saved;
use crate::engine::{Mode, Person, Record, State, Text};
use crate::journal::SealedText;
use crate::playbook::Playbook;
use crate::session::{Receipt, Session, SessionError};
use crate::transcript::{Fault, Read};
use crate::ui::{safe, shows_checkpoint};

pub(super) fn from_file(context: &mut Context, args: &TranscribeArgs) -> Result<Exit, CliError> {
    let name = args.from.as_deref().unwrap_or_default();
    let sheets = Sheets::load(context, name)?;
    if args.opening.start.is_some() {
        return opening::from_file(context, args, &sheets);
    }
    let id = context.choose_open(args.incident.as_deref())?;
    let session = Session::resume(&context.world, &context.home, &id)?;
    if let Some(said) = args.whose_times(context, &session)?.filter(|_| !args.json) {
        context.say_in(Mode::Exercise, &said)?;
    }
    let setting = Setting::new(context, args, session.book(), session.state())?;
    let read = sheets.read(context, session.book(), &setting);
    let scribe = args.scribe_of(context, &read)?;
    let case = Case { args, sheets: &sheets, scribe: &scribe };
    case.finish(context, session, &read, None)
}

/// A transcript on its way into the log.
pub(super) struct Case<'a> {
    pub(super) args: &'a TranscribeArgs,
    pub(super) sheets: &'a Sheets,
    pub(super) scribe: &'a Person,
}

impl Case<'_> {
    /// Weighs the entries against the incident, and records them unless a line is faulty.
    pub(super) fn finish(
        &self,
        context: &mut Context,
        mut session: Session,
        read: &Read,
        opened: Option<&Receipt>,
    ) -> Result<Exit, CliError> {
        let records = all_records(&session)?;
        let before = Before {
            book: session.book(),
            state: session.state(),
            records: &records,
            id: Some(session.id()),
        };
        let planned = weigh(context, &before, read);
        self.stop(session.book(), read, &planned, session.state())?;
        let (mode, id) = (session.state().mode(), session.id().to_string());
        if self.args.dry_run {
            return self.tell_dry(context, mode, session.book(), &planned, Some(id), 0);
        }
        let done = record_all(context, &mut session, &planned, self.scribe)?;
        let other = counts(&planned).2;
        if self.args.json {
            let entries = done.lines(context, session.book(), &planned);
            let (opened, checkpoint) = (opened.is_some(), session.checkpoint());
            context.print_json(&self.answer(mode, Some(id), entries, opened, checkpoint))?;
        } else {
            done.tell(context, &session, &planned, opened)?;
        }
        context.tell_problems(session.problems())?;
        let moved = opened_otherwise(context, &session, read);
        if let Some(said) = &moved {
            context.tell(said)?;
        }
        done.end(other + usize::from(moved.is_some()))
    }

    /// Everything that is wrong, at once.
    pub(super) fn stop(
        &self,
        book: &Playbook,
        read: &Read,
        planned: &[Planned],
        state: &State,
    ) -> Result<(), CliError> {
        let mut all: Vec<Fault> = read.faults.clone();
        // What the engine would say to entries whose neighbours are missing is not worth reading.
        if all.is_empty() {
            all = faults(planned);
        }
        if let Some((version, span)) = &read.other_version {
            all.push(Fault {
                message: format!(
                    "the sheets are of version {version}, and this incident runs on {}: codes may mean other steps",
                    book.version
                ),
                span: span.clone(),
                help: Some(format!("compare the codes; then write {version}! (runbook show {} lists them)", book.id)),
                ask: crate::transcript::Ask::Sure,
            });
        }
        if all.is_empty() {
            return Ok(());
        }
        all.sort_by_key(|fault| fault.span.start);
        let error = self.sheets.faulty(&all);
        Err(if state.ending().is_some() {
            error.hint(
                "this incident is over: only notes (N) and late milestones (M) are still taken",
            )
        } else {
            error
        })
    }

    /// What would be recorded.
    pub(super) fn tell_dry(
        &self,
        context: &mut Context,
        mode: Mode,
        book: &Playbook,
        planned: &[Planned],
        id: Option<String>,
        along: usize,
    ) -> Result<Exit, CliError> {
        let (new, known, other) = counts(planned);
        let (new, known) = (new + along, known.saturating_sub(along));
        if self.args.json {
            let entries = planned.iter().map(|one| Line::of(context, book, one)).collect();
            context.print_json(&self.answer(mode, id, entries, false, Vec::new()))?;
        } else {
            rehearsed(context, mode, book, planned)?;
            left_out(context, mode, planned)?;
            let said = format!(
                "{} would be recorded; {known} on record before, {other} different. Nothing was recorded.",
                entries(new)
            );
            context.say_in(mode, &said)?;
        }
        Ok(Exit::Ok)
    }

    fn answer(
        &self,
        mode: Mode,
        incident: Option<String>,
        entries: Vec<Line>,
        opened: bool,
        checkpoint: Vec<String>,
    ) -> Answer {
        let (scribe, dry_run) = (self.scribe.clone(), self.args.dry_run);
        Answer { format: 1, incident, mode, scribe, dry_run, opened, entries, checkpoint }
    }
}

/// Where the sheets say that the incident was opened at another time than the log does.
fn opened_otherwise(context: &Context, session: &Session, read: &Read) -> Option<String> {
    let (told, known) = (read.opening.as_ref()?, session.state().opened_moment()?);
    let at = session.state().time_of(known);
    if (told.at - at).abs() < chrono::TimeDelta::minutes(1) {
        return None;
    }
    let record = known.record.short();
    Some(format!(
        "NOT recorded: the sheets have the incident opened at {}, the log at {}\n  → if the log is wrong: runbook correct {record} --occurred TIME --note TEXT",
        context.iso(told.at),
        context.iso(at)
    ))
}

/// Every record of the log, in merged order.
pub(super) fn all_records(session: &Session) -> Result<Vec<Record>, CliError> {
    Ok(session.read_all()?.records().into_iter().cloned().collect())
}

/// What was recorded of a transcript, entry by entry.
pub(super) struct Done {
    receipts: Vec<(usize, Receipt)>,
    /// What somebody else recorded meanwhile stood in the way of these.
    refused: Vec<(usize, String)>,
}

/// Records the new entries, one after the other: other terminals may record between two of them. What
/// stands in the way then is told, and a repeat of the whole is harmless.
pub(super) fn record_all(
    context: &Context,
    session: &mut Session,
    planned: &[Planned],
    scribe: &Person,
) -> Result<Done, CliError> {
    let mut done = Done { receipts: Vec::new(), refused: Vec::new() };
    for (at, one) in planned.iter().enumerate() {
        let Fate::New { .. } = one.fate else { continue };
        session.typed_in_by(one.entry.scribe.as_ref().unwrap_or(scribe).clone());
        match record_one(context, session, one) {
            Ok(receipt) => done.receipts.push((at, receipt)),
            Err(SessionError::Refused(refusal)) => {
                done.refused.push((line(&one.entry), refusal.to_string()));
            }
            Err(error) => {
                let count = done.count();
                return Err(CliError::from(error).unsaved().hint(format!(
                    "{} recorded before that; the same again adds the rest",
                    entries(count)
                )));
            }
        }
    }
    Ok(done)
}

fn record_one(
    context: &Context,
    session: &mut Session,
    planned: &Planned,
) -> Result<Receipt, SessionError> {
    let mut entry = planned.entry.clone();
    let mut key = planned.key.clone();
    if entry.private {
        let mut seals = Vec::new();
        entry = entry.sealed(session.book(), &mut |words| {
            let sealed = SealedText::new(context.world.ids.bytes()?, words);
            let digest = sealed.digest();
            seals.push(sealed);
            Ok::<_, SessionError>(Text::Sealed(digest))
        })?;
        session.carry(seals);
        let chance: [u8; 16] = context.world.ids.bytes()?;
        key = Some(format!("paper-{}", &crate::journal::sha256(&chance).hex()[..40]));
    }
    session.execute(&context.world, &entry.request(key))
}

fn tell_saved(context: &mut Context, session: &Session, record: &Record) -> Result<(), CliError> {
    let said = saved(context, session, record);
    context.say_in(session.state().mode(), &safe(&said))
}

impl Done {
    /// How many entries were recorded.
    pub(super) fn count(&self) -> usize {
        self.receipts.iter().filter(|(_, receipt)| !receipt.recorded.is_empty()).count()
    }

    fn lines(&self, context: &Context, book: &Playbook, planned: &[Planned]) -> Vec<Line> {
        let line = |(at, one): (usize, &Planned)| match self
            .receipts
            .iter()
            .find(|(recorded, _)| *recorded == at)
        {
            Some((_, receipt)) => Line::recorded(context, book, one, &receipt.recorded),
            None => Line::of(context, book, one),
        };
        planned.iter().enumerate().map(line).collect()
    }

    /// Says what is on disk now, and what is not.
    pub(super) fn tell(
        &self,
        context: &mut Context,
        session: &Session,
        planned: &[Planned],
        opened: Option<&Receipt>,
    ) -> Result<(), CliError> {
        let mode = session.state().mode();
        let began = opened.map_or(&[][..], |receipt| receipt.recorded.as_slice());
        began.iter().try_for_each(|record| tell_saved(context, session, record))?;
        for (at, receipt) in &self.receipts {
            receipt.recorded.iter().try_for_each(|record| tell_saved(context, session, record))?;
            let notes = planned.get(*at).map(notes).unwrap_or_default();
            for note in notes.iter().chain(&receipt.remarks) {
                context.say_in(mode, &format!("Note: {}", safe(note)))?;
            }
        }
        let mut all = self.receipts.iter().flat_map(|(_, receipt)| &receipt.recorded);
        if all.any(|record| shows_checkpoint(&record.fact)) {
            context.say_in(
                mode,
                "Checkpoint to read out, write down or send (runbook verify --expect …):",
            )?;
            for line in session.checkpoint() {
                context.say_in(mode, &format!("  {line}"))?;
            }
        }
        left_out(context, mode, planned)?;
        let (_, known, other) = counts(planned);
        // What an opening brings along is found on record a moment later.
        let along = began.len().saturating_sub(1);
        let said = format!(
            "{} recorded from paper; {} on record before, {other} different.",
            entries(self.count() + along),
            known.saturating_sub(along)
        );
        context.say_in(mode, &said)
    }

    /// Whether everything that could be recorded is on record.
    pub(super) const fn is_whole(&self) -> bool {
        self.refused.is_empty()
    }

    /// Exit code 1 where something on the sheets is not on record.
    pub(super) fn end(&self, other: usize) -> Result<Exit, CliError> {
        if let Some((line, why)) = self.refused.first() {
            let count = self.refused.len();
            return Err(CliError::refused(format!(
                "{} NOT recorded, because somebody else recorded meanwhile; line {line}: {why}",
                entries(count)
            ))
            .hint("the same command again weighs all lines anew and records nothing twice"));
        }
        Ok(if other == 0 { Exit::Ok } else { Exit::Refused })
    }
}
