//! Who starts an incident, and who takes which role with it.

use std::fmt::Write as _;

use crate::cli::acting::person;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{Actor, Person, Timestamp, find_role};
use crate::playbook::{Playbook, RoleId};
use crate::session::Assignment;
use crate::site::{Reachable, Site, Standing};
use crate::ui::{Answer, Prompt};

/// What is known of whoever starts it.
pub(super) struct Asked<'a> {
    /// As the options say.
    pub(super) by: Option<&'a str>,
    /// Somebody can be asked.
    pub(super) asks: bool,
    /// Who may lead.
    pub(super) site: Option<&'a Site>,
}

/// Whoever starts it, and whether they take the role that leads.
struct Starter {
    person: Person,
    leads: bool,
}

/// Who starts it. If they take the role that leads, that is added to the assignments.
pub(super) fn starter(
    context: &Context,
    book: &Playbook,
    asked: &Asked<'_>,
    assignments: &mut Vec<Assignment>,
    since: Option<Timestamp>,
) -> Result<Actor, CliError> {
    let lead = book.lead().map(|role| &role.id);
    let free = lead.filter(|lead| !assignments.iter().any(|a| a.role == **lead));
    let Starter { person, leads } = match asked.by {
        None if asked.asks => ask(context, book, asked.site, free)?,
        by => {
            let person = named(context, by)?;
            let leads = asked.asks && free.is_some() && leads(book, &person)?;
            Starter { person, leads }
        }
    };
    if let Some(role) = free.filter(|_| leads) {
        let (role, person) = (role.clone(), person.clone());
        assignments.insert(0, Assignment { role, person, deputy: false, since });
    }
    let holds = |lead: &&RoleId| assignments.iter().any(|a| a.role == **lead && a.person == person);
    let role = lead.filter(holds).cloned();
    Ok(Actor { person: Some(person), role })
}

/// Asks for what is not known: one question where the site file says who may lead, two elsewhere.
fn ask(
    context: &Context,
    book: &Playbook,
    site: Option<&Site>,
    free: Option<&RoleId>,
) -> Result<Starter, CliError> {
    let planned = site.and_then(|site| site.for_role(free?));
    let planned: Vec<Reachable<'_>> = planned.iter().flat_map(|role| role.people()).collect();
    if let [first, ..] = planned.as_slice() {
        return pick(book, &planned, first);
    }
    let person = context.asked_name("Your name?")?;
    let leads = free.is_some() && leads(book, &person)?;
    Ok(Starter { person, leads })
}

/// The people whom the site file plans to lead; whoever else it is types a name.
fn pick(
    book: &Playbook,
    planned: &[Reachable<'_>],
    first: &Reachable<'_>,
) -> Result<Starter, CliError> {
    let prompt = Prompt::new();
    let title = book.lead().map_or("lead", |role| role.title.as_str());
    let mut question = format!("Who are you? It makes you the {title}.");
    for (number, one) in planned.iter().enumerate() {
        let deputy = matches!(one.standing, Standing::Deputy(_));
        let deputy = if deputy { " (deputy)" } else { "" };
        let _ = write!(question, "\n  {}  {}{deputy}", number + 1, one.contact.name);
    }
    let _ = write!(question, "\n(Enter = {}; anybody else types a name)", first.contact.name);
    loop {
        let typed = match prompt.ask_lines(&question)? {
            Answer::Nothing => "1".to_owned(),
            Answer::Words(words) => words,
            Answer::End => return Err(nothing_started()),
        };
        let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(one) = number.and_then(|number| planned.get(number)) {
            return Ok(Starter { person: one.contact.name.clone(), leads: true });
        }
        let named = typed.chars().any(char::is_alphabetic);
        if let (None, true, Ok(person)) = (number, named, Person::new(&typed)) {
            let leads = leads(book, &person)?;
            return Ok(Starter { person, leads });
        }
    }
}

/// The person that the options name, else the machine's guess.
fn named(context: &Context, by: Option<&str>) -> Result<Person, CliError> {
    match by.or(context.world.place.typist()) {
        Some(name) => person("--by", name),
        None => Err(CliError::usage("nobody is named: say who starts it with --by NAME")),
    }
}

/// Whether a person takes the role that leads.
fn leads(book: &Playbook, person: &Person) -> Result<bool, CliError> {
    let Some(lead) = book.lead() else { return Ok(false) };
    loop {
        let question = format!("{person}, are you the {}? (Enter = yes, n = no)", lead.title);
        match Prompt::new().ask(&question)? {
            Answer::Nothing => return Ok(true),
            Answer::End => return Err(nothing_started()),
            Answer::Words(words) => match words.to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => {}
            },
        }
    }
}

fn nothing_started() -> CliError {
    CliError::refused("nothing was started")
}

/// Roles as `--assign` gives them.
pub(in crate::cli) fn assignments(
    book: &Playbook,
    given: &[String],
    since: Option<Timestamp>,
) -> Result<Vec<Assignment>, CliError> {
    let one = |pair: &String| {
        let Some((role, name)) = pair.split_once('=') else {
            return Err(CliError::usage(format!("--assign takes ROLE=NAME, not \"{pair}\"")));
        };
        let role = find_role(book, role.trim())?.id.clone();
        Ok(Assignment { role, person: person("--assign", name)?, deputy: false, since })
    };
    given.iter().map(one).collect()
}
