//! `completions`, `man`: the program about itself.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::world::write_new_folder;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example: runbook completions bash > ~/.local/share/bash-completion/completions/runbook"
)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Write the manual pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example: runbook man target/man")]
pub(in crate::cli) struct ManArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write over older pages
    #[arg(long)]
    overwrite: bool,
}

pub(in crate::cli) fn completions(
    context: &mut Context,
    args: &CompletionsArgs,
) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "runbook", &mut script);
    context.print_bytes(&script)?;
    Ok(Exit::Ok)
}

pub(in crate::cli) fn man(context: &mut Context, args: &ManArgs) -> Result<Exit, CliError> {
    let mut root = Cli::command();
    root.build();
    let mut pages = vec![("runbook.1".to_owned(), page(root.clone())?)];
    for verb in root.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let name = format!("runbook-{}", verb.get_name());
        pages.push((format!("{name}.1"), page(verb.clone().display_name(name))?));
    }
    let folder = context.world.place.cwd.join(&args.folder);
    write_new_folder(&folder, &pages, args.overwrite)
        .map_err(|error| error.as_typed(&folder, &args.folder))?;
    context.say(&format!("Wrote {} pages to {}", pages.len(), args.folder.display()))?;
    Ok(Exit::Ok)
}

fn page(command: clap::Command) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes)?;
    Ok(bytes)
}
