//! Counting exercises the way CMS does, in the facility's own years.
//!
//! What is asked for stands in the data ([`Law`]); here is only how it is counted:
//!
//! - A year is the facility's own cycle of twelve months. What was held in another one does not count.
//! - One exercise counts once: the one that stands for the full-scale or functional one is not the one
//!   of choice as well. Two of one type on one day are one.
//! - An activation of the emergency plan exempts from the next full-scale or functional exercise that is
//!   required after its onset, and from no other: never from the one of choice. Two activations before
//!   the same exercise exempt from that one. An exercise of the day of the onset counts as held after it.
//! - What was required before the first thing on record is not known.

use super::policy::{Choice, Law};
use crate::engine::{Day, ExerciseType};
use crate::site::YearStart;

/// An exercise as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exercise {
    /// The day it was held.
    pub on: Day,
    /// Its type.
    pub kind: ExerciseType,
}

/// One year of the facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// The full-scale or functional exercise.
    pub full_scale: Need,
    /// The exercise of choice.
    pub choice: Need,
}

/// How something that may be required stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is not required in this year.
    NotRequired,
    /// This exercise stands for it.
    Met(Exercise),
    /// An activation with its onset on this day stands for it.
    Exempt(Day),
    /// The year runs, and there is time left.
    Open,
    /// The year is over without it.
    Missing,
    /// The year is over, and records begin only within it.
    NotKnown,
}

impl Need {
    /// Whether nothing more is asked for.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::NotRequired | Self::Met(_) | Self::Exempt(_))
    }
}

/// Every year from the first thing on record to the one that runs today, the oldest first. `onsets` are
/// the days of the onset of each activation. What lies after today is left out.
#[must_use]
pub fn cycles(
    law: &Law,
    start: YearStart,
    held: &[Exercise],
    onsets: &[Day],
    today: Day,
) -> Vec<Cycle> {
    let mut held: Vec<Exercise> = held.iter().filter(|one| one.on <= today).copied().collect();
    held.sort_unstable();
    held.dedup();
    let mut onsets: Vec<Day> = onsets.iter().filter(|day| **day <= today).copied().collect();
    onsets.sort_unstable();
    let first = held.first().map(|one| one.on).into_iter().chain(onsets.first().copied()).min();
    let mut counting = Counting { law, held, onsets, today, credit: None, year: 0 };
    let (mut all, mut day) = (Vec::new(), first.unwrap_or(today));
    while let Some((from, to)) = year_of(start, day) {
        let cycle = counting.next(from, to, all.is_empty());
        all.push(cycle);
        if to >= today {
            break;
        }
        day = to.plus_days(1);
    }
    all
}

/// The first and the last day of the year that this day lies in.
fn year_of(start: YearStart, day: Day) -> Option<(Day, Day)> {
    use chrono::Datelike as _;
    let year = day.date().year();
    let begins = |year| Day::of(start.in_year(year));
    let from = begins(year).filter(|from| *from <= day).or_else(|| begins(year - 1))?;
    let next = begins(from.date().year() + 1)?;
    Some((from, next.minus_days(1)?))
}

struct Counting<'a> {
    law: &'a Law,
    held: Vec<Exercise>,
    onsets: Vec<Day>,
    today: Day,
    /// The onset of an activation whose exercise is still to come.
    credit: Option<Day>,
    /// How many years ago the full-scale one was last settled; 0 = never.
    year: u32,
}

impl Counting<'_> {
    fn next(&mut self, from: Day, to: Day, first: bool) -> Cycle {
        let within = |day: Day| (from..=to).contains(&day);
        let held: Vec<Exercise> = self.held.iter().filter(|one| within(one.on)).copied().collect();
        let onsets: Vec<Day> = self.onsets.iter().filter(|day| within(**day)).copied().collect();
        let unmet = if to >= self.today {
            Need::Open
        } else if first {
            Need::NotKnown
        } else {
            Need::Missing
        };
        let full = held.iter().find(|one| self.law.full_scale.contains(&one.kind)).copied();
        let required = self.year == 0 || self.year >= self.law.full_scale_every;
        // A facility whose records begin with an exercise of choice may be in the year between.
        let between = first && self.law.choice == Choice::YearsBetween && full.is_none();
        let full_scale =
            if required { self.full_scale(full, &onsets, unmet) } else { Need::NotRequired };
        self.keep_credit(full_scale, full, &onsets);
        let used = match full_scale {
            Need::Met(exercise) => Some(exercise),
            _ => None,
        };
        let of_choice = held
            .iter()
            .find(|one| Some(**one) != used && self.law.of_choice.contains(&one.kind))
            .copied();
        let asked = self.law.choice == Choice::EveryYear || full_scale == Need::NotRequired;
        let choice = match (asked, of_choice) {
            (true, Some(exercise)) => Need::Met(exercise),
            (true, None) => unmet,
            (false, Some(exercise)) if between && full_scale == unmet => Need::Met(exercise),
            (false, _) => Need::NotRequired,
        };
        // A full-scale one that was held in a year between begins the count anew.
        let settled = matches!(full_scale, Need::Met(_) | Need::Exempt(_))
            || (full_scale == Need::NotRequired && full.is_some());
        self.year = match (settled, self.year) {
            (true, _) => 1,
            (false, 0) => 0,
            (false, years) => years + 1,
        };
        Cycle { from, to, full_scale, choice }
    }

    /// The exercise that is required in this year: exempted by an activation whose next one it is, else
    /// met by the first that was held.
    fn full_scale(&mut self, full: Option<Exercise>, onsets: &[Day], unmet: Need) -> Need {
        if let Some(onset) = self.credit.take() {
            return Need::Exempt(onset);
        }
        let before = |onset: &&Day| full.is_none_or(|exercise| **onset <= exercise.on);
        match (onsets.iter().find(before), full) {
            (Some(onset), _) => Need::Exempt(*onset),
            (None, Some(exercise)) => Need::Met(exercise),
            (None, None) => unmet,
        }
    }

    /// An activation after the exercise of its year, or in a year that asks for none, exempts from the
    /// next one.
    fn keep_credit(&mut self, need: Need, full: Option<Exercise>, onsets: &[Day]) {
        let later = |onset: &&Day| match need {
            Need::NotRequired => true,
            _ => full.is_some_and(|exercise| exercise.on < **onset),
        };
        self.credit = self.credit.or(onsets.iter().find(later).copied());
    }
}

#[cfg(test)]
mod tests;
