//! What is wrong with a line, and what could be asked to mend it.

use std::ops::Range;

use crate::playbook::{FieldId, StepId};

/// A fault, with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The bytes of the source that it is about.
    pub span: Range<usize>,
    /// What to write instead, if that is known.
    pub help: Option<String>,
    /// What whoever holds the sheet could be asked.
    pub ask: Ask,
}

/// A question that mends a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// None: the line has to be typed again.
    Nothing,
    /// Whose initials these are.
    Whose(String),
    /// What the step asks for.
    Answers(StepId, Vec<FieldId>),
    /// Which answer to a decision is circled.
    Circled(StepId),
    /// Whether the sheet really says so.
    Sure,
    /// Whether the words name a patient.
    Patient,
}

impl Fault {
    /// One that has to be typed again.
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, help: None, ask: Ask::Nothing }
    }

    /// With what to write instead.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With what to ask.
    pub(super) fn ask(mut self, ask: Ask) -> Self {
        self.ask = ask;
        self
    }
}
