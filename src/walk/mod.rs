//! The interactive lead's walk: says where we are, asks one thing, records the answer, goes on.
//!
//! It decides nothing and appends nothing itself: every answer becomes an intent and goes through
//! [`Session::execute`]. Ctrl-C leaves the walk, never the incident. Silence is never an answer.

mod answer;
mod ask;
mod collect;
mod command;
mod exercise;
mod facilitator;
mod incident;
mod look;
mod people;
mod record;
mod review;
mod screen;
mod undo;

use std::io;

pub use review::{Reviewer, evaluate, hot_wash};

use crate::engine::{Life, Person, StepView, Text, Timestamp, due_next, phases_open, views};
use crate::journal::{Home, IncidentId};
use crate::playbook::{Form, PlaybookId, RoleId, StepId};
use crate::session::{Session, SessionError};
use crate::ui::wrap;
use crate::world::World;

pub use facilitator::{Left, facilitate};

use ask::Asker;
use command::{Answer, Command};
use record::Given;
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

/// Who walks, and what lies on the desk beside the incident.
#[derive(Debug)]
pub struct Desk<'a> {
    /// Where incidents and the site file lie.
    pub home: &'a Home,
    /// The playbooks that can be gone on with, each with its title.
    pub playbooks: &'a [(PlaybookId, String)],
    /// Who types; changes when somebody else takes over the keyboard.
    pub person: Person,
    /// Only this role's steps.
    pub role: Option<RoleId>,
    /// What to say above the first question.
    pub greeting: Vec<String>,
}

/// How a walk went on.
#[derive(Debug)]
pub enum End {
    /// The person left it, or the incident is over. Everything has been said.
    Left,
    /// Something real ended the exercise under their hands. What to do now has still to be said.
    Interrupted,
    /// The person wants to see another incident: this one, or one still to be chosen.
    GoTo(IncidentId),
    /// Another playbook is needed.
    Escalate {
        /// Which.
        playbook: PlaybookId,
        /// Why.
        reason: Text,
    },
}

/// Walks a person through an incident until they leave it or it ends.
///
/// # Errors
/// If the terminal fails. What was acknowledged is on disk in any case.
pub fn run(
    world: &mut World,
    session: &mut Session,
    desk: &mut Desk<'_>,
) -> Result<End, WalkError> {
    let mut messages = std::mem::take(&mut desk.greeting);
    let first = exercise::first(world, session, &mut messages);
    let mut walk = Walk {
        asker: Asker::new(world, session.state().mode()),
        session,
        first,
        desk,
        front: None,
        passed: Vec::new(),
        messages,
        typed: None,
        last: None,
    };
    walk.look_for_others();
    walk.greet_player();
    match walk.go() {
        // Ctrl-D, or the terminal is gone: there may be nobody left to tell.
        Err(WalkError::Gone) => walk.farewell(),
        ended => ended,
    }
}

struct Walk<'a, 'd> {
    asker: Asker<'a>,
    session: &'a mut Session,
    /// The exercise that this one grew out of: its injects are for here as well.
    first: Option<Session>,
    desk: &'a mut Desk<'d>,
    /// The step in front, where the person chose one.
    front: Option<StepId>,
    /// Put behind the others with `o`, until everything has been passed once.
    passed: Vec<StepId>,
    /// What to say above the next question.
    messages: Vec<String>,
    /// Typed where a page was waiting for Enter: the next command.
    typed: Option<String>,
    /// The last answer given here, which may turn out to be a mistake.
    last: Option<Given>,
}

/// What stands on the screen.
enum Drawn {
    /// This step is asked about, if any.
    Asking(Option<StepId>),
    /// Only what was said: while it was read, time went by and others went on.
    Old,
}

/// Whether to ask again.
enum Then {
    Ask,
    End(End),
}

impl Walk<'_, '_> {
    fn go(&mut self) -> Result<End, WalkError> {
        let was_open = self.session.state().ending().is_none();
        loop {
            self.look_for_others();
            self.deliver_due()?;
            if matches!(self.session.state().life(), Life::Closed | Life::FalseAlarm) {
                self.flush_messages()?;
                let id = self.session.id();
                self.asker.say(&format!("{id} has ended. What happened: runbook report {id}"))?;
                let next = self.asker.afterwards(self.session);
                self.asker.say(&next.join("\n"))?;
                for other in self.open_elsewhere() {
                    self.asker.say(&format!("Still open: {other}. Go on: runbook walk {other}"))?;
                }
                let real = was_open && self.session.state().exercise().interrupted().is_some();
                return Ok(if real { End::Interrupted } else { End::Left });
            }
            let Drawn::Asking(front) = self.draw()? else { continue };
            let early = self.typed.take();
            let typed_early = early.is_some();
            let line = if typed_early { early } else { self.asker.line("")? };
            let Some(line) = line else { continue };
            let command = self.read(&line, front.as_ref());
            if typed_early && matches!(command, Command::Front(_)) {
                self.messages.push(format!("\"{line}\" was typed before this step was shown."));
                continue;
            }
            match self.act(command, front) {
                Ok(Then::Ask) => {}
                Ok(Then::End(End::Left)) => return self.farewell(),
                Ok(Then::End(end)) => {
                    self.desk.greeting = std::mem::take(&mut self.messages);
                    return Ok(end);
                }
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
            Command::Leave => {
                self.pause_on_leaving()?;
                return Ok(Then::End(End::Left));
            }
            Command::Help => self.help(),
            Command::Unknown(line) if line.starts_with("runbook ") => {
                self.messages.push(
                    "In the walk there are keys for that: m milestones, r reopen, v cause and \
                     reach, x another playbook, c close. Commands go into another terminal."
                        .to_owned(),
                );
            }
            Command::Unknown(line) => {
                self.messages.push(format!("\"{line}\" is none of the keys (? shows them all)."));
            }
            Command::Go(word) => {
                self.front = self.session.book().find_step(&word).map(|s| s.id.clone());
            }
            Command::Note => self.note()?,
            Command::People => self.people()?,
            Command::Contacts => self.contacts(),
            Command::Mark => self.mark()?,
            Command::Classify => self.classify()?,
            Command::Injects => self.injects(),
            Command::ExerciseTime => self.exercise_time()?,
            Command::Log => self.log(),
            Command::Status => self.status(),
            Command::Undo => self.undo()?,
            Command::Escalate => return self.escalate(),
            Command::Incidents => return self.incidents(),
            Command::Close => self.close()?,
            Command::User => self.user()?,
            Command::Front(Answer::Other) => self.pass(front),
            Command::Front(answer) => match front {
                Some(step) => return self.step(answer, &step),
                None => self.messages.push("No step is in front: type its name or code.".into()),
            },
        }
        Ok(Then::Ask)
    }

    fn help(&mut self) {
        self.messages.extend(command::HELP.lines().map(str::to_owned));
        if self.is_exercise() {
            self.messages.extend(exercise::HELP.lines().map(str::to_owned));
        }
    }

    fn draw(&mut self) -> Result<Drawn, WalkError> {
        self.asker.clear()?;
        let taken = self.flush_messages()?;
        let now = self.now();
        let (width, height) = self.asker.size();
        let (book, state) = (self.session.book(), self.session.state());
        let all = views(book, state, now);
        let next = self.next(&all, now);
        let front = next.first().map(|view| view.step.id.clone());
        let others: Vec<String> = self.open_elsewhere().iter().map(ToString::to_string).collect();
        let site = self.site();
        let viewer = Viewer {
            zone: self.asker.world.zone,
            now,
            person: &self.desk.person,
            others: &others,
            site: site.as_ref(),
            width,
        };
        let lines = screen::lay_out(self.session, &viewer, &next, height - taken.min(height));
        // One line is left for what is typed.
        if taken > 0 && taken + lines.len() >= height {
            self.typed = self.asker.line("Enter = go on")?.filter(|line| line != "q");
            return Ok(Drawn::Old);
        }
        for line in lines {
            self.asker.draw(&line)?;
        }
        Ok(Drawn::Asking(front))
    }

    /// What to ask about, the most urgent first; what was chosen by name stands in front.
    fn next<'v, 'b>(&self, all: &'v [StepView<'b>], now: Timestamp) -> Vec<&'v StepView<'b>> {
        let (book, state) = (self.session.book(), self.session.state());
        let open = if state.t0().is_some() {
            phases_open(book, state, now)
        } else {
            // Before the declaration there is no clock; the first phase is what there is to do.
            book.phases.iter().take(1).collect()
        };
        let mut next = due_next(all, &open, self.desk.role.as_ref(), now);
        next.sort_by_key(|view| self.passed.contains(&view.step.id));
        let chosen = self.front.as_ref().and_then(|id| all.iter().rfind(|v| v.step.id == *id));
        if let Some(chosen) = chosen {
            next.retain(|view| view.step.id != chosen.step.id);
            next.insert(0, chosen);
        }
        next
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
        let page = height - 3;
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
            let stamp = self.asker.stamp()?;
            self.asker.say(&lines.join("\n"))?;
            standing = stamp + lines.len() + 1;
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

    fn farewell(&mut self) -> Result<End, WalkError> {
        self.flush_messages()?;
        self.asker.say(&format!(
            "You left the walk; {} goes on. runbook walk takes you back.",
            self.session.id()
        ))?;
        Ok(End::Left)
    }
}
