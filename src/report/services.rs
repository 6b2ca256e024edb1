//! Each service and when it was down.

use serde::Serialize;

use super::number;
use super::story::{Reading, length};
use super::when::When;
use crate::engine::{ServiceLine, Stretch, service_lines};
use crate::playbook::ServiceId;

/// A service as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceStatus {
    /// Which; absent where the incident names none.
    pub service: Option<ServiceId>,
    /// Down, up, or absent while no onset is known.
    pub down_now: Option<bool>,
    /// Since when the vendor calls it restored, if no relapse came after.
    pub restored: Option<When>,
    /// Since when the site calls it verified, if no relapse came after.
    pub verified: Option<When>,
    /// The last relapse.
    pub relapsed: Option<When>,
    /// Sum of the stretches; absent while no onset is known.
    #[serde(serialize_with = "number::maybe")]
    pub down_minutes: Option<f64>,
    /// When it was down, in the order of time.
    pub down: Vec<Down>,
}

/// A stretch of downtime.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Down {
    /// Onset or relapse.
    pub from: When,
    /// Verified by the site; absent = still down.
    pub to: Option<When>,
    /// How long, counted up to the end of counting.
    #[serde(serialize_with = "number::serialize")]
    pub minutes: f64,
}

/// Every service that was classified or marked; one without a name where there is none.
pub(super) fn services(reading: &Reading<'_>) -> Vec<ServiceStatus> {
    service_lines(reading.story.state).iter().map(|line| status(reading, line)).collect()
}

fn status(reading: &Reading<'_>, line: &ServiceLine<'_>) -> ServiceStatus {
    let when = |at| reading.computed(at);
    let span = |(from, to): &Stretch| length(*from, to.unwrap_or(reading.end));
    let known = !line.down.is_empty();
    let down = |stretch: &Stretch| Down {
        from: when(stretch.0),
        to: stretch.1.map(when),
        minutes: number::minutes(span(stretch)),
    };
    ServiceStatus {
        service: line.service.cloned(),
        down_now: line.down.last().map(|(_, to)| to.is_none()),
        restored: line.restored.map(when),
        verified: line.verified.map(when),
        relapsed: line.relapsed.map(when),
        down_minutes: known.then(|| number::minutes(line.down.iter().map(span).sum())),
        down: line.down.iter().map(down).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Mode;
    use crate::playbook::Mark;
    use crate::report::fixture::{Log, book, story};

    #[test]
    fn a_service_is_down_until_the_site_says_otherwise() {
        let log = Log::opened("09:00", Mode::Live)
            .mark_for("09:00", Mark::Onset, "email")
            .mark_for("09:30", Mark::Verified, "email")
            .mark_for("10:00", Mark::Relapsed, "email")
            .mark_for("10:05", Mark::Onset, "phones")
            .mark_for("10:10", Mark::Restored, "phones")
            .declared("10:20");
        let (book, state) = (book(), log.state());
        let all = services(&Reading::new(&story(&book, &log, &state)));
        let seen: Vec<_> = all.iter().map(|s| (s.down_now, s.down_minutes, s.down.len())).collect();
        assert_eq!(seen, [(Some(true), Some(50.0), 2), (Some(true), Some(15.0), 1)]);
        assert!(all[1].restored.is_some() && all[1].verified.is_none());
    }

    #[test]
    fn an_unknown_onset_is_no_downtime_of_zero() {
        let log = Log::opened("09:00", Mode::Live).declared("09:10");
        let (book, state) = (book(), log.state());
        let all = services(&Reading::new(&story(&book, &log, &state)));
        assert_eq!((all[0].down_now, all[0].down_minutes), (None, None));
    }
}
