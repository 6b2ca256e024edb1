//! `transcribe`: takes paper back in.

mod ask;
mod desk;
mod opening;
mod pile;
mod plan;
mod record;
mod sheets;
mod show;

use clap::Args;

use crate::cli::acting::person;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Exit};
use crate::engine::Person;
use crate::session::Session;
use crate::transcript::Read;
use crate::ui::day_and_time;
use crate::world::Input;

/// Type in what was on paper; the log names both who did it and who typed it, and has both times
#[derive(Debug, Args)]
#[command(after_help = HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct TranscribeArgs {
    /// Which incident [default: the open one]
    incident: Option<String>,
    /// Take the lines from a file (.csv: a spreadsheet, else one line for each entry); a lone - takes them from standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// Only say what would be recorded, in which order
    #[arg(long, requires = "from")]
    dry_run: bool,
    /// Who types [default: `$RUNBOOK_BY`, else the name of the OS user]
    #[arg(long, value_name = "NAME")]
    scribe: Option<String>,
    /// Whose sheet comes first
    #[arg(long, value_name = "ROLE")]
    sheet: Option<String>,
    /// The day of the lines above the first date [default: the day on which the incident began]
    #[arg(long, value_name = "2026-01-22")]
    date: Option<String>,
    /// Whose initials are whose; may be repeated
    #[arg(long, value_name = "AD=NAME")]
    who: Vec<String>,
    /// Keep all free words in the private folder; the log holds only their digests
    #[arg(long)]
    private: bool,
    /// You have checked that the words name no patient, although they look like it
    #[arg(long, conflicts_with = "private")]
    no_phi: bool,
    /// The times on the sheets are those that the exercise's own clock showed
    #[arg(long, conflicts_with = "start")]
    exercise_clock: bool,
    /// Answer as JSON
    #[arg(long, requires = "from")]
    json: bool,
    #[command(flatten)]
    opening: OpeningArgs,
}

/// An incident that ran on paper alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "An incident that no computer knows of")]
struct OpeningArgs {
    /// Open it first: the playbook's name, or the path of a file
    #[arg(long, value_name = "PLAYBOOK", conflicts_with = "incident")]
    start: Option<String>,
    /// It was practice: says EXERCISE everywhere and counts in no figure
    #[arg(long, requires = "start")]
    exercise: bool,
    /// When the first thing was written down [default: the first entry]
    #[arg(long, value_name = "TIME", requires = "start", allow_hyphen_values = true)]
    opened: Option<String>,
    /// When it was declared, where no line M declared says so
    #[arg(long, value_name = "TIME", requires = "start", allow_hyphen_values = true)]
    declared: Option<String>,
    /// Who opened and declared it, as the paper says
    #[arg(long, value_name = "NAME", requires = "start")]
    by: Option<String>,
    /// What to call it [default: the playbook's title]
    #[arg(long, value_name = "T", requires = "start")]
    title: Option<String>,
    /// Which site
    #[arg(long, value_name = "S", requires = "start")]
    site: Option<String>,
}

/// How lines read: for `--help`, and for `?` at the terminal.
macro_rules! lines {
    () => {
        "  I-07 14:05 AD                            done: step, time, initials
  I-07 14:05 AD read out twice             done, with a note; - where nobody signed
  I-02 14:10 AD no because IT looked       a decision: the circled answer, and why
  I-03 14:12 AD level=full area=this-site  what the step asks for; note= for more
  I-09 14:30 N/A AD no second site         does not apply, and why
  I-09 14:30 FAIL AD no answer             also begin, reopen, approve
  I-09 14:30 LATER 16:00 AD carrier looks  put off until 16:00
  N 14:20 AD vendor says 18:00             a note; N safety 14:20 AD … of a kind
  R it-lead 13:50-16:00 Ana Diaz AD        who held a role; R it-lead deputy 13:50 …
  H it-lead 16:00 AD BI carrier calls      handed over, initialed by both
  M declared 13:55                         a milestone; M restored email 17:40 IB
  C 15:40 IB cause=… scope=… services=…    cause and reach
  close 19:10 BI                           the end
  opened 13:50 AD                          the first thing written down (--start)
  date 2026-01-22                          the day of the lines that follow
  sheet it-lead                            whose sheet follows
  EXERCISE                                 the sheets are of an exercise
  AD = Ana Diaz                            whose initials
  playbook email-outage 2026.2             as at the head of the sheet
  No line opens another playbook: runbook escalate PLAYBOOK --at TIME does, then type its sheets into it.
  A ! behind a time says that it looks wrong and stands so on the sheet.
  --private or --no-phi at the end of a line mean what they mean elsewhere."
    };
}
/// How lines read.
const GRAMMAR: &str = lines!();

const HELP: &str = concat!(
    "At a terminal it takes one line for each entry and keeps every line on disk;\n\
     save records them all, in the order in which they happened. With --from a file\n\
     is recorded as a whole, or not at all where a line is faulty; repeating it\n\
     records nothing twice.\n\nLines:\n",
    lines!(),
    "\n\nA CSV file has the columns code and time, and any of sheet, date, outcome, end,\nname, initials, words.\n\n\
     Examples:\n  \
     runbook transcribe --scribe \"Eva Lund\"\n  \
     runbook transcribe --from sheets.csv --dry-run\n  \
     runbook transcribe --start email-outage --from sheets.txt --opened \"2026-11-24 13:50\""
);

pub(in crate::cli) fn transcribe(
    context: &mut Context,
    args: &TranscribeArgs,
) -> Result<Exit, CliError> {
    if args.from.is_some() {
        return record::from_file(context, args);
    }
    if context.world.console.input == Input::Other {
        return Err(CliError::new(Exit::NeedsTerminal, "typing in from paper needs a terminal")
            .hint("without one: runbook transcribe --from FILE (--help shows the lines)"));
    }
    desk::sit_down(context, args)
}

impl TranscribeArgs {
    /// What the times on the sheets mean, in words, where the incident has a clock of its own. A sheet
    /// shows the time on the wall, and nothing in the times themselves tells the two apart.
    fn whose_times(
        &self,
        context: &Context,
        session: &Session,
    ) -> Result<Option<String>, CliError> {
        let (state, id) = (session.state(), session.id());
        let exercise = state.exercise();
        let stands = exercise.setting().is_some_and(|setting| setting.paused);
        if exercise.clock().is_none() || (exercise.haste().is_real() && !stands) {
            return if self.exercise_clock {
                Err(CliError::usage(format!(
                    "{id} ran in real time: its clock is the one on the wall"
                ))
                .hint("leave --exercise-clock out"))
            } else {
                Ok(None)
            };
        }
        if !self.exercise_clock {
            return Err(CliError::refused(format!(
                "{id} did not run in real time: a time from the wall would stand at another moment of it"
            ))
            .hint("if people wrote down what the exercise's clock showed: --exercise-clock")
            .hint("if not, write the exercise's times on the sheets first: runbook export FOLDER latest-exercise, log.csv has both")
            .hint("or type it in without times: runbook note TEXT, runbook done STEP --by NAME"));
        }
        let time = |at| day_and_time(at, context.world.zone.offset_at(at));
        let began = exercise.began().map(time).unwrap_or_default();
        let now = time(session.now(&context.world));
        Ok(Some(format!(
            "Times are those of the exercise's own clock: it began at {began} and shows {now}."
        )))
    }

    /// Who types, as the lines say, else as the options do.
    fn scribe_of(&self, context: &Context, read: &Read) -> Result<Person, CliError> {
        read.scribe.clone().map_or_else(|| self.scribe(context), Ok)
    }

    /// Who types where the lines do not say it.
    fn scribe(&self, context: &Context) -> Result<Person, CliError> {
        match self.scribe.as_deref().or(context.world.place.typist()) {
            Some(name) => person("--scribe", name),
            None => Err(CliError::usage("nobody is named: say who types with --scribe NAME")),
        }
    }
}
