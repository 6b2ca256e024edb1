//! Puts the steps of step sets where a playbook uses them. What cannot be put there stays as it is and
//! is reported.

use std::collections::HashMap;

use super::super::compile::{StepSet, compile_set};
use super::super::diagnostic::{Diagnostic, Place};
use super::super::findings::{Findings, Span, key, quoted};
use super::super::kind::FileKind;
use super::super::yaml::MAX_SIZE;
use super::cut::{Block, end_of_line};
use super::expanded::{Expanded, SourceFile};
use super::shelf::Sets;
use super::uses::{Use, uses};

/// What was found in a step set, beside the place in the playbook that uses it.
pub(super) struct InSet {
    /// Which of the files.
    pub(super) file: usize,
    pub(super) finding: Diagnostic,
    pub(super) used_at: usize,
}

/// The expanded text, what is wrong in the playbook's own file with how it uses step sets, and what is
/// wrong in the step sets.
pub(super) struct Outcome {
    pub(super) expanded: Expanded,
    pub(super) own: Vec<Diagnostic>,
    pub(super) in_sets: Vec<InSet>,
}

/// A step set that is used.
struct Opened {
    file: usize,
    /// Nothing where it is reported what is wrong with it.
    set: Option<StepSet>,
}

pub(super) fn expand(own: SourceFile, sets: &Sets) -> Outcome {
    let mut findings = Findings::new(&own.text);
    let found = uses(&own.text, &mut findings);
    let mut desk = Desk { sets, files: Vec::new(), opened: HashMap::new(), in_sets: Vec::new() };
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut chosen = Vec::with_capacity(found.len());
    for used in &found {
        if let Some(before) = first.insert((used.set.as_str(), used.step.as_str()), used.at) {
            let line = Place::of(before, &own.text).line;
            let message = format!("{} is used twice", key(&named(used)));
            let help = format!("the first one is on line {line}: delete one of them");
            findings.error_help(used.span, message, help);
        } else if let Some((file, block)) = desk.block(used, &mut findings) {
            chosen.push((used, file, block));
        }
    }
    let mut expanded = Expanded::new();
    let line_end = if own.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut done = 0;
    for (used, file, block) in chosen {
        // What is longer than any playbook is refused as a whole: no need to build it.
        if expanded.text().len() > MAX_SIZE {
            break;
        }
        expanded.push(0, done, &own.text[done..used.line_start], None);
        let source = &desk.files[file - 1].text;
        put(&mut expanded, used, (file, source), &block, line_end);
        done = end_of_line(&own.text, used.line_start);
    }
    expanded.push(0, done, &own.text[done..], None);
    let own_findings = findings.into_sorted();
    let Desk { mut files, in_sets, .. } = desk;
    files.insert(0, own);
    expanded.set_sources(files);
    Outcome { expanded, own: own_findings, in_sets }
}

struct Desk<'a> {
    sets: &'a Sets,
    /// The files of step sets, from number 1.
    files: Vec<SourceFile>,
    opened: HashMap<&'a str, Opened>,
    in_sets: Vec<InSet>,
}

impl Desk<'_> {
    /// The block that is used, and the number of its file.
    fn block(&mut self, used: &Use, findings: &mut Findings<'_>) -> Option<(usize, Block)> {
        let opened = self.open(used, findings)?;
        let set = opened.set.as_ref()?;
        let found = set.blocks.iter().find(|block| block.id == used.step.as_str());
        if found.is_none() {
            let step = used.step.as_str();
            let ids = || set.blocks.iter().map(|block| block.id.as_str());
            let help = findings.did_you_mean(step, ids()).unwrap_or_else(|| {
                format!("its steps are {}", ids().collect::<Vec<_>>().join(", "))
            });
            let message =
                format!("the step set {} has no step {}", quoted(used.set.as_str()), quoted(step));
            findings.error_help(used.span, message, help);
        }
        found.cloned().map(|block| (opened.file, block))
    }

    /// The step set, read once for a playbook.
    fn open(&mut self, used: &Use, findings: &mut Findings<'_>) -> Option<&Opened> {
        let Some(file) = self.sets.find(used.set.as_str()) else {
            let id = used.set.as_str();
            let message = format!("there is no step set {}", quoted(id));
            findings.error_help(used.span, message, self.sets.instead_of(id));
            return None;
        };
        let text = match &file.text {
            Ok(text) => text,
            Err(why) => {
                let message = format!("the step set {} cannot be read: {why}", quoted(&file.id));
                findings.error(used.span, message);
                return None;
            }
        };
        if !self.opened.contains_key(file.id.as_str()) {
            self.files.push(SourceFile { name: file.origin.clone(), text: text.clone() });
            let number = self.files.len();
            let set = match sound(&file.id, text) {
                Ok(set) => Some(set),
                Err(all) => {
                    let in_set = |finding| InSet { file: number, finding, used_at: used.at };
                    self.in_sets.extend(all.into_iter().map(in_set));
                    None
                }
            };
            self.opened.insert(&file.id, Opened { file: number, set });
        }
        self.opened.get(file.id.as_str())
    }
}

/// The step set, if it is sound and goes by the name under which it is found.
fn sound(name: &str, text: &str) -> Result<StepSet, Vec<Diagnostic>> {
    let set = compile_set(text)?;
    if set.id.as_str() == name {
        return Ok(set);
    }
    let mut findings = Findings::of(FileKind::Steps, text);
    let message = format!("this step set is used as {} and calls itself otherwise", quoted(name));
    let span = Span { start: set.id_at.start, end: set.id_at.end };
    findings.error_help(span, message, format!("write `id: {name}`, or rename the file"));
    Err(findings.into_sorted())
}

fn named(used: &Use) -> String {
    format!("{}/{}", used.set, used.step)
}

/// Puts a block where it is used, indented as the line that uses it.
fn put(
    expanded: &mut Expanded,
    used: &Use,
    (file, source): (usize, &str),
    block: &Block,
    line_end: &str,
) {
    let mut at = block.bytes.start;
    for (number, line) in source[block.bytes.clone()].split('\n').enumerate() {
        let words = line.strip_suffix('\r').unwrap_or(line);
        let spaces = words.len() - words.trim_start_matches(' ').len();
        let cut = spaces.min(block.indent.saturating_sub(used.indent));
        let more = used.indent.saturating_sub(block.indent);
        if number > 0 {
            expanded.push_made(file, at, line_end, Some(used.at));
        }
        if more > 0 && !words.is_empty() {
            expanded.push_made(file, at, &" ".repeat(more), Some(used.at));
        }
        expanded.push(file, at + cut, &words[cut..], Some(used.at));
        at += line.len() + 1;
    }
}
