//! What is different between two playbooks, in the notation of the file. Ids carry identity: a step
//! under another id is another step. `when` at a step and `opens` at an answer are one thing here, told
//! at the answer. What the model does not keep (services, injects, comments) is not compared.

mod notation;
mod parts;
mod step;
mod words;

pub use words::Piece;

use super::id::{
    ChannelId, ExerciseId, FieldId, OptionId, PhaseId, RoleId, SegmentId, StepId, TemplateId,
};
use super::model::Playbook;
use super::words::KpiId;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub of: Subject,
    /// What is different.
    pub what: What,
}

/// What a difference is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The playbook itself.
    Playbook,
    /// A target: the figure.
    Target(KpiId),
    /// A role.
    Role(RoleId),
    /// A way to reach people.
    Channel(ChannelId),
    /// A group of patients.
    Segment(SegmentId),
    /// A message template.
    Template(TemplateId),
    /// A phase.
    Phase(PhaseId),
    /// A step.
    Step(StepId),
    /// One answer to a decision.
    Answer(StepId, OptionId),
    /// One question of a step that collects.
    Field(StepId, FieldId),
    /// An exercise.
    Exercise(ExerciseId),
}

/// What is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It was not there before.
    Added {
        /// What people read for it.
        title: String,
        /// Of a step: where.
        phase: Option<PhaseId>,
    },
    /// It is there no longer.
    Removed {
        /// What people read for it.
        title: String,
        /// Of a step: where it was.
        phase: Option<PhaseId>,
    },
    /// A step lies in another phase.
    Moved {
        /// Where it was.
        from: PhaseId,
        /// Where it is.
        to: PhaseId,
    },
    /// A key has another value.
    Value {
        /// The key.
        key: &'static str,
        /// Absent where there was none.
        was: Option<String>,
        /// Absent where there is none.
        now: Option<String>,
    },
    /// A text of several words reads differently.
    Words {
        /// The key.
        key: &'static str,
        /// The text with what went and what came.
        pieces: Vec<Piece>,
    },
    /// A list of names has others in it.
    Names {
        /// The key.
        key: &'static str,
        /// Those that came.
        added: Vec<String>,
        /// Those that went.
        removed: Vec<String>,
    },
    /// The same entries stand in another order.
    Order {
        /// The key of the list.
        key: &'static str,
    },
    /// A step has another short code.
    Code {
        /// What people said.
        was: String,
        /// What they say now.
        now: String,
    },
}

/// Everything that is different, in the order of the file: the head, targets, roles, channels, segments,
/// templates, phases, steps, exercises, accepted findings.
#[must_use]
pub fn diff(old: &Playbook, new: &Playbook) -> Vec<Change> {
    let mut changes = Changes::default();
    parts::head(&mut changes, old, new);
    parts::targets(&mut changes, old, new);
    parts::roles(&mut changes, old, new);
    parts::channels(&mut changes, old, new);
    parts::segments(&mut changes, old, new);
    parts::templates(&mut changes, old, new);
    parts::phases(&mut changes, old, new);
    step::steps(&mut changes, old, new);
    parts::exercises(&mut changes, old, new);
    parts::accepted(&mut changes, old, new);
    changes.all
}

/// What was found so far.
#[derive(Debug, Default)]
struct Changes {
    all: Vec<Change>,
}

impl Changes {
    fn push(&mut self, of: Subject, what: What) {
        self.all.push(Change { of, what });
    }

    fn value(&mut self, of: &Subject, key: &'static str, was: Option<String>, now: Option<String>) {
        if was != now {
            self.push(of.clone(), What::Value { key, was, now });
        }
    }

    fn text(&mut self, of: &Subject, key: &'static str, was: &str, now: &str) {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.value(of, key, filled(was), filled(now));
    }

    fn flag(&mut self, of: &Subject, key: &'static str, was: bool, now: bool) {
        self.value(of, key, Some(was.to_string()), Some(now.to_string()));
    }

    fn words(&mut self, of: &Subject, key: &'static str, was: &str, now: &str) {
        if was == now {
            return;
        }
        if was.is_empty() || now.is_empty() {
            return self.text(of, key, was, now);
        }
        self.push(of.clone(), What::Words { key, pieces: words::pieces(was, now) });
    }

    fn names(&mut self, of: &Subject, key: &'static str, was: &[&str], now: &[&str]) {
        let without = |all: &[&str], others: &[&str]| -> Vec<String> {
            all.iter().filter(|one| !others.contains(one)).map(ToString::to_string).collect()
        };
        let (added, removed) = (without(now, was), without(was, now));
        if !added.is_empty() || !removed.is_empty() {
            self.push(of.clone(), What::Names { key, added, removed });
        }
    }

    /// Entries that came and went, then those that are on both sides.
    fn each<'b, T, I: PartialEq>(
        &mut self,
        (was, now): (&'b [T], &'b [T]),
        id: impl Fn(&T) -> &I,
        titled: impl Fn(&T) -> (Subject, String),
        mut both: impl FnMut(&mut Self, &'b T, &'b T),
    ) {
        let find = |all: &'b [T], one: &T| all.iter().find(|other| id(other) == id(one));
        for one in was.iter().filter(|one| find(now, one).is_none()) {
            let (of, title) = titled(one);
            self.push(of, What::Removed { title, phase: None });
        }
        for one in now {
            if let Some(before) = find(was, one) {
                both(self, before, one);
            } else {
                let (of, title) = titled(one);
                self.push(of, What::Added { title, phase: None });
            }
        }
    }

    /// The same entries in another order.
    fn order<T, I: PartialEq>(
        &mut self,
        of: &Subject,
        key: &'static str,
        (was, now): (&[T], &[T]),
        id: impl Fn(&T) -> &I,
    ) {
        let kept = |all: &[T], others: &[T]| -> Vec<usize> {
            let place = |one: &T| others.iter().position(|other| id(other) == id(one));
            all.iter().filter_map(place).collect()
        };
        if !kept(was, now).is_sorted() {
            self.push(of.clone(), What::Order { key });
        }
    }
}

#[cfg(test)]
mod tests;
