//! Channels compared, and what each may carry, from the reference data.

use std::collections::BTreeSet;

use super::Sheets;
use super::contacts::{row, table};
use super::markup::Html;
use crate::reference::{Cap, Origin};

impl Sheets<'_> {
    pub(super) fn channels(&self, html: &mut Html) {
        let reference = self.binder.reference;
        html.within("section", "", |html| {
            self.heading(html, "Channels and what each may carry");
            let head = ["Channel", "Reliability", "Speed", "PHI safety", "Cost", "Best use"];
            html.leaf("h2", "", "Compared");
            table(html, &["18%", "16%", "10%", "16%", "12%", "28%"], &head, |html| {
                for one in reference.channels() {
                    row(
                        html,
                        &[
                            &one.title,
                            &one.reliability,
                            &one.speed,
                            &one.phi_safety,
                            &one.cost,
                            &one.best_use,
                        ],
                    );
                }
            });
            sources(html, reference.channels().map(|one| &one.origin));
            html.leaf("h2", "", "What may be said");
            html.leaf("p", "", LEVELS);
            let head = ["Channel", "Level", "Mind"];
            table(html, &["24%", "30%", "46%"], &head, |html| {
                for cap in reference.caps() {
                    row(html, &[&cap.title, &level(cap), &cap.notes]);
                }
            });
            sources(html, reference.caps().map(|one| &one.origin));
        });
    }
}

/// What the levels mean. Policy, not law.
const LEVELS: &str = "The site's policy, not law. 0: nothing about any patient. 1: generic words and a \
number to call; no medicine, condition, prescriber or specialty. 2: that an order is ready or held. \
3: clinical detail.";

fn level(cap: &Cap) -> String {
    let then = cap.phi_then.as_ref().map(|(level, when)| format!("; {level} {when}"));
    format!("{}{}", cap.phi, then.unwrap_or_default())
}

/// Where a table comes from, each source once, with the day of the oldest look.
fn sources<'a>(html: &mut Html, origins: impl Iterator<Item = &'a Origin>) {
    let origins: Vec<&Origin> = origins.collect();
    let names: BTreeSet<&str> = origins.iter().map(|origin| origin.source.as_str()).collect();
    let Some(oldest) = origins.iter().map(|origin| origin.checked).min() else { return };
    let names: Vec<&str> = names.into_iter().collect();
    html.leaf("p", "note", &format!("Sources: {}. Checked {oldest}.", names.join("; ")));
}
