//! `site show`: what the site file says, and what is missing.

use clap::Args;
use serde::Serialize;

use super::json::{GapJson, Gaps, LeaderJson, PersonJson, VendorJson};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::{INIT, known_services};
use crate::site::{Gap, Site, missing};
use crate::ui::{contacts_lines, gap_lines, rest_lines, site_lines};

/// Show the whole site file as a table, and what is missing by what cannot be done without it
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook site show")]
pub(super) struct ShowArgs {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Shown {
    format: u32,
    file: String,
    name: String,
    state: Option<String>,
    callback: Option<String>,
    public_phone: Option<String>,
    checked: Option<String>,
    kind: Option<&'static str>,
    exercise_year: Option<String>,
    roles: Vec<RoleJson>,
    leadership: Vec<LeaderJson>,
    vendors: Vec<VendorJson>,
    expiries: Vec<ExpiryJson>,
    values: std::collections::BTreeMap<String, String>,
    policy: std::collections::BTreeMap<String, String>,
    missing: Gaps,
}

#[derive(Debug, Serialize)]
struct RoleJson {
    role: String,
    holder: Option<PersonJson>,
    deputies: Vec<PersonJson>,
}

#[derive(Debug, Serialize)]
struct ExpiryJson {
    what: String,
    on: String,
}

pub(super) fn show(context: &mut Context, args: &ShowArgs) -> Result<Exit, CliError> {
    let place = context.site_place();
    let Some(site) = context.site()? else {
        return Err(CliError::refused(format!("there is no site file yet: {place}")).hint(INIT));
    };
    let roles = context.known_roles();
    let gaps = missing(Some(&site), &roles, &known_services());
    if args.json {
        context.print_json(&shown(place, &site, gaps))?;
        return Ok(Exit::Ok);
    }
    let width = usize::from(context.world.console.width);
    let mut lines = site_lines(&site, width);
    lines.push(format!("  File: {place}"));
    lines.push(String::new());
    lines.extend(contacts_lines(&site, &roles, None, width));
    lines.extend(rest_lines(&site, width));
    context.say(&lines.join("\n"))?;
    say_missing(context, &gaps)?;
    Ok(Exit::Ok)
}

/// Says what is missing, and how to add it.
pub(super) fn say_missing(context: &mut Context, gaps: &[Gap]) -> Result<(), CliError> {
    let width = usize::from(context.world.console.width);
    if gaps.is_empty() {
        return context.say("\nNothing is missing.");
    }
    context.say("\nMissing, and how to add it:")?;
    context.say(&gap_lines(gaps, width).join("\n"))
}

fn shown(file: String, site: &Site, gaps: Vec<Gap>) -> Shown {
    let phone = |phone: &Option<crate::site::Phone>| phone.as_ref().map(ToString::to_string);
    let role = |one: &crate::site::SiteRole| RoleJson {
        role: one.role.to_string(),
        holder: one.holder.as_ref().map(PersonJson::of),
        deputies: one.deputies.iter().map(PersonJson::of).collect(),
    };
    let expiry =
        |one: &crate::site::Expiry| ExpiryJson { what: one.what.clone(), on: one.on.to_string() };
    Shown {
        format: 1,
        file,
        name: site.name.clone(),
        state: site.state.clone(),
        callback: phone(&site.callback),
        public_phone: phone(&site.public_phone),
        checked: site.checked.map(|day| day.to_string()),
        kind: site.kind.map(crate::site::Facility::word),
        exercise_year: site.exercise_year.map(|start| start.to_string()),
        roles: site.roles.iter().map(role).collect(),
        leadership: site.leadership.iter().map(LeaderJson::of).collect(),
        vendors: site.vendors.iter().map(VendorJson::of).collect(),
        expiries: site.expiries.iter().map(expiry).collect(),
        values: site.values.iter().cloned().collect(),
        policy: site.policy.iter().map(|one| (one.what.clone(), one.pace.to_string())).collect(),
        missing: GapJson::all(gaps),
    }
}
