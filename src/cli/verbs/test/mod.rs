//! `test`: scripted incidents of a playbook, played on an exercise clock.

mod files;
mod json;

use std::path::Path;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::cli::verbs::lint::Linted;
use crate::playbook::Diagnostic;
use crate::trial::{Coverage, Played, Script, draft, play, read};
use crate::ui::{
    LEGEND, coverage_lines, event_lines, fault_lines, render_diagnostics, safe, scenario_lines,
    verdict,
};
use files::TestFile;

/// Play the scripted incidents of a playbook, and say what is not as they expect
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
                        runbook test playbooks/email-outage.test.yaml\n  \
                        runbook test email-outage --scenario relapse --verbose\n  \
                        runbook test --coverage\n  \
                        runbook test portal-down --draft > playbooks/portal-down.test.yaml\n\n\
                        A test stands beside its playbook: NAME.test.yaml. It is played on an exercise clock in\n\
                        memory: nothing is recorded, nothing is sent. Ends with 1 if something is not as a test\n\
                        says, and with 3 if a test or its playbook is invalid.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct TestArgs {
    /// Tests, or the playbooks they are of [default: every test in ./playbooks and in the home's]
    #[arg(value_name = "FILE")]
    file: Vec<String>,
    /// Print a first test of a playbook: what it does now, for you to read and change
    #[arg(long, conflicts_with_all = ["scenario", "coverage", "verbose", "json"])]
    draft: bool,
    /// Play only the scenario of this name
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Name the answers that no scenario gives, and the steps that none answers
    #[arg(long)]
    coverage: bool,
    /// Show everything that was recorded
    #[arg(long, short)]
    verbose: bool,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// A test that was played.
struct Tested {
    file: TestFile,
    source: String,
    script: Script,
    played: Vec<Played>,
}

impl Tested {
    fn of(args: &TestArgs, file: TestFile, source: String, script: Script) -> Self {
        let wanted = |name: &str| args.scenario.as_deref().is_none_or(|wanted| wanted == name);
        let chosen = script.scenarios.iter().filter(|scenario| wanted(&scenario.name));
        let played = chosen.map(|scenario| play(&script, scenario)).collect();
        Self { file, source, script, played }
    }

    fn is_ok(&self) -> bool {
        self.played.iter().all(Played::is_ok)
    }

    /// What the scenarios leave out; nothing where only one of them was asked for.
    fn coverage(&self) -> Option<Coverage> {
        let all = self.played.len() == self.script.scenarios.len();
        all.then(|| Coverage::of(&self.script.book, &self.played))
    }
}

pub(in crate::cli) fn test(context: &mut Context, args: &TestArgs) -> Result<Exit, CliError> {
    if args.draft {
        return first_test(context, &args.file);
    }
    let (mut all, mut files) = (Vec::new(), Vec::new());
    let mut invalid = false;
    for file in files::chosen(context, &args.file)? {
        let source = file.read()?;
        let checked = Checked::of(context, &file, &source);
        if !args.json {
            complain(context, &file, &source, &checked)?;
        }
        invalid |= !checked.usable();
        files.push(Linted::of(file.shown.clone(), &source, &checked.found, checked.usable()));
        all.extend(checked.script.map(|script| Tested::of(args, file, source, script)));
    }
    let found = all.iter().any(|tested| !tested.played.is_empty());
    if let Some(name) = args.scenario.as_ref().filter(|_| !found && !invalid) {
        return Err(no_scenario(name, &all));
    }
    all.retain(|tested| !tested.played.is_empty());
    let passed = all.iter().all(Tested::is_ok);
    if args.json {
        context.print_json(&json::Answer::of(&all, &files, passed && !invalid))?;
    } else {
        all.iter().try_for_each(|tested| say(context, args, tested))?;
        if !passed {
            context.say(&format!("\n{LEGEND}"))?;
        }
    }
    Ok(match (invalid, passed) {
        (true, _) => Exit::Invalid,
        (false, false) => Exit::Refused,
        (false, true) => Exit::Ok,
    })
}

/// What is wrong or doubtful about a test, and the test where it can be played.
pub(in crate::cli) struct Checked {
    pub(in crate::cli) found: Vec<Diagnostic>,
    script: Option<Script>,
    /// What is wrong with its playbook, to be read before the fault in the test.
    broken: Option<String>,
}

impl Checked {
    fn of(context: &Context, file: &TestFile, source: &str) -> Self {
        let mut broken = None;
        let script = read(source, |name| {
            files::playbook(context, file, name).map_err(|(no, said)| {
                broken = said;
                no
            })
        });
        match script {
            Ok(script) => Self { found: script.warnings.clone(), script: Some(script), broken },
            Err(found) => Self { found, script: None, broken },
        }
    }

    /// Of a file that somebody else has read.
    pub(in crate::cli) fn at(context: &Context, path: &Path, source: &str) -> Self {
        let (path, shown) = (context.world.place.cwd.join(path), path.display().to_string());
        Self::of(context, &TestFile { path, shown }, source)
    }

    /// Whether it can be played.
    pub(in crate::cli) const fn usable(&self) -> bool {
        self.script.is_some()
    }
}

fn complain(
    context: &mut Context,
    file: &TestFile,
    source: &str,
    checked: &Checked,
) -> Result<(), CliError> {
    if let Some(broken) = &checked.broken {
        context.tell(&format!("{broken}\n"))?;
    }
    if checked.found.is_empty() {
        return Ok(());
    }
    context.tell(&render_diagnostics(&file.shown, source, &checked.found, false))
}

/// Prints a test that passes, to begin with.
fn first_test(context: &mut Context, playbooks: &[String]) -> Result<Exit, CliError> {
    let [name] = playbooks else {
        let error = CliError::usage("--draft takes one playbook: its name, or the path of a file");
        return Err(error.hint("runbook test portal-down --draft"));
    };
    let book = context.playbook(name)?.playbook;
    context.print_bytes(draft(&book).as_bytes())?;
    Ok(Exit::Ok)
}

fn no_scenario(name: &str, all: &[Tested]) -> CliError {
    let names = all.iter().flat_map(|tested| &tested.script.scenarios).map(|it| it.name.as_str());
    let names: Vec<&str> = names.collect();
    CliError::usage(format!("there is no scenario \"{name}\""))
        .hint(format!("there are {}", names.join(", ")))
}

fn say(context: &mut Context, args: &TestArgs, tested: &Tested) -> Result<(), CliError> {
    let Tested { file, source, script, played } = tested;
    let width = usize::from(context.world.console.width);
    let book = &script.book;
    let mut lines = vec![format!("{}: {} {}", safe(&file.shown), book.id, safe(&book.version))];
    if args.verbose {
        for one in played {
            lines.extend(scenario_lines(std::slice::from_ref(one), true, width));
            lines.extend(event_lines(book, one, width));
        }
    } else {
        lines.extend(scenario_lines(played, false, width));
    }
    lines.extend(played.iter().flat_map(|one| fault_lines(&file.shown, source, one, width)));
    lines.push(verdict(played));
    if let Some(coverage) = tested.coverage() {
        lines.extend(coverage_lines(&coverage, args.coverage, width));
    }
    lines.iter().try_for_each(|line| context.say(line))
}
