//! When which service was down. Restored is the vendor's word, verified is the site's: a service is
//! down from its onset until it is verified, and again from each relapse.

use chrono::TimeDelta;

use super::record::Hlc;
use super::state::{Marked, Moment, State};
use super::time::Timestamp;
use crate::playbook::{Mark, ServiceId};

/// A stretch of downtime; without an end it lasts still.
pub type Stretch = (Timestamp, Option<Timestamp>);

/// The line of one service; an incident that names no service has exactly one, unnamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine<'a> {
    /// Which; absent where the incident names none.
    pub service: Option<&'a ServiceId>,
    /// Since when the vendor calls it restored, if no relapse came after.
    pub restored: Option<Timestamp>,
    /// Since when the site calls it verified, if no relapse came after.
    pub verified: Option<Timestamp>,
    /// The last relapse.
    pub relapsed: Option<Timestamp>,
    /// When it was down; empty while the onset is unknown.
    pub down: Vec<Stretch>,
    /// When the vendor, and when the site, called it back: each until the next relapse.
    back: [Vec<Stretch>; 2],
}

/// One line for each service that was classified or marked, in that order.
#[must_use]
pub fn service_lines(state: &State) -> Vec<ServiceLine<'_>> {
    let mut named: Vec<&ServiceId> = Vec::new();
    let marked = state.marks().iter().filter_map(|marked| marked.service.as_ref());
    for service in state.classification().services.iter().chain(marked) {
        if !named.contains(&service) {
            named.push(service);
        }
    }
    if named.is_empty() {
        return vec![line(state, None)];
    }
    named.into_iter().map(|service| line(state, Some(service))).collect()
}

fn line<'a>(state: &'a State, service: Option<&'a ServiceId>) -> ServiceLine<'a> {
    let about = |m: &&Marked| m.service.is_none() || m.service.as_ref() == service;
    let mut marks: Vec<(Timestamp, &Marked)> =
        state.marks().iter().filter(about).map(|m| (state.time_of(&m.moment), m)).collect();
    // Late entries arrive in any order; what counts is when things happened. The sort is stable, so
    // marks of the same minute keep the order of the log.
    marks.sort_by_key(|(at, _)| at.minute());
    let own_onset = marks.iter().any(|(_, m)| m.mark == Mark::Onset && m.service.is_some());
    let mut line = ServiceLine {
        service,
        restored: None,
        verified: None,
        relapsed: None,
        down: Vec::new(),
        back: [Vec::new(), Vec::new()],
    };
    // The onset opens the line even where a later-sorted mark carries an earlier time.
    let onset = marks
        .iter()
        .find(|(_, m)| m.mark == Mark::Onset && (m.service.is_some() || !own_onset))
        .map(|(at, _)| *at);
    line.down.extend(onset.map(|at| (at, None)));
    // What is called back before it failed was about something else, or is a slip in the time.
    let before = |at: Timestamp| onset.is_some_and(|onset| at < onset);
    for (at, marked) in marks {
        if !(before(at) && matches!(marked.mark, Mark::Restored | Mark::Verified)) {
            line.take(marked.mark, at);
        }
    }
    line
}

impl ServiceLine<'_> {
    fn take(&mut self, mark: Mark, at: Timestamp) {
        match mark {
            Mark::Restored => self.is_restored(at),
            Mark::Verified => {
                self.is_restored(at);
                if self.verified.is_none() {
                    self.verified = Some(at);
                    self.back[1].push((at, None));
                }
                if let Some((from, to @ None)) = self.down.last_mut() {
                    *to = Some(at.max(*from));
                }
            }
            Mark::Relapsed => {
                self.restored = None;
                self.verified = None;
                self.relapsed = Some(at);
                let last = self.back.iter_mut().filter_map(|held| held.last_mut());
                last.for_each(|(_, to)| *to = to.or(Some(at)));
                if self.down.last().is_none_or(|(_, to)| to.is_some()) {
                    self.down.push((at, None));
                }
            }
            Mark::Onset
            | Mark::Detected
            | Mark::Acknowledged
            | Mark::Declared
            | Mark::FirstOutreach
            | Mark::FirstReached
            | Mark::StoodDown => {}
        }
    }

    fn is_restored(&mut self, at: Timestamp) {
        if self.restored.is_none() {
            self.restored = Some(at);
            self.back[0].push((at, None));
        }
    }
}

/// Each stretch in which a milestone held: of what a relapse takes back there may be several, and one
/// of each service.
pub(super) fn stretches_held(state: &State, mark: Mark) -> Vec<Stretch> {
    let back = |place: usize| {
        let lines = service_lines(state).into_iter();
        lines.flat_map(|mut line| std::mem::take(&mut line.back[place])).collect()
    };
    match mark {
        Mark::Restored => back(0),
        Mark::Verified => back(1),
        Mark::Onset
        | Mark::Detected
        | Mark::Acknowledged
        | Mark::Declared
        | Mark::FirstOutreach
        | Mark::FirstReached
        | Mark::StoodDown
        | Mark::Relapsed => holds_for_any(state, mark).map(|at| (at, None)).into_iter().collect(),
    }
}

/// Since when a milestone holds for the incident as a whole, if it does.
///
/// Work that waits for a restoration may start with the first service; what runs *until* a service
/// is back runs until the last one is: see [`holds_for_all`].
#[must_use]
pub fn holds_for_any(state: &State, mark: Mark) -> Option<Timestamp> {
    match of_line(mark) {
        Some(since) => service_lines(state).iter().filter_map(since).min(),
        None => of_incident(state, mark),
    }
}

/// As [`holds_for_any`], but only once every service has reached it.
#[must_use]
pub fn holds_for_all(state: &State, mark: Mark) -> Option<Timestamp> {
    match of_line(mark) {
        Some(since) => {
            let times: Option<Vec<Timestamp>> = service_lines(state).iter().map(since).collect();
            times?.into_iter().max()
        }
        None => of_incident(state, mark),
    }
}

/// Since when a milestone of the incident itself holds. Teams that were released are called back by a
/// relapse: what ran until they stood down is needed again, until they stand down again.
fn of_incident(state: &State, mark: Mark) -> Option<Timestamp> {
    if mark != Mark::StoodDown {
        return state.mark(mark).map(|moment| state.time_of(moment));
    }
    let relapsed = relapses(state).iter().map(|relapse| relapse.at).max();
    let marks = state.marks().iter().filter(|marked| marked.mark == mark);
    let marks = marks.map(|marked| state.time_of(&marked.moment));
    marks.filter(|at| relapsed.is_none_or(|relapse| *at > relapse)).min()
}

/// Where a service line says since when the milestone holds; nothing for one of the incident itself.
fn of_line(mark: Mark) -> Option<fn(&ServiceLine<'_>) -> Option<Timestamp>> {
    match mark {
        Mark::Restored => Some(|line| line.restored),
        Mark::Verified => Some(|line| line.verified),
        Mark::Relapsed => Some(|line| line.relapsed),
        Mark::Onset
        | Mark::Detected
        | Mark::Acknowledged
        | Mark::Declared
        | Mark::FirstOutreach
        | Mark::FirstReached
        | Mark::StoodDown => None,
    }
}

/// When something happened, and where its record stands in the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub(super) at: Timestamp,
    hlc: Hlc,
}

impl Dated {
    pub(super) fn of(state: &State, moment: &Moment) -> Self {
        Self { at: state.time_of(moment), hlc: moment.hlc }
    }

    pub(super) fn comes_after(&self, other: &Self) -> bool {
        (self.at.minute(), self.hlc) > (other.at.minute(), other.hlc)
    }
}

/// Every relapse of any service.
pub(super) fn relapses(state: &State) -> Vec<Dated> {
    let relapsed = state.marks().iter().filter(|marked| marked.mark == Mark::Relapsed);
    relapsed.map(|marked| Dated::of(state, &marked.moment)).collect()
}

/// How long at least one service was down, counted up to `until`; overlaps count once.
/// Nothing while no line has a beginning.
#[must_use]
pub fn downtime(state: &State, until: Timestamp) -> Option<TimeDelta> {
    let lines = service_lines(state);
    let mut stretches: Vec<(Timestamp, Timestamp)> = lines
        .iter()
        .flat_map(|line| line.down.iter())
        .map(|(from, to)| (*from, to.unwrap_or(until).max(*from)))
        .collect();
    stretches.sort_unstable();
    let mut total = TimeDelta::zero();
    let mut covered = stretches.first()?.0;
    for (from, to) in stretches {
        let from = from.max(covered);
        if to > from {
            total += to - from;
            covered = to;
        }
    }
    Some(total)
}
