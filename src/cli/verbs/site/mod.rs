//! `site`: how people, leadership and vendors are reached when everything else is down.

mod init;
mod json;
mod lint;
mod set;
mod show;

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};

pub(super) use json::{LeaderJson, PersonJson, VendorJson};

/// Keep the phone numbers of people, leadership and vendors; they work when nothing else does
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  runbook site init\n  runbook site set it-lead.phone \"860 555 0199\"\n  runbook site show\n\nThe file is site.yaml in the folder of runbook's data. It is private: it never goes with an\nincident's folder. People may edit it by hand; runbook keeps their comments."
)]
pub(in crate::cli) struct SiteArgs {
    #[command(subcommand)]
    verb: SiteVerb,
}

#[derive(Debug, Subcommand)]
enum SiteVerb {
    Init(init::InitArgs),
    Show(show::ShowArgs),
    Lint(lint::LintArgs),
    Set(set::SetArgs),
}

impl SiteArgs {
    /// Whether somebody who types this wants something to be on disk afterwards.
    pub(in crate::cli) const fn records(&self) -> bool {
        matches!(self.verb, SiteVerb::Init(_) | SiteVerb::Set(_))
    }
}

pub(in crate::cli) fn site(context: &mut Context, args: &SiteArgs) -> Result<Exit, CliError> {
    match &args.verb {
        SiteVerb::Init(args) => init::init(context, args),
        SiteVerb::Show(args) => show::show(context, args),
        SiteVerb::Lint(args) => lint::lint(context, args),
        SiteVerb::Set(args) => set::set(context, args),
    }
}
