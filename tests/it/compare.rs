//! `report --compare`: two incidents of one playbook side by side, and which of them was real.

use std::fs;

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

const FAYE: &str = "--by \"Faye Roth\" --incident latest-exercise";

/// An exercise that Faye facilitates, played by hand: T+0 is its beginning, and the first step is
/// answered after so many minutes.
fn drilled(sandbox: &Sandbox, confirmed_after: &str, rating: Option<&str>) -> String {
    let started = sandbox.json(
        "drill every-form --scenario two-objectives --step --facilitator \"Faye Roth\" --declared --no-walk",
    );
    let id = started["incident"].as_str().unwrap().to_owned();
    sandbox.ok(&format!("drill deliver {FAYE}"));
    sandbox.ok(&format!("drill jump {confirmed_after} {FAYE}"));
    sandbox.ok("done confirm --incident latest-exercise --by \"Ana Diaz\"");
    sandbox.ok(&format!("drill jump +30m {FAYE}"));
    sandbox.ok(&format!("drill end {FAYE}"));
    if let Some(rating) = rating {
        sandbox.ok(&format!("drill rate confirm-first {rating} --why seen --by \"Eva Lund\" --incident latest-exercise"));
    }
    id
}

fn with_scenario() -> Sandbox {
    let sandbox = Sandbox::new();
    let exercise = include_str!("fixtures/every-form-tabletop.yaml");
    sandbox.write("playbooks/exercises/two-objectives.yaml", exercise);
    sandbox
}

/// A live incident of a day in 2025.
fn lived(sandbox: &Sandbox, day: &str, confirmed: &str) -> String {
    let at = |clock: &str| format!("--at 2025-01-{day}T{clock}Z --incident latest");
    sandbox.ok(&format!("start every-form --at 2025-01-{day}T14:05Z --assign \"lead=Ana Diaz\""));
    sandbox.ok(&format!("mark detected {}", at("13:50")));
    sandbox.ok(&format!("done confirm {}", at(confirmed)));
    sandbox.ok(&format!("skip ticket --reason none {}", at("14:20")));
    sandbox.ok(&format!("close --anyway --reason test {}", at("16:05")));
    sandbox.json("status latest")["incident"].as_str().unwrap().to_owned()
}

#[test]
fn two_drills_side_by_side() {
    let sandbox = with_scenario();
    drilled(&sandbox, "+5m", Some("S"));
    drilled(&sandbox, "+18m", None);
    assert_data_eq!(
        sandbox.run("report --compare last").shown(),
        str![[r#"
EXERCISE every-form: two side by side, minutes since T+0
EXERCISE   A  EXERCISE  x-every-form-YYYYMMDD-RRRR
EXERCISE      YYYY-MM-DD HH:MM +00:00  two-objectives
EXERCISE   B  EXERCISE  x-every-form-YYYYMMDD-RRRR
EXERCISE      YYYY-MM-DD HH:MM +00:00  two-objectives
EXERCISE
EXERCISE STEP  NAME, ROLE        A DUE  A EXERCISE           B DUE  B EXERCISE
EXERCISE F-01  confirm, lead     T+10   T+18 done, late by   T+10   T+5 done
EXERCISE                                8 min
EXERCISE F-02  scope, lead       T+15   open, late           T+15   open, late
EXERCISE F-06  ticket, tech      T+20   open, late           T+20   open, late
EXERCISE F-07  freeze, lead      T+20   open, late           T+20   open, late
EXERCISE F-08  words, tech       T+30   open, late           T+30   open, late
EXERCISE F-09  agree, officer    T+40   open, late           T+40   open
EXERCISE F-10  briefing, lead    T+60   open                 T+60   open
EXERCISE F-11  first-call, tech  T+60   open                 T+60   open
EXERCISE
EXERCISE MILESTONE     A EXERCISE  B EXERCISE
EXERCISE acknowledged  T+18        T+5
EXERCISE declared      T+0         T+0
EXERCISE
EXERCISE FIGURE                                 A EXERCISE  B EXERCISE
EXERCISE Steps finished on time                 0 % !       20 % !
EXERCISE Required roles held by nobody, summed  48 min      35 min
EXERCISE ! target missed
EXERCISE
EXERCISE OBJECTIVE      A EXERCISE  B EXERCISE  TEXT
EXERCISE confirm-first  not rated   S           It is confirmed from two
EXERCISE                                        sources.
EXERCISE list-frozen    not rated   not rated   The list of patients is
EXERCISE                                        frozen.
--- exit 0
"#]]
    );
}

#[test]
fn two_incidents_side_by_side() {
    let sandbox = Sandbox::new();
    let first = lived(&sandbox, "22", "14:10");
    lived(&sandbox, "29", "14:31");
    assert_data_eq!(
        sandbox.run(&format!("report latest --compare {first}")).shown(),
        str![[r#"
every-form: two side by side, minutes since T+0
  A  live  every-form-YYYYMMDD-RRRR
     2025-01-29 14:05 +00:00
  B  live  every-form-YYYYMMDD-RRRR
     2025-01-22 14:05 +00:00

STEP  NAME, ROLE        A DUE  A LIVE               B DUE  B LIVE
F-01  confirm, lead     T+10   T+26 done, late by   T+10   T+5 done
                               16 min
F-02  scope, lead       T+15   open, late           T+15   open, late
F-06  ticket, tech      T+20   T+15 not applicable  T+20   T+15 not applicable
F-07  freeze, lead      T+20   open, late           T+20   open, late
F-08  words, tech       T+30   open, late           T+30   open, late
F-09  agree, officer    T+40   open, late           T+40   open, late
F-10  briefing, lead    T+60   open, late           T+60   open, late
F-11  first-call, tech  T+60   open, late           T+60   open, late

MILESTONE     A LIVE  B LIVE
detected      T-15    T-15
acknowledged  T+26    T+5
declared      T+0     T+0

FIGURE                                 A LIVE    B LIVE
Detected to acknowledged               41 min !  20 min !
Detected to declared                   15 min    15 min
Steps finished on time                 0 % !     14.3 % !
Required roles held by nobody, summed  0 min     0 min
! target missed

No objective was set in either.
--- exit 0
"#]]
    );
}

#[test]
fn a_real_outage_beside_the_last_drill() {
    let sandbox = with_scenario();
    drilled(&sandbox, "+5m", Some("P"));
    let drill = drilled(&sandbox, "+12m", Some("S"));
    let live = real(&sandbox);
    let ran = sandbox.run("report latest --compare last");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
EXERCISE+LIVE every-form: two side by side, minutes since T+0
EXERCISE+LIVE   A  live  every-form-YYYYMMDD-RRRR
EXERCISE+LIVE      YYYY-MM-DD HH:MM +00:00
EXERCISE+LIVE   B  EXERCISE  x-every-form-YYYYMMDD-RRRR
EXERCISE+LIVE      YYYY-MM-DD HH:MM +00:00  two-objectives
EXERCISE+LIVE A was real, B was practice: no figure of one counts in the other.
EXERCISE+LIVE
EXERCISE+LIVE STEP  NAME, ROLE        A DUE  A LIVE    B DUE  B EXERCISE
EXERCISE+LIVE F-01  confirm, lead     T+10   T+0 done  T+10   T+12 done, late
EXERCISE+LIVE                                                 by 2 min
EXERCISE+LIVE F-02  scope, lead       T+15   open      T+15   open, late
EXERCISE+LIVE F-06  ticket, tech      T+20   open      T+20   open, late
EXERCISE+LIVE F-07  freeze, lead      T+20   open      T+20   open, late
EXERCISE+LIVE F-08  words, tech       T+30   open      T+30   open, late
EXERCISE+LIVE F-09  agree, officer    T+40   open      T+40   open, late
EXERCISE+LIVE F-10  briefing, lead    T+60   open      T+60   open
EXERCISE+LIVE F-11  first-call, tech  T+60   open      T+60   open
EXERCISE+LIVE
EXERCISE+LIVE MILESTONE     A LIVE  B EXERCISE
EXERCISE+LIVE acknowledged  T+0     T+12
EXERCISE+LIVE declared      T+0     T+0
EXERCISE+LIVE
EXERCISE+LIVE FIGURE                                 A LIVE  B EXERCISE
EXERCISE+LIVE Steps finished on time                 100 %   0 % !
EXERCISE+LIVE Required roles held by nobody, summed  0 min   42 min
EXERCISE+LIVE ! target missed
EXERCISE+LIVE
EXERCISE+LIVE OBJECTIVE      A LIVE  B EXERCISE  TEXT
EXERCISE+LIVE confirm-first  -       S           It is confirmed from two
EXERCISE+LIVE                                    sources.
EXERCISE+LIVE list-frozen    -       not rated   The list of patients is
EXERCISE+LIVE                                    frozen.
--- exit 0
"#]]
    );
    assert!(ran.out.lines().all(|line| line.starts_with("EXERCISE+LIVE")), "{}", ran.out);

    // Either way round, and every object and every row says which one was real.
    let turned = sandbox.json(&format!("report {drill} --compare {live}"));
    assert!(turned["mode"].is_null(), "{turned}");
    assert_eq!(
        (&turned["this"]["mode"], &turned["other"]["mode"]),
        (&"exercise".into(), &"live".into())
    );
    assert_eq!(turned["objectives"][0]["this"]["rating"], "S");
    assert!(turned["objectives"][0]["other"].is_null(), "it was no objective of a real outage");
    sandbox.ok("report latest --compare last --format csv -o beside.csv");
    let rows = fs::read_to_string(sandbox.cwd().join("beside.csv")).unwrap();
    let (both, count) = (format!("\"{live}\",\"live\""), rows.lines().count());
    let marked =
        |row: &&str| row.contains(&both) && row.contains(&format!("\"{drill}\",\"EXERCISE\""));
    assert_eq!(rows.lines().filter(marked).count(), count - 1, "{rows}");

    // No figure of the drill has come into those of the outage.
    let figures = |line: &str| sandbox.json(line)["kpis"].clone();
    let alone = figures("report latest");
    for figure in figures("report latest --compare last").as_array().unwrap() {
        let same = alone.as_array().unwrap().iter().find(|one| one["id"] == figure["id"]).unwrap();
        assert_eq!(figure["this"]["value"], same["value"], "{figure}");
    }
}

/// A live incident of today: only such a one comes after the drills.
fn real(sandbox: &Sandbox) -> String {
    sandbox.ok("start every-form --assign \"lead=Ana Diaz\"");
    let status = sandbox.json("status latest");
    // At T+0 to the millisecond, however long this takes.
    let t0 = status["t0"].as_str().unwrap();
    sandbox.ok(&format!("done confirm --incident latest --at {t0}"));
    sandbox.ok("close --anyway --reason test --incident latest");
    status["incident"].as_str().unwrap().to_owned()
}

#[test]
fn another_version_is_compared_by_the_names_of_steps() {
    let sandbox = Sandbox::new();
    let first = lived(&sandbox, "22", "14:10");
    let newer = EVERY_FORM
        .replace("version: \"1\"", "version: \"2\"")
        .replace("id: words", "id: sentences");
    assert_ne!(newer, EVERY_FORM);
    sandbox.write("playbooks/every-form.yaml", newer);
    lived(&sandbox, "29", "14:31");
    let ran = sandbox.run(&format!("report latest --compare {first}"));
    assert_data_eq!(
        ran.shown(),
        str![[r#"
every-form: two side by side, minutes since T+0
  A  live  every-form-YYYYMMDD-RRRR
     2025-01-29 14:05 +00:00
  B  live  every-form-YYYYMMDD-RRRR
     2025-01-22 14:05 +00:00
Playbook version 2 in A, 1 in B: steps are compared by name.

STEP  NAME, ROLE        A DUE  A LIVE               B DUE  B LIVE
F-01  confirm, lead     T+10   T+26 done, late by   T+10   T+5 done
                               16 min
F-02  scope, lead       T+15   open, late           T+15   open, late
F-06  ticket, tech      T+20   T+15 not applicable  T+20   T+15 not applicable
F-07  freeze, lead      T+20   open, late           T+20   open, late
F-08  sentences, tech   T+30   open, late           -      not in its playbook
F-09  agree, officer    T+40   open, late           T+40   open, late
F-10  briefing, lead    T+60   open, late           T+60   open, late
F-11  first-call, tech  T+60   open, late           T+60   open, late
F-08  words, tech       -      not in its playbook  T+30   open, late

MILESTONE     A LIVE  B LIVE
detected      T-15    T-15
acknowledged  T+26    T+5
declared      T+0     T+0

FIGURE                                 A LIVE    B LIVE
Detected to acknowledged               41 min !  20 min !
Detected to declared                   15 min    15 min
Steps finished on time                 0 % !     14.3 % !
Required roles held by nobody, summed  0 min     0 min
! target missed

No objective was set in either.
--- exit 0
"#]]
    );
    let json = sandbox.json(&format!("report latest --compare {first}"));
    assert_eq!(json["playbook_differs"], true);
    let only = |side: &str| -> Vec<&str> {
        let steps = json["steps"].as_array().unwrap().iter();
        steps
            .filter(|step| step["only_in"] == side)
            .map(|step| step["id"].as_str().unwrap())
            .collect()
    };
    assert_eq!((only("this"), only("other")), (vec!["sentences"], vec!["words"]));
}

#[test]
fn turns_that_came_in_one_of_the_two() {
    let sandbox = Sandbox::new();
    let first = lived(&sandbox, "22", "14:10");
    let at = |clock: &str| format!("--at 2025-01-29T{clock}Z");
    sandbox.ok(&format!("start every-form {} --assign \"lead=Ana Diaz\"", at("14:05")));
    for clock in ["15:00", "16:00"] {
        sandbox.ok(&format!("done briefing {}", at(clock)));
    }
    sandbox.ok(&format!("close --anyway --reason test {}", at("16:05")));
    let ran = sandbox.ok(&format!("report latest --compare {first}"));
    let turns: Vec<&str> = ran.lines().filter(|line| line.contains("briefing")).collect();
    assert_eq!(
        turns,
        [
            "F-10     briefing, lead    T+60   T+55 done   T+60   open, late",
            "F-10 #2  briefing, lead    T+120  T+115 done  -      -",
            "F-10 #3  briefing, lead    T+180  open        -      -",
        ]
    );
}

#[test]
fn the_same_rows_for_a_spreadsheet() {
    let sandbox = with_scenario();
    drilled(&sandbox, "+5m", Some("S"));
    drilled(&sandbox, "+18m", None);
    assert_data_eq!(
        sandbox.run("report --compare last --format csv").shown(),
        str![[r#"
"playbook","kind","code","id","occurrence","text","role","unit","only_in","incident","mode","planned","actual","result","in_time","late_by_min","other_incident","other_mode","other_planned","other_actual","other_result","other_in_time","other_late_by_min"
"every-form","step","F-01","confirm",1,"Confirm it from two sources","lead","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",10,18,"done","false",8,"x-every-form-YYYYMMDD-RRRR","EXERCISE",10,5,"done","true",""
"every-form","step","F-02","scope",1,"Decide how far it reaches","lead","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",15,"","open","false","","x-every-form-YYYYMMDD-RRRR","EXERCISE",15,"","open","false",""
"every-form","step","F-06","ticket",1,"Open a ticket with the vendor","tech","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",20,"","open","false","","x-every-form-YYYYMMDD-RRRR","EXERCISE",20,"","open","false",""
"every-form","step","F-07","freeze",1,"Freeze the list","lead","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",20,"","open","false","","x-every-form-YYYYMMDD-RRRR","EXERCISE",20,"","open","false",""
"every-form","step","F-08","words",1,"Write the words of the notice","tech","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",30,"","open","false","","x-every-form-YYYYMMDD-RRRR","EXERCISE",30,"","open","false",""
"every-form","step","F-09","agree",1,"Agree to the notice","officer","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",40,"","open","false","","x-every-form-YYYYMMDD-RRRR","EXERCISE",40,"","open","",""
"every-form","step","F-10","briefing",1,"Hold a briefing","lead","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",60,"","open","","","x-every-form-YYYYMMDD-RRRR","EXERCISE",60,"","open","",""
"every-form","step","F-11","first-call",1,"Call the first patient","tech","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE",60,"","open","","","x-every-form-YYYYMMDD-RRRR","EXERCISE",60,"","open","",""
"every-form","milestone","","acknowledged","","","","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE","",18,"","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","",5,"","",""
"every-form","milestone","","declared","","","","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE","",0,"","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","",0,"","",""
"every-form","kpi","","step_on_time_rate","","","","share","","x-every-form-YYYYMMDD-RRRR","EXERCISE",0.9,0,"missed","","","x-every-form-YYYYMMDD-RRRR","EXERCISE",0.9,0.2,"missed","",""
"every-form","kpi","","hand_over_gaps","","","","min","","x-every-form-YYYYMMDD-RRRR","EXERCISE","",48,"","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","",35,"","",""
"every-form","objective","","confirm-first","","It is confirmed from two sources.","","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","","","","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","","","S","",""
"every-form","objective","","list-frozen","","The list of patients is frozen.","","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","","","","","","x-every-form-YYYYMMDD-RRRR","EXERCISE","","","","",""
--- exit 0
"#]]
    );
}

#[test]
fn what_cannot_be_compared_is_said_and_nothing_is_written() {
    let sandbox = with_scenario();
    sandbox
        .write("playbooks/other-form.yaml", EVERY_FORM.replace("id: every-form", "id: other-form"));
    sandbox.ok("start other-form --at 2025-01-22T14:05Z");
    let other = sandbox.incident();
    let first = lived(&sandbox, "23", "14:10");
    let live = lived(&sandbox, "29", "14:10");
    let before = sandbox.everything();
    for (line, code, words, next) in [
        (
            format!("report {live} --compare {live}"),
            1,
            "is not compared with itself",
            "--compare last",
        ),
        (
            format!("report {live} --compare latest"),
            1,
            "is not compared with itself",
            "--compare last",
        ),
        (
            format!("report {live} --compare {other}"),
            1,
            "is of the playbook \"every-form\"",
            "of one playbook",
        ),
        (
            format!("report {live} --compare last"),
            1,
            "no exercise of the playbook \"every-form\" was held before",
            "runbook drill every-form --solo",
        ),
        (
            format!("report {live} --compare no-such"),
            2,
            "no incident \"no-such\"",
            "runbook incidents",
        ),
        (format!("report {live} --compare latest-exercise"), 2, "no incident", "runbook incidents"),
        (
            format!("report {live} --compare {}", &live[..3]),
            2,
            "\"eve\" fits 2 incidents",
            "every-form-2",
        ),
        ("report --compare".to_owned(), 2, "a value is required", "--help"),
        (
            format!("report {live} --compare {first} --format markdown"),
            2,
            "as text, json or csv",
            "--format csv",
        ),
        (
            format!("report {live} --compare {first} --outline cms"),
            2,
            "cannot be used with",
            "--help",
        ),
        (
            format!("report {live} --format csv"),
            2,
            "--format csv belongs to --compare",
            "runbook export",
        ),
    ] {
        let ran = sandbox.run(&line);
        assert_eq!((ran.code, ran.out.as_str()), (Some(code), ""), "{line}: {ran:?}");
        assert!(ran.err.contains(words) && ran.err.contains(next), "{line}: {}", ran.err);
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn players_read_no_judgement_of_an_exercise_that_runs() {
    let sandbox = with_scenario();
    drilled(&sandbox, "+5m", Some("S"));
    sandbox.ok("drill every-form --scenario two-objectives --step --facilitator \"Faye Roth\"");
    sandbox
        .ok("drill rate confirm-first U --why late --by \"Eva Lund\" --incident latest-exercise");
    let ratings = || {
        let json = sandbox.json("report latest-exercise --compare last");
        let [this, other] =
            ["this", "other"].map(|one| json["objectives"][0][one]["rating"].clone());
        (this, other)
    };
    assert_eq!(ratings(), (Value::Null, "S".into()));
    sandbox.ok(&format!("drill end {FAYE}"));
    assert_eq!(ratings(), ("U".into(), "S".into()));
}

#[test]
fn the_last_drill_is_one_that_was_played_to_its_end_before() {
    let sandbox = with_scenario();
    let whole = drilled(&sandbox, "+5m", None);
    let begin =
        "drill every-form --scenario two-objectives --step --facilitator \"Faye Roth\" --declared";
    sandbox.ok(begin);
    sandbox.ok(&format!("drill interrupt --reason \"A real fire\" {FAYE}"));
    sandbox.ok(begin);
    sandbox.ok(&format!("false-alarm --reason nothing {FAYE}"));
    let live = real(&sandbox);
    sandbox.ok(begin);
    let still_open =
        sandbox.json("status latest-exercise")["incident"].as_str().unwrap().to_owned();
    sandbox.ok(&format!("drill end {FAYE}"));
    let later = drilled(&sandbox, "+5m", None);
    let last = |of: &str| {
        sandbox.json(&format!("report {of} --compare last"))["other"]["incident"].clone()
    };
    assert_eq!(last(&live), whole.as_str());
    assert_eq!(last(&later), still_open.as_str());
    assert_eq!(last(&still_open), whole.as_str());
    assert_eq!(sandbox.run(&format!("report {whole} --compare last")).code, Some(1));
    // One that cannot be read is named, and the one before it is taken.
    let folder = sandbox.home().join("exercises").join(&still_open);
    fs::write(folder.join("playbook.yaml"), "no playbook").unwrap();
    let ran = sandbox.run(&format!("report {later} --compare last"));
    assert!(ran.err.contains(&format!("{still_open} cannot be read and is left out")), "{ran:?}");
    assert!(ran.out.contains(&whole), "{ran:?}");
}

#[test]
fn a_damaged_log_says_so() {
    let sandbox = with_scenario();
    let whole = drilled(&sandbox, "+5m", None);
    drilled(&sandbox, "+5m", None);
    let journal = sandbox.home().join("exercises").join(&whole).join("journal");
    let file = fs::read_dir(journal).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("Ana Diaz", "Ana Dias", 1)).unwrap();
    let ran = sandbox.run(&format!("report latest-exercise --compare {whole}"));
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.out.contains("INTEGRITY PROBLEM"), "{}", ran.out);
}
