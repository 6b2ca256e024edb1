//! `new --set`: a step set to begin with, or the site's own copy of one.

use std::path::Path;

use serde::Serialize;

use super::{NewArgs, with_ending, word, write};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook::{STARTER_SET, SetId, proposed_id};
use crate::ui::safe;

#[derive(Debug, Serialize)]
struct NewSet {
    format: u32,
    set: SetId,
    file: String,
    /// Where the one came from that it is a copy of.
    from: Option<String>,
    next: Vec<String>,
}

pub(super) fn new(context: &mut Context, args: &NewArgs) -> Result<Exit, CliError> {
    let id = name(&args.name)?;
    let path = match &args.output {
        Some(path) => with_ending(path)?,
        None => Path::new("playbooks/sets").join(format!("{id}.yaml")),
    };
    let (from, text) = match context.step_set(&id)? {
        Some((origin, text)) => (Some(origin), text),
        None => (None, STARTER_SET.replace("my-steps", id.as_str())),
    };
    let full = write(context, &path, &text)?;
    let next = vec![format!("runbook lint {}", word(&path)), "runbook list".to_owned()];
    let new = NewSet { format: 1, set: id, file: path.display().to_string(), from, next };
    if args.json {
        context.print_json(&new)?;
        return Ok(Exit::Ok);
    }
    say(context, &new, &full, args.output.is_none())?;
    Ok(Exit::Ok)
}

fn name(word: &str) -> Result<SetId, CliError> {
    word.parse().map_err(|why| {
        let error = CliError::usage(format!("\"{word}\" is no name for a step set: {why}"));
        match proposed_id(word) {
            Some(better) => error.hint(format!("runbook new {better} --set")),
            None => error.hint("for example: runbook new our-steps --set"),
        }
    })
}

fn say(context: &mut Context, new: &NewSet, full: &Path, found_here: bool) -> Result<(), CliError> {
    let what = new.from.as_ref().map_or_else(
        || "a step set with one step".to_owned(),
        |from| format!("a copy of {}, with its comments", safe(from)),
    );
    context.say(&format!("Wrote {}: {what}", safe(&new.file)))?;
    let id = &new.set;
    if new.from.is_none() {
        context.say(&format!("A playbook takes its step by the line: - use: {id}/first-step"))?;
    } else if found_here {
        context
            .say(&format!("In this folder every playbook takes its {id}/... steps from it now."))?;
    }
    context.say("Next:")?;
    for command in &new.next {
        context.say(&format!("  {}", safe(command)))?;
    }
    let schema = full.with_file_name("step-set.schema.json");
    if !schema.exists() {
        let beside = Path::new(&new.file).with_file_name("step-set.schema.json");
        let command = format!("runbook schema --set > {}", word(&beside));
        context.say(&format!("  {}   so that an editor completes and checks", safe(&command)))?;
    }
    Ok(())
}
