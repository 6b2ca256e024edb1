//! Whole playbooks: everything at once, what comes out, and size.

use std::fmt::Write as _;

use super::super::{compile, compile_pinned};
use super::{BASE, lines};
use crate::playbook::{
    Condition, Due, FieldKind, Form, KpiId, Mark, Opening, Playbook, Target, is_unprintable,
};
use chrono::TimeDelta;

fn base() -> Playbook {
    compile(BASE).unwrap().playbook
}

#[test]
fn the_base_is_sound() {
    assert_eq!(lines(BASE), [""; 0]);
}

#[test]
fn ten_faults_are_ten_findings() {
    let mut source = BASE.to_owned();
    for (from, to) in [
        ("title: Base", "titel: Base"),
        ("2027-05-31", "soon"),
        ("tech: {title: Tech, required: true}", "tech: {title: Tech, required: yes}"),
        ("{phi: 1}", "{phi: 9}"),
        ("channel: sms", "channel: smss"),
        ("role: lead\n        title: Look", "role: led\n        title: Look"),
        ("due: 15m", "due: 2:30"),
        ("opens: [tell]", "opens: [tel]"),
        ("needs: [look]", "needs: [tell]"),
        ("opens: restored", "opens: declared"),
    ] {
        source = source.replacen(from, to, 1);
    }
    let expected = [
        "3:1 the key `titel` is not known here [did you mean `title`?]",
        "5:12 \"soon\" is not a day [write it as YYYY-MM-DD, such as 2027-05-31]",
        "9:33 `required` is neither true nor false [write true]",
        "11:14 `phi` should be a whole number from 0 to 3, not \"9\"",
        "15:37 channel \"smss\" is not defined [did you mean \"sms\"?]",
        "22:15 role \"led\" is not defined [did you mean \"lead\"?]",
        "24:14 `due`: a length of time is not written with a colon [write `2h30m`, or `2m` for minutes]",
        "28:90 step \"tel\" is not defined [did you mean \"tell\"?]",
        "32:17 a step cannot need itself",
        "35:12 \"declared\" is T+0 and opens no phase of its own [write a window that starts there, such as `window: 0h-2h`]",
    ];
    assert_eq!(lines(&source), expected);
}

#[test]
fn references_are_resolved_and_brought_into_one_form() {
    let book = base();
    let codes: Vec<&str> = book.steps().map(|(_, step)| step.code.as_str()).collect();
    assert_eq!(codes, ["N-01", "N-02", "N-03", "L-01"]);
    let tell = book.find_step("n-03").unwrap();
    let opened =
        Condition { step: "scope".parse().unwrap(), options: vec!["wide".parse().unwrap()] };
    assert_eq!((tell.opens_on.as_slice(), tell.needs.len()), (&[opened][..], 1));
    let hours = TimeDelta::hours;
    let windows: Vec<Opening> = book.phases.iter().map(|phase| phase.opening).collect();
    let first = Opening::Window { from: hours(0), to: hours(2) };
    assert_eq!(windows, [first, Opening::On(Mark::Restored)]);
    let due = |id: &str| book.find_step(id).unwrap().due;
    assert_eq!(due("look"), Some(Due::AfterStart(TimeDelta::minutes(15))));
    assert_eq!(due("test"), Some(Due::AfterPhase(hours(1))));
    let declare = Target::Within(TimeDelta::minutes(30));
    assert_eq!(book.target(KpiId::TimeToDeclare), Some(declare));
    assert_eq!(book.target(KpiId::StepOnTimeRate), Some(Target::AtLeast(0.9)));
    assert_eq!(book.exercises[0].injects.len(), 1);
    assert_eq!((book.channels[0].title.as_str(), book.segments[0].order), ("sms", 1));
}

#[test]
fn opens_and_when_on_one_decision_have_to_agree() {
    let source = BASE
        .replace(
            "local: Here",
            "local: {title: Here, opens: [tell]}, none: {title: No, closes: [tell]}",
        )
        .replace("needs: [look]", "when: {scope: [wide, none]}");
    let book = compile(&source).unwrap().playbook;
    let tell = book.find_step("tell").unwrap();
    let options = |all: &[Condition]| -> Vec<Vec<String>> {
        all.iter().map(|one| one.options.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(options(&tell.opens_on), [["wide"]]);
    assert_eq!(options(&tell.closed_on), [["none"]]);
}

#[test]
fn texts_stay_as_they_are_written() {
    let source = BASE
        .replace("version: \"1\"", "version: 1.10")
        .replace("title: Base", "title: no")
        .replace("title: Look", "title: 12:30")
        .replace(
            "due: 15m",
            "collect: {a: '010', b: {ask: 010, type: choice, options: [no, 1.10, ~]}}",
        )
        .replace(
            "title: Test",
            "title: Test\n        do: |\n          One: {two}\n\n            # three\n",
        );
    let book = compile(&source).unwrap().playbook;
    assert_eq!((book.version.as_str(), book.title.as_str()), ("1.10", "no"));
    let look = book.find_step("look").unwrap();
    assert_eq!(look.title, "12:30");
    let Form::Collect(fields) = &look.form else { panic!("{:?}", look.form) };
    let asked: Vec<&str> = fields.iter().map(|field| field.ask.as_str()).collect();
    assert_eq!(asked, ["010", "010"]);
    let words = ["no", "1.10", "~"].map(ToOwned::to_owned).to_vec();
    assert_eq!((&fields[0].kind, &fields[1].kind), (&FieldKind::Text, &FieldKind::Choice(words)));
    assert_eq!(book.find_step("test").unwrap().instructions, "One: {two}\n\n  # three");
}

#[test]
fn a_pinned_copy_is_held_to_no_advice() {
    let source = BASE.replace("review_by: 2027-05-31\n", "").replace("0h-2h", "1h-2h");
    assert_eq!(compile_pinned(&source).unwrap(), compile(&source).unwrap().playbook);
    let broken = source.replace("needs: [look]", "needs: [lok]");
    assert_eq!(compile_pinned(&broken).unwrap_err().len(), 1);
}

#[test]
fn a_phase_counts_past_ninety_nine_and_two_thousand_steps_are_no_burden() {
    let mut source = BASE[..BASE.find("      - id: test").unwrap()].to_owned();
    for n in 0..2_000 {
        let before = if n == 0 { "look".to_owned() } else { format!("step-x{}", n - 1) };
        writeln!(source, "      - {{id: step-x{n}, role: tech, title: T, needs: [{before}]}}")
            .unwrap();
    }
    let book = compile(&source).unwrap().playbook;
    let last = book.steps().last().unwrap().1;
    assert_eq!((last.id.as_str(), last.code.as_str()), ("step-x1999", "L-2000"));
    assert_eq!(book.find_step("l-100").unwrap().id.as_str(), "step-x99");
    let unknown = lines(&source.replace("needs: [step-x", "needs: [stepp-x"));
    assert_eq!(unknown.len(), 1_001, "findings are bounded");
}

#[test]
fn nothing_unprintable_gets_into_a_playbook() {
    let shown = format!("{:?}", base());
    assert!(!shown.chars().any(is_unprintable));
}
