//! `contacts`: whom to call, and who holds which role now.
//!
//! A site file with errors is no reason to hide a number: what can be read is shown, and the lines
//! that cannot be understood are printed as they stand.

use clap::Args;
use serde::Serialize;

use super::site::{LeaderJson, PersonJson, VendorJson};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::{INIT, SiteFile};
use crate::engine::Mode;
use crate::journal::IncidentId;
use crate::playbook::{Diagnostic, Role, RoleId};
use crate::session::Archive;
use crate::site::{Contact, Found, Reachable, Site, Standing, find};
use crate::ui::{
    HoldsNow, contacts_lines, leader_lines, near_time, person_lines, raw_lines, role_lines, safe,
    vendor_lines,
};

/// Show whom to call: by role, leadership and vendors; in an incident also who holds each role now
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook contacts\n  runbook contacts it-lead\n  runbook contacts email\n  runbook contacts Brandt\n\nIf the site file has errors, its numbers are shown all the same. Exit code 1: nobody is called so,\nor there is no site file."
)]
pub(in crate::cli) struct ContactsArgs {
    /// A role, a person, a vendor or a service; a part of the name is enough
    who: Option<String>,
    /// Who holds the roles of this incident [default: of every open one]
    #[arg(long, value_name = "INCIDENT")]
    incident: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Contacts {
    format: u32,
    /// Absent where no incident is open; an exercise beside one counts as an exercise.
    mode: Option<Mode>,
    incidents: Vec<String>,
    roles: Vec<RoleJson>,
    people: Vec<PersonAs>,
    leadership: Vec<LeaderJson>,
    vendors: Vec<VendorJson>,
    /// What is wrong with the site file, and its lines as they stand.
    problems: Vec<String>,
    raw: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RoleJson {
    role: String,
    title: String,
    required: bool,
    holder: Option<PersonJson>,
    deputies: Vec<PersonJson>,
    holds_now: Vec<NowJson>,
}

#[derive(Debug, Serialize)]
struct NowJson {
    person: String,
    phone: Option<String>,
    deputy: bool,
    since: String,
    incident: String,
}

#[derive(Debug, Serialize)]
struct PersonAs {
    #[serde(flatten)]
    person: PersonJson,
    r#as: Vec<String>,
}

/// Somebody who holds a role, for people and for programs.
struct Holds {
    line: HoldsNow,
    since: String,
    incident: IncidentId,
}

/// Everything that contacts are made of.
struct Known {
    site: Site,
    /// Of every playbook at hand.
    roles: Vec<Role>,
    /// Of the incidents that are open.
    running: Vec<Role>,
    incidents: Vec<IncidentId>,
    now: Vec<Holds>,
    /// What is wrong with the file, if anything, and its text.
    broken: Option<(String, Vec<Diagnostic>)>,
}

pub(in crate::cli) fn contacts(
    context: &mut Context,
    args: &ContactsArgs,
) -> Result<Exit, CliError> {
    let (site, broken) = match context.site_file()? {
        SiteFile::Absent => return absent(context, args),
        SiteFile::Sound { site, .. } => (site, None),
        SiteFile::Broken { text, rest, found } => (rest.unwrap_or_default(), Some((text, found))),
    };
    let known = Known::of(context, args, site, broken)?;
    let found = args.who.as_deref().map(|who| find(&known.site, &known.roles, who));
    if let (Some(who), Some(found)) = (&args.who, &found)
        && found.is_empty()
        && known.held_by(who).is_empty()
        && known.broken.is_none()
    {
        let error = CliError::refused(format!("nobody in the site file is called \"{who}\""));
        let meant = found.meant.iter().map(|meant| format!("did you mean {meant}?"));
        return Err(meant.fold(error, CliError::hint).hint("runbook contacts shows everybody"));
    }
    if args.json {
        context.print_json(&known.json(args.who.as_deref(), found.as_ref()))?;
        return Ok(Exit::Ok);
    }
    let width = usize::from(context.world.console.width);
    let lines = match (&args.who, &found) {
        (Some(who), Some(found)) => known.chosen(who, found, width),
        _ => known.everybody(width),
    };
    let mode = known.mode();
    if !lines.is_empty() {
        context.say_in(mode, &lines.join("\n"))?;
    }
    tell_broken(context, &known, args.who.as_deref(), mode)?;
    Ok(Exit::Ok)
}

/// No file: who holds the roles is known all the same.
fn absent(context: &mut Context, args: &ContactsArgs) -> Result<Exit, CliError> {
    let known = Known::of(context, args, Site::default(), None)?;
    if !known.now.is_empty() && !args.json {
        let width = usize::from(context.world.console.width);
        context.say_in(known.mode(), &known.everybody(width).join("\n"))?;
    }
    let error = CliError::refused("there is no site file yet: no phone number is known here");
    Err(error.hint(INIT).hint("or begin it: runbook site set name \"Your site\""))
}

/// The lines that could not be understood, as they stand; all of them where nothing could.
fn tell_broken(
    context: &mut Context,
    known: &Known,
    who: Option<&str>,
    mode: Mode,
) -> Result<(), CliError> {
    let Some((text, found)) = &known.broken else { return Ok(()) };
    let place = context.site_place();
    for one in found {
        let at = one.place(text);
        let message = safe(&one.message);
        context.tell(&format!("{place}:{}:{}: {message}", at.line, at.column))?;
    }
    let faulty: Vec<usize> = found.iter().map(|one| one.place(text).line).collect();
    let nothing = known.site == Site::default();
    let named =
        |line: &str| who.is_some_and(|who| line.to_lowercase().contains(&who.to_lowercase()));
    let lines = raw_lines(text, |number, line| nothing || faulty.contains(&number) || named(line));
    context.tell("These lines of the site file are shown as they stand:")?;
    context.say_in(mode, &lines.join("\n"))?;
    context.tell("Correct them when there is time; runbook site lint checks the file.")
}

impl Known {
    fn of(
        context: &mut Context,
        args: &ContactsArgs,
        site: Site,
        broken: Option<(String, Vec<Diagnostic>)>,
    ) -> Result<Self, CliError> {
        let incidents = incidents(context, args.incident.as_deref())?;
        let several = incidents.len() > 1;
        let (clock, mut now) = (context.world.clock.read(), Vec::new());
        let mut running: Vec<Role> = Vec::new();
        for id in &incidents {
            // A log that cannot be read must not hide a phone number.
            let archive = match Archive::read(&context.world, &context.home, id) {
                Ok(archive) => archive,
                Err(error) => {
                    context.tell(&format!("note: {id}: {}", safe(&error.to_string())))?;
                    continue;
                }
            };
            for role in &archive.book.roles {
                if running.iter().all(|known| known.id != role.id) {
                    running.push(role.clone());
                }
            }
            for tenure in archive.state.tenures().iter().filter(|tenure| tenure.to.is_none()) {
                let at = archive.state.time_of(&tenure.from);
                let clock = archive.state.now(&clock);
                let since = near_time(at, clock, context.world.zone.offset_at(at));
                let since = if several { format!("{since} in {id}") } else { since };
                let (role, person) = (tenure.role.clone(), tenure.person.clone());
                let line = HoldsNow { role, person, deputy: tenure.deputy, since };
                now.push(Holds { line, since: context.iso(at), incident: id.clone() });
            }
        }
        Ok(Self { site, roles: context.known_roles(), running, incidents, now, broken })
    }

    /// An exercise says so on every line, also beside an incident.
    fn mode(&self) -> Mode {
        let exercise = self.incidents.iter().any(|id| id.mode() == Mode::Exercise);
        if exercise { Mode::Exercise } else { Mode::Live }
    }

    fn now(&self) -> Option<Vec<HoldsNow>> {
        let lines = self.now.iter().map(|one| one.line.clone()).collect();
        (!self.running.is_empty()).then_some(lines)
    }

    fn everybody(&self, width: usize) -> Vec<String> {
        let roles = if self.running.is_empty() { &self.roles } else { &self.running };
        contacts_lines(&self.site, roles, self.now().as_deref(), width)
    }

    /// The roles that somebody holds now whom the file does not have.
    fn held_by(&self, who: &str) -> Vec<RoleId> {
        let who = who.trim().to_lowercase();
        let named = |one: &&Holds| {
            !who.is_empty() && one.line.person.as_str().to_lowercase().contains(&who)
        };
        self.now.iter().filter(named).map(|one| one.line.role.clone()).collect()
    }

    fn role(&self, id: &RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == *id)
    }

    /// The roles that a word means, those that a person of this name holds now among them.
    fn roles_meant(&self, who: &str, found: &Found<'_>) -> Vec<RoleId> {
        let mut ids = found.roles.clone();
        ids.extend(self.held_by(who));
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        ids
    }

    fn chosen(&self, who: &str, found: &Found<'_>, width: usize) -> Vec<String> {
        let now = self.now();
        let mut lines = Vec::new();
        for id in self.roles_meant(who, found) {
            let runs = self.running.iter().any(|role| role.id == id);
            let now = now.as_deref().filter(|_| runs);
            lines.extend(role_lines(&self.site, &id, self.role(&id), now, width));
        }
        for (contact, standing) in people(found, &self.roles) {
            let leader = self.site.leadership.iter().find(|one| one.contact == *contact);
            match leader.filter(|_| standing.len() == 1) {
                Some(leader) => lines.extend(leader_lines(leader, width)),
                None => lines.extend(person_lines(contact, &standing, width)),
            }
        }
        lines.extend(found.vendors.iter().flat_map(|vendor| vendor_lines(vendor, width)));
        lines
    }

    fn json(&self, who: Option<&str>, found: Option<&Found<'_>>) -> Contacts {
        let meant = who.zip(found).map(|(who, found)| self.roles_meant(who, found));
        let in_file = self.site.roles.iter().map(|one| &one.role);
        let mut ids: Vec<&RoleId> = self.roles.iter().map(|role| &role.id).chain(in_file).collect();
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id) && meant.as_ref().is_none_or(|meant| meant.contains(id)));
        let person =
            |(contact, standing)| PersonAs { person: PersonJson::of(contact), r#as: standing };
        let (text, problems) =
            self.broken.as_ref().map(|(t, f)| (t.as_str(), f.as_slice())).unzip();
        let text = text.unwrap_or_default();
        let problem = |one: &Diagnostic| {
            let at = one.place(text);
            format!("{}:{}: {}", at.line, at.column, one.message)
        };
        let vendors: Vec<_> = match found {
            Some(found) => found.vendors.clone(),
            None => self.site.vendors.iter().collect(),
        };
        let leaders = self.site.leadership.iter().filter(|_| found.is_none());
        Contacts {
            format: 1,
            mode: (!self.incidents.is_empty()).then(|| self.mode()),
            incidents: self.incidents.iter().map(ToString::to_string).collect(),
            roles: ids.into_iter().map(|id| self.role_json(id)).collect(),
            people: found
                .map(|one| people(one, &self.roles))
                .into_iter()
                .flatten()
                .map(person)
                .collect(),
            leadership: leaders.map(LeaderJson::of).collect(),
            vendors: vendors.into_iter().map(VendorJson::of).collect(),
            problems: problems.unwrap_or_default().iter().map(problem).collect(),
            raw: text.lines().map(str::to_owned).collect(),
        }
    }

    fn role_json(&self, id: &RoleId) -> RoleJson {
        let (role, planned) = (self.role(id), self.site.for_role(id));
        let now = |one: &Holds| NowJson {
            person: one.line.person.to_string(),
            phone: self.site.phone_of(&one.line.person).map(ToString::to_string),
            deputy: one.line.deputy,
            since: one.since.clone(),
            incident: one.incident.to_string(),
        };
        RoleJson {
            role: id.to_string(),
            title: role.map_or_else(|| id.to_string(), |role| role.title.clone()),
            required: role.is_some_and(|role| role.required),
            holder: planned.and_then(|one| one.holder.as_ref()).map(PersonJson::of),
            deputies: planned.iter().flat_map(|one| &one.deputies).map(PersonJson::of).collect(),
            holds_now: self.now.iter().filter(|one| one.line.role == *id).map(now).collect(),
        }
    }
}

/// The named incident, else the only open one, else every open one that is no exercise.
fn incidents(context: &Context, named: Option<&str>) -> Result<Vec<IncidentId>, CliError> {
    if let Some(word) = named {
        return Ok(vec![context.named_incident(word)?]);
    }
    // Where the incidents cannot be listed, the numbers are still there.
    let open = context.open_incidents().unwrap_or_default();
    let live = open.iter().filter(|id| id.mode() == Mode::Live).cloned().collect();
    Ok(if open.len() == 1 { open } else { live })
}

/// Each person that was found once, with everything they are.
fn people<'s>(found: &Found<'s>, roles: &[Role]) -> Vec<(&'s Contact, Vec<String>)> {
    let title = |id: &RoleId| {
        let role = roles.iter().find(|role| role.id == *id);
        role.map_or_else(|| id.to_string(), |role| role.title.clone())
    };
    let mut all: Vec<(&Contact, Vec<String>)> = Vec::new();
    for Reachable { contact, standing } in &found.people {
        let standing = match standing {
            Standing::Holder(role) => title(role),
            Standing::Deputy(role) => format!("deputy {}", title(role)),
            Standing::Leader(what) => what.unwrap_or("leadership").to_owned(),
        };
        let same = |one: &Contact| {
            one.name == contact.name && one.phone == contact.phone && one.other == contact.other
        };
        match all.iter_mut().find(|(one, _)| same(one)) {
            Some((_, more)) => more.push(standing),
            None => all.push((*contact, vec![standing])),
        }
    }
    all
}
