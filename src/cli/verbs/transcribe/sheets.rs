//! Lines and what they are read with: the day, the clocks here, whose initials are known.

use chrono::NaiveDate;

use super::TranscribeArgs;
use crate::cli::acting::person;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{Mode, State, Timestamp, find_role};
use crate::playbook::{Diagnostic, Mark, Playbook, RoleId, Severity};
use crate::transcript::{Fault, Initials, Known, Read, Shape, Times, read};
use crate::ui::render_diagnostics;
use crate::world::{Toward, parse_when, read_text};

/// More than anybody writes by hand, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A file of lines.
pub(super) struct Sheets {
    pub(super) name: String,
    pub(super) source: String,
    pub(super) shape: Shape,
}

/// What lines are read with.
pub(super) struct Setting {
    pub(super) mode: Mode,
    pub(super) day: NaiveDate,
    pub(super) begins: Option<Timestamp>,
    pub(super) sheet: Option<RoleId>,
    pub(super) initials: Initials,
    pub(super) private: bool,
    pub(super) no_phi: bool,
}

impl Sheets {
    /// The lines of a file, or of standard input.
    pub(super) fn load(context: &Context, name: &str) -> Result<Self, CliError> {
        let source = if name == "-" {
            piped(context)?
        } else {
            let path = context.world.place.cwd.join(name);
            read_text(&path, MAX_BYTES).map_err(|error| error.as_typed(&path, name.as_ref()))?
        };
        let table =
            name.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let shape = if table { Shape::Table } else { Shape::Lines };
        let name = if name == "-" { "standard input".to_owned() } else { name.to_owned() };
        Ok(Self { name, source, shape })
    }

    /// What the lines say.
    pub(super) fn read(&self, context: &Context, book: &Playbook, setting: &Setting) -> Read {
        understand(context, book, &self.source, self.shape, setting)
    }

    /// All that is wrong, in words.
    pub(super) fn faulty(&self, faults: &[Fault]) -> CliError {
        let findings: Vec<Diagnostic> = faults.iter().map(diagnostic).collect();
        let shown = render_diagnostics(&self.name, &self.source, &findings, false);
        let count = match faults.len() {
            1 => "1 line is".to_owned(),
            several => format!("{several} lines are"),
        };
        CliError::refused(format!("{count} faulty; nothing was recorded\n\n{shown}"))
    }
}

fn diagnostic(fault: &Fault) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        rule: None,
        message: fault.message.clone(),
        span: fault.span.clone(),
        help: fault.help.clone(),
    }
}

fn piped(context: &Context) -> Result<String, CliError> {
    let text = context.world.console.piped(MAX_BYTES).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => CliError::usage("standard input is not UTF-8 text"),
        _ => CliError::usage(format!("standard input cannot be read: {error}")),
    })?;
    if text.len() as u64 > MAX_BYTES {
        return Err(CliError::usage(format!("standard input holds more than {MAX_BYTES} bytes")));
    }
    Ok(text)
}

impl Setting {
    /// As the options say, for an incident that is in this state.
    pub(super) fn new(
        context: &Context,
        args: &TranscribeArgs,
        book: &Playbook,
        state: &State,
    ) -> Result<Self, CliError> {
        let begins = begins(state);
        let began = state.t0().or(begins);
        let setting = Self::beginning(context, args, book, (began, begins))?;
        Ok(Self { mode: state.mode(), ..setting })
    }

    /// The same for an incident that began then, the declaration first.
    pub(super) fn beginning(
        context: &Context,
        args: &TranscribeArgs,
        book: &Playbook,
        (began, begins): (Option<Timestamp>, Option<Timestamp>),
    ) -> Result<Self, CliError> {
        let day = match args.date.as_deref() {
            Some(text) => parse_day(text).ok_or_else(|| {
                CliError::usage(format!("--date takes a day such as 2026-01-22, not \"{text}\""))
            })?,
            None => day_of(context, began.unwrap_or(context.world.clock.now())),
        };
        let initials = args.who.iter().map(|pair| whose(pair)).collect::<Result<_, _>>()?;
        let sheet = args.sheet.as_deref().map(|word| find_role(book, word)).transpose()?;
        let sheet = sheet.map(|role| role.id.clone());
        let mode = if args.opening.exercise { Mode::Exercise } else { Mode::Live };
        let (private, no_phi) = (args.private, args.no_phi);
        Ok(Self { mode, day, begins, sheet, initials, private, no_phi })
    }
}

/// The earliest moment that the log knows of.
fn begins(state: &State) -> Option<Timestamp> {
    let marks = [Mark::Onset, Mark::Detected, Mark::Declared];
    let marks = marks.iter().filter_map(|mark| state.mark(*mark));
    marks.chain(state.opened_moment()).map(|moment| state.time_of(moment)).min()
}

/// The day on the wall here.
pub(super) fn day_of(context: &Context, at: Timestamp) -> NaiveDate {
    at.at_offset(context.world.zone.offset_at(at)).date_naive()
}

/// A day as it is typed.
pub(super) fn parse_day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == "2026-01-22".len()).then_some(day)
}

fn whose(pair: &str) -> Result<(String, crate::engine::Person), CliError> {
    let usage = || {
        CliError::usage(format!("--who takes initials and a name, AD=\"Ana Diaz\", not \"{pair}\""))
    };
    let (letters, name) = pair.split_once('=').ok_or_else(usage)?;
    let letters = crate::engine::initials(letters).map_err(|_| usage())?;
    Ok((letters, person("--who", name)?))
}

/// What lines say, with the clocks of this machine's place.
pub(super) fn understand(
    context: &Context,
    book: &Playbook,
    source: &str,
    shape: Shape,
    setting: &Setting,
) -> Read {
    let (now, zone) = (context.world.clock.now(), context.world.zone);
    let told = |text: &str, at, toward| {
        parse_when(text, at, zone, toward).map_err(|error| error.to_string())
    };
    let on = |day: NaiveDate, text: &str| {
        if text.get(4..5) == Some("-") {
            return told(text, now, Toward::Past);
        }
        // What is no time at all is told as it was typed, without the day in front.
        let alone = told(text, now, Toward::Past);
        told(&format!("{day} {text}"), now, Toward::Past).map_err(|why| alone.err().unwrap_or(why))
    };
    let times = Times {
        on: &on,
        before: &|text, at| told(text, at, Toward::Past),
        after: &|text, at| told(text, at, Toward::Future),
        iso: &|at| context.iso(at),
        day: &|at| day_of(context, at),
    };
    let Setting { mode, day, begins, ref initials, private, no_phi, .. } = *setting;
    let sheet = setting.sheet.as_ref();
    read(source, shape, &Known { mode, book, day, begins, sheet, initials, times, private, no_phi })
}
