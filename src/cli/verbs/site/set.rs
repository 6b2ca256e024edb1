//! `site set`: one answer of the site file; everything else in it stays as it is.

use clap::Args;
use serde::Serialize;

use crate::cli::acting::Acting;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::site_file::{INIT, SiteFile};
use crate::cli::site_pending::{Author, Pending, Recorded, write_site};
use crate::journal::IncidentId;
use crate::report::site_key;
use crate::site::{Key, SetError, Site, create, get};
use crate::ui::{Answer, Prompt, safe, welcome_back};
use crate::world::{Input, leave_on_signal};

/// Change one answer in the site file; comments and everything else in it stay
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook site set it-lead.phone \"860 555 0199\"\n  runbook site set it-lead.holder \"Ivo Brandt\"\n  runbook site set it-lead.deputy \"Jo Fox\"\n  runbook site set callback \"860 555 0100\"\n  runbook site set vendor.email.support \"800 555 0130\"\n  runbook site set checked today\n\nWhile an incident is open, the change (which answers, never their values) is recorded in it; in an\nexercise only if --incident names it."
)]
pub(super) struct SetArgs {
    /// Which answer, such as callback, it-lead.phone or vendor.email.support
    key: String,
    /// What it should be; `today` works for checked [at a terminal: the present answer, to be edited]
    value: Option<String>,
    #[command(flatten)]
    acting: Acting,
}

#[derive(Debug, Serialize)]
struct Outcome {
    format: u32,
    key: String,
    before: Option<String>,
    after: Option<String>,
    changed: bool,
    recorded: Vec<Recorded>,
}

pub(super) fn set(context: &mut Context, args: &SetArgs) -> Result<Exit, CliError> {
    // Said before anything is written: the person, and the incidents that will hold the change.
    let author = Author::of(context, &args.acting)?;
    let concerned = context.concerned(args.acting.incident.as_deref())?;
    let changed = match &args.value {
        Some(value) => change(context, args, value, (&concerned, &author)),
        None => edited(context, args)
            .and_then(|value| change(context, args, &value, (&concerned, &author))),
    };
    let new = changed.as_ref().map_or(&[][..], |change| &change.pending);
    // What an earlier change left goes on record, whatever becomes of this one.
    let flushed = context.record_pending(new);
    let Change { key, before, after, changed, .. } = changed?;
    let mut flushed = flushed?;
    let recorded = std::mem::take(&mut flushed.recorded);
    let answer = Outcome { format: 1, key: key.to_string(), before, after, changed, recorded };
    if args.acting.json {
        context.print_json(&answer)?;
    } else {
        context.say(&said(&answer))?;
    }
    flushed.failed()?;
    Ok(Exit::Ok)
}

/// The answer as somebody at a terminal has edited it. The file is not held while they type.
fn edited(context: &Context, args: &SetArgs) -> Result<String, CliError> {
    if context.world.console.input == Input::Other || args.acting.json {
        let error = CliError::new(Exit::NeedsTerminal, "there is nobody to ask for the new answer");
        return Err(error.hint(format!("runbook site set {} VALUE", args.key)));
    }
    let site = match context.site_file()? {
        SiteFile::Absent => Site::default(),
        SiteFile::Sound { site, .. } => site,
        SiteFile::Broken { text, found, .. } => return Err(context.broken_site(&text, &found)),
    };
    let key = Key::parse(&args.key, &site, &context.known_role_ids())
        .map_err(|error| refused(context, error))?;
    leave_on_signal("Nothing was changed.".to_owned(), welcome_back)?;
    let present = get(&site, &key).unwrap_or_default();
    let question = format!("{} (Enter = as it stands here)", site_key(&args.key));
    match Prompt::new().edit(&question, &present)? {
        Answer::Words(words) => Ok(words),
        Answer::Nothing | Answer::End => Err(CliError::refused("nothing was changed")),
    }
}

/// The answer in words: what it was, what it is, and where that is on record.
fn said(answer: &Outcome) -> String {
    let (key, after) = (site_key(&answer.key), answer.after.as_deref().unwrap_or_default());
    let mut lines = Vec::new();
    let before = answer.before.as_ref().map(|before| format!(" (before: {before})"));
    let first = if answer.changed {
        format!("Saved: {key} is {after}{}", before.unwrap_or_default())
    } else {
        format!("{key} is {after} already; nothing was changed.")
    };
    lines.push(safe(&first).into_owned());
    let recorded = answer.recorded.iter();
    lines.extend(
        recorded
            .map(|one| format!("Recorded in {} as {} ({})", one.incident, one.record, one.head)),
    );
    lines.join("\n")
}

struct Change {
    key: Key,
    before: Option<String>,
    after: Option<String>,
    /// Whether the file said something else before.
    changed: bool,
    /// What is to be recorded of it.
    pending: Vec<Pending>,
}

/// Changes one answer on disk, with the file held against other processes meanwhile.
fn change(
    context: &Context,
    args: &SetArgs,
    value: &str,
    (concerned, author): (&[IncidentId], &Author),
) -> Result<Change, CliError> {
    let today = context.today().to_string();
    // Every playbook is read for them: too long a work to keep others waiting.
    let roles = context.known_role_ids();
    let mut file = context.home.hold_site().map_err(|error| context.unusable(error))?;
    let bytes = file.read().map_err(|error| context.unusable(error))?;
    let (old, site) = match bytes.map(|bytes| SiteFile::of(&bytes)) {
        None | Some(SiteFile::Absent) => (None, Site::default()),
        Some(SiteFile::Sound { text, site, .. }) => (Some(text), site),
        Some(SiteFile::Broken { text, found, .. }) => {
            return Err(context.broken_site(&text, &found));
        }
    };
    let key = Key::parse(&args.key, &site, &roles).map_err(|error| refused(context, error))?;
    let value = if key == Key::Place("checked") && value == "today" { &today } else { value };
    let before = get(&site, &key);
    let text = match &old {
        Some(text) => crate::site::set(text, &key, value),
        None if key == Key::Place("name") => create(value),
        None => {
            let error = CliError::refused("there is no site file yet").hint(INIT);
            return Err(error.hint("or begin it: runbook site set name \"Your site\""));
        }
    };
    let text = text.map_err(|error| refused(context, error))?;
    if old.as_ref() == Some(&text) {
        let (after, pending) = (before.clone(), Vec::new());
        return Ok(Change { key, before, after, changed: false, pending });
    }
    let pending = context.pending(concerned, &[key.to_string()], author)?;
    write_site(&mut file, &text, &pending).map_err(|error| context.unusable(error))?;
    let after = crate::site::read(&text).ok().and_then(|compiled| get(&compiled.site, &key));
    Ok(Change { key, before, after, changed: true, pending })
}

/// Why an answer was not changed, and what to type instead.
pub(super) fn refused(context: &Context, error: SetError) -> CliError {
    let message = error.to_string();
    match error {
        SetError::UnknownKey { near, known, .. } => {
            let error = CliError::usage(message);
            let near = near.map(|near| format!("did you mean {near}?"));
            near.into_iter().chain(known).fold(error, CliError::hint)
        }
        SetError::BadValue { help, .. } => CliError::usage(message).hint(help),
        SetError::First { command, .. } => CliError::refused(message).hint(command),
        SetError::ByHand { line, write } => {
            let place = context.site_place();
            CliError::refused(format!("{place}:{line}: this line is better edited by hand"))
                .hint(format!("it should say {write}"))
                .hint("then: runbook site lint")
        }
    }
}
