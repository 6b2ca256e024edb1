//! What the shipped playbooks promise, beyond being valid.

use std::collections::BTreeSet;

use outage_runbook::playbook::{
    BUILT_IN, Due, FieldKind, Form, Playbook, Shelf, Step, builtin, builtin_exercises, compile,
    outline,
};
use regex_lite::Regex;

/// What a step's instructions may take, so that they fit on a terminal of 80 by 24.
const LINES: usize = 5;
const COLUMNS: usize = 96;

/// A field of the first minutes that asks for words because somebody needs them as evidence.
const EVIDENCE: [&str; 1] = ["ticket"];

fn books() -> Vec<Playbook> {
    builtin().iter().map(|(_, text)| compile(text).unwrap().playbook).collect()
}

fn steps(book: &Playbook) -> impl Iterator<Item = &Step> {
    book.phases.iter().flat_map(|phase| &phase.steps)
}

/// The lines of the tables of `playbooks/README.md` below a playbook's headings with this word.
fn rows(book: &Playbook, word: &str) -> Vec<String> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/README.md");
    let text = std::fs::read_to_string(file).unwrap();
    let heading = format!("{}:", book.id);
    text.split("\n## ")
        .filter(|section| section.starts_with(&heading))
        .filter(|section| section.lines().next().unwrap().contains(word))
        .flat_map(|section| section.lines().filter(|line| line.starts_with('|')))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_tables_name_every_step_and_nothing_else() {
    let code = Regex::new("`([^`]+)`").unwrap();
    let key = Regex::new("(?m)^([a-z_]+):").unwrap();
    for book in books() {
        let (_, text) = builtin().iter().find(|(id, _)| *id == book.id.as_str()).unwrap();
        let known: BTreeSet<&str> = steps(&book).map(|step| step.id.as_str()).collect();
        let mut keys: BTreeSet<&str> =
            key.captures_iter(text).map(|found| found.get(1).unwrap().as_str()).collect();
        keys.extend(exercised(&book));
        let rows = rows(&book, "");
        let named: BTreeSet<&str> = rows
            .iter()
            .flat_map(|row| code.captures_iter(row))
            .map(|found| found.get(1).unwrap().as_str())
            .collect();
        let gone: Vec<_> =
            named.iter().filter(|name| !known.contains(*name) && !keys.contains(*name)).collect();
        assert_eq!(gone, Vec::<&&str>::new(), "{}: named in a table, but no step", book.id);
        let missed: Vec<_> = known.difference(&named).collect();
        assert_eq!(missed, Vec::<&&str>::new(), "{}: in no table", book.id);
    }
}

#[test]
fn the_tables_leave_no_number_out() {
    let range = Regex::new(r"^\| ([CR])([0-9]+)(?:-[CR]([0-9]+))? ").unwrap();
    let single = Regex::new(r"^\| ([0-9]+) \|").unwrap();
    for book in books() {
        let mut items = BTreeSet::new();
        for found in rows(&book, "core").iter().filter_map(|row| range.captures(row)) {
            let number = |group| found.get(group).map(|it| it.as_str().parse::<u32>().unwrap());
            let from = number(2).unwrap();
            for item in from..=number(3).unwrap_or(from) {
                assert!(items.insert(format!("{}{item}", &found[1])), "{}: {item}", book.id);
            }
        }
        let core: BTreeSet<String> = (1..=44)
            .map(|item| format!("C{item}"))
            .chain((1..=10).map(|item| format!("R{item}")))
            .collect();
        assert_eq!(items, core, "{}", book.id);
        // The one that the others are measured against was read against every mistake.
        if book.id.as_str() != "email-outage" {
            continue;
        }
        let mistakes: BTreeSet<u32> = rows(&book, "mistakes")
            .iter()
            .filter_map(|row| single.captures(row))
            .map(|found| found[1].parse().unwrap())
            .collect();
        assert_eq!(mistakes, (1..=32).collect(), "{}", book.id);
    }
}

/// Who answers for a row of the requirements that no step of a playbook can answer.
const ELSEWHERE: [&str; 4] = ["tool", "readiness", "drill", "report"];

/// The rows of the table over all playbooks: their number, and what stands under "Where".
fn requirements() -> Vec<(u32, String)> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks/README.md");
    let text = std::fs::read_to_string(file).unwrap();
    let section =
        text.split("\n## ").find(|it| it.starts_with("All playbooks: every row")).unwrap();
    let row = Regex::new(r"^\| ([0-9]+) \|[^|]*\|([^|]*)\|$").unwrap();
    let rows = section.lines().filter_map(|line| row.captures(line));
    rows.map(|found| (found[1].parse().unwrap(), found[2].trim().to_owned())).collect()
}

/// What the tables call the exercises of a playbook: files of their own, where it has some.
fn exercised(book: &Playbook) -> Option<&'static str> {
    let is_for = |text: &str| outline(text).unwrap().playbook == book.id;
    builtin_exercises().iter().any(|(_, text)| is_for(text)).then_some("exercises")
}

/// Every step of a playbook, every key of its file, and whether it has exercises.
fn steps_and_keys(text: &str, book: &Playbook) -> BTreeSet<String> {
    let key = Regex::new("(?m)^([a-z_]+):").unwrap();
    let keys = key.captures_iter(text).map(|found| found[1].to_owned());
    let steps = steps(book).map(|step| step.id.to_string());
    keys.chain(steps).chain(exercised(book).map(str::to_owned)).collect()
}

#[test]
fn every_row_of_the_requirements_has_a_step_or_says_who_answers() {
    let known: Vec<(&str, BTreeSet<String>)> = builtin()
        .iter()
        .map(|(id, text)| (*id, steps_and_keys(text, &compile(text).unwrap().playbook)))
        .collect();
    let rows = requirements();
    let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=115).collect::<Vec<_>>());
    for (number, place) in rows {
        assert!(!place.is_empty(), "row {number} is answered nowhere");
        for word in place.split(' ') {
            let Some((book, step)) = word.trim_matches('`').split_once('/') else {
                assert!(ELSEWHERE.contains(&word), "row {number}: {word}");
                continue;
            };
            let books: Vec<_> = known.iter().filter(|it| book == "*" || it.0 == book).collect();
            assert!(!books.is_empty(), "row {number}: no playbook {book}");
            for (id, steps) in books {
                assert!(steps.contains(step), "row {number}: {id} has no {step}");
            }
        }
    }
}

#[test]
fn every_role_has_work_and_a_decision_that_opens_or_closes_steps() {
    for book in books() {
        for role in &book.roles {
            let decides = |step: &Step| step.role == role.id && moved(&book, step).next().is_some();
            assert!(steps(&book).any(decides), "{}: {} decides nothing", book.id, role.id);
        }
    }
}

/// The steps that an answer to this one opens or closes.
fn moved<'b>(book: &'b Playbook, decision: &'b Step) -> impl Iterator<Item = &'b Step> {
    steps(book).filter(|step| {
        step.opens_on.iter().chain(&step.closed_on).any(|condition| condition.step == decision.id)
    })
}

#[test]
fn the_tables_say_what_each_decision_opens_or_closes() {
    let code = Regex::new("`([^`]+)`").unwrap();
    for book in books() {
        let mut told = BTreeSet::new();
        for row in rows(&book, "asked for") {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let id = cells[2].trim_matches('`');
            if !book.roles.iter().any(|role| role.title == cells[1]) {
                continue;
            }
            let decision = steps(&book).find(|step| step.id.as_str() == id).unwrap();
            let said: BTreeSet<&str> =
                code.captures_iter(cells[3]).map(|found| found.get(1).unwrap().as_str()).collect();
            let moved: BTreeSet<&str> =
                moved(&book, decision).map(|step| step.id.as_str()).collect();
            assert_eq!(said, moved, "{}: {id}", book.id);
            assert!(told.insert(id.to_owned()), "{}: {id} twice", book.id);
        }
        let all: BTreeSet<String> = steps(&book)
            .filter(|step| moved(&book, step).next().is_some())
            .map(|step| step.id.to_string())
            .collect();
        assert_eq!(told, all, "{}", book.id);
    }
}

#[test]
fn a_playbook_that_a_decision_leads_to_is_there() {
    let shelf = Shelf::new(Vec::new());
    for book in books() {
        for step in steps(&book) {
            let Form::Decision(decision) = &step.form else { continue };
            for next in decision.options.iter().filter_map(|choice| choice.leads_to.as_ref()) {
                let found = shelf.find(next.as_str()).map(|it| it.origin.as_str());
                assert_eq!(found, Some(BUILT_IN), "{}: {} leads to {next}", book.id, step.id);
            }
        }
    }
}

/// Whichever playbook was started, an attack leads out of it, and each is led to by another.
#[test]
fn an_attack_leads_to_ransomware_and_every_playbook_is_led_to() {
    let mut reached = BTreeSet::new();
    for book in books() {
        let leads = |step: &Step| match &step.form {
            Form::Decision(decision) => {
                decision.options.iter().filter_map(|it| it.leads_to.clone()).collect()
            }
            _ => Vec::new(),
        };
        if book.id.as_str() != "ransomware" {
            let gate = steps(&book).find(|step| step.id.as_str() == "malicious").unwrap();
            let out: Vec<String> = leads(gate).iter().map(ToString::to_string).collect();
            assert_eq!(out, ["ransomware"], "{}", book.id);
        }
        reached.extend(steps(&book).flat_map(leads).map(|it| it.to_string()));
    }
    let all: BTreeSet<String> = builtin().iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(reached, all);
}

#[test]
fn instructions_fit_on_the_screen() {
    for book in books() {
        for step in steps(&book) {
            let lines: Vec<&str> = step.instructions.lines().collect();
            assert!(!lines.is_empty() && lines.len() <= LINES, "{} {}", book.id, step.id);
            let longest = lines.iter().map(|line| line.chars().count()).max().unwrap();
            assert!(longest <= COLUMNS, "{} {}: {longest}", book.id, step.id);
        }
    }
}

#[test]
fn the_first_ten_steps_ask_for_few_words() {
    for book in books() {
        let mut first: Vec<&Step> = book.phases[0].steps.iter().collect();
        first.retain(|step| step.opens_on.is_empty());
        first.sort_by_key(|step| match step.due {
            Some(Due::AfterStart(due) | Due::AfterPhase(due)) => due,
            None => chrono::TimeDelta::MAX,
        });
        for step in first.iter().take(10) {
            let Form::Collect(fields) = &step.form else { continue };
            for field in fields.iter().filter(|field| field.required) {
                let words = matches!(field.kind, FieldKind::Text);
                let evidence = EVIDENCE.contains(&field.id.as_str());
                assert!(!words || evidence, "{}: {} asks for {}", book.id, step.id, field.id);
            }
        }
    }
}

#[test]
fn templates_ship_unapproved_and_with_a_second_channel() {
    for book in books() {
        for template in &book.templates {
            assert_eq!(template.approved, None, "{} {}", book.id, template.id);
            let fallback = template.fallback.as_ref().unwrap();
            assert_ne!(*fallback, template.channel, "{} {}", book.id, template.id);
        }
    }
}
