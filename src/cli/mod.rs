//! The edge: argv in, exit code out. One file per verb: resolve what was meant, load, execute, show.

mod acting;
mod books;
mod context;
mod day;
mod error;
mod exercises;
mod record;
mod reference_files;
mod seat;
mod site_file;
mod site_pending;
mod standing;
mod verbs;

use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::world::{NoHome, World};
use context::Context;
use error::{CliError, Exit, safe_lines};
use verbs::{
    actions, answer, contacts, decide, diff, drill, ending, escalate, export, handover, hotwash,
    incidents, lint, list, log, manual, mark, new, note, print, readiness, reference, report, role,
    schema, show, site, start, status, test, transcribe, trends, verify, walk,
};

/// Outage runbooks for pharmacies, clinics and hospitals: role-assigned steps on the clock, every
/// answer in an append-only log, the after-action report straight from it.
#[derive(Debug, Parser)]
#[command(
    name = "runbook",
    version,
    arg_required_else_help = true,
    after_help = "Start here: runbook start email-outage\n\nExit codes: 0 ok · 1 refused (diff: different; test: failed) · 2 usage ·\n3 playbook or site file invalid · 4 integrity · 5 busy · 6 not confirmed saved ·\n7 needs a terminal · 8 overdue (status --check, readiness --check) · 70 bug"
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Start(start::StartArgs),
    Walk(walk::WalkArgs),
    Status(status::StatusArgs),
    Begin(answer::BeginArgs),
    Done(answer::DoneArgs),
    /// Record that a step does not apply here
    Skip(answer::ReasonArgs),
    /// Record that a step was tried and did not work
    Fail(answer::ReasonArgs),
    Defer(answer::DeferArgs),
    /// Open a step again that has an answer
    Reopen(answer::ReasonArgs),
    Decide(decide::DecideArgs),
    Approve(decide::ApproveArgs),
    Assign(role::AssignArgs),
    Release(role::ReleaseArgs),
    Handover(handover::HandoverArgs),
    Note(note::NoteArgs),
    Correct(note::CorrectArgs),
    Mark(mark::MarkArgs),
    Classify(mark::ClassifyArgs),
    Escalate(escalate::EscalateArgs),
    FalseAlarm(ending::FalseAlarmArgs),
    Close(ending::CloseArgs),
    Transcribe(transcribe::TranscribeArgs),
    Drill(drill::DrillArgs),
    Log(log::LogArgs),
    Verify(verify::VerifyArgs),
    Report(report::ReportArgs),
    Export(export::ExportArgs),
    Trends(trends::TrendsArgs),
    Actions(actions::ActionsArgs),
    Readiness(readiness::ReadinessArgs),
    Hotwash(hotwash::HotwashArgs),
    Site(site::SiteArgs),
    Contacts(contacts::ContactsArgs),
    Incidents(incidents::IncidentsArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    New(new::NewArgs),
    Lint(lint::LintArgs),
    Test(test::TestArgs),
    Diff(diff::DiffArgs),
    Print(print::PrintArgs),
    Reference(reference::ReferenceArgs),
    Schema(schema::SchemaArgs),
    Completions(manual::CompletionsArgs),
    Man(manual::ManArgs),
}

impl Verb {
    /// Whether somebody who types this wants something to be on disk afterwards.
    const fn records(&self) -> bool {
        match self {
            Self::Site(args) => return args.records(),
            Self::Actions(args) => return args.records(),
            Self::Readiness(args) => return args.records(),
            Self::Drill(args) => return args.records(),
            _ => {}
        }
        !matches!(
            self,
            Self::Status(_)
                | Self::Log(_)
                | Self::Verify(_)
                | Self::Report(_)
                | Self::Export(_)
                | Self::Trends(_)
                | Self::Contacts(_)
                | Self::Incidents(_)
                | Self::List(_)
                | Self::Show(_)
                | Self::New(_)
                | Self::Lint(_)
                | Self::Test(_)
                | Self::Diff(_)
                | Self::Print(_)
                | Self::Reference(_)
                | Self::Schema(_)
                | Self::Completions(_)
                | Self::Man(_)
        )
    }
}

/// What to say when the program itself is wrong.
const BUG: &str = "error: this is a bug in runbook. What was acknowledged is on disk: go on on paper, \
                   then try again.";

/// Runs one command in a world. Never panics: a bug of ours ends with exit code 70 and the advice to
/// work on paper.
pub fn run(argv: impl IntoIterator<Item = OsString>, world: World) -> ExitCode {
    let mut context = Context::new(world);
    let argv: Vec<OsString> = argv.into_iter().collect();
    let cli = match Cli::try_parse_from(&argv) {
        Ok(cli) => cli,
        Err(error) => {
            // Somebody at risk waits behind this one, however it was typed.
            if error.use_stderr() && drill::interrupt_is_meant(&argv) {
                drill::say_it_is_real(&mut context);
            }
            return code(answer_of_clap(&mut context, &error));
        }
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| dispatch(&mut context, &cli.verb)));
    let exit = if let Ok(outcome) = outcome {
        outcome.unwrap_or_else(|error| {
            let error = if cli.verb.records() { error.unsaved() } else { error };
            complain(&mut context, &error)
        })
    } else {
        let _ = context.tell(BUG);
        Exit::Bug
    };
    let _ = context.world.console.out.flush();
    code(exit)
}

/// The system does not tell where files may lie.
#[must_use]
pub fn homeless(error: &NoHome) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "error: {error}");
    code(Exit::Usage)
}

fn dispatch(context: &mut Context, verb: &Verb) -> Result<Exit, CliError> {
    match verb {
        Verb::Start(args) => start::start(context, args),
        Verb::Walk(args) => walk::walk(context, args),
        Verb::Status(args) => status::status(context, args),
        Verb::Begin(args) => answer::begin(context, args),
        Verb::Done(args) => answer::done(context, args),
        Verb::Skip(args) => answer::skip(context, args),
        Verb::Fail(args) => answer::fail(context, args),
        Verb::Defer(args) => answer::defer(context, args),
        Verb::Reopen(args) => answer::reopen(context, args),
        Verb::Decide(args) => decide::decide(context, args),
        Verb::Approve(args) => decide::approve(context, args),
        Verb::Assign(args) => role::assign(context, args),
        Verb::Release(args) => role::release(context, args),
        Verb::Handover(args) => handover::handover(context, args),
        Verb::Note(args) => note::note(context, args),
        Verb::Correct(args) => note::correct(context, args),
        Verb::Mark(args) => mark::mark(context, args),
        Verb::Classify(args) => mark::classify(context, args),
        Verb::Escalate(args) => escalate::escalate(context, args),
        Verb::FalseAlarm(args) => ending::false_alarm(context, args),
        Verb::Close(args) => ending::close(context, args),
        Verb::Transcribe(args) => transcribe::transcribe(context, args),
        Verb::Drill(args) => drill::drill(context, args),
        Verb::Log(args) => log::log(context, args),
        Verb::Verify(args) => verify::verify(context, args),
        Verb::Report(args) => report::report(context, args),
        Verb::Export(args) => export::export(context, args),
        Verb::Trends(args) => trends::trends(context, args),
        Verb::Hotwash(args) => hotwash::hotwash(context, args),
        Verb::Actions(args) => actions::actions(context, args),
        Verb::Readiness(args) => readiness::readiness(context, args),
        Verb::Site(args) => site::site(context, args),
        Verb::Contacts(args) => contacts::contacts(context, args),
        Verb::Incidents(args) => incidents::incidents(context, args),
        Verb::List(args) => list::list(context, args),
        Verb::Show(args) => show::show(context, args),
        Verb::New(args) => new::new(context, args),
        Verb::Lint(args) => lint::lint(context, args),
        Verb::Test(args) => test::test(context, args),
        Verb::Diff(args) => diff::diff(context, args),
        Verb::Print(args) => print::print(context, args),
        Verb::Reference(args) => reference::reference(context, args),
        Verb::Schema(args) => schema::schema(context, args),
        Verb::Completions(args) => manual::completions(context, args),
        Verb::Man(args) => manual::man(context, args),
    }
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}

/// Help and version are data; everything else is a usage error, which may hold what was typed.
fn answer_of_clap(context: &mut Context, error: &clap::Error) -> Exit {
    let text = error.render();
    let (told, exit) = if error.use_stderr() {
        let text = safe_lines(&text.to_string());
        (writeln!(context.world.console.err, "{}", text.trim_end()), Exit::Usage)
    } else {
        (write!(context.world.console.out, "{}", text.ansi()), Exit::Ok)
    };
    // A reader who closed the pipe has read enough.
    let _ = told;
    exit
}

fn complain(context: &mut Context, error: &CliError) -> Exit {
    if error.is_closed_pipe() {
        return Exit::Ok;
    }
    let _ = context.tell(&error.render());
    error.exit()
}
