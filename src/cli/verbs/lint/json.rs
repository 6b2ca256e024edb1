//! What was found, and the rules, as JSON.

use serde::Serialize;

use crate::playbook::{About, Acceptance, Checked, Diagnostic, Lines, Located, Rule};
use crate::ui::{acceptance, severity_word};

/// The answer about several files.
#[derive(Debug, Serialize)]
pub(super) struct Lint {
    pub(super) format: u32,
    /// Every file can be used.
    pub(super) ok: bool,
    /// And nothing is doubtful.
    pub(super) clean: bool,
    pub(super) files: Vec<Linted>,
}

/// The answer about one file.
#[derive(Debug, Serialize)]
pub(in crate::cli::verbs) struct Linted {
    file: String,
    ok: bool,
    findings: Vec<Found>,
    accepted: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Found {
    severity: &'static str,
    code: Option<&'static str>,
    /// Where it was written, if that is a step set; the places are those of this file.
    set: Option<String>,
    /// The line of the playbook that uses the step.
    used_on_line: Option<usize>,
    line: usize,
    column: usize,
    what: String,
    help: Option<String>,
    /// Why it is accepted.
    reason: Option<String>,
}

impl Linted {
    /// A file that stands for itself.
    pub(in crate::cli::verbs) fn of(
        file: String,
        source: &str,
        findings: &[Diagnostic],
        ok: bool,
    ) -> Self {
        let lines = Lines::of(source);
        let findings = findings.iter().map(|one| Found::of(one, &lines)).collect();
        Self { file, ok, findings, accepted: Vec::new() }
    }

    /// A playbook with the step sets it uses.
    pub(super) fn checked(checked: &Checked) -> Self {
        let Checked { usable, sources, found, accepted } = checked;
        let lines: Vec<Lines<'_>> = sources.iter().map(|file| Lines::of(&file.text)).collect();
        let told = |located: &Located| {
            let found = Found::of(&located.finding, lines.get(located.file)?);
            let set = sources.get(located.file).filter(|_| located.file > 0);
            let used_on_line = located.used.map(|place| place.line);
            Some(Found { set: set.map(|file| file.name.clone()), used_on_line, ..found })
        };
        let because = |(located, reason): &(Located, String)| {
            Some(Found { reason: Some(reason.clone()), ..told(located)? })
        };
        Self {
            file: sources.first().map(|own| own.name.clone()).unwrap_or_default(),
            ok: *usable,
            findings: found.iter().filter_map(told).collect(),
            accepted: accepted.iter().filter_map(because).collect(),
        }
    }
}

impl Found {
    fn of(finding: &Diagnostic, lines: &Lines<'_>) -> Self {
        let place = lines.place(finding.span.start);
        Self {
            severity: severity_word(finding.severity),
            code: finding.rule.map(Rule::code),
            set: None,
            used_on_line: None,
            line: place.line,
            column: place.column,
            what: finding.message.clone(),
            help: finding.help.clone(),
            reason: None,
        }
    }
}

/// The answer about all rules.
#[derive(Debug, Serialize)]
pub(super) struct Rules {
    pub(super) format: u32,
    pub(super) rules: Vec<OfRule>,
}

/// The answer about one rule.
#[derive(Debug, Serialize)]
pub(super) struct One {
    pub(super) format: u32,
    pub(super) rule: OfRule,
}

/// Everything that is said of a rule.
#[derive(Debug, Serialize)]
pub(super) struct OfRule {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    objects_to: &'static str,
    why: &'static str,
    mend: &'static str,
    /// Where it may be accepted: never, each, everywhere, whole.
    acceptance: &'static str,
    accept: String,
}

impl OfRule {
    pub(super) fn of(rule: Rule) -> Self {
        let About { code, name, severity, acceptance: place, objects, why, mend } = *rule.about();
        Self {
            code,
            name,
            severity: severity_word(severity),
            objects_to: objects,
            why,
            mend,
            acceptance: match place {
                Acceptance::Never => "never",
                Acceptance::Each => "each",
                Acceptance::Everywhere => "everywhere",
                Acceptance::Whole => "whole",
            },
            accept: acceptance(rule),
        }
    }
}
