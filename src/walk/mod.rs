//! The interactive lead's walk: says where we are, asks one thing, records the answer, goes on.
//!
//! It decides nothing and appends nothing itself: every answer becomes an intent and goes through
//! [`Session::execute`]. Ctrl-C leaves the walk, never the incident. Silence is never an answer.

mod answer;
mod ask;
mod command;
mod screen;

use std::io;

use crate::engine::{
    Actor, Intent, Life, Person, Refusal, Request, Source, StepView, Timestamp, decide, due_next,
    phases_open, views,
};
use crate::journal::head_code;
use crate::playbook::{Form, RoleId, StepId};
use crate::session::{Receipt, Session, SessionError};
use crate::ui::{advise, clock_time, saved, shows_checkpoint, wrap};
use crate::world::World;

use ask::Asker;
use command::Command;
use screen::Viewer;

/// Why the walk ended before the person left it.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The terminal is gone, or Ctrl-D.
    #[error("the terminal was closed")]
    Gone,
    /// The terminal cannot be read or written.
    #[error("the terminal does not work: {0}")]
    Terminal(#[from] io::Error),
    /// The session cannot go on.
    #[error(transparent)]
    Session(#[from] SessionError),
}

/// Walks a person through an incident until they leave it or it ends.
///
/// # Errors
/// If the terminal fails. What was acknowledged is on disk in any case.
pub fn run(
    world: &mut World,
    session: &mut Session,
    person: Person,
    role: Option<RoleId>,
) -> Result<(), WalkError> {
    let mut walk = Walk {
        asker: Asker::new(world),
        session,
        person,
        role,
        front: None,
        passed: Vec::new(),
        messages: Vec::new(),
        typed: None,
    };
    match walk.go() {
        // Ctrl-D, or the terminal is gone: there may be nobody left to tell.
        Err(WalkError::Gone) => walk.farewell(),
        ended => ended,
    }
}

struct Walk<'a> {
    asker: Asker<'a>,
    session: &'a mut Session,
    person: Person,
    /// Only this role's steps.
    role: Option<RoleId>,
    /// The step in front, where the person chose one.
    front: Option<StepId>,
    /// Put behind the others with `o`, until everything has been passed once.
    passed: Vec<StepId>,
    /// What to say above the next question.
    messages: Vec<String>,
    /// Typed where a page was waiting for Enter: the next command.
    typed: Option<String>,
}

/// Fewer lines than this do not show a step; then what was said is read first.
const LEAST: usize = 14;

/// Whether to ask again.
enum Then {
    Ask,
    Leave,
}

impl Walk<'_> {
    fn go(&mut self) -> Result<(), WalkError> {
        loop {
            self.look_for_others();
            if matches!(self.session.state().life(), Life::Closed | Life::FalseAlarm) {
                self.flush_messages()?;
                self.asker.say("The incident has ended. runbook report prints what happened.")?;
                return Ok(());
            }
            let now = self.asker.world.clock.now();
            let front = self.draw(now)?;
            let line = match self.typed.take() {
                Some(line) => Some(line),
                None => self.asker.line("")?,
            };
            let Some(line) = line else { continue };
            let command = self.read(&line, front.as_ref());
            match self.act(command, front) {
                Ok(Then::Ask) => {}
                Ok(Then::Leave) => return self.farewell(),
                Err(error) => self.excuse(error)?,
            }
        }
    }

    fn read(&self, line: &str, front: Option<&StepId>) -> Command {
        let book = self.session.book();
        let step = front.and_then(|id| book.step(id));
        let options: Vec<&str> = match step.map(|step| &step.form) {
            Some(Form::Decision(decision)) => {
                decision.options.iter().map(|choice| choice.id.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let numbered = |word: &str| {
            word.parse::<usize>().is_ok_and(|number| (1..=options.len()).contains(&number))
        };
        let is_option = |word: &str| numbered(word) || options.contains(&word);
        command::read(line, |word| book.find_step(word).is_some(), is_option)
    }

    fn act(&mut self, command: Command, front: Option<StepId>) -> Result<Then, WalkError> {
        match command {
            Command::Look => {}
            Command::Leave => return Ok(Then::Leave),
            Command::Help => self.messages.extend(command::HELP.lines().map(str::to_owned)),
            Command::Unknown(line) => {
                self.messages.push(format!("\"{line}\" is none of the keys (? shows them all)."));
            }
            Command::Go(word) => {
                self.front = self.session.book().find_step(&word).map(|s| s.id.clone());
            }
            Command::Other => self.pass(front),
            Command::Note => self.note()?,
            Command::People => self.people()?,
            Command::Mark => self.mark()?,
            Command::Log => self.log(),
            Command::Status => self.status(),
            Command::Close => self.close()?,
            Command::User => self.user()?,
            Command::Done
            | Command::DoneDetails
            | Command::Begin
            | Command::NotApplicable
            | Command::Failed
            | Command::Later
            | Command::Approve
            | Command::Choose(_)
            | Command::Reopen
            | Command::More => match front {
                Some(step) => self.step(command, &step)?,
                None => self.messages.push("No step is in front: type its name or code.".into()),
            },
        }
        Ok(Then::Ask)
    }

    /// What other terminals and machines recorded since the last question.
    fn look_for_others(&mut self) {
        let news = match self.session.refresh() {
            Ok(news) => news,
            Err(error) => {
                self.messages.push(format!("NOTHING IS BEING SAVED - write on paper. {error}."));
                self.messages.push(
                    "The playbook stays usable here. To try again: q, then runbook walk."
                        .to_owned(),
                );
                return;
            }
        };
        if news.is_empty() {
            return;
        }
        self.messages.push("Since the last question:".to_owned());
        for record in news.iter().rev().take(5).rev() {
            let said = crate::report::sentence(self.session.book(), record);
            let by = record.stamp.actor.person.as_ref().map(ToString::to_string);
            self.messages.push(format!(
                "  {} {}: {said}",
                record.at.short(),
                by.unwrap_or_default()
            ));
        }
    }

    /// Draws the screen and says which step is in front.
    fn draw(&mut self, now: Timestamp) -> Result<Option<StepId>, WalkError> {
        self.asker.clear()?;
        let taken = self.flush_messages()?;
        let zone = self.asker.world.zone;
        let viewer = Viewer { zone, now, person: &self.person };
        let (book, state) = (self.session.book(), self.session.state());
        let all = views(book, state, now);
        let open = if state.t0().is_some() {
            phases_open(book, state, now)
        } else {
            // Before the declaration there is no clock; the first phase is what there is to do.
            book.phases.iter().take(1).collect()
        };
        let mut next = due_next(&all, &open, self.role.as_ref(), now);
        let passed = |view: &StepView<'_>| self.passed.contains(&view.step.id);
        next.sort_by_key(|view| passed(view));
        let chosen = self.front.as_ref().and_then(|id| all.iter().rfind(|v| v.step.id == *id));
        if let Some(chosen) = chosen {
            next.retain(|view| view.step.id != chosen.step.id);
            next.insert(0, chosen);
        }
        let (width, height) = self.asker.size();
        let front = next.first().map(|view| view.step.id.clone());
        let room = if taken + LEAST > height { height } else { height - taken };
        let lines = screen::lay_out(self.session, &viewer, &next, width, room);
        if taken + LEAST > height {
            self.typed = self.asker.line("Enter = go on")?.filter(|line| line != "q");
            self.asker.clear()?;
        }
        for line in lines {
            self.asker.draw(&line)?;
        }
        Ok(front)
    }

    /// Says what there is to say, page by page, and how many lines of it still stand on the screen.
    fn flush_messages(&mut self) -> Result<usize, WalkError> {
        if self.messages.is_empty() {
            return Ok(0);
        }
        let (width, height) = self.asker.size();
        let messages = std::mem::take(&mut self.messages);
        let lines: Vec<String> = messages
            .iter()
            .flat_map(|m| m.split('\n'))
            .flat_map(|line| wrap(line, width))
            .collect();
        let page = height - 2;
        let mut standing = 0;
        for (number, lines) in lines.chunks(page).enumerate() {
            if number > 0 {
                self.typed =
                    self.asker.line("Enter = next page, q = back, or any key of the walk")?;
                if self.typed.is_some() {
                    self.typed.take_if(|line| line.as_str() == "q");
                    return Ok(0);
                }
                self.asker.clear()?;
            }
            self.asker.say(&lines.join("\n"))?;
            standing = lines.len() + 1;
        }
        self.asker.say("")?;
        Ok(standing)
    }

    /// Puts the step in front behind the others; when all have been passed, the round starts again.
    fn pass(&mut self, front: Option<StepId>) {
        self.front = None;
        if let Some(step) = front {
            if self.passed.contains(&step) {
                self.passed.clear();
            }
            self.passed.push(step);
        }
    }

    fn request(&self, intent: Intent) -> Request {
        Request {
            intent,
            actor: Actor { person: Some(self.person.clone()), role: None },
            occurred: None,
            key: None,
            src: Source::Typed,
        }
    }

    fn record(&mut self, intent: Intent) -> Result<bool, WalkError> {
        let request = self.request(intent);
        self.execute(&request)
    }

    /// Whether an answer would be taken, before somebody is asked for its words. Says why not.
    fn weigh(&mut self, intent: Intent) -> bool {
        let request = self.request(intent);
        let now = self.asker.world.clock.now();
        match decide(self.session.book(), self.session.state(), now, &request) {
            Ok(_) => true,
            Err(refusal) => {
                self.refuse(&refusal);
                false
            }
        }
    }

    /// Records and keeps the acknowledgement for the next screen. A refusal is an answer, not an end.
    fn execute(&mut self, request: &Request) -> Result<bool, WalkError> {
        match self.session.execute(self.asker.world, request) {
            Ok(receipt) => {
                self.acknowledge(&receipt);
                Ok(true)
            }
            Err(SessionError::Refused(refusal)) => {
                self.refuse(&refusal);
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn acknowledge(&mut self, receipt: &Receipt) {
        if let Some((record, at)) = &receipt.already {
            let at = clock_time(*at, self.asker.world.zone.offset_at(*at));
            self.messages.push(format!("Already recorded at {at} as {}.", record.short()));
        }
        for record in &receipt.recorded {
            let code = head_code(&record.at);
            self.messages.push(saved(self.session.book(), record, &code));
            if shows_checkpoint(&record.fact) {
                self.messages.push("Checkpoint to read out or write down:".to_owned());
                self.messages.extend(receipt.checkpoint.iter().map(|line| format!("  {line}")));
            }
        }
        self.messages.extend(receipt.remarks.iter().map(|remark| format!("Note: {remark}")));
        let advice = receipt.advice.iter().map(|advice| format!("Note: {}", advise(advice)));
        self.messages.extend(advice);
    }

    fn refuse(&mut self, refusal: &Refusal) {
        self.messages.push(format!("Not recorded: {refusal}."));
        if let Refusal::NotReady { missing } = refusal {
            self.messages.extend(missing.iter().take(8).map(|item| format!("  {item}")));
        }
    }

    /// A failed save must not end the walk: the playbook stays usable on the screen.
    fn excuse(&mut self, error: WalkError) -> Result<(), WalkError> {
        match error {
            WalkError::Session(error) => {
                self.messages.push(format!("NOT CONFIRMED SAVED - write it on paper. {error}"));
                Ok(())
            }
            WalkError::Gone | WalkError::Terminal(_) => Err(error),
        }
    }

    fn farewell(&mut self) -> Result<(), WalkError> {
        self.flush_messages()?;
        self.asker.say(&format!(
            "You left the walk; {} goes on. runbook walk takes you back.",
            self.session.id()
        ))?;
        Ok(())
    }
}
