//! The first page: what this is, how to use it, and where the clock is written down.

use chrono::TimeDelta;

use super::contacts::{row, table};
use super::markup::Html;
use super::{Binder, Sheets, say};
use crate::report::When;

/// How a sheet is filled in, in two lines.
pub(super) const MARKS: &str = "Time on the 24-hour clock, and your initials, the moment a step is done. \
* has to be answered before the incident is closed. A bold box takes the initials of whoever answers for it, nobody \
else. Not done: N/A (does not apply), FAIL, or LATER and until when, in front of your initials; the reason goes on the \
activity log with the step's code.";

/// The times that people ask for most, in minutes after T+0.
const MARKED: [i64; 8] = [15, 30, 60, 120, 240, 480, 720, 1440];

impl Sheets<'_> {
    pub(super) fn cover(&self, html: &mut Html) {
        let Binder { book, printed, .. } = self.binder;
        html.within("section", "cover", |html| {
            if self.is_exercise() {
                html.leaf(
                    "p",
                    "stamp",
                    "EXERCISE: practice. Begin and end every call with this word.",
                );
            }
            html.leaf("h1", "", &book.title);
            let review = book.review_by.map(|day| format!(", to be reviewed by {day}"));
            let which = format!(
                "Playbook {}, version {}{}. Printed {printed}.",
                book.id,
                book.version,
                review.unwrap_or_default()
            );
            html.leaf("p", "sub", &which);
            html.leaf("p", "", &book.summary);
            self.incident_box(html);
            html.leaf("h2", "", "How to use this binder");
            how_to(html);
            self.contents(html);
        });
    }

    /// Where the incident and T+0 are written down, with the times that follow.
    fn incident_box(&self, html: &mut Html) {
        let report = self.binder.incident;
        let t0 = report.and_then(|report| report.status.t0);
        html.within("table", "form", |html| {
            html.within("tr", "", |html| {
                let given = |html: &mut Html, label: &str, value: Option<String>, span: &str| {
                    html.element("td", &[("colspan", span)], |html| {
                        html.leaf("span", "label", label);
                        html.leaf("span", "given", &value.unwrap_or_default());
                    });
                };
                let incident = report.map(|report| report.status.incident.clone());
                given(html, "Incident (its name in the tool, if there is one)", incident, "3");
                given(html, "Site", self.site_name(), "2");
                let start = t0.map(|t0| t0.to_string());
                given(html, "T+0: declared (date, time, by whom)", start, "3");
            });
            html.within("tr", "", |html| {
                for minutes in MARKED {
                    let after = TimeDelta::minutes(minutes);
                    html.within("td", "", |html| {
                        html.leaf("span", "label", &say::t_plus(after));
                        let at = t0.map(|t0| self.clock(When { at: t0.at + after, ..t0 }));
                        html.leaf("span", "given", &at.unwrap_or_default());
                    });
                }
            });
        });
    }

    fn site_name(&self) -> Option<String> {
        let named = |report: &crate::report::Report| report.site.clone();
        let own = Some(self.site.name.clone()).filter(|name| !name.is_empty());
        self.binder.incident.and_then(named).or(own)
    }

    fn contents(&self, html: &mut Html) {
        html.leaf("h2", "", "What is in it");
        table(html, &["37%", "54%", "9%"], &["Sheet", "For", "Steps"], |html| {
            for (_, role) in self.roles() {
                let steps = self.steps_of(&role.id).count().to_string();
                row(html, &[&format!("Job Action Sheet: {}", role.title), &role.duty, &steps]);
            }
            for (sheet, who) in REST {
                row(html, &[sheet, who, ""]);
            }
        });
    }
}

/// The sheets behind those of the roles.
const REST: [(&str, &str); 4] = [
    ("Messages and scripts", "Communications and callers; nothing goes out unapproved"),
    ("Whom to call (PRIVATE)", "Leads; never on a wall, never to patients"),
    ("Channels and what each may carry", "Everybody who writes or calls"),
    ("HICS 213, HICS 214, ICS 214, outreach sheet", "Blank; copy what you need"),
];

fn how_to(html: &mut Html) {
    html.within("ol", "", |html| {
        for line in [
            "Tear it apart. Each role gets its sheets; whoever takes a role signs the first free line, and whoever takes over signs the next.",
            "The Incident Lead declares aloud and writes T+0 above. Every due time counts from it; recovery counts from the moment it begins, at any hour.",
            "Roles work side by side. Order is advice: what a patient needs comes first, whatever the number says.",
            MARKS,
            "A decision: tick one answer, then follow its tree at the end of the sheet.",
            "No names of patients on any sheet but the charts. A patient is a token (P-0001) from the priority list.",
            "What has no step goes on the activity log: time, what happened, who decided.",
            "Every sheet is evidence. Keep it with its code column whole: it is typed in afterwards, with the time on the paper.",
        ] {
            html.leaf("li", "", line);
        }
    });
}
