//! `schema`: what an editor needs to know of the files that people write.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::playbook;
use crate::reference;
use crate::site;
use crate::trial;

/// Print the JSON Schema of a playbook, so that an editor completes and checks while you write
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook schema > playbooks/playbook.schema.json\n  \
                        runbook schema --set > playbooks/sets/step-set.schema.json\n  \
                        runbook schema --test > playbooks/test.schema.json\n\n\
                        A playbook names it in its first line, and so do the others:\n  \
                        # yaml-language-server: $schema=./playbook.schema.json\n\
                        An editor sees one file and one place; runbook lint sees the whole.")]
#[expect(clippy::struct_excessive_bools, reason = "flags that exclude each other")]
pub(in crate::cli) struct SchemaArgs {
    /// Print the schema of the site file instead
    #[arg(long)]
    site: bool,
    /// Print the schema of a step set instead
    #[arg(long, conflicts_with = "site")]
    set: bool,
    /// Print the schema of a reference file instead
    #[arg(long, conflicts_with_all = ["site", "set"])]
    reference: bool,
    /// Print the schema of a playbook test instead
    #[arg(long, conflicts_with_all = ["site", "set", "reference"])]
    test: bool,
}

pub(in crate::cli) fn schema(context: &mut Context, args: &SchemaArgs) -> Result<Exit, CliError> {
    let schema = match args {
        SchemaArgs { site: true, .. } => site::schema(),
        SchemaArgs { set: true, .. } => playbook::set_schema(),
        SchemaArgs { test: true, .. } => trial::schema(),
        SchemaArgs { reference: true, .. } => reference::schema(),
        SchemaArgs { .. } => playbook::schema(),
    };
    context.print_json(&schema)?;
    Ok(Exit::Ok)
}
