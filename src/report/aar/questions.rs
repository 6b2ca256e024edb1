//! The questions of a hot wash: a handful, about plans, tools and training, never about who was at fault.

use crate::engine::Mode;
use crate::playbook::FindingKind;

/// One question. Every answer is a finding of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The word that stands in the log with an answer.
    pub id: &'static str,
    /// What an answer is.
    pub kind: FindingKind,
    /// What is asked.
    pub ask: &'static str,
}

const fn question(id: &'static str, kind: FindingKind, ask: &'static str) -> Question {
    Question { id, kind, ask }
}

const COMMON: [Question; 5] = [
    question(
        "went-well",
        FindingKind::Strength,
        "What went well and should be done the same way again: in the plan, the tools, the training, \
         between the teams?",
    ),
    question(
        "in-the-way",
        FindingKind::Improvement,
        "What got in the way: the plan, a tool, the line, the staffing, the training?",
    ),
    question(
        "not-at-hand",
        FindingKind::Improvement,
        "What was needed and not at hand: a number, a form, a key, a device, a decision?",
    ),
    question(
        "told-too-late",
        FindingKind::Improvement,
        "Who was told too late or not at all: patients, staff, partners, leadership?",
    ),
    question(
        "near-miss",
        FindingKind::Improvement,
        "Where did it come close to harming a patient? No names, no details that name anybody.",
    ),
];

const LAST_LIVE: Question = question(
    "playbook",
    FindingKind::Improvement,
    "Where did the playbook not fit what really had to be done?",
);

const LAST_EXERCISE: Question = question(
    "exercise",
    FindingKind::Improvement,
    "What should be different: in the playbook, and about the exercise itself?",
);

/// The questions in the order in which they are asked.
#[must_use]
pub fn hot_wash_questions(mode: Mode) -> Vec<Question> {
    let last = match mode {
        Mode::Live => LAST_LIVE,
        Mode::Exercise => LAST_EXERCISE,
    };
    COMMON.into_iter().chain([last]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_a_word_of_its_own_and_asks_for_no_culprit() {
        for mode in [Mode::Live, Mode::Exercise] {
            let all = hot_wash_questions(mode);
            let ids: std::collections::BTreeSet<&str> = all.iter().map(|one| one.id).collect();
            assert_eq!((all.len(), ids.len()), (6, 6));
            for one in all {
                let ask = one.ask.to_lowercase();
                for word in ["fault", "blame", "mistake", "who did", "who failed"] {
                    assert!(!ask.contains(word), "{}", one.ask);
                }
            }
        }
    }
}
