//! What was found, and the rules, as JSON.

use serde::Serialize;

use crate::playbook::{About, Acceptance, Diagnostic, Lines, Linted, Rule};
use crate::ui::{acceptance, severity_word};

/// The answer about several files.
#[derive(Debug, Serialize)]
pub(super) struct Lint {
    pub(super) format: u32,
    /// Every file can be used.
    pub(super) ok: bool,
    /// And nothing is doubtful.
    pub(super) clean: bool,
    pub(super) files: Vec<File>,
}

/// The answer about one file.
#[derive(Debug, Serialize)]
pub(in crate::cli::verbs) struct File {
    file: String,
    ok: bool,
    findings: Vec<Found>,
    accepted: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Found {
    severity: &'static str,
    code: Option<&'static str>,
    line: usize,
    column: usize,
    what: String,
    help: Option<String>,
    /// Why it is accepted.
    reason: Option<String>,
}

impl File {
    /// A file with nothing to accept in it.
    pub(in crate::cli::verbs) fn of(
        file: String,
        source: &str,
        findings: &[Diagnostic],
        ok: bool,
    ) -> Self {
        let lines = Lines::of(source);
        let findings = findings.iter().map(|one| Found::of(one, &lines, None)).collect();
        Self { file, ok, findings, accepted: Vec::new() }
    }

    /// A playbook.
    pub(super) fn linted(file: String, source: &str, linted: &Linted) -> Self {
        let Linted { usable, findings, accepted } = linted;
        let lines = Lines::of(source);
        let accepted =
            accepted.iter().map(|(one, reason)| Found::of(one, &lines, Some(reason))).collect();
        Self { accepted, ..Self::of(file, source, findings, *usable) }
    }
}

impl Found {
    fn of(finding: &Diagnostic, lines: &Lines<'_>, reason: Option<&String>) -> Self {
        let place = lines.place(finding.span.start);
        Self {
            severity: severity_word(finding.severity),
            code: finding.rule.map(Rule::code),
            line: place.line,
            column: place.column,
            what: finding.message.clone(),
            help: finding.help.clone(),
            reason: reason.cloned(),
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
