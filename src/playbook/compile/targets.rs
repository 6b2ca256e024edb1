//! What the figures are held against: `clock` for the first hours, `kpis` for any figure.

use std::collections::HashMap;

use super::super::findings::{Findings, Span, quoted};
use super::super::model::Target;
use super::super::words::KpiId;
use super::super::yaml::{self, Slot, Text};
use super::duration::positive;
use super::values;

/// All targets: those of `clock`, then those of `kpis`.
pub(super) fn compile(book: &yaml::Book<'_>, findings: &mut Findings<'_>) -> Vec<(KpiId, Target)> {
    let mut targets = Targets { all: Vec::new(), seen: HashMap::new() };
    if let Some(clock) = book.clock.given() {
        let keys = clock_keys(clock);
        if keys.iter().all(|(_, _, slot)| slot.is_absent()) {
            let help = "write a target such as `declare_within: 30m`".to_owned();
            findings.error_help(clock.at, "`clock` sets no target", help);
        }
        for (kpi, name, slot) in keys {
            let Some(text) = slot.given() else { continue };
            targets.see(kpi, text.span, findings);
            let target = positive(text, name, findings).map(Target::Within);
            targets.all.extend(target.map(|target| (kpi, target)));
        }
    }
    let kpis = book.kpis.given().map_or(&[][..], |kpis| &kpis.value);
    for raw in kpis.iter().flatten() {
        let id = raw.id.required("id", raw.at, findings);
        let text = raw.target.required("target", raw.at, findings);
        let Some(id) = id else { continue };
        let Some(kpi) = KpiId::from_word(&id.value) else {
            values::one_of("figure", id, KpiId::ALL.iter().map(|kpi| kpi.word()), findings);
            continue;
        };
        targets.see(kpi, id.span, findings);
        let target = text.and_then(|text| target(kpi, text, findings));
        targets.all.extend(target.map(|target| (kpi, target)));
    }
    targets.all
}

struct Targets {
    all: Vec<(KpiId, Target)>,
    seen: HashMap<KpiId, Span>,
}

impl Targets {
    fn see(&mut self, kpi: KpiId, span: Span, findings: &mut Findings<'_>) {
        if let Some(first) = self.seen.get(&kpi) {
            let first = findings.line_of(first.start);
            let message = format!("{} has two targets", quoted(kpi.word()));
            let help = format!("the first one is on {first}: keep one of them");
            findings.error_help(span, message, help);
        } else {
            self.seen.insert(kpi, span);
        }
    }
}

fn clock_keys<'b, 's>(
    clock: &'b yaml::Clock<'s>,
) -> [(KpiId, &'static str, &'b Slot<Text<'s>>); 5] {
    [
        (KpiId::TimeToDetect, "detect_within", &clock.detect),
        (KpiId::TimeToAcknowledge, "acknowledge_within", &clock.acknowledge),
        (KpiId::TimeToDeclare, "declare_within", &clock.declare),
        (KpiId::TimeToFirstOutreach, "first_outreach_within", &clock.first_outreach),
        (KpiId::TimeToFirstReached, "first_reached_within", &clock.first_reached),
    ]
}

fn target(kpi: KpiId, text: &Text<'_>, findings: &mut Findings<'_>) -> Option<Target> {
    let share = text.value.trim().strip_suffix('%');
    match (kpi.is_share(), share) {
        (false, None) => positive(text, "target", findings).map(Target::Within),
        (true, Some(number)) => {
            let share = percent(number);
            if share.is_none() {
                let message = format!("{} is not a share from 0% to 100%", quoted(&text.value));
                findings.error_help(text.span, message, "write it as `95%`".to_owned());
            }
            share.map(Target::AtLeast)
        }
        (false, Some(_)) => {
            let message = format!("{} is a time, not a share", quoted(kpi.word()));
            findings.error_help(
                text.span,
                message,
                "write a length of time, such as `30m`".to_owned(),
            );
            None
        }
        (true, None) => {
            let message = format!("{} is a share, not a time", quoted(kpi.word()));
            findings.error_help(text.span, message, "write a percentage, such as `95%`".to_owned());
            None
        }
    }
}

fn percent(number: &str) -> Option<f64> {
    // `inf` and `1e1` are numbers to Rust and not to people.
    let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let percent: f64 = number.parse().ok().filter(|_| plain)?;
    (0.0..=100.0).contains(&percent).then_some(percent / 100.0)
}
