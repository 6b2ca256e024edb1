//! Whom to reach, for people: who is planned for a role, who holds it now, and how to call them.
//!
//! A line breaks between two people, never within a phone number.

use super::safe::safe;
use super::wrap::wrap;
use crate::engine::Person;
use crate::playbook::{Role, RoleId, ServiceId};
use crate::site::{Contact, Expiry, Gap, Leader, Phone, Policy, Site, SiteRole, Vendor};

/// Somebody who holds a role in an incident that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldsNow {
    /// The role.
    pub role: RoleId,
    /// Who.
    pub person: Person,
    /// As stand-in.
    pub deputy: bool,
    /// Since when, as people read it.
    pub since: String,
}

/// Everybody: these roles, other roles of the file, leadership, vendors. `now` is who holds the roles
/// of an incident that is open, and nothing where none is; `roles` are then those of its playbook.
#[must_use]
pub fn contacts_lines(
    site: &Site,
    roles: &[Role],
    now: Option<&[HoldsNow]>,
    width: usize,
) -> Vec<String> {
    let mut lines = vec!["Roles".to_owned()];
    for role in roles {
        let held = now.is_some_and(|now| now.iter().any(|one| one.role == role.id));
        if role.required || held || site.for_role(&role.id).is_some() {
            lines.extend(role_lines(site, &role.id, Some(role), now, width));
        }
    }
    let known = |id: &RoleId| roles.iter().any(|role| role.id == *id);
    for one in site.roles.iter().filter(|one| !known(&one.role)) {
        // Of no playbook that runs: whether somebody holds it is not the question.
        lines.extend(role_lines(site, &one.role, None, None, width));
    }
    section(
        &mut lines,
        "Leadership",
        site.leadership.iter().flat_map(|one| leader_lines(one, width)),
    );
    section(&mut lines, "Vendors", site.vendors.iter().flat_map(|one| vendor_lines(one, width)));
    lines
}

fn section(lines: &mut Vec<String>, title: &str, more: impl Iterator<Item = String>) {
    let mut more = more.peekable();
    if more.peek().is_some() {
        lines.push(title.to_owned());
        lines.extend(more);
    }
}

/// One role: who holds it now, who is planned, who steps in.
#[must_use]
pub fn role_lines(
    site: &Site,
    id: &RoleId,
    role: Option<&Role>,
    now: Option<&[HoldsNow]>,
    width: usize,
) -> Vec<String> {
    let title = role.map_or(id.as_str(), |role| role.title.as_str());
    let planned = site.for_role(id);
    let holders: Vec<&HoldsNow> =
        now.unwrap_or_default().iter().filter(|one| one.role == *id).collect();
    let mut parts: Vec<String> = holders.iter().map(|one| holding(site, one)).collect();
    let holds = |contact: &Contact| holders.iter().any(|one| same(&one.person, &contact.name));
    for (contact, what) in planned.into_iter().flat_map(people) {
        if !holds(contact) {
            let planned = if what.is_empty() && now.is_some() { "planned: " } else { what };
            parts.push(format!("{planned}{}", person(contact)));
        }
    }
    if parts.is_empty() {
        parts.push("nobody is planned".to_owned());
    }
    if now.is_some() && holders.is_empty() {
        parts.insert(0, "nobody holds it now".to_owned());
    }
    packed(title, &parts, width)
}

/// Holder and deputies, with the word in front of each.
fn people(one: &SiteRole) -> impl Iterator<Item = (&Contact, &'static str)> {
    let holder = one.holder.iter().map(|contact| (contact, ""));
    holder.chain(one.deputies.iter().map(|contact| (contact, "deputy ")))
}

fn holding(site: &Site, now: &HoldsNow) -> String {
    let number = site
        .phone_of(&now.person)
        .map_or_else(|| "(no number in the site file)".to_owned(), ToString::to_string);
    let deputy = if now.deputy { " as deputy" } else { "" };
    format!("{} {number}, holds it{deputy} since {}", now.person, now.since)
}

/// Somebody who has to be told.
#[must_use]
pub fn leader_lines(leader: &Leader, width: usize) -> Vec<String> {
    let title = leader.title.as_ref().map(|title| format!(", {title}")).unwrap_or_default();
    let name = format!("{}{title}", leader.contact.name);
    packed(&name, &ways(&leader.contact), width)
}

/// One person, and as what they are planned.
#[must_use]
pub fn person_lines(contact: &Contact, standing: &[String], width: usize) -> Vec<String> {
    let mut parts = ways(contact);
    parts.extend(standing.iter().cloned());
    packed(contact.name.as_str(), &parts, width)
}

/// A company that repairs something.
#[must_use]
pub fn vendor_lines(vendor: &Vendor, width: usize) -> Vec<String> {
    let services: Vec<&str> = vendor.services.iter().map(ServiceId::as_str).collect();
    let head = if services.is_empty() {
        vendor.name.clone()
    } else {
        format!("{} ({})", services.join(", "), vendor.name)
    };
    let mut parts = vec![number(vendor.support.as_ref())];
    parts.extend(vendor.contract.iter().map(|contract| format!("contract {contract}")));
    if let Some(agreement) = &vendor.agreement {
        let until = agreement.until.map(|day| format!(" until {day}")).unwrap_or_default();
        parts.push(format!("{}{until}", agreement.kind));
    }
    packed(&head, &parts, width)
}

/// What the site says of itself.
#[must_use]
pub fn site_lines(site: &Site, width: usize) -> Vec<String> {
    let state = site.state.as_ref().map(|state| format!(" ({state})")).unwrap_or_default();
    let name = if site.name.is_empty() { "(no name)" } else { site.name.as_str() };
    let mut lines = vec![safe(&format!("{name}{state}")).into_owned()];
    let mut facts = vec![("Patients call back", number(site.callback.as_ref()))];
    facts.extend(site.public_phone.as_ref().map(|phone| ("Public phone", phone.to_string())));
    let checked = site.checked.map_or_else(|| "never".to_owned(), |day| day.to_string());
    facts.push(("Numbers last dialed", checked));
    facts.extend(site.kind.map(|kind| ("Kind of place", kind.word().to_owned())));
    facts.extend(site.exercise_year.map(|start| ("Exercise year from", start.to_string())));
    for (what, said) in facts {
        lines.extend(packed(what, &[said], width));
    }
    lines
}

/// What runs out and what templates are filled with.
#[must_use]
pub fn rest_lines(site: &Site, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let expiry = |one: &Expiry| packed(&one.what, &[one.on.to_string()], width);
    section(&mut lines, "Runs out", site.expiries.iter().flat_map(expiry));
    let value = |(word, said): &(String, String)| {
        packed(&format!("{{{word}}}"), std::slice::from_ref(said), width)
    };
    section(&mut lines, "Words of templates", site.values.iter().flat_map(value));
    let pace = |one: &Policy| packed(&one.what, &[one.pace.to_string()], width);
    section(&mut lines, "Own policy", site.policy.iter().flat_map(pace));
    lines
}

/// What is missing, each with the command that fills it.
#[must_use]
pub fn gap_lines(gaps: &[Gap], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for gap in gaps {
        lines.extend(wrap(&format!("  - {}", safe(&gap.what)), width));
        lines.push(format!("    {}", safe(&gap.fix)));
    }
    lines
}

/// A file that cannot be read as one: its lines with their numbers, so that a person still can.
#[must_use]
pub fn raw_lines(text: &str, wanted: impl Fn(usize, &str) -> bool) -> Vec<String> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let lines = lines.filter(|(number, line)| !line.trim().is_empty() && wanted(*number, line));
    lines.map(|(number, line)| format!("{number:>4}  {}", safe(line))).collect()
}

fn ways(contact: &Contact) -> Vec<String> {
    let mut ways: Vec<String> = contact.phone.iter().map(ToString::to_string).collect();
    ways.extend(contact.other.clone());
    if ways.is_empty() {
        ways.push(number(None));
    }
    ways
}

fn person(contact: &Contact) -> String {
    format!("{} {}", contact.name, ways(contact).join(", "))
}

fn number(phone: Option<&Phone>) -> String {
    phone.map_or_else(|| "(no number)".to_owned(), ToString::to_string)
}

fn same(one: &Person, other: &Person) -> bool {
    one.as_str().trim().to_lowercase() == other.as_str().trim().to_lowercase()
}

/// A space at which no line breaks.
const GLUE: &str = "\u{a0}";

/// The text with its phone numbers in one piece.
fn glued(text: &str) -> String {
    let mut before = ' ';
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '+');
        let within = digit(before) && chars.peek().is_some_and(|next| digit(*next));
        if c == ' ' && within {
            out.push_str(GLUE);
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

/// `  head: part · part`, with the line broken between parts wherever they fit into one.
fn packed(head: &str, parts: &[String], width: usize) -> Vec<String> {
    const INDENT: &str = "      ";
    let width = width.saturating_sub(1).max(20);
    let mut lines = vec![format!("  {}:", safe(head))];
    let mut fresh = true;
    for part in parts {
        let part = safe(part);
        let dot = if fresh { " " } else { " · " };
        let columns = |text: &str| text.chars().count();
        if let Some(last) = lines.last_mut()
            && columns(last) + columns(dot) + columns(&part) <= width
        {
            last.push_str(dot);
            last.push_str(&part);
        } else {
            let broken = wrap(&format!("{INDENT}{}", glued(&part)), width + 1);
            lines.extend(broken.into_iter().map(|line| line.replace(GLUE, " ")));
        }
        fresh = false;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
runbook-site: 1
site: {name: Riverside Pharmacy, state: CT, callback: \"860 555 0100\"}
roles:
  incident-lead:
    holder: {name: Ana Diaz, phone: \"860 555 0111\", other: pager 17}
    deputies: [{name: Ben Ito, phone: \"860 555 0112\"}]
  it-lead: {holder: {name: Ivo Brandt, phone: \"860 555 0113\"}, deputies: [{name: Jo Fox}]}
  porter: {holder: {name: Kim Orr}}
leadership:
  - {name: Carla Moss, title: Chief executive, phone: \"860 555 0120\"}
vendors:
  - {name: Mailhost Inc., for: [email, calendar], support: \"800 555 0130\", contract: C-1187, agreement: {kind: BAA, until: 2027-03-01}}
";

    fn role(id: &str, title: &str, required: bool) -> Role {
        let id = id.parse().unwrap();
        Role { id, title: title.to_owned(), duty: String::new(), required, hics: None }
    }

    fn roles() -> [Role; 4] {
        [
            role("incident-lead", "Incident Lead", true),
            role("it-lead", "IT Lead", true),
            role("clinical-lead", "Clinical Lead", true),
            role("scribe", "Scribe", false),
        ]
    }

    fn shown(now: Option<&[HoldsNow]>, width: usize) -> String {
        let site = crate::site::read(FILE).unwrap().site;
        contacts_lines(&site, &roles(), now, width).join("\n")
    }

    fn holds(role: &str, person: &str, deputy: bool) -> HoldsNow {
        let (role, person) = (role.parse().unwrap(), Person::new(person).unwrap());
        HoldsNow { role, person, deputy, since: "02:14".to_owned() }
    }

    #[test]
    fn in_quiet_times_it_says_who_is_planned() {
        assert_eq!(
            shown(None, 80),
            "\
Roles
  Incident Lead: Ana Diaz 860 555 0111, pager 17 · deputy Ben Ito 860 555 0112
  IT Lead: Ivo Brandt 860 555 0113 · deputy Jo Fox (no number)
  Clinical Lead: nobody is planned
  porter: Kim Orr (no number)
Leadership
  Carla Moss, Chief executive: 860 555 0120
Vendors
  email, calendar (Mailhost Inc.): 800 555 0130 · contract C-1187
      BAA until 2027-03-01"
        );
    }

    #[test]
    fn in_an_incident_it_says_who_holds_a_role_beside_who_is_planned() {
        let now = [
            holds("incident-lead", "ANA DIAZ", false),
            holds("it-lead", "Jo Fox", true),
            holds("scribe", "Max Roe", false),
        ];
        assert_eq!(
            shown(Some(&now), 60),
            "\
Roles
  Incident Lead:
      ANA DIAZ 860 555 0111, holds it since 02:14
      deputy Ben Ito 860 555 0112
  IT Lead:
      Jo Fox (no number in the site file), holds it as
      deputy since 02:14 · planned: Ivo Brandt 860 555 0113
  Clinical Lead: nobody holds it now · nobody is planned
  Scribe:
      Max Roe (no number in the site file), holds it since
      02:14
  porter: Kim Orr (no number)
Leadership
  Carla Moss, Chief executive: 860 555 0120
Vendors
  email, calendar (Mailhost Inc.): 800 555 0130
      contract C-1187 · BAA until 2027-03-01"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_screen_and_nothing_steers_it() {
        for width in [20, 40, 60, 80] {
            for line in shown(Some(&[holds("it-lead", "Ivo Brandt", false)]), width).lines() {
                assert!(line.chars().count() <= width.max(45), "{width}: {line}");
            }
        }
        let long = "pager ".repeat(9);
        let lines = packed("A", &[format!("{long}(860) 555 0111 and more")], 60);
        assert_eq!(lines[2], "(860) 555 0111 and more".replace('(', "      ("));
        let raw = raw_lines("a\u{1b}[2J: 1\n\nb\n", |_, _| true);
        assert_eq!(raw, ["   1  a\\u{1b}[2J: 1", "   3  b"]);
    }
}
