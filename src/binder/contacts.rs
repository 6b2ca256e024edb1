//! Whom to call, from the site file; a line to write on for everybody who is missing there.

use super::Sheets;
use super::markup::Html;
use crate::playbook::Role;
use crate::report::Holder;
use crate::site::{Contact, Leader, SiteRole, Vendor};

/// The name of these pages in the style sheet.
pub(super) const PAGE: &str = "private";

/// Stands at the foot of each of them.
pub(super) const PRIVATE: &str = "PRIVATE: numbers of staff";

/// Lines to add somebody by hand, at the end of each table.
const SPARE: usize = 2;

impl Sheets<'_> {
    pub(super) fn contacts(&self, html: &mut Html) {
        html.within("section", PAGE, |html| {
            self.heading(html, "Whom to call");
            html.leaf(
                "p",
                "stamp",
                "PRIVATE: names and numbers of staff. Never on a wall, never to patients.",
            );
            let checked = self.site.checked.map_or_else(
                || "Nobody has dialed these numbers yet.".to_owned(),
                |day| format!("Numbers last dialed on {day}."),
            );
            html.leaf("p", "note", &checked);
            self.numbers(html);
            self.people(html);
            self.leaders(html);
            self.vendors(html);
        });
    }

    /// The site's own numbers, which patients are given.
    fn numbers(&self, html: &mut Html) {
        let site = &self.site;
        html.within("table", "head", |html| {
            html.within("tr", "", |html| {
                let cell = |html: &mut Html, label: &str, value: String| {
                    super::job::labelled(html, label, |html| html.leaf("span", "given", &value));
                };
                cell(html, "Site", site.name.clone());
                let number = |phone: &Option<crate::site::Phone>| {
                    phone.as_ref().map(ToString::to_string).unwrap_or_default()
                };
                cell(html, "Patients call back on", number(&site.callback));
                cell(html, "On the door", number(&site.public_phone));
            });
        });
    }

    fn people(&self, html: &mut Html) {
        let head = ["Role", "Planned", "Phone, other way", "Deputies", "Holds it now"];
        html.leaf("h2", "", "Roles");
        let widths = ["21%", "16%", "21%", "27%", "15%"];
        table(html, &widths, &head, |html| {
            for role in &self.binder.book.roles {
                self.role_row(html, role);
            }
            let known = |one: &&SiteRole| self.binder.book.role(&one.role).is_none();
            for one in self.site.roles.iter().filter(known) {
                let cells = [one.role.to_string(), name(one.holder.as_ref())];
                row(
                    html,
                    &[&cells[0], &cells[1], &ways(one.holder.as_ref()), &deputies(Some(one)), ""],
                );
            }
            spare(html, head.len(), SPARE);
        });
    }

    fn role_row(&self, html: &mut Html, role: &Role) {
        let planned = self.site.for_role(&role.id);
        let holder = planned.and_then(|one| one.holder.as_ref());
        let now = self.binder.incident.iter().flat_map(|report| &report.status.roles);
        let now = now.filter(|line| line.role == role.id).flat_map(|line| &line.holders);
        let now: Vec<String> = now.map(held).collect();
        let title = if role.required { format!("{} *", role.title) } else { role.title.clone() };
        row(html, &[&title, &name(holder), &ways(holder), &deputies(planned), &now.join("; ")]);
    }

    fn leaders(&self, html: &mut Html) {
        let head = ["Leadership", "Title", "Phone, other way", "Told at, by"];
        html.leaf("h2", "", "Leadership");
        table(html, &["28%", "26%", "28%", "18%"], &head, |html| {
            for Leader { contact, title } in &self.site.leadership {
                let title = title.as_deref().unwrap_or_default();
                row(html, &[contact.name.as_str(), title, &ways(Some(contact)), ""]);
            }
            spare(html, head.len(), SPARE + usize::from(self.site.leadership.is_empty()));
        });
    }

    fn vendors(&self, html: &mut Html) {
        let head = ["Vendor", "For", "Support", "Contract", "Agreement", "Ticket"];
        html.leaf("h2", "", "Vendors");
        table(html, &["22%", "15%", "18%", "15%", "16%", "14%"], &head, |html| {
            for vendor in &self.site.vendors {
                vendor_row(html, vendor);
            }
            spare(html, head.len(), SPARE + usize::from(self.site.vendors.is_empty()));
        });
    }
}

fn vendor_row(html: &mut Html, vendor: &Vendor) {
    let services: Vec<&str> =
        vendor.services.iter().map(crate::playbook::ServiceId::as_str).collect();
    let support = vendor.support.as_ref().map(ToString::to_string).unwrap_or_default();
    let agreement = vendor.agreement.as_ref().map(|agreement| {
        let on = agreement.on.map(|day| format!(" of {day}")).unwrap_or_default();
        let until = agreement.until.map(|day| format!(", until {day}")).unwrap_or_default();
        format!("{}{on}{until}", agreement.kind)
    });
    row(
        html,
        &[
            &vendor.name,
            &services.join(", "),
            &support,
            vendor.contract.as_deref().unwrap_or_default(),
            agreement.as_deref().unwrap_or_default(),
            "",
        ],
    );
}

/// A table with a head.
pub(super) fn table(html: &mut Html, widths: &[&str], head: &[&str], body: impl FnOnce(&mut Html)) {
    html.within("table", "", |html| {
        for width in widths {
            html.void("col", &[("width", width)]);
        }
        html.within("thead", "", |html| {
            html.within("tr", "", |html| head.iter().for_each(|text| html.leaf("th", "", text)));
        });
        html.within("tbody", "", body);
    });
}

/// A row of texts.
pub(super) fn row(html: &mut Html, cells: &[&str]) {
    html.within("tr", "", |html| cells.iter().for_each(|text| html.leaf("td", "", text)));
}

/// Rows to write on.
pub(super) fn spare(html: &mut Html, columns: usize, rows: usize) {
    for _ in 0..rows {
        html.within("tr", "log", |html| (0..columns).for_each(|_| html.leaf("td", "", "")));
    }
}

fn name(contact: Option<&Contact>) -> String {
    contact.map(|contact| contact.name.to_string()).unwrap_or_default()
}

fn ways(contact: Option<&Contact>) -> String {
    let phone = contact.and_then(|contact| contact.phone.as_ref()).map(ToString::to_string);
    let other = contact.and_then(|contact| contact.other.clone());
    phone.into_iter().chain(other).collect::<Vec<_>>().join("; ")
}

fn deputies(planned: Option<&SiteRole>) -> String {
    let all = planned.into_iter().flat_map(|one| &one.deputies);
    let all = all.map(|one| format!("{} {}", one.name, ways(Some(one))).trim_end().to_owned());
    all.collect::<Vec<_>>().join("; ")
}

fn held(holder: &Holder) -> String {
    let deputy = if holder.deputy { " (deputy)" } else { "" };
    format!("{}{deputy}", holder.person)
}
