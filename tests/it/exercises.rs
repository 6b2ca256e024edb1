//! What the shipped exercises promise, beyond being valid: each rule with a spoiled exercise that breaks
//! it.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::TimeDelta;
use outage_runbook::outreach::{SuspicionKind, suspicions};
use outage_runbook::playbook::{
    Exercise, ExerciseKind, Happening, InjectId, InjectKind, Playbook, STARTER, When, builtin,
    builtin_exercises, compile, compile_exercise, outline,
};
use regex_lite::Regex;
use snapbox::{assert_data_eq, str};

use super::schema::{as_editor, faults, unused};
use crate::support::Sandbox;

/// What makes an editor use the schema.
const MODELINE: &str = "# yaml-language-server: $schema=./exercise.schema.json";

/// Two capital words in a row that name nobody: a role, a place, an institution.
const NOBODY: [&str; 4] =
    ["Communications Lead", "Riverside Pharmacy", "Health Service", "On Mondays"];

fn book(id: &str) -> Playbook {
    let (_, text) = builtin().iter().find(|(name, _)| *name == id).unwrap();
    compile(text).unwrap().playbook
}

/// An exercise that can be run; what lint doubts in it stands beside it.
fn compiled(text: &str) -> (Exercise, Vec<String>) {
    let book = book(outline(text).unwrap().playbook.as_str());
    let compiled = compile_exercise(text, &book).unwrap();
    let doubts = compiled.warnings.iter().map(|one| one.message.clone()).collect();
    (compiled.exercise, doubts)
}

/// Everything that a shipped exercise must not be.
fn objections(name: &str, text: &str) -> Vec<String> {
    let (exercise, mut all) = compiled(text);
    if exercise.id.as_str() != name {
        all.push("its id is not the name of its file".to_owned());
    }
    all.extend(objections_to(&exercise, text));
    all
}

/// The same of one that has no file yet.
fn objections_to(exercise: &Exercise, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut object = |holds: bool, what: String| {
        if !holds {
            all.push(what);
        }
    };
    object(text.starts_with(&format!("{MODELINE}\n")), "its first line names no schema".to_owned());
    object(!exercise.ground_truth.is_empty(), "it has no ground truth".to_owned());
    let nudges = exercise.injects.iter().any(|inject| inject.kind == InjectKind::Contingency);
    object(nudges, "it has no contingency".to_owned());
    for objective in &exercise.objectives {
        let id = &objective.id;
        object(objective.capability.is_some(), format!("{id} has no capability"));
        object(objective.target.is_some(), format!("{id} has no target"));
        object(!objective.tasks.is_empty(), format!("{id} has no tasks"));
        let tested = exercise.injects.iter().any(|it| it.objective.as_ref() == Some(id));
        object(tested, format!("{id} is tested by nothing"));
    }
    for inject in &exercise.injects {
        let id = &inject.id;
        object(inject.objective.is_some(), format!("{id} tests nothing"));
        object(!inject.expect.is_empty(), format!("{id} expects nothing"));
        object(inject.from.is_some() && inject.mode.is_some(), format!("{id} comes from nowhere"));
    }
    all.extend(lateness(exercise));
    all.extend(persons(text));
    all
}

/// When an inject comes at the earliest, as far as the list alone says: what players do is not before
/// the start.
fn earliest(exercise: &Exercise, id: &InjectId) -> TimeDelta {
    let inject = exercise.injects.iter().find(|inject| inject.id == *id).unwrap();
    match &inject.when {
        When::At(offset) => *offset,
        When::After(Happening::Inject(first), delay) => earliest(exercise, first) + *delay,
        When::After(_, delay) => *delay,
    }
}

fn lateness(exercise: &Exercise) -> Vec<String> {
    let Some(length) = exercise.duration else { return vec!["it has no duration".to_owned()] };
    let late = |id: &&InjectId| earliest(exercise, id) >= length;
    let ids = exercise.injects.iter().map(|inject| &inject.id);
    ids.filter(late).map(|id| format!("{id} comes after the end")).collect()
}

/// Whoever could be a person: patients are tokens, and numbers are those that nobody has.
fn persons(text: &str) -> Vec<String> {
    let seen = suspicions(text).into_iter().filter(|one| one.kind != SuspicionKind::Phone);
    let mut all: Vec<String> =
        seen.map(|one| format!("{:?}: {}", one.kind, &text[one.span])).collect();
    let number = Regex::new(r"\b(?:[0-9]{3}[ .-])?[0-9]{3}[ .-][0-9]{4}\b").unwrap();
    let invented = Regex::new(r"\b555[ .-]01[0-9]{2}$").unwrap();
    let token = Regex::new(r"\bP-[0-9]+").unwrap();
    let name = Regex::new(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b").unwrap();
    let found = |pattern: &Regex| -> Vec<String> {
        pattern.find_iter(text).map(|found| found.as_str().to_owned()).collect()
    };
    let numbers = found(&number).into_iter().filter(|number| !invented.is_match(number));
    all.extend(numbers.map(|number| format!("somebody may have the number {number}")));
    let tokens = found(&token).into_iter().filter(|token| token.len() != "P-0000".len());
    all.extend(tokens.map(|token| format!("{token} is no token")));
    let capabilities: String =
        text.lines().filter(|line| !line.contains("capability:")).collect::<Vec<_>>().join("\n");
    let names = name.find_iter(&capabilities).map(|found| found.as_str());
    let names = names.filter(|name| !NOBODY.contains(name));
    all.extend(names.map(|name| format!("{name} may be somebody")));
    all
}

#[test]
fn nobody_objects_to_the_shipped_exercises() {
    for (name, text) in builtin_exercises() {
        assert_eq!(objections(name, text), Vec::<String>::new(), "{name}");
    }
}

/// What is changed in a shipped exercise, and what is said to it then.
const SPOILED: [(&str, &str, &[&str]); 20] = [
    ("id: phone-outage-stolen", "id: phone-outage-other", &["its id is not the name of its file"]),
    ("=./exercise.schema.json", "=./playbook.schema.json", &["its first line names no schema"]),
    ("ground_truth: |\n", "", &["it has no ground truth"]),
    ("    by: 22m\n    kind: contingency\n", "    at: 22m\n", &["it has no contingency"]),
    ("    capability: Planning\n", "", &["discovery has no capability"]),
    (
        "    target: A way that is full is noticed within the hour, and there is another.\n",
        "",
        &["fallback has no target"],
    ),
    (
        "    tasks:\n      - Calls that do not get through are counted.\n      - A third way is published.\n",
        "",
        &["fallback has no tasks"],
    ),
    ("    objective: fallback\n", "    objective: warn\n", &["fallback is tested by nothing"]),
    (
        "    objective: evidence\n",
        "",
        &["evidence is tested by nothing", "redirected tests nothing"],
    ),
    ("    expect: [carrier-redirect, guard]\n", "", &["redirected expects nothing"]),
    ("    from: Carrier\n", "", &["redirected comes from nowhere"]),
    ("    mode: email\n", "", &["no-warning-yet comes from nowhere"]),
    ("delay: 10m", "delay: 60m", &["mailbox-full comes after the end"]),
    ("duration: 1h\n", "", &["it has no duration"]),
    (
        "at: 40m",
        "at: 61m",
        &["this is after the planned end of the exercise", "nine-callers comes after the end"],
    ),
    ("Nine callers", "P-12 and nine callers", &["P-12 is no token"]),
    ("Nine callers", "Ana Diaz and nine callers", &["Ana Diaz may be somebody"]),
    ("Nine callers", "Nine callers, MRN 4471920,", &["RecordNumber: 4471920"]),
    (
        "your pharmacy's number",
        "your pharmacy's number 860 221 4477",
        &["somebody may have the number 860 221 4477"],
    ),
    ("Nine callers", "P-0012, at 860 555 0123, and nine callers", &[]),
];

#[test]
fn each_rule_finds_the_exercise_that_breaks_it() {
    const NAME: &str = "phone-outage-stolen";
    let (_, sound) = builtin_exercises().iter().find(|(name, _)| *name == NAME).unwrap();
    for (from, to, said) in SPOILED {
        assert!(sound.contains(from), "{from:?}");
        assert_eq!(objections(NAME, &sound.replacen(from, to, 1)), said, "{from:?} -> {to:?}");
    }
}

/// What the notes of the inject say that nobody could plan for.
const SURPRISE: &str = "The surprise.";

#[test]
fn every_playbook_has_a_short_tabletop_and_a_surprise_that_happened_somewhere() {
    let all: Vec<Exercise> = builtin_exercises().iter().map(|(_, text)| compiled(text).0).collect();
    let minutes = |one: &Exercise| one.duration.map(|length| length.num_minutes());
    for (name, _) in builtin() {
        let own: Vec<&Exercise> = all.iter().filter(|one| one.playbook.as_str() == *name).collect();
        let short: Vec<&&Exercise> = own
            .iter()
            .filter(|one| one.kind == ExerciseKind::Tabletop && minutes(one) == Some(45))
            .collect();
        assert_eq!(short.len(), 1, "{name}");
        let surprising = |one: &&&Exercise| {
            let told = one.injects.iter().any(|inject| inject.notes.starts_with(SURPRISE));
            told && one.ground_truth.contains("Modeled on ") && one.id != short[0].id
        };
        assert!(own.iter().any(|one| surprising(&one)), "{name}");
    }
}

#[test]
fn players_read_nothing_of_what_is_to_come() {
    let title = Regex::new("(?m)^title: (.*)$").unwrap();
    for (name, text) in builtin_exercises() {
        let (exercise, _) = compiled(text);
        let read = format!("{} {}", &title.captures(text).unwrap()[1], exercise.scenario);
        let first = exercise.injects.iter().filter(|one| one.when == When::At(TimeDelta::zero()));
        let later = exercise.injects.len() - first.count();
        assert!(later > 1, "{name}");
        for word in ["surprise", "contingency", "inject", "attack", "ransom", "relapse"] {
            assert!(!read.to_lowercase().contains(word), "{name}: {word}");
        }
    }
}

/// The copy that players have holds nothing of it either.
#[test]
fn no_playbook_holds_what_is_to_come() {
    for (name, text) in builtin().iter().copied().chain([("starter", STARTER)]) {
        assert_eq!(compile(text).unwrap().playbook.exercises, [], "{name}");
    }
}

#[test]
fn every_file_is_in_the_binary() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/exercises");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files: BTreeSet<String> = names
        .filter_map(|name| name.to_str().unwrap().strip_suffix(".yaml").map(str::to_owned))
        .collect();
    let known: BTreeSet<String> =
        builtin_exercises().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(known, files);
}

/// The file that the page for authors shows.
fn example() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/README.md");
    let page = std::fs::read_to_string(page).unwrap();
    let section = page.split("\n## ").find(|it| it.starts_with("Write an exercise")).unwrap();
    section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

#[test]
fn the_example_of_the_page_for_authors_is_sound_and_can_be_run() {
    let sandbox = Sandbox::bare();
    sandbox.ok("new portal-down");
    sandbox.write("playbooks/exercises/portal-down-45.yaml", example());
    assert_data_eq!(
        sandbox.run("lint --strict playbooks/exercises/portal-down-45.yaml").shown(),
        str![[r#"
playbooks/exercises/portal-down-45.yaml: ok, nothing to report
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("drill list portal-down").shown(),
        str![[r#"
EXERCISE        PLAYBOOK     TYPE      TITLE
portal-down-45  portal-down  tabletop  A slow Monday

One of them: runbook drill PLAYBOOK --scenario EXERCISE
--- exit 0
"#]]
    );
    sandbox.ok("drill portal-down --scenario portal-down-45 --solo --step --no-walk");
    assert_data_eq!(
        sandbox.run("drill deliver").shown(),
        str![[r#"
EXERCISE Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: inject first-signs from Front counter to incident-lead (in person): Three patients could not get into the portal this morning.
--- exit 0
"#]]
    );
}

/// "Every key by example": the page leaves none out, and breaks none of the rules that it teaches.
#[test]
fn the_example_of_the_page_for_authors_has_every_key() {
    let example = example();
    let schema = serde_json::from_str(&Sandbox::bare().ok("schema --exercise")).unwrap();
    assert_eq!(faults(&schema, &as_editor(&example)), Vec::<String>::new());
    assert_eq!(unused(&schema, &as_editor(&example)), Vec::<String>::new());
    let sandbox = Sandbox::bare();
    sandbox.ok("new portal-down");
    let book = compile(
        &std::fs::read_to_string(sandbox.cwd().join("playbooks/portal-down.yaml")).unwrap(),
    )
    .unwrap()
    .playbook;
    let compiled = compile_exercise(&example, &book).unwrap();
    assert_eq!(objections_to(&compiled.exercise, &example), Vec::<String>::new());
    assert_eq!(compiled.exercise.id.as_str(), "portal-down-45");
}
