//! What a sheet says, ready for the door: one intent for each entry.

use std::ops::Range;

use crate::engine::{Actor, Intent, Person, Request, Source, Text, Timestamp};
use crate::playbook::{FieldKind, Form, Playbook, RoleId, StepId};

/// One thing that happened, as the sheets have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The lines that say so: two where a shift ends and the next one begins.
    pub lines: Vec<usize>,
    /// The bytes of the source that the last of these lines takes.
    pub span: Range<usize>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub intent: Intent,
    /// Who did it; absent where nobody signed.
    pub by: Option<Person>,
    /// Who types it in, as the lines above say.
    pub scribe: Option<Person>,
    /// Keep the free words out of the log.
    pub private: bool,
    /// The line as it counts: two lines with the same of it say the same.
    pub said: String,
    /// What is worth looking at twice.
    pub remarks: Vec<Remark>,
    /// Among entries of one minute: roles are taken on first, and laid down and closed last.
    pub(super) rank: u8,
}

/// Something worth looking at twice that is no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The step belongs to another role's sheet.
    OtherSheet {
        /// The step.
        step: StepId,
        /// Whose it is.
        role: RoleId,
        /// Whose sheet it stands on.
        sheet: RoleId,
    },
    /// Nobody signed.
    Unsigned,
    /// The clock went past midnight since the line above.
    NextDay,
    /// The time is hours before that of the line above, on the same day.
    HoursBack,
}

/// How an incident that no computer knows of began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// When the first thing was written down.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<Person>,
    /// What people called it.
    pub title: Option<String>,
    /// The bytes of the source that say so.
    pub span: Range<usize>,
}

impl Entry {
    /// What is asked of the engine.
    #[must_use]
    pub fn request(&self, key: Option<String>) -> Request {
        Request {
            intent: self.intent.clone(),
            actor: Actor { person: self.by.clone(), role: None },
            occurred: Some(self.at),
            key,
            src: Source::Paper,
        }
    }

    /// The same with its free words sealed. Numbers, times and choices stay: figures need them.
    ///
    /// # Errors
    /// What `seal` says.
    pub fn sealed<E>(
        mut self,
        book: &Playbook,
        seal: &mut dyn FnMut(&str) -> Result<Text, E>,
    ) -> Result<Self, E> {
        let mut all: Vec<&mut Text> = Vec::new();
        match &mut self.intent {
            Intent::Done { step, answers, note, .. } => {
                let form = book.step(step).map(|step| &step.form);
                let free = |name: &str| match form {
                    Some(Form::Collect(fields)) => fields
                        .iter()
                        .any(|field| field.id.as_str() == name && field.kind == FieldKind::Text),
                    Some(_) | None => false,
                };
                all.extend(answers.iter_mut().filter(|(name, _)| free(name)).map(|(_, text)| text));
                all.extend(note);
            }
            Intent::Skip { reason, .. }
            | Intent::Fail { reason, .. }
            | Intent::Defer { reason, .. }
            | Intent::Reopen { reason, .. }
            | Intent::FalseAlarm { reason }
            | Intent::Escalate { reason, .. }
            | Intent::Interrupt { reason }
            | Intent::SkipInject { reason, .. }
            | Intent::Withdraw { reason, .. } => all.push(reason),
            Intent::Approve { reason: note, .. }
            | Intent::Decide { because: note, .. }
            | Intent::HandOver { note, .. }
            | Intent::HoldInject { reason: note, .. }
            | Intent::EndExercise { reason: note }
            | Intent::Close { anyway: note } => all.extend(note),
            Intent::Classify { cause, scope, .. } => all.extend(cause.iter_mut().chain(scope)),
            Intent::Note { text, .. } | Intent::Observe { text, .. } => all.push(text),
            Intent::Correct { note, .. } | Intent::Rate { why: note, .. } => all.push(note),
            Intent::DeliverInject { delivery, .. } | Intent::AddInject { delivery } => {
                all.push(&mut delivery.text);
            }
            Intent::Declare
            | Intent::AddAction { .. }
            | Intent::UpdateAction { .. }
            | Intent::CloseAction { .. }
            | Intent::ReopenAction { .. }
            | Intent::VerifyAction { .. }
            | Intent::FinishReview { .. }
            | Intent::Ready(_)
            | Intent::NoteFinding { .. }
            | Intent::SetReportField { .. }
            | Intent::SetClock { .. }
            | Intent::Mark { .. }
            | Intent::Assign { .. }
            | Intent::Release { .. }
            | Intent::ChangeSite { .. }
            | Intent::Begin { .. } => {}
        }
        for text in all {
            if let Text::Plain(words) = text {
                *text = seal(words)?;
            }
        }
        Ok(self)
    }
}
