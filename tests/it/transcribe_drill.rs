//! A drill on paper alone, transcribed afterwards, gives the same reports as the same drill typed in
//! while it happened, apart from where the entries come from and when they were written down.
//!
//! Both sides run the real commands in one process, on a clock that is moved by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value;

use crate::support::by_hand::ByHand;

/// The drill, in both forms.
const DRILL: &str = include_str!("fixtures/paper-drill.txt");

const PLAYBOOK: &str = "../../examples/email-outage-drill/incident/playbook.yaml";

/// Everybody who takes part, by their initials.
const PEOPLE: [(&str, &str); 12] = [
    ("AD", "Ana Diaz"),
    ("AB", "Ann Bell"),
    ("BI", "Ben Ito"),
    ("MC", "Mia Cole"),
    ("LP", "Lou Park"),
    ("KL", "Kim Lee"),
    ("IB", "Ivo Brandt"),
    ("SR", "Sam Roy"),
    ("NF", "Nia Ford"),
    ("PO", "Pat Owen"),
    ("EL", "Eva Lund"),
    ("TR", "Tom Reed"),
];

/// One entry.
struct Row<'a> {
    sheet: &'a str,
    clock: &'a str,
    who: &'a str,
    command: &'a str,
    paper: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = DRILL.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &'static str| {
        let (sheet, rest) = line.split_once(" | ").unwrap();
        let (typed, paper) = rest.split_once(" |").unwrap();
        let (clock, typed) = typed.split_once(' ').unwrap();
        let (who, command) = typed.split_once(' ').unwrap();
        Row { sheet, clock, who, command, paper: paper.trim() }
    };
    lines.map(row).collect()
}

/// A machine with a home of its own, whose clock is moved by hand, and the playbook of the drill.
struct Machine(ByHand);

impl Machine {
    fn new() -> Self {
        let machine = ByHand::new();
        let playbook =
            fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(PLAYBOOK));
        machine.write("playbook.yaml", playbook.unwrap());
        Self(machine)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        self.0.write(name, text);
    }

    #[track_caller]
    fn types(&self, now: &str, line: &str) -> String {
        self.0.ok(now, line)
    }

    /// Every report, with what may differ between the two ways masked.
    fn reports(&self) -> BTreeMap<String, String> {
        let now = "2026-02-01T09:00:00-05:00";
        self.types(now, "export files");
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(self.0.cwd().join("files")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            all.insert(name, masked_csv(&path));
        }
        let json = self.types(now, "report --json");
        let mut report: Value = serde_json::from_str(&json).unwrap();
        mask(&mut report);
        all.insert("report.json".into(), serde_json::to_string_pretty(&report).unwrap());
        // The page of plain text is the same document, broken at other places where the marks stand.
        let page = self.types(now, "report --format markdown");
        all.insert("markdown".into(), masked_page(&page));
        all
    }
}

/// What differs by right: where an entry comes from, when it was written down, and what follows from it.
const DIFFERS: [&str; 7] =
    ["source", "scribe", "late_entry", "recorded_at", "recorded_t_plus_min", "hash", "checkpoint"];

fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if DIFFERS.contains(&name.as_str()) {
                    *value = Value::Null;
                } else if name == "incident" {
                    *value = "the incident".into();
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(mask),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn masked_csv(path: &PathBuf) -> String {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let mut lines = vec![heads.iter().collect::<Vec<_>>().join(",")];
    for record in reader.records() {
        let record = record.unwrap();
        let cells = heads.iter().zip(record.iter()).map(|(head, cell)| {
            if DIFFERS.contains(&head) || head == "incident" { "" } else { cell }
        });
        lines.push(cells.collect::<Vec<_>>().join(","));
    }
    lines.join("\n")
}

/// A page without the marks, and without what only lists late entries.
fn masked_page(page: &str) -> String {
    let marks = Regex::new(
        r"(, LATE ENTRY|, late entry|, from paper, typed in by Eva Lund|x-email-outage-[0-9]{8}-[0-9a-z]{4}|[0-9a-f]{64})",
    )
    .unwrap();
    let written = Regex::new(r"^\s*(- )?written down .*$").unwrap();
    let heading = Regex::new(r"(?i)late entries").unwrap();
    let mut kept = Vec::new();
    let mut skipping = false;
    for line in page.lines() {
        if line.starts_with('#') {
            skipping = heading.is_match(line);
        }
        if !skipping && !written.is_match(line) && !line.trim().is_empty() {
            kept.push(marks.replace_all(line, "").split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    kept.join("\n")
}

fn name(letters: &str) -> &'static str {
    PEOPLE.iter().find(|(short, _)| *short == letters).unwrap().1
}

/// The reports of the drill as it was typed in, each entry at its own minute.
static TYPED_IN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let machine = Machine::new();
    let start = "start ./playbook.yaml --exercise --suspected --no-walk --title \"A day without email\" \
        --site \"Riverside Pharmacy\" --assign \"incident-lead=Ana Diaz\" --by \"Ana Diaz\"";
    machine.types("2026-01-22T07:31:00-05:00", start);
    for row in rows() {
        let now = format!("2026-01-22T{}:00-05:00", row.clock);
        machine.types(&now, &format!("{} --by \"{}\"", row.command, name(row.who)));
    }
    machine.reports()
});

/// The names of all sheets.
fn sheets() -> Vec<&'static str> {
    let mut sheets: Vec<&str> = rows().iter().map(|row| row.sheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    sheets
}

/// What stands above the first line of every pile.
fn heads() -> String {
    let mut heads =
        String::from("playbook email-outage 2026.2\ndate 2026-01-22\nscribe Eva Lund\n");
    for (letters, name) in PEOPLE {
        writeln!(heads, "{letters} = {name}").unwrap();
    }
    heads
}

/// One sheet in the order of its steps, not of time.
fn sheet(sheet: &str) -> String {
    let rows = rows();
    let on_it = rows.iter().filter(|row| row.sheet == sheet && !row.paper.is_empty());
    let mut lines: Vec<&str> = on_it.map(|row| row.paper).collect();
    lines.sort_by_key(|line| line.split(' ').next());
    format!("\nsheet {sheet}\n{}\n", lines.join("\n"))
}

const LEAD: &str = "R incident-lead 07:31 Ana Diaz AD\n";

/// The pile of paper, sheet after sheet.
fn pile() -> String {
    let sheets: String = sheets().into_iter().map(sheet).collect();
    format!("{}opened 07:31 AD A day without email\n{LEAD}{sheets}", heads())
}

/// The same drill on paper alone, typed in eight days later.
fn on_paper() -> Machine {
    let machine = Machine::new();
    machine.write("pile.txt", pile());
    machine.types("2026-01-30T10:00:00-05:00", TRANSCRIBE);
    machine
}

const TRANSCRIBE: &str =
    "transcribe --start ./playbook.yaml --exercise --site \"Riverside Pharmacy\" --from pile.txt";

#[test]
fn paper_and_keyboard_give_the_same_reports() {
    let (typed, paper) = (&*TYPED_IN, on_paper().reports());
    assert_eq!(typed.keys().collect::<Vec<_>>(), paper.keys().collect::<Vec<_>>());
    for (name, expected) in typed {
        let found = &paper[name];
        let differs = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
        if let Some(at) = differs {
            let line = |text: &str| text.lines().nth(at).unwrap_or_default().to_owned();
            panic!("{name}, line {at}:\n{}\n{}", line(expected), line(found));
        }
        assert_eq!(expected.lines().count(), found.lines().count(), "{name}");
    }
    let report: Value = serde_json::from_str(&paper["report.json"]).unwrap();
    let count = |list: &str| report[list].as_array().unwrap().len();
    assert_eq!((count("timeline"), count("decisions"), count("hand_overs")), (125, 11, 2));
    assert_eq!(report["state"], "closed");
    assert_eq!(report["conflicts"].as_array().unwrap().len(), 0);
}

#[test]
fn the_marks_tell_the_two_apart() {
    let machine = on_paper();
    let json = machine.types("2026-02-01T09:00:00-05:00", "report --json");
    let report: Value = serde_json::from_str(&json).unwrap();
    for entry in report["timeline"].as_array().unwrap() {
        assert_eq!(entry["source"], "paper", "{entry}");
        assert_eq!(entry["scribe"], "Eva Lund", "{entry}");
        assert_eq!(entry["late_entry"], true, "{entry}");
        assert!(entry["recorded_at"].as_str().unwrap().starts_with("2026-01-30"), "{entry}");
        assert!(entry["occurred_at"].as_str().unwrap().starts_with("2026-01-22"), "{entry}");
    }
    let page = machine.types("2026-02-01T09:00:00-05:00", "report --format markdown");
    assert!(
        page.contains("written down 2026-01-30 10:00 -05:00; from paper, typed in by Eva Lund")
    );
    let again = machine.types("2026-01-31T10:00:00-05:00", TRANSCRIBE);
    assert_eq!(
        again,
        "EXERCISE 0 entries recorded from paper; 122 on record before, 0 different.\n"
    );
    assert!(machine.types("2026-02-01T09:00:00-05:00", "verify").contains("verifies"));
}

/// A drill whose own clock ran ten times as fast as the one on the wall, for half an hour of the wall.
fn fast(options: &str) -> Machine {
    let machine = Machine::new();
    let start = format!(
        "drill ./playbook.yaml --scenario none --no-walk --declared --facilitator \"Faye Roth\" \
         --assign \"incident-lead=Ana Diaz\" {options}"
    );
    machine.types("2026-01-22T09:00:00-05:00", &start);
    machine
        .write("sheet.txt", "AD = Ana Diaz\nI-01 09:10 AD sources=user-and-test detected=09:00\n");
    machine
}

const WALL: &str = "2026-01-22T09:30:00-05:00";

const SHEET: &str = "transcribe latest-exercise --from sheet.txt --scribe \"Eva Lund\"";

#[test]
fn a_time_from_the_wall_is_no_time_of_an_exercise_that_ran_on_its_own_clock() {
    for (options, moved) in [
        ("--speed 10x", None),
        ("--step", Some("jump +40m")),
        ("", Some("jump +40m")),
        ("", Some("pause")),
    ] {
        let machine = fast(options);
        if let Some(moved) = moved {
            let line = format!("drill {moved} --by \"Faye Roth\"");
            machine.types("2026-01-22T09:01:00-05:00", &line);
        }
        for line in [SHEET.to_owned(), format!("{SHEET} --dry-run")] {
            let typed = machine.0.run(WALL, &line);
            assert!(
                typed.err.contains("did not run in real time"),
                "{options} {moved:?} {typed:?}"
            );
            assert!(
                typed.err.contains(
                    "→ if people wrote down what the exercise's clock showed: --exercise-clock"
                ),
                "{typed:?}"
            );
            assert_eq!(typed.out, "");
        }
        assert!(
            !machine.types(WALL, "log latest-exercise").contains("I-01"),
            "nothing was recorded"
        );
    }
}

#[test]
fn times_of_the_exercises_own_clock_are_taken_as_that_and_it_says_so() {
    let machine = fast("--speed 10x");
    let said = "EXERCISE Times are those of the exercise's own clock: it began at 2026-01-22 09:00 -05:00 and shows 2026-01-22 14:00 -05:00.\n";
    let dry = machine.types(WALL, &format!("{SHEET} --exercise-clock --dry-run"));
    assert!(dry.starts_with(said), "{dry}");
    assert!(dry.contains("2026-01-22 09:10 -05:00  Ana Diaz: done: I-01"), "{dry}");
    let saved = machine.types(WALL, &format!("{SHEET} --exercise-clock"));
    assert!(saved.starts_with(said), "{saved}");
    let report = machine.types(WALL, "report latest-exercise --json");
    let report: Value = serde_json::from_str(&report).unwrap();
    let entries = report["timeline"].as_array().unwrap();
    let done = entries.iter().find(|entry| entry["kind"] == "step_done").unwrap();
    assert_eq!(done["occurred_at"], "2026-01-22T09:10:00-05:00", "{done}");
    assert_eq!((&done["source"], &done["scribe"]), (&"paper".into(), &"Eva Lund".into()));
    // What its clock has not shown yet cannot have happened.
    machine.write("late.txt", "AD = Ana Diaz\nN 14:30 AD too late\n");
    let late = "transcribe latest-exercise --from late.txt --scribe Eva --exercise-clock";
    let typed = machine.0.run(WALL, late);
    assert!(typed.err.contains("in the future"), "{typed:?}");
}

#[test]
fn in_real_time_the_two_are_one() {
    let machine = fast("");
    let typed = machine.0.run(WALL, &format!("{SHEET} --exercise-clock"));
    assert!(typed.err.contains("ran in real time"), "{typed:?}");
    let saved = machine.types(WALL, SHEET);
    assert!(!saved.contains("own clock"), "{saved}");
    assert!(saved.contains("1 entry recorded from paper"), "{saved}");
}

/// What does not depend on the order of the log.
fn figures(report: &str) -> Value {
    let report: Value = serde_json::from_str(report).unwrap();
    let mut all = serde_json::Map::new();
    for name in
        ["steps", "kpis", "shifts", "marks", "hand_overs", "decisions", "notes", "milestones"]
    {
        let mut value = report[name].clone();
        if let Value::Array(lines) = &mut value {
            for line in lines.iter_mut().filter_map(Value::as_object_mut) {
                line.remove("record");
            }
            lines.sort_by_key(|line| line["occurred_at"].to_string() + &line.to_string());
        }
        all.insert(name.to_owned(), value);
    }
    Value::Object(all)
}

#[test]
fn sheets_that_are_recorded_one_by_one_give_the_same_figures() {
    let machine = Machine::new();
    let (start, later) = ("2026-01-30T10:00:00-05:00", "2026-01-31T10:00:00-05:00");
    let opened = "start ./playbook.yaml --exercise --suspected --no-walk --title \"A day without email\" \
        --site \"Riverside Pharmacy\" --by \"Ana Diaz\" --at \"2026-01-22 07:31\"";
    machine.types(start, opened);
    // Whoever closes it comes last: nothing but notes is taken afterwards. The others come as they lie.
    let mut sheets = sheets();
    sheets.retain(|sheet| *sheet != "incident-lead");
    sheets.sort_unstable_by(|a, b| b.cmp(a));
    sheets.push("incident-lead");
    for (number, name) in sheets.into_iter().enumerate() {
        let lead = if name == "incident-lead" { LEAD } else { "" };
        let file = format!("sheet-{number}.txt");
        let text = format!("{}{lead}{}", heads(), sheet(name));
        machine.write(&file, text);
        machine.types(later, &format!("transcribe --from {file}"));
    }
    let expected = figures(&TYPED_IN["report.json"]);
    let found = figures(&machine.reports()["report.json"]);
    for name in expected.as_object().unwrap().keys() {
        let (expected, found) = (&expected[name], &found[name]);
        if let (Value::Array(expected), Value::Array(found)) = (expected, found) {
            for (expected, found) in expected.iter().zip(found) {
                assert_eq!(expected, found, "{name}");
            }
        }
        assert_eq!(expected, found, "{name}");
    }
}
