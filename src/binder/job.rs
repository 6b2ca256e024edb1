//! The Job Action Sheet of a role, in the order of HICS 2014: mission, position, contact, three lines
//! for whoever holds it in turn, then the actions phase by phase.

use super::markup::Html;
use super::{Sheets, say};
use crate::playbook::{Role, Step};
use crate::report::{Shift, StepLine, When};

/// The lines for those who hold a position one after the other.
const LINES: usize = 3;

/// The name of the pages of a role, by its place in the playbook.
pub(super) fn page_name(at: usize) -> String {
    format!("role{at}")
}

impl Sheets<'_> {
    /// All sheets of one role.
    pub(super) fn job(&self, html: &mut Html, at: usize, role: &Role) {
        html.element("section", &[("class", &page_name(at))], |html| {
            self.heading(html, &format!("Job Action Sheet: {}", role.title));
            self.head(html, role);
            self.assignments(html, role);
            if self.binder.role.is_some() {
                html.leaf("p", "note", super::cover::MARKS);
            }
            for phase in &self.binder.book.phases {
                self.phase(html, role, phase);
            }
            if self.steps_of(&role.id).next().is_none() {
                html.leaf("p", "", "No step of this playbook is for this role alone.");
            }
            self.agreements(html, role);
            self.trees(html, role);
        });
    }

    fn head(&self, html: &mut Html, role: &Role) {
        html.within("table", "head", |html| {
            html.within("tr", "", |html| {
                html.element("td", &[("class", "mission"), ("colspan", "2")], |html| {
                    html.leaf("span", "label", "Mission");
                    html.text(&role.duty);
                    if let Some(hics) = &role.hics {
                        html.leaf("span", "small", &format!(" HICS position: {hics}"));
                    }
                });
            });
            html.within("tr", "", |html| {
                labelled(html, "Position reports to", |html| self.reports_to(html, role));
                labelled(html, "Command location", |_| {});
            });
            html.within("tr", "", |html| {
                labelled(html, "Position contact information", |html| {
                    line(html, "Phone");
                    line(html, "Radio channel");
                });
                labelled(html, "Hospital Command Center (or the lead's room)", |html| {
                    line(html, "Phone");
                    line(html, "Fax");
                });
            });
        });
    }

    fn reports_to(&self, html: &mut Html, role: &Role) {
        let lead = self.binder.book.lead();
        match lead.filter(|lead| lead.id != role.id) {
            None => html.text("Leadership of the site "),
            Some(lead) => html.text(&format!("{} ", lead.title)),
        }
        html.blank("fill");
    }

    /// Built for passing a position on from one person to the next.
    fn assignments(&self, html: &mut Html, role: &Role) {
        let held = |shift: &&Shift| shift.role == role.id && shift.person.is_some();
        let shifts: Vec<&Shift> = self
            .binder
            .incident
            .iter()
            .flat_map(|report| report.shifts.iter().filter(held))
            .collect();
        let heads = ["Position assigned to", "Date", "Start", "Signature", "Initials", "End"];
        html.within("table", "head", |html| {
            for width in ["31%", "15%", "11%", "22%", "10%", "11%"] {
                html.void("col", &[("width", width)]);
            }
            html.within("thead", "", |html| {
                html.within("tr", "", |html| {
                    for text in heads {
                        html.leaf("th", "", text);
                    }
                });
            });
            html.within("tbody", "", |html| {
                for at in 0..LINES.max(shifts.len()) {
                    assignment(html, shifts.get(at).copied());
                }
            });
        });
    }

    /// Work of others that waits until this role agrees.
    fn agreements(&self, html: &mut Html, role: &Role) {
        let book = self.binder.book;
        let waits = |step: &&Step| {
            step.role != role.id && step.approval.as_ref().is_some_and(|it| it.by == role.id)
        };
        let all: Vec<&Step> = book.steps().map(|(_, step)| step).filter(waits).collect();
        if all.is_empty() {
            return;
        }
        html.leaf("h2", "", "Others wait for your yes");
        html.within("table", "steps", |html| {
            super::steps::columns(html);
            html.within("thead", "", super::steps::column_heads);
            for step in all {
                html.within("tbody", "", |html| {
                    html.within("tr", "", |html| {
                        html.leaf("td", "code", &step.code);
                        html.within("td", "", |html| {
                            html.leaf("div", "title", &format!("Agree: {}", step.title));
                            let by = say::title(book, step.role.as_str());
                            html.leaf("div", "facts", &format!("Done by: {by}"));
                        });
                        let line = self.answers.get(&step.id).and_then(|lines| lines.last());
                        html.leaf("td", "", &self.due(step, line.copied(), 1));
                        self.agreed(html, step);
                    });
                });
            }
        });
    }

    /// When and by whom a step was agreed to, or the boxes for it.
    fn agreed(&self, html: &mut Html, step: &Step) {
        let lines = self.answers.get(&step.id).map_or(&[][..], Vec::as_slice);
        let agreed = lines.iter().flat_map(|line: &&StepLine| &line.approvals).next_back();
        let (time, by) = agreed.map_or_else(Default::default, |agreed| {
            let by = agreed.by.as_ref().map(ToString::to_string).unwrap_or_default();
            (self.clock(agreed.at), by)
        });
        html.leaf("td", "box", &time);
        html.leaf("td", "box", &by);
    }

    /// A time, with its day where that is not the day of T+0.
    pub(super) fn clock(&self, when: When) -> String {
        let report = self.binder.incident;
        let first = report.and_then(|report| report.status.t0.or(report.opened_at));
        say::clock(when, first.unwrap_or(self.binder.printed))
    }
}

fn assignment(html: &mut Html, shift: Option<&Shift>) {
    let day = |when: When| when.at.at_offset(when.offset).format("%m/%d/%Y").to_string();
    let time = |when: When| when.at.at_offset(when.offset).format("%H:%M").to_string();
    let name = shift.and_then(|shift| shift.person.as_ref()).map(ToString::to_string);
    let deputy = if shift.is_some_and(|shift| shift.deputy) { " (deputy)" } else { "" };
    html.within("tr", "", |html| {
        html.leaf("td", "", &format!("{}{deputy}", name.unwrap_or_default()));
        html.leaf("td", "", &shift.map(|shift| day(shift.from)).unwrap_or_default());
        html.leaf("td", "", &shift.map(|shift| time(shift.from)).unwrap_or_default());
        html.leaf("td", "", "");
        html.leaf("td", "", "");
        html.leaf("td", "", &shift.and_then(|shift| shift.to).map(time).unwrap_or_default());
    });
}

/// A cell with its name in small letters on top.
pub(super) fn labelled(html: &mut Html, label: &str, inside: impl FnOnce(&mut Html)) {
    html.within("td", "", |html| {
        html.leaf("span", "label", label);
        inside(html);
    });
}

/// A word and a line to write on.
pub(super) fn line(html: &mut Html, word: &str) {
    html.within("span", "name", |html| {
        html.text(&format!("{word} "));
        html.blank("fill short");
    });
    html.text(" ");
}
