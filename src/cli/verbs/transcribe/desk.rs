//! A scribe at a terminal with a pile of sheets. Every line that is understood is on disk before its
//! number shows, and none is in the log before `save`: sheets come in any order, and the log takes
//! things in the order in which they happened.

use super::ask::Asker;
use super::opening::{self, Beginning};
use super::pile::Pile;
use super::plan::{Before, Fate, Planned, faults, help, line, said, weigh};
use super::record::{all_records, record_all};
use super::sheets::{Setting, understand};
use super::show::{entries, notes};
use super::{GRAMMAR, TranscribeArgs};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::{Mode, Person, Refusal, Timestamp};
use crate::report::sentence;
use crate::session::{Receipt, Session};
use crate::transcript::{Read, Shape};
use crate::ui::{Answer, near_time, safe, welcome_back, wrap};
use crate::world::leave_on_signal;

/// Said when a signal ends it.
const FAREWELL: &str = "You left. Lines that had a number are kept and NOT recorded yet;\n\
     runbook transcribe goes on with them. What you were typing is lost.";

/// What can be typed besides lines.
const KEYS: &str =
    "save = record all · list · drop N = take entry N out · q = leave, they are kept";

/// A scribe at work.
struct Desk<'a> {
    context: &'a mut Context,
    session: Session,
    pile: Pile,
    setting: Setting,
    scribe: Person,
    asker: Asker,
    /// How the last line went.
    exit: Exit,
}

/// What a typed line led to.
enum Step {
    GoOn,
    Leave,
}

pub(super) fn sit_down(context: &mut Context, args: &TranscribeArgs) -> Result<Exit, CliError> {
    leave_on_signal(FAREWELL.to_owned(), welcome_back)?;
    let asker = Asker::new();
    let (session, opened) = if args.opening.start.is_some() {
        opening_at_desk(context, args, &asker)?
    } else {
        let id = context.choose_open(args.incident.as_deref())?;
        (Session::resume(&context.world, &context.home, &id)?, None)
    };
    let times = args.whose_times(context, &session)?;
    let pile = Pile::take_up(context.home.hold_paper(session.id())?)?;
    let setting = Setting::new(context, args, session.book(), session.state())?;
    let scribe = args.scribe(context)?;
    let mut desk = Desk { context, session, pile, setting, scribe, asker, exit: Exit::Ok };
    desk.introduce(opened.as_ref())?;
    times.iter().try_for_each(|said| desk.say(said))?;
    desk.settle_in(args)?;
    desk.declare(args)?;
    loop {
        let question = desk.question();
        match desk.asker.prompt.ask(&question)? {
            Answer::Nothing => {}
            Answer::End => break,
            Answer::Words(words) => match desk.take(&words)? {
                Step::GoOn => {}
                Step::Leave => break,
            },
        }
    }
    desk.leave()?;
    Ok(desk.exit)
}

/// Opens an incident that ran on paper, once it is known when it began.
fn opening_at_desk(
    context: &mut Context,
    args: &TranscribeArgs,
    asker: &Asker,
) -> Result<(Session, Option<Receipt>), CliError> {
    let name = args.opening.start.as_deref().unwrap_or_default();
    let pinned = context.pinned(context.playbook(name)?);
    let beginning = Beginning::of(context, &args.opening)?;
    let at = match beginning.opened.or(beginning.declared) {
        Some(at) => at,
        None => asker.when(context, "When was the first thing written down? (2026-01-22 13:50)")?,
    };
    let opening =
        crate::transcript::Opening { at, by: beginning.by.clone(), title: None, span: 0..0 };
    let plan = opening::plan(context, args, pinned, &opening, &Read::default())?;
    if let Some(id) = opening::opened_before(context, &plan)? {
        return Ok((Session::resume(&context.world, &context.home, &id)?, None));
    }
    let (session, receipt) = opening::begin(context, &plan, &args.scribe(context)?)?;
    Ok((session, Some(receipt)))
}

impl Desk<'_> {
    fn mode(&self) -> Mode {
        self.session.state().mode()
    }

    fn say(&mut self, text: &str) -> Result<(), CliError> {
        let stamp = match self.mode() {
            Mode::Live => "",
            Mode::Exercise => "EXERCISE ",
        };
        let width = self.asker.prompt.size().0.saturating_sub(stamp.len());
        let lines = text.lines().flat_map(|line| wrap(&safe(line), width)).collect::<Vec<_>>();
        lines.iter().try_for_each(|line| self.context.tell(format!("{stamp}{line}").trim_end()))
    }

    fn introduce(&mut self, opened: Option<&Receipt>) -> Result<(), CliError> {
        let (id, book) = (self.session.id().to_string(), self.session.book());
        let on = format!("{id}: playbook {} {}", book.id, book.version);
        if opened.is_some() {
            self.say(&format!("Opened {id}, typed in from paper by {}.", self.scribe))?;
        }
        self.say(&on)?;
        if self.session.state().ending().is_some() {
            self.say(
                "This incident is over: only notes (N) and late milestones (M) are still taken.",
            )?;
        }
        let count = self.pile.count();
        if count > 0 {
            let were = if count == 1 {
                "1 entry waits".to_owned()
            } else {
                format!("{count} entries wait")
            };
            self.say(&format!("{were} from before, NOT recorded yet:"))?;
            self.list()?;
        }
        self.say("One line for each entry, as on the sheet: I-07 14:05 AD. ? = how.")?;
        self.say(KEYS)
    }

    /// Who types, which day, whose sheet.
    fn settle_in(&mut self, args: &TranscribeArgs) -> Result<(), CliError> {
        let known = self.read(self.pile.text()).scribe;
        if args.scribe.is_none() {
            let guess = known.clone().unwrap_or_else(|| self.scribe.clone());
            self.scribe = self.asker.name("Who types?", &guess)?;
        }
        if known.as_ref() != Some(&self.scribe) {
            let scribe = self.scribe.to_string();
            self.pile.head("scribe", &scribe);
        }
        if self.pile.last("date").is_none() {
            let day = match args.date {
                Some(_) => self.setting.day,
                None => self.asker.day("Which day do the sheets show?", self.setting.day)?,
            };
            self.pile.head("date", &day.to_string());
        }
        if let Some(sheet) = args.sheet.as_ref().filter(|_| self.setting.sheet.is_some()) {
            self.pile.head("sheet", sheet);
        }
        Ok(())
    }

    /// An option that says when it was declared is a line like any other.
    fn declare(&mut self, args: &TranscribeArgs) -> Result<(), CliError> {
        let Beginning { declared: Some(at), by, .. } = Beginning::of(self.context, &args.opening)?
        else {
            return Ok(());
        };
        let by = by.map(|by| format!(" \"{by}\"")).unwrap_or_default();
        let line = format!("M declared {}{by}", self.context.iso(at));
        self.keep(&line)
    }

    /// Where the scribe is, in one line.
    fn question(&self) -> String {
        let stamp = if self.mode() == Mode::Exercise { "EXERCISE  " } else { "" };
        let sheet = self.pile.last("sheet").map(|sheet| format!("{sheet}  ")).unwrap_or_default();
        let kept = match self.pile.count() {
            0 => String::new(),
            1 => "1 entry kept, not recorded".to_owned(),
            count => format!("{count} entries kept, not recorded"),
        };
        format!("{stamp}{}  {sheet}{kept}", self.pile.last("date").unwrap_or_default())
    }

    fn read(&self, text: &str) -> Read {
        understand(self.context, self.session.book(), text, Shape::Lines, &self.setting)
    }

    fn take(&mut self, words: &str) -> Result<Step, CliError> {
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        match (first.to_lowercase().as_str(), rest.trim()) {
            ("?" | "help", "") => {
                self.say(GRAMMAR)?;
                self.say(KEYS)?;
            }
            ("q" | "quit", "") => return Ok(Step::Leave),
            ("list" | "l", "") => self.list()?,
            ("save", "") => {
                let saved = self.save();
                self.survive(saved)?;
            }
            ("drop", number) => self.drop_entry(number)?,
            _ if words.contains('=') && self.pile.renamed(words).is_some() => self.rename(words)?,
            _ => {
                let kept = self.keep(words);
                self.survive(kept)?;
            }
        }
        Ok(Step::GoOn)
    }

    /// What the disk or another terminal refuses must not take the pile away: it is said, and the next
    /// line may work again.
    fn survive(&mut self, outcome: Result<(), CliError>) -> Result<(), CliError> {
        self.exit = match outcome {
            Ok(()) => Exit::Ok,
            Err(error) => {
                self.say(&error.render())?;
                self.say("The last line was NOT taken. What is listed is still kept.")?;
                error.exit()
            }
        };
        Ok(())
    }

    /// A line is kept once it is understood; what is missing is asked.
    fn keep(&mut self, words: &str) -> Result<(), CliError> {
        let mut text = format!("{}{}\n", self.pile.text(), words.trim());
        let mut read = self.read(&text);
        while let Some(fault) = read.faults.first().cloned() {
            let before = text.clone();
            match self.asker.mend(self.context, &self.session, &text, &fault)? {
                Some(mended) => text = mended,
                None => return self.not_kept(&fault.message, fault.help.as_deref()),
            }
            if text == before {
                return self.not_kept(&fault.message, fault.help.as_deref());
            }
            read = self.read(&text);
        }
        if let Some((version, span)) = &read.other_version {
            if !self.takes_version(version)? {
                return self.not_kept("the versions differ", None);
            }
            text.insert(span.end, '!');
        }
        if let Some(opening) = &read.opening {
            return self.opened_before(opening.at);
        }
        self.weigh_and_keep(text, &read)
    }

    fn takes_version(&mut self, version: &str) -> Result<bool, CliError> {
        let question = format!(
            "The sheets are of version {version}, this incident runs on {}: codes may mean other steps. Go on?",
            self.session.book().version
        );
        self.asker.agrees(&question)
    }

    /// An incident is opened once, and this one is.
    fn opened_before(&mut self, told: Timestamp) -> Result<(), CliError> {
        let state = self.session.state();
        let Some(known) = state.opened_moment() else { return Ok(()) };
        let (at, told) = (self.context.iso(state.time_of(known)), self.context.iso(told));
        let said = format!("the log has the incident opened at {at}, the sheet at {told}");
        let record = known.record.short();
        let how =
            format!("if the log is wrong: runbook correct {record} --occurred TIME --note TEXT");
        self.not_kept(&said, Some(&how))
    }

    /// Whoever was told wrongly behind initials stands wrongly in every entry.
    fn rename(&mut self, words: &str) -> Result<(), CliError> {
        let Some(text) = self.pile.renamed(words) else { return Ok(()) };
        if let Some(fault) = self.read(&text).faults.first().cloned() {
            return self.not_kept(&fault.message, fault.help.as_deref());
        }
        self.pile.put_down(text)?;
        self.say(&format!("{words}, in every entry that is kept."))
    }

    fn not_kept(&mut self, message: &str, help: Option<&str>) -> Result<(), CliError> {
        self.say(&format!("Not kept: {message}."))?;
        help.map_or(Ok(()), |help| self.say(&format!("  → {help}")))
    }

    /// What will never be possible is not kept; what other lines may still make possible is.
    fn weigh_and_keep(&mut self, text: String, read: &Read) -> Result<(), CliError> {
        let number = text.lines().count();
        self.session.refresh()?;
        let planned = self.weigh(read)?;
        let mine: Vec<Planned> =
            planned.into_iter().filter(|planned| line(&planned.entry) == number).collect();
        for planned in &mine {
            match &planned.fate {
                Fate::Twice(before) => {
                    let before = self.pile.number(*before);
                    return self.not_kept(&format!("entry {before} says the same"), None);
                }
                Fate::Known(record) => {
                    return self
                        .not_kept(&format!("it stands in the log as {}", record.short()), None);
                }
                Fate::Other { record, why, .. } => {
                    let how = format!(
                        "if the log is wrong: runbook correct {} --note TEXT",
                        record.short()
                    );
                    return self.not_kept(why, Some(&how));
                }
                Fate::Refused(refusal, at) if !may_change(refusal) => {
                    let said = said(refusal, at.map(|at| self.pile.number(at)));
                    return self.not_kept(&said, help(refusal).as_deref());
                }
                Fate::New { .. } | Fate::Refused(..) => {}
            }
        }
        self.pile.put_down(text)?;
        self.acknowledge(self.pile.number(number), &mine)
    }

    fn weigh(&self, read: &Read) -> Result<Vec<Planned>, CliError> {
        let records = all_records(&self.session)?;
        let before = Before {
            book: self.session.book(),
            state: self.session.state(),
            records: &records,
            id: Some(self.session.id()),
        };
        Ok(weigh(self.context, &before, read))
    }

    /// How a line was understood.
    fn acknowledge(&mut self, number: usize, mine: &[Planned]) -> Result<(), CliError> {
        for planned in mine {
            let (now, zone) = (self.context.world.clock.now(), self.context.world.zone);
            let at = planned.entry.at;
            let at = near_time(at, now, zone.offset_at(at));
            let by = planned.entry.by.as_ref().map_or("nobody signed", Person::as_str).to_owned();
            let what = match &planned.fate {
                Fate::New { records, .. } => {
                    let said = records.iter().map(|record| sentence(self.session.book(), record));
                    said.collect::<Vec<_>>().join("; ")
                }
                Fate::Refused(refusal, line) => format!(
                    "kept, but as things stand it cannot be recorded: {}",
                    said(refusal, line.map(|line| self.pile.number(line)))
                ),
                Fate::Known(_) | Fate::Other { .. } | Fate::Twice(_) => String::new(),
            };
            self.say(&format!("{number:>4}  {at}  {by}: {what}"))?;
            for note in notes(planned).iter().filter(|note| *note != "nobody signed") {
                self.say(&format!("      Note: {note}"))?;
            }
        }
        Ok(())
    }

    fn list(&mut self) -> Result<(), CliError> {
        self.say(&self.pile.listed().join("\n"))
    }

    fn drop_entry(&mut self, number: &str) -> Result<(), CliError> {
        match self.pile.drop_entry(number)? {
            Some(dropped) => self.say(&format!("Taken out: {dropped}")),
            None => self.say("drop N takes entry N out; list shows the numbers."),
        }
    }

    /// Records everything that is kept, or nothing.
    fn save(&mut self) -> Result<(), CliError> {
        if self.pile.count() == 0 {
            return self.say("There is nothing to record.");
        }
        self.session.refresh()?;
        let read = self.read(self.pile.text());
        let planned = self.weigh(&read)?;
        let mut wrong = read.faults.clone();
        wrong.extend(faults(&planned));
        if !wrong.is_empty() {
            for fault in &wrong {
                let at = self.pile.number(self.pile.line_at(fault.span.start));
                self.say(&format!("Entry {at}: {}", fault.message))?;
                if let Some(help) = &fault.help {
                    self.say(&format!("  → {help}"))?;
                }
            }
            return self
                .say("Nothing was recorded. drop N takes an entry out; then type it again.");
        }
        let done = record_all(self.context, &mut self.session, &planned, &self.scribe)?;
        done.tell(self.context, &self.session, &planned, None)?;
        if done.is_whole() {
            self.pile.clear()?;
        } else {
            self.say("Some lines could not be recorded, because somebody else recorded meanwhile: they are kept.")?;
        }
        let problems = self.session.problems().to_vec();
        self.context.tell_problems(&problems)
    }

    fn leave(&mut self) -> Result<(), CliError> {
        match self.pile.count() {
            0 => self.say("Nothing is left to record."),
            count => self.say(&format!(
                "{} kept and NOT recorded yet: runbook transcribe goes on, and save records.",
                entries(count)
            )),
        }
    }
}

/// Whether other lines may still make an entry possible.
fn may_change(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::ClosedByDecision { .. }
            | Refusal::RepeatOver { .. }
            | Refusal::Settled { .. }
            | Refusal::NotAnswered { .. }
            | Refusal::NothingToApprove { .. }
            | Refusal::NotReady { .. }
            | Refusal::NotDeclared
            | Refusal::NotHeld { .. }
            | Refusal::BeforeTaken { .. }
            | Refusal::CannotConfirm { .. }
            | Refusal::Unheld { .. }
    )
}
