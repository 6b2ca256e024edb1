//! Puts the steps of step sets where a playbook uses them. What cannot be put there stays as it is and
//! is reported.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::super::compile::StepSet;
use super::super::diagnostic::{Diagnostic, Place};
use super::super::findings::{Findings, key, quoted};
use super::super::yaml::MAX_SIZE;
use super::cut::{Block, end_of_line};
use super::expanded::{Expanded, SourceFile};
use super::shelf::Sets;
use super::uses::{Draft, Use};

/// How many steps of a step set a message names.
const MAX_NAMED: usize = 24;

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

pub(super) fn expand(draft: Draft, sets: &Sets) -> Outcome {
    let Draft { file: own, uses, wrong, in_file } = draft;
    let mut findings = Findings::new(&own.text);
    let mut desk = Desk { sets, files: Vec::new(), opened: HashMap::new(), in_sets: Vec::new() };
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut chosen = Vec::with_capacity(uses.len());
    for used in &uses {
        let before = *first.entry((used.set.as_str(), used.step.as_str())).or_insert(used.at);
        if before != used.at {
            let line = Place::of(before, &own.text).line;
            let message = format!("{} is used twice", key(&named(used)));
            let help = format!("the first one is on line {line}: delete one of them");
            findings.error_help(used.span, message, help);
        } else if let Some((file, block)) = desk.block(used, &mut findings) {
            chosen.extend(used.alone.then_some((used, file, block)));
        }
    }
    let mut expanded = Expanded::new();
    let line_end = if own.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut done = 0;
    let mut replaced: Vec<Range<usize>> = Vec::new();
    for (used, file, block) in chosen {
        // What is longer than any playbook is refused as a whole: no need to build it.
        if expanded.text().len() > MAX_SIZE {
            break;
        }
        expanded.push(0, done, &own.text[done..used.line_start], None);
        let source = &desk.files[file - 1].text;
        put(&mut expanded, used, (file, source), block, line_end);
        done = end_of_line(&own.text, used.line_start);
        replaced.push(used.line_start..done);
    }
    expanded.push(0, done, &own.text[done..], None);
    let mut own_findings = findings.into_sorted();
    let gone = |one: &Diagnostic| replaced.iter().any(|line| line.contains(&one.span.start));
    own_findings.extend(in_file.into_iter().filter(gone));
    own_findings.extend(wrong);
    let Desk { mut files, in_sets, .. } = desk;
    files.insert(0, own);
    expanded.set_sources(files);
    Outcome { expanded, own: own_findings, in_sets }
}

struct Desk<'a> {
    sets: &'a Sets,
    /// The files of step sets, from number 1.
    files: Vec<SourceFile>,
    /// The number of the file of each that is used.
    opened: HashMap<&'a str, usize>,
    in_sets: Vec<InSet>,
}

impl<'a> Desk<'a> {
    /// The block that is used, and the number of its file.
    fn block(&mut self, used: &Use, findings: &mut Findings<'_>) -> Option<(usize, &'a Block)> {
        let (number, origin, set) = self.open(used, findings)?;
        let found = set.blocks.iter().find(|block| block.id == used.step.as_str());
        if found.is_none() {
            let step = used.step.as_str();
            let ids = || set.blocks.iter().map(|block| block.id.as_str());
            let help = findings.did_you_mean(step, ids()).unwrap_or_else(|| {
                let more = if set.blocks.len() > MAX_NAMED { " …" } else { "" };
                let named: Vec<&str> = ids().take(MAX_NAMED).collect();
                format!("its steps are {}{more}", named.join(", "))
            });
            let message = format!("the step set {origin} has no step {}", quoted(step));
            findings.error_help(used.span, message, help);
        }
        found.map(|block| (number, block))
    }

    /// The step set, if it can be used: the number of its file, where it comes from, what it is. What is
    /// wrong with it is told at its first use.
    fn open(
        &mut self,
        used: &Use,
        findings: &mut Findings<'_>,
    ) -> Option<(usize, &'a str, &'a StepSet)> {
        let Some(found) = self.sets.find(used.set.as_str()) else {
            let id = used.set.as_str();
            let message = format!("there is no step set {}", quoted(id));
            findings.error_help(used.span, message, self.sets.instead_of(id));
            return None;
        };
        let file = &found.file;
        let text = match &file.text {
            Ok(text) => text,
            Err(why) => {
                let message = format!("the step set {} cannot be read: {why}", quoted(&file.id));
                findings.error(used.span, message);
                return None;
            }
        };
        let compiled = found.compiled(text);
        let number = match self.opened.entry(&file.id) {
            Entry::Occupied(number) => *number.get(),
            Entry::Vacant(place) => {
                self.files.push(SourceFile { name: file.origin.clone(), text: text.clone() });
                let number = *place.insert(self.files.len());
                let all = compiled.as_ref().err().into_iter().flatten();
                self.in_sets.extend(all.map(|finding| InSet {
                    file: number,
                    finding: finding.clone(),
                    used_at: used.at,
                }));
                number
            }
        };
        compiled.as_ref().ok().map(|set| (number, file.origin.as_str(), set))
    }
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
