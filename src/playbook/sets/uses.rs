//! Where a playbook uses steps of step sets.

use std::collections::BTreeSet;

use super::super::diagnostic::Diagnostic;
use super::super::findings::{Findings, Span, key, quoted};
use super::super::id::{SetId, StepId};
use super::super::kind::FileKind;
use super::super::yaml::{Node, Text, Value, tree};
use super::expanded::SourceFile;

/// The key.
pub(in crate::playbook) const USE: &str = "use";

/// How to write it.
const USUAL: &str =
    "write `- use: SET/STEP` in a line of its own, such as `- use: command/briefing`";

/// One step of a step set, used in a line of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) set: SetId,
    pub(super) step: StepId,
    /// Where the words `SET/STEP` stand.
    pub(super) span: Span,
    /// Where `use` stands.
    pub(super) at: usize,
    /// The first byte of the line.
    pub(super) line_start: usize,
    /// How many spaces stand in front of the dash.
    pub(super) indent: usize,
    /// No other key stands beside it.
    pub(super) alone: bool,
}

/// A playbook's own file, with what it uses.
#[derive(Debug)]
pub struct Draft {
    pub(super) file: SourceFile,
    /// Every use that can be followed, in the order of the file.
    pub(super) uses: Vec<Use>,
    /// What is wrong with the others.
    pub(super) wrong: Vec<Diagnostic>,
    /// What is wrong with the file as YAML. Whoever compiles it finds that again, apart from what
    /// stands in lines that are replaced.
    pub(super) in_file: Vec<Diagnostic>,
}

impl Draft {
    /// Reads what it uses.
    #[must_use]
    pub fn of(file: SourceFile) -> Self {
        let (mut wrong, mut in_file) = (Findings::new(&file.text), Findings::new(&file.text));
        let uses = uses(&file.text, &mut wrong, &mut in_file);
        let (wrong, in_file) = (wrong.into_sorted(), in_file.into_sorted());
        Self { file, uses, wrong, in_file }
    }

    /// The names of the step sets that it uses.
    #[must_use]
    pub fn sets(&self) -> BTreeSet<&str> {
        self.uses.iter().map(|used| used.set.as_str()).collect()
    }

    /// The file.
    #[must_use]
    pub const fn file(&self) -> &SourceFile {
        &self.file
    }
}

/// Where the key `use` stands in an entry of `steps`, if it does.
pub(in crate::playbook) fn use_of(node: &Node<'_>) -> Option<Span> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|(name, _)| name.value == USE).map(|(name, _)| name.span)
}

/// Whether a file is a step set, whatever else is wrong with it.
#[must_use]
pub fn is_step_set(source: &str) -> bool {
    let key = "runbook-steps";
    // Most files are none, and need not be parsed to know it.
    source.contains(key)
        && tree(source, &mut Findings::of(FileKind::Steps, source))
            .is_some_and(|root| entry(&root, key).is_some())
}

fn uses<'s>(source: &'s str, wrong: &mut Findings<'s>, in_file: &mut Findings<'s>) -> Vec<Use> {
    // Most of what is read here is put together already.
    if !source.contains(USE) {
        return Vec::new();
    }
    let Some(root) = tree(source, in_file) else { return Vec::new() };
    let phases = entry(&root, "phases").map_or(&[][..], items);
    let steps = phases.iter().filter_map(|phase| entry(phase, "steps")).flat_map(items);
    steps.filter_map(|step| one(step, source, wrong)).collect()
}

fn one<'s>(step: &Node<'s>, source: &'s str, findings: &mut Findings<'s>) -> Option<Use> {
    let at = use_of(step)?;
    let Value::Map(entries) = &step.value else { return None };
    let mut alone = true;
    for (name, _) in entries.iter().filter(|(name, _)| name.value != USE) {
        alone = false;
        let message = format!("{} cannot stand beside `use`", key(&name.value));
        let help = "the whole step comes from the step set: delete this line, or write the whole \
                    step out here";
        findings.error_help(name.span, message, help.to_owned());
    }
    let (_, node) = entries.iter().find(|(name, _)| name.value == USE)?;
    let words = match &node.value {
        Value::Plain(words) | Value::Quoted(words) => words,
        Value::Faulty => return None,
        Value::Empty | Value::List(_) | Value::Map(_) => {
            findings.error_help(at, "`use` should name a step of a step set", USUAL.to_owned());
            return None;
        }
    };
    let named = name(&Text { value: words.clone(), span: node.span }, findings);
    let form = own_line(source, at, node.end);
    if form.is_none() {
        let message = "a step of a step set is used in a line of its own";
        findings.error_help(at, message, USUAL.to_owned());
    }
    let ((set, step), (line_start, indent)) = (named?, form?);
    Some(Use { set, step, span: node.span, at: at.start, line_start, indent, alone })
}

/// `SET/STEP`.
fn name(text: &Text<'_>, findings: &mut Findings<'_>) -> Option<(SetId, StepId)> {
    let parts = text.value.split_once('/');
    let named = parts.and_then(|(set, step)| Some((set.parse().ok()?, step.parse().ok()?)));
    if named.is_none() {
        let message = format!("{} is no step of a step set", quoted(&text.value));
        findings.error_help(text.span, message, USUAL.to_owned());
    }
    named
}

/// The first byte of the line and its indentation, if these bytes are all that stands behind the dash,
/// apart from a comment.
fn own_line(source: &str, key: Span, end: usize) -> Option<(usize, usize)> {
    let place = behind_dash(source, key.start)?;
    let rest = source.get(end..)?.lines().next().unwrap_or_default().trim();
    let one_line = !source.get(key.start..end)?.contains('\n');
    (one_line && (rest.is_empty() || rest.starts_with('#'))).then_some(place)
}

/// The first byte of the line, and how many spaces stand in front of the dash, if nothing but a dash
/// stands before this byte.
pub(super) fn behind_dash(source: &str, byte: usize) -> Option<(usize, usize)> {
    let before = source.get(..byte)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let (indent, dash) = before[line_start..].split_once('-')?;
    let spaces = |text: &str| text.bytes().all(|b| b == b' ');
    (spaces(indent) && spaces(dash) && !dash.is_empty()).then_some((line_start, indent.len()))
}

/// The value of a key.
pub(super) fn entry<'n, 's>(node: &'n Node<'s>, key: &str) -> Option<&'n Node<'s>> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
}

fn items<'n, 's>(node: &'n Node<'s>) -> &'n [Node<'s>] {
    match &node.value {
        Value::List(items) => items,
        Value::Empty | Value::Faulty | Value::Plain(_) | Value::Quoted(_) | Value::Map(_) => &[],
    }
}
