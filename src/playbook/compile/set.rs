//! A step set by itself: as far as its steps can be judged without the playbooks that use them.

use std::ops::Range;

use super::super::diagnostic::Diagnostic;
use super::super::findings::Findings;
use super::super::format::format_is_known;
use super::super::id::{SetId, StepId};
use super::super::kind::FileKind;
use super::super::sets::{Block, cut};
use super::super::yaml;
use super::gates::Gates;
use super::scope::Scope;
use super::{names, steps, values};

/// A step set that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepSet {
    /// The name that playbooks use.
    pub id: SetId,
    /// The title people read.
    pub title: String,
    /// The publisher's version of the content.
    pub version: String,
    /// Its steps, in the order of the file.
    pub steps: Vec<StepId>,
    /// Where the id stands.
    pub(in crate::playbook) id_at: Range<usize>,
    /// The steps as they are written.
    pub(in crate::playbook) blocks: Vec<Block>,
}

/// Compiles the text of a step set. Roles, channels, templates and steps that it does not define are
/// those of the playbooks that use it, and are judged there; so is everything that is only doubtful.
///
/// # Errors
/// Everything that is in the way, in the order of the source.
pub fn compile_set(source: &str) -> Result<StepSet, Vec<Diagnostic>> {
    let mut findings = Findings::of(FileKind::Steps, source);
    let set = resolve(source, &mut findings);
    match set {
        Some(set) if !findings.any_error() => Ok(set),
        Some(_) | None => Err(findings.into_sorted()),
    }
}

fn resolve<'s>(source: &'s str, findings: &mut Findings<'s>) -> Option<StepSet> {
    let mut root = yaml::tree(source, findings)?;
    let blocks = cut(&mut root, source, findings);
    let set: yaml::Set<'s> = yaml::read(root, findings)?;
    if !format_is_known(&set.format, set.at, findings) {
        return None;
    }
    let id = set.id.required("id", set.at, findings);
    let id_at = id.map_or(0..0, |id| id.span.start..id.span.end);
    let id = id.and_then(|id| names::slug(id, findings));
    let title = set.title.required("title", set.at, findings);
    let title = title.and_then(|title| values::line(title, "title", findings));
    let version = set.version.required("version", set.at, findings);
    let version = version.and_then(|version| values::line(version, "version", findings));
    let steps = all_steps(&set, findings);
    Some(StepSet { id: id?, title: title?, version: version?, steps, id_at, blocks })
}

fn all_steps(set: &yaml::Set<'_>, findings: &mut Findings<'_>) -> Vec<StepId> {
    let Some(list) = set.steps.required("steps", set.at, findings) else { return Vec::new() };
    if list.value.is_empty() {
        findings.error(list.span, "a step set needs at least one step");
    }
    let raw: Vec<&yaml::Step<'_>> = list.value.iter().flatten().collect();
    let scope = Scope::of_set(&raw, findings);
    let gates = Gates::of(&raw, &scope, findings);
    let mut all = Vec::with_capacity(raw.len());
    for (raw, gate) in raw.iter().zip(gates.into_iter()) {
        // The code and what opens the phase are those of the place where it is used.
        steps::compile(raw, String::new(), None, gate, &scope, findings);
        all.extend(raw.id.given().and_then(|id| scope.steps.get(id)));
    }
    all
}

/// What editors may be told of a step set.
#[must_use]
pub fn set_schema() -> yaml::Schema {
    yaml::set_schema()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = "\
runbook-steps: 1
id: core
title: Core
version: \"1\"
steps:
  - id: ask
    role: lead
    title: Ask
    decision: {question: Which?, options: {one: One, two: {title: Two, opens: [far, near]}}}
  - id: near
    role: lead
    title: Near
    due: phase+15m
    when: {ask: two, elsewhere: yes}
    needs: [ask, far]
    message: {template: far-away}
";

    /// What is found, with its line; `old` is replaced by `new` first.
    #[track_caller]
    fn found(old: &str, new: &str) -> Vec<(usize, String)> {
        assert!(SET.contains(old), "{old}");
        let source = SET.replacen(old, new, 1);
        let found = compile_set(&source).err().unwrap_or_default();
        found.into_iter().map(|one| (one.place(&source).line, one.message)).collect()
    }

    #[test]
    fn what_other_files_define_is_judged_there() {
        let set = compile_set(SET).unwrap();
        assert_eq!((set.id.as_str(), &*set.title, &*set.version), ("core", "Core", "1"));
        assert_eq!(set.steps.iter().map(StepId::as_str).collect::<Vec<_>>(), ["ask", "near"]);
    }

    #[test]
    fn what_a_set_can_be_asked_by_itself_is_asked() {
        for (old, new, line, message) in [
            ("runbook-steps: 1\n", "", 1, "`runbook-steps` is missing"),
            (
                "runbook-steps: 1",
                "runbook-steps: one",
                1,
                "`runbook-steps` is the number of the format",
            ),
            (
                "runbook-steps: 1",
                "runbook-steps: 2",
                1,
                "this step set needs a newer runbook: this one reads format 1",
            ),
            (
                "id: core",
                "id: The core",
                2,
                "\"The core\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit",
            ),
            ("id: core\n", "", 1, "`id` is missing"),
            ("title: Core", "title: \"\"", 3, "`title` is empty"),
            ("version: \"1\"\n", "", 1, "`version` is missing"),
            ("    role: lead\n", "", 6, "`role` is missing"),
            ("phase+15m", "15 parsecs", 13, "`due`: \"15 parsecs\" is not a length of time"),
            ("{ask: two,", "{ask: too,", 14, "option \"too\" is not defined"),
            ("{ask: two,", "{near: two,", 14, "step \"near\" is no decision"),
            ("needs: [ask", "needs: [near", 15, "a step cannot need itself"),
            ("id: near", "id: ask", 10, "step \"ask\" is defined twice"),
            ("    title: Near", "    titel: Near", 12, "the key `titel` is not known here"),
            (
                "  - id: near",
                "  - use: other/step\n  - id: near",
                10,
                "a step set cannot use another one",
            ),
            (
                "  - id: ask\n",
                "  -\n    id: ask\n",
                7,
                "a step of a step set begins in a line of its own",
            ),
            ("steps:\n", "steps: []\nmore:\n", 5, "a step set needs at least one step"),
        ] {
            let all = found(old, new);
            assert!(all.contains(&(line, message.to_owned())), "{new:?}: {all:#?}");
        }
    }

    #[test]
    fn a_step_in_one_line_is_a_step() {
        let set =
            "runbook-steps: 1\nid: a\ntitle: A\nversion: 1\nsteps:\n- {id: b, role: c, title: D}\n";
        assert_eq!(compile_set(set).unwrap().blocks.len(), 1);
        let flow = set
            .replace("steps:\n- {id: b, role: c, title: D}", "steps: [{id: b, role: c, title: D}]");
        let found = compile_set(&flow).unwrap_err();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].message, "a step of a step set begins in a line of its own");
    }
}
