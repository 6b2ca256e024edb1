//! The rules of lint for people: one whole, or all of them by family.

use super::table::table;
use super::wrap::wrap;
use crate::playbook::{About, Acceptance, Rule, Severity};

/// Everything that is said of one rule, in lines of at most `width` columns.
#[must_use]
pub fn rule_text(rule: Rule, width: u16) -> String {
    let About { code, name, severity, objects, why, mend, .. } = rule.about();
    let kind = severity_word(*severity);
    let parts = [
        format!("{code} {name} ({kind})"),
        String::new(),
        format!("Objects to {objects}."),
        String::new(),
        format!("Why: {why}"),
        format!("Mend it: {mend}"),
        format!("Accept it: {}", acceptance(rule)),
    ];
    let lines: Vec<String> = parts.iter().flat_map(|part| wrap(part, usize::from(width))).collect();
    lines.join("\n")
}

/// All rules as a table that fits into `width` columns.
#[must_use]
pub fn rule_table(width: u16) -> String {
    let row = |rule: &Rule| {
        let About { code, name, severity, objects, .. } = rule.about();
        vec![
            (*code).to_owned(),
            (*name).to_owned(),
            severity_word(*severity).to_owned(),
            (*objects).to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = Rule::ALL.iter().map(row).collect();
    table(width, &["code", "name", "kind", "objects to"], &rows)
}

/// How bad it is, in a word.
#[must_use]
pub const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// How to accept what a rule objects to.
#[must_use]
pub fn acceptance(rule: Rule) -> String {
    let entry = |at: &str| format!("`accept: [{{rule: {rule}, at: {at}, reason: …}}]`");
    match (rule.about().acceptance, rule.about().severity) {
        (Acceptance::Never, Severity::Error) => {
            "not possible: the playbook cannot be used.".to_owned()
        }
        (Acceptance::Never, Severity::Warning) => "not possible.".to_owned(),
        (Acceptance::Each, _) => format!("{}, one entry for each place.", entry("ID")),
        (Acceptance::Everywhere, _) => {
            format!("{}, or `at: \"*\"` for all of them.", entry("ID"))
        }
        (Acceptance::Whole, _) => format!("{}.", entry("\"*\"")),
    }
}
