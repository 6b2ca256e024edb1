//! `export`: the CSV files.

use std::fmt::Write as _;
use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const FILES: [&str; 9] = [
    "incident.csv",
    "steps.csv",
    "log.csv",
    "decisions.csv",
    "roles.csv",
    "milestones.csv",
    "kpis.csv",
    "notes.csv",
    "actions.csv",
];

fn exported() -> Sandbox {
    let sandbox = Sandbox::started();
    sandbox.ok("decide scope local --because \"a \"\"quoted\"\", word\" --at 2025-01-22T14:15Z");
    sandbox.ok("note \"=SUM(A1) is no formula\" --at 2025-01-22T14:20Z");
    sandbox.ok("note --at 2025-01-22T14:21Z -- \"-cmd|' /C calc'!A0\"");
    sandbox
}

#[test]
fn nine_files_with_stable_headers_and_crlf() {
    let sandbox = exported();
    assert_data_eq!(
        sandbox.run("export out").shown(),
        str![[r#"
Wrote 9 files of every-form-YYYYMMDD-RRRR to out:
  incident.csv steps.csv log.csv decisions.csv roles.csv milestones.csv kpis.csv notes.csv actions.csv
--- stderr
A patient token with a reason code is still health information: handle the files so.
--- exit 0
"#]]
    );
    let mut headers = String::new();
    for name in FILES {
        let text = fs::read_to_string(sandbox.cwd().join("out").join(name)).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
        assert!(text.ends_with("\r\n"), "{name}");
        writeln!(headers, "{name}\n  {}", text.lines().next().unwrap()).unwrap();
    }
    assert_eq!(fs::read_dir(sandbox.cwd().join("out")).unwrap().count(), FILES.len());
    assert_data_eq!(
        headers,
        str![[r#"
incident.csv
  "incident","mode","title","site","state","playbook","playbook_version","t0","opened_at","opened_t_plus_min","ended_at","ended_t_plus_min","ended_by","ending_reason","missing_at_closing","cause","scope","services","counted_until","counted_until_t_plus_min","linked_from","clock","runbook_version","integrity_problems"
steps.csv
  "incident","mode","code","step","occurrence","phase","role","title","status","required","critical","due","due_t_plus_min","occurred_at","occurred_t_plus_min","recorded_at","late_entry","in_time","overdue","by","initials","option","answers","note","awaits_approval","approved_by","approved_at","waits_for","closed_by","record","acted_as","role_held_by","outside_role"
log.csv
  "incident","mode","record","kind","occurred_at","t_plus_min","recorded_at","recorded_t_plus_min","late_entry","ahead_of_time","by","role","source","step","what","corrected_by","first_recorded_as","writer","seq","hash","accountable_role","role_held_by","outside_role","scribe"
decisions.csv
  "incident","mode","step","code","occurrence","question","option","option_title","because","stands","occurred_at","t_plus_min","recorded_at","late_entry","by","role","record"
roles.csv
  "incident","mode","role","title","held","person","deputy","from","from_t_plus_min","to","to_t_plus_min","minutes"
milestones.csv
  "incident","mode","milestone","service","occurred_at","t_plus_min","recorded_at","late_entry","by","record"
kpis.csv
  "incident","mode","kpi","value","unit","target","met"
notes.csv
  "incident","mode","kind","text","occurred_at","t_plus_min","recorded_at","late_entry","by","role","record"
actions.csv
  "incident","mode","code","state","core_capability","issue","corrective_action","capability_element","organization","owner","start","due","first_due","aim","evidence","closed_at","closed_by","verified_at","verified_by","own_work","verified_note","added_at","added_by","record"

"#]]
    );
}

#[test]
fn every_row_has_as_many_cells_as_the_header() {
    let sandbox = exported();
    sandbox.ok("export out");
    for name in FILES {
        let text = fs::read(sandbox.cwd().join("out").join(name)).unwrap();
        let mut rows = csv::ReaderBuilder::new().from_reader(text.as_slice());
        let header = rows.headers().unwrap().clone();
        assert!(header.len() > 3, "{name}");
        for row in rows.records() {
            assert_eq!(row.unwrap().len(), header.len(), "{name}");
        }
    }
}

#[test]
fn a_formula_never_reaches_a_spreadsheet_live() {
    let sandbox = exported();
    sandbox.ok("export out");
    for name in FILES {
        let text = fs::read(sandbox.cwd().join("out").join(name)).unwrap();
        for row in csv::Reader::from_reader(text.as_slice()).records() {
            for cell in &row.unwrap() {
                let number = cell.parse::<f64>().is_ok();
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{name}: {cell}"
                );
            }
        }
    }
    let notes = fs::read_to_string(sandbox.cwd().join("out/notes.csv")).unwrap();
    assert!(notes.contains("=SUM(A1) is no formula"), "{notes}");
}

#[test]
fn never_over_an_older_export_unasked() {
    let sandbox = exported();
    sandbox.ok("export out");
    sandbox.write("out/kpis.csv", "mine");
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("export out").shown(),
        str![[r#"
--- stderr
error: out/incident.csv is there already
  → choose a new folder, or add --overwrite
--- exit 1
"#]]
    );
    assert_eq!(sandbox.everything(), before);
    sandbox.ok("export out --overwrite");
    assert_ne!(sandbox.everything(), before);
}

#[test]
fn figures_are_those_of_the_report() {
    let sandbox = exported();
    sandbox.ok("mark onset --at 2025-01-22T13:30Z");
    sandbox.ok("mark verified --at 2025-01-22T15:00Z");
    let exported = sandbox.json("export out latest");
    assert_eq!(exported["files"].as_array().unwrap().len(), FILES.len());
    let report = sandbox.json("report");
    let text = fs::read(sandbox.cwd().join("out/kpis.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_slice());
    let header = rows.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|cell| cell == name).unwrap();
    let (id, value) = (column("kpi"), column("value"));
    for (row, figure) in rows.records().zip(report["kpis"].as_array().unwrap()) {
        let row = row.unwrap();
        let expected = figure["value"].as_f64();
        assert_eq!((&row[id], row[value].parse().ok()), (figure["id"].as_str().unwrap(), expected));
    }
}
