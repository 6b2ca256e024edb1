//! What comes out: lines with a state in words, since when, by which rule, and what to type next.

use serde::Serialize;

use super::exercised::Less;
use super::policy::Basis;
use crate::engine::Day;

/// How something stands. Words, never colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It should have been done.
    Overdue,
    /// Nobody has ever done it, as far as is on record.
    Never,
    /// It will be due within the time that the rule names.
    DueSoon,
    /// What it takes to judge it is not known.
    Unknown,
    /// As it should be.
    Ok,
}

impl State {
    /// All of them, the most pressing first.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Never, Self::DueSoon, Self::Unknown, Self::Ok];

    /// As people read it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "OVERDUE",
            Self::Never => "NEVER",
            Self::DueSoon => "due soon",
            Self::Unknown => "unknown",
            Self::Ok => "ok",
        }
    }

    /// Whether a check fails for it. What was never done is not on time either.
    #[must_use]
    pub const fn fails(self) -> bool {
        matches!(self, Self::Overdue | Self::Never)
    }
}

/// One thing that makes the site ready, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name: `tabletop`, `review:email-outage`.
    pub id: String,
    /// What, in words; several lines of one section that share it differ in `which`.
    pub what: String,
    /// Which one of several.
    pub which: Option<String>,
    /// How it stands.
    pub state: State,
    /// When it was last done.
    pub last: Option<Day>,
    /// Until when it is due, or was.
    pub due: Option<Day>,
    /// What else there is to say.
    pub detail: Option<String>,
    /// By which rule.
    pub rule: Basis,
    /// What to type next.
    pub next: Option<String>,
}

/// What is said of exercises that do not count, or count for less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<'a> {
    /// What they count for, in one word.
    pub word: &'static str,
    /// Which they are, and why.
    pub text: String,
    /// What to type, for the first of them.
    pub next: Option<&'a str>,
}

/// Those of which the same is to be said.
fn entry((why, alike): (String, Vec<&Less>)) -> Said<'_> {
    let named: Vec<String> =
        alike.iter().map(|one| format!("{} ({})", one.source, one.on)).collect();
    Said {
        word: alike.first().map_or("", |one| one.reach.short()),
        text: format!("{}: {why}", named.join(", ")),
        next: alike.iter().find_map(|one| one.next.as_deref()),
    }
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// The most pressing first.
    pub lines: Vec<Line>,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdicts {
    /// The day they hold for.
    pub today: Day,
    /// The site's name.
    pub site: Option<String>,
    /// In reading order.
    pub sections: Vec<Section>,
    /// What the site's own policy leaves out.
    pub waived: Vec<String>,
    /// Exercises that do not count, or count for less than they were called, as far as that makes a
    /// difference here.
    pub less: Vec<Less>,
}

impl Verdicts {
    /// What is left out on purpose, in a sentence.
    #[must_use]
    pub fn left_out(&self) -> Option<String> {
        let waived = format!("Waived in the site file: {}", self.waived.join(", "));
        (!self.waived.is_empty()).then_some(waived)
    }

    /// Exercises that do not count, or count for less, each with why and what to type next. Those of
    /// which the same is to be said stand in one entry, which says what to type for the first of them.
    #[must_use]
    pub fn less_said(&self) -> Vec<Said<'_>> {
        let mut said: Vec<(String, Vec<&Less>)> = Vec::new();
        for one in &self.less {
            let why = format!("{}: {}", one.why, one.reach);
            match said.iter_mut().find(|(known, _)| *known == why) {
                Some((_, alike)) => alike.push(one),
                None => said.push((why, vec![one])),
            }
        }
        said.into_iter().map(entry).collect()
    }

    /// Every line.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.sections.iter().flat_map(|section| &section.lines)
    }

    /// How many lines stand so.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.lines().filter(|line| line.state == state).count()
    }

    /// Whether a check fails.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.lines().any(|line| line.state.fails())
    }
}
