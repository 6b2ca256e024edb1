//! `site init`: asks for the numbers that an outage needs, the most important ones first.

use clap::Args;

use super::set::refused;
use super::show::say_missing;
use crate::cli::acting::person;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::{SiteFile, known_services};
use crate::cli::site_pending::{Author, Pending, Recorded, write_site};
use crate::engine::Person;
use crate::playbook::{Role, ServiceId};
use crate::site::{Contact, Key, SetError, Site, create, missing, set};
use crate::ui::{Answer, Prompt, safe, welcome_back};
use crate::world::{Input, leave_on_signal};

/// Be asked for the numbers that an outage needs; goes on where it was left
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook site init\n\nEnter skips a question. Every part is saved as soon as it is answered; Ctrl-C keeps it, and the same\ncommand goes on with what is missing. An answer that is there is never overwritten."
)]
pub(super) struct InitArgs {
    /// Who answers [default: `$RUNBOOK_BY`, else the name of the OS user]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The incident that records the change [default: every open one that is no exercise]
    #[arg(long, value_name = "INCIDENT")]
    incident: Option<String>,
}

const FAREWELL: &str = "You left. Every part that was called saved is in the site file; the part you \
                        were in is not.\nrunbook site init goes on with what is missing.";

/// What is asked in one go and saved at its end.
#[derive(Debug)]
enum Part {
    Name,
    Callback,
    Role(Role),
    Leaders,
    Vendor(ServiceId),
}

/// Why the asking ends early.
enum Stop {
    /// The person or the terminal is gone.
    Left,
    Failed(CliError),
}

impl<E: Into<CliError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

pub(super) fn init(context: &mut Context, args: &InitArgs) -> Result<Exit, CliError> {
    if context.world.console.input == Input::Other {
        let error =
            CliError::new(Exit::NeedsTerminal, "site init asks questions and needs a terminal");
        return Err(error
            .hint("without one: runbook site set name \"Your site\", then site set for the rest")
            .hint("runbook site set --help shows the keys"));
    }
    let concerned = context.concerned(args.incident.as_deref())?;
    let by = args.by.as_deref().or(context.world.place.typist());
    let by = by.map(|name| person("--by", name)).transpose()?;
    let (_, site) = on_file(context)?;
    let roles = context.known_roles();
    let parts = parts(&site, &roles, &known_services());
    for id in &concerned {
        context.tell(&format!("{id} is open and goes on: runbook walk takes you back to it."))?;
    }
    record(context, &[])?;
    if !parts.is_empty() {
        context.tell("Enter skips a question; Ctrl-C leaves, and what is saved stays saved.")?;
    }
    leave_on_signal(FAREWELL.to_owned(), welcome_back)?;
    let mut asking = Asking { prompt: Prompt::new(), by, incident: args.incident.clone() };
    for (at, part) in parts.iter().enumerate() {
        context.tell(&format!("\n{} of {} - {}", at + 1, parts.len(), safe(&part.title())))?;
        match asking.part(context, part) {
            Ok(()) => {}
            Err(Stop::Left) => {
                context.tell(&format!("\n{FAREWELL}"))?;
                return Ok(Exit::Ok);
            }
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
    finish(context, &roles)
}

fn finish(context: &mut Context, roles: &[Role]) -> Result<Exit, CliError> {
    let flushed = context.record_pending(&[])?;
    let (_, site) = on_file(context)?;
    let place = context.site_place();
    context
        .say(&format!("\nThe site file is {place}; it is private. runbook contacts shows it."))?;
    say_missing(context, &missing(Some(&site), roles, &known_services()))?;
    for Recorded { incident, record, head } in &flushed.recorded {
        context.tell(&format!("Recorded in {incident} as {record} ({head})"))?;
    }
    flushed.failed()?;
    Ok(Exit::Ok)
}

/// The file as it is now: its text, if there is one, and what it says.
fn on_file(context: &Context) -> Result<(Option<String>, Site), CliError> {
    match context.site_file()? {
        SiteFile::Absent => Ok((None, Site::default())),
        SiteFile::Sound { text, site, .. } => Ok((Some(text), site)),
        SiteFile::Broken { text, found, .. } => Err(context.broken_site(&text, &found)),
    }
}

/// What has not been answered yet, the most important first.
fn parts(site: &Site, roles: &[Role], services: &[ServiceId]) -> Vec<Part> {
    let reachable = |one: &Contact| one.phone.is_some() || one.other.is_some();
    let mut parts = Vec::new();
    if site.name.is_empty() {
        parts.push(Part::Name);
    }
    if site.callback.is_none() {
        parts.push(Part::Callback);
    }
    for role in roles {
        let planned = site.for_role(&role.id);
        let held = planned.and_then(|one| one.holder.as_ref()).is_some_and(reachable);
        let stands_in = planned.and_then(|one| one.deputies.first()).is_some_and(reachable);
        if !held || !stands_in {
            parts.push(Part::Role(role.clone()));
        }
    }
    if site.leadership.is_empty() || !site.leadership.iter().all(|one| reachable(&one.contact)) {
        parts.push(Part::Leaders);
    }
    let open = |service: &&ServiceId| site.vendors_for(service).all(|one| one.support.is_none());
    parts.extend(services.iter().filter(open).cloned().map(Part::Vendor));
    parts
}

impl Part {
    fn title(&self) -> String {
        match self {
            Self::Name => "The site".to_owned(),
            Self::Callback => "The number patients call back".to_owned(),
            Self::Role(role) => format!("{}. {}", role.title, role.duty.trim()),
            Self::Leaders => "Leadership: who must be told at once".to_owned(),
            Self::Vendor(service) => format!("Who repairs {service} for you"),
        }
    }

    fn short(&self) -> &str {
        match self {
            Self::Name => "the site's name",
            Self::Callback => "the call-back number",
            Self::Role(role) => &role.title,
            Self::Leaders => "leadership",
            Self::Vendor(service) => service.as_str(),
        }
    }
}

struct Asking {
    prompt: Prompt,
    by: Option<Person>,
    incident: Option<String>,
}

/// The file with the answers of one part, not yet on disk.
struct Draft {
    text: Option<String>,
    site: Site,
    answers: Vec<(Key, String)>,
}

impl Draft {
    fn put(&mut self, key: Key, words: &str) -> Result<(), SetError> {
        let text = match &self.text {
            Some(text) => set(text, &key, words)?,
            None => create(words)?,
        };
        if let Ok(compiled) = crate::site::read(&text) {
            self.site = compiled.site;
        }
        self.text = Some(text);
        self.answers.push((key, words.to_owned()));
        Ok(())
    }
}

impl Asking {
    fn part(&mut self, context: &mut Context, part: &Part) -> Result<(), Stop> {
        let (text, site) = on_file(context)?;
        let mut draft = Draft { text, site, answers: Vec::new() };
        match part {
            Part::Name => {
                while !self.ask(
                    context,
                    &mut draft,
                    &Key::Place("name"),
                    "What do patients call it?",
                )? {
                    context.tell("The file needs this one answer.")?;
                }
            }
            Part::Callback => {
                let question = "Which number should patients call back? (Enter = skip)";
                self.ask(context, &mut draft, &Key::Place("callback"), question)?;
            }
            Part::Role(role) => self.role(context, &mut draft, role)?,
            Part::Leaders => self.leaders(context, &mut draft)?,
            Part::Vendor(service) => self.vendor(context, &mut draft, service)?,
        }
        if draft.answers.is_empty() {
            context.tell("Skipped.")?;
            return Ok(());
        }
        self.save(context, part, &draft.answers)
    }

    fn role(&self, context: &mut Context, draft: &mut Draft, role: &Role) -> Result<(), Stop> {
        let (holder, deputy) = (
            |part| Key::Holder(role.id.clone(), part),
            |part| Key::Deputy(role.id.clone(), 1, part),
        );
        let ways = [[holder("phone"), holder("other")], [deputy("phone"), deputy("other")]];
        let names = [holder("name"), deputy("name")];
        let questions = [
            "Who does this? (name; Enter = skip)",
            "Who steps in as deputy? (name; Enter = nobody)",
        ];
        for ((name, ways), question) in names.into_iter().zip(ways).zip(questions) {
            if crate::site::get(&draft.site, &name).is_none()
                && !self.ask(context, draft, &name, question)?
            {
                return Ok(());
            }
            self.phone(context, draft, &name, ways)?;
        }
        Ok(())
    }

    /// The phone of somebody who has a name by now, unless there is a way to reach them.
    fn phone(
        &self,
        context: &mut Context,
        draft: &mut Draft,
        name: &Key,
        [phone, other]: [Key; 2],
    ) -> Result<(), Stop> {
        let known = |key| crate::site::get(&draft.site, key);
        if let Some(name) =
            known(name).filter(|_| known(&phone).is_none() && known(&other).is_none())
        {
            let question = format!(
                "Phone of {name}? One that works when your own lines are down (Enter = none)"
            );
            self.ask(context, draft, &phone, &question)?;
        }
        Ok(())
    }

    fn leaders(&self, context: &mut Context, draft: &mut Draft) -> Result<(), Stop> {
        let way = |number| [Key::Leader(number, "phone"), Key::Leader(number, "other")];
        for number in 1..=draft.site.leadership.len() {
            self.phone(context, draft, &Key::Leader(number, "name"), way(number))?;
        }
        loop {
            let number = draft.site.leadership.len() + 1;
            let name = Key::Leader(number, "name");
            let question = if number == 1 { "Whom?" } else { "Whom else?" };
            let question = format!("{question} (name; Enter = nobody)");
            if !self.ask(context, draft, &name, &question)? {
                return Ok(());
            }
            self.phone(context, draft, &name, way(number))?;
        }
    }

    fn vendor(
        &self,
        context: &mut Context,
        draft: &mut Draft,
        service: &ServiceId,
    ) -> Result<(), Stop> {
        let name = Key::Vendor(service.clone(), "name");
        if crate::site::get(&draft.site, &name).is_none()
            && !self.ask(context, draft, &name, "Which company? (Enter = skip)")?
        {
            return Ok(());
        }
        for (part, question) in [
            ("support", "Its support number, for a person and not a web page? (Enter = none)"),
            ("contract", "Your contract or customer number there? (Enter = none)"),
        ] {
            let key = Key::Vendor(service.clone(), part);
            if crate::site::get(&draft.site, &key).is_none() {
                self.ask(context, draft, &key, question)?;
            }
        }
        Ok(())
    }

    /// Asks until the answer can be used or is left out. Whether there is one.
    fn ask(
        &self,
        context: &mut Context,
        draft: &mut Draft,
        key: &Key,
        question: &str,
    ) -> Result<bool, Stop> {
        loop {
            let words = match self.prompt.ask(question)? {
                Answer::Words(words) => words,
                Answer::Nothing => return Ok(false),
                Answer::End => return Err(Stop::Left),
            };
            if !words.contains(char::is_alphanumeric) {
                context.tell(
                    "That is no answer. Type one, or Enter to leave it out; Ctrl-C leaves, and every \
                     part that was saved stays.",
                )?;
                continue;
            }
            match draft.put(key.clone(), &words) {
                Ok(()) => return Ok(true),
                Err(SetError::BadValue { why, help, .. }) => {
                    context.tell(&safe(&format!("Not taken: {why}. {help}.")))?;
                }
                Err(error) => return Err(Stop::Failed(refused(context, error))),
            }
        }
    }

    /// Puts the answers of one part into the file as it is by now, and into the log of the incidents
    /// that are open.
    fn save(
        &self,
        context: &mut Context,
        part: &Part,
        answers: &[(Key, String)],
    ) -> Result<(), Stop> {
        let mut file = context.home.hold_site().map_err(|error| context.unusable(error))?;
        let (text, site) = on_file(context)?;
        let mut draft = Draft { text, site, answers: Vec::new() };
        for (key, words) in answers {
            draft.put(key.clone(), words).map_err(|error| refused(context, error))?;
        }
        let text = draft.text.unwrap_or_default();
        let concerned = context.concerned(self.incident.as_deref())?;
        let keys: Vec<String> = answers.iter().map(|(key, _)| key.to_string()).collect();
        let author = Author { by: self.by.clone(), ..Author::default() };
        let pending = context.pending(&concerned, &keys, &author)?;
        let written = write_site(&mut file, &text, &pending);
        written.map_err(|error| context.unusable(error).unsaved())?;
        drop(file);
        context.tell(&format!("Saved: {}.", safe(part.short())))?;
        Ok(record(context, &pending)?)
    }
}

/// Records what waits. What cannot be recorded now is said and tried again with the next part.
fn record(context: &mut Context, new: &[Pending]) -> Result<(), CliError> {
    let flushed = context.record_pending(new)?;
    for Recorded { incident, record, head } in &flushed.recorded {
        context.tell(&format!("Recorded in {incident} as {record} ({head})"))?;
    }
    match flushed.failed() {
        Ok(()) => Ok(()),
        Err(error) => context.tell(&error.render()),
    }
}
