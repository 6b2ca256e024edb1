//! Blank forms with the fields of their originals: HICS 213, HICS 214, ICS 214; and the outreach sheet.

use super::contacts::spare;
use super::job::labelled;
use super::markup::Html;
use super::{Binder, Sheets};
use crate::playbook::{Form, Role};

/// How an attempt to reach a patient can end. Only the first two count as reached.
pub const OUTCOMES: [(&str, &str); 11] = [
    ("reached_patient", "spoke with the patient"),
    ("reached_authorized_person", "spoke with a person whom the patient authorized"),
    ("left_message", "name, number, call back; not reached"),
    ("no_answer", "nobody picked up"),
    ("wrong_number", "somebody else's number"),
    ("refused", "did not want to talk"),
    ("opted_out", "wants no more messages; at once, for all of them"),
    ("undeliverable", "came back"),
    ("delivered_unconfirmed", "delivered, no answer; not reached"),
    ("escalated_welfare_check", "handed on: somebody goes and looks"),
    ("not_attempted_no_consent", "no consent on record"),
];

/// Lines of an activity log.
const LOG: usize = 20;

/// Lines of an outreach sheet.
const TRIES: usize = 21;

impl Sheets<'_> {
    /// All of them, once.
    pub(super) fn forms(&self, html: &mut Html) {
        self.message_form(html);
        self.hics_log(html, None);
        self.ics_log(html);
        self.outreach_sheet(html);
    }

    /// What one role needs.
    pub(super) fn forms_of(&self, html: &mut Html, role: &Role) {
        self.hics_log(html, Some(role));
        let reaches = |form: &Form| matches!(form, Form::Outreach(_));
        if self.steps_of(&role.id).any(|step| reaches(&step.form)) {
            self.outreach_sheet(html);
        }
    }

    /// The incident's name, where there is one.
    fn incident_name(&self, html: &mut Html) {
        let Binder { book, incident, .. } = &self.binder;
        if let Some(report) = incident {
            let title = report.status.title.as_deref().unwrap_or(&book.title);
            html.leaf("span", "given", &format!("{title} ({})", report.status.incident));
        }
    }

    fn message_form(&self, html: &mut Html) {
        html.within("section", "", |html| {
            self.heading(html, "HICS 213 General Message");
            html.within("table", "form", |html| {
                for width in ["25%", "25%", "25%", "25%"] {
                    html.void("col", &[("width", width)]);
                }
                wide(html, "1. Incident name", "", |html| self.incident_name(html));
                halves(html, "2. To (name, position)", "3. From (name, position)");
                html.within("tr", "", |html| {
                    html.element("td", &[("colspan", "2")], |html| {
                        html.leaf("span", "label", "4. Subject");
                    });
                    labelled(html, "5. Date", |_| {});
                    labelled(html, "6. Time", |_| {});
                });
                wide(html, "7. Priority", "", |html| {
                    ticks(html, &["URGENT - HIGH", "NON URGENT - MEDIUM", "INFORMATIONAL - LOW"]);
                });
                wide(html, "8. Message", "tall", |html| ticks(html, &["RESPONSE REQUIRED"]));
                wide(html, "9. Approved by (name, position, signature, date / time)", "", |_| {});
                wide(html, "10. Reply / action taken", "tall", |_| {});
                halves(html, "11. Replied by (name, position)", "Facility");
                halves(html, "Signature", "Date / time");
            });
        });
    }

    /// HICS 214, as the Documentation Unit Leader collects it.
    fn hics_log(&self, html: &mut Html, role: Option<&Role>) {
        html.within("section", "", |html| {
            self.heading(html, "HICS 214 Activity Log");
            html.within("table", "form", |html| {
                html.within("tr", "", |html| {
                    labelled(html, "1. Incident name", |html| self.incident_name(html));
                    labelled(html, "2. Operational period (#)", |_| {});
                    labelled(html, "DATE from / to", |_| {});
                    labelled(html, "TIME from / to", |_| {});
                });
                html.within("tr", "", |html| {
                    html.element("td", &[("colspan", "2")], |html| {
                        html.leaf("span", "label", "3. Name");
                    });
                    html.element("td", &[("colspan", "2")], |html| {
                        html.leaf("span", "label", "4. Hospital Incident Management Team (HIMT) position");
                        html.leaf("span", "given", role.map_or("", |role| role.title.as_str()));
                    });
                });
            });
            log(html, "5. Activity log: date / time", LOG);
            html.within("table", "form", |html| {
                html.within("tr", "", |html| {
                    labelled(html, "6. Prepared by: PRINT NAME", |_| {});
                    labelled(html, "SIGNATURE", |_| {});
                    labelled(html, "DATE / TIME", |_| {});
                    labelled(html, "FACILITY", |html| {
                        html.leaf("span", "given", &self.site.name);
                    });
                });
            });
            html.leaf("p", "note", "m/d/y and the 24-hour clock. Task assignments, completions, injuries, difficulties; the step's code first. No names of patients. Goes to the Documentation Unit Leader.");
        });
    }

    /// ICS 214 of FEMA, for sites that do not use HICS.
    fn ics_log(&self, html: &mut Html) {
        html.within("section", "", |html| {
            self.heading(html, "ICS 214 Activity Log");
            html.within("table", "form", |html| {
                html.within("tr", "", |html| {
                    labelled(html, "1. Incident name", |html| self.incident_name(html));
                    labelled(html, "2. Operational period: date from / to", |_| {});
                    labelled(html, "Time from / to", |_| {});
                });
                html.within("tr", "", |html| {
                    labelled(html, "3. Name", |_| {});
                    labelled(html, "4. ICS position", |_| {});
                    labelled(html, "5. Home agency (and unit)", |_| {});
                });
            });
            html.within("table", "", |html| {
                html.within("thead", "", |html| {
                    html.within("tr", "", |html| {
                        for head in [
                            "6. Resources assigned: name",
                            "ICS position",
                            "Home agency (and unit)",
                        ] {
                            html.leaf("th", "", head);
                        }
                    });
                });
                html.within("tbody", "", |html| spare(html, 3, 3));
            });
            log(html, "7. Activity log: date / time", LOG - 6);
            html.within("table", "form", |html| {
                html.within("tr", "", |html| {
                    labelled(html, "8. Prepared by: name", |_| {});
                    labelled(html, "Position / title", |_| {});
                    labelled(html, "Signature", |_| {});
                    labelled(html, "Date / time", |_| {});
                });
            });
        });
    }

    fn outreach_sheet(&self, html: &mut Html) {
        html.within("section", "", |html| {
            self.heading(html, "Outreach sheet");
            html.leaf("p", "note", "One line for each try. Patient: the token from the priority list, never a name. Outcome: a number from below; only 1 and 2 count as reached. Charted: in the patient's record too.");
            html.within("table", "form", |html| {
                for width in ["13%", "11%", "16%", "12%", "11%", "11%", "26%"] {
                    html.void("col", &[("width", width)]);
                }
                html.within("thead", "", |html| {
                    html.within("tr", "", |html| {
                        for head in ["Token", "Time", "Staff", "Channel", "Outcome", "Charted?", "Next contact, what follows"] {
                            html.leaf("th", "", head);
                        }
                    });
                });
                html.within("tbody", "", |html| spare(html, 7, TRIES));
            });
            html.within("ol", "codes", |html| {
                for (code, meaning) in OUTCOMES {
                    html.within("li", "", |html| {
                        html.leaf("b", "", code);
                        html.text(&format!(": {meaning}"));
                    });
                }
            });
        });
    }
}

/// A row of one cell.
fn wide(html: &mut Html, label: &str, class: &'static str, inside: impl FnOnce(&mut Html)) {
    html.within("tr", "", |html| {
        html.element("td", &[("colspan", "4"), ("class", class)], |html| {
            html.leaf("span", "label", label);
            inside(html);
        });
    });
}

/// A row of two cells.
fn halves(html: &mut Html, left: &str, right: &str) {
    html.within("tr", "", |html| {
        for label in [left, right] {
            html.element("td", &[("colspan", "2")], |html| html.leaf("span", "label", label));
        }
    });
}

fn ticks(html: &mut Html, words: &[&str]) {
    for word in words {
        html.leaf("span", "tick", "");
        html.text(&format!("{word}   "));
    }
}

/// Date and time, and what happened.
fn log(html: &mut Html, head: &str, lines: usize) {
    html.within("table", "", |html| {
        for width in ["24%", "76%"] {
            html.void("col", &[("width", width)]);
        }
        html.within("thead", "", |html| {
            html.within("tr", "", |html| {
                html.leaf("th", "", head);
                html.leaf("th", "", "Notable activities");
            });
        });
        html.within("tbody", "", |html| spare(html, 2, lines));
    });
}
