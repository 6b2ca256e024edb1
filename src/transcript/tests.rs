//! Lines as a scribe types them, and what is understood of them.

use chrono::NaiveDate;

use super::*;
use crate::engine::{Intent, Mode, Offset, Person, Text, Timestamp};
use crate::playbook::{Playbook, ServiceId, compile};
use crate::world::{Toward, Zone, parse_when};

fn book() -> Playbook {
    compile(include_str!("../../tests/it/fixtures/every-form.yaml")).unwrap().playbook
}

const EAST: i32 = -5 * 60;

fn zone() -> Zone {
    Zone::Fixed(Offset::from_minutes(EAST).unwrap())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads lines on 22 January 2025.
fn read_in(book: &Playbook, source: &str) -> Read {
    read_by(book, source, Shape::Lines, |_| {})
}

/// The same with what else is known.
fn read_with(source: &str, shape: Shape, change: impl FnOnce(&mut Known<'_>)) -> Read {
    read_by(&book(), source, shape, change)
}

fn read_by(
    book: &Playbook,
    source: &str,
    shape: Shape,
    change: impl FnOnce(&mut Known<'_>),
) -> Read {
    let far = Timestamp::parse("2030-01-01T00:00:00Z").unwrap();
    let on = |day: NaiveDate, text: &str| {
        let dated = text.get(4..5) == Some("-");
        let text = if dated { text.to_owned() } else { format!("{day} {text}") };
        parse_when(&text, far, zone(), Toward::Past).map_err(|error| error.to_string())
    };
    let before = |text: &str, at| {
        parse_when(text, at, zone(), Toward::Past).map_err(|error| error.to_string())
    };
    let after = |text: &str, at| {
        parse_when(text, at, zone(), Toward::Future).map_err(|error| error.to_string())
    };
    let offset = Offset::from_minutes(EAST).unwrap();
    let times = Times {
        on: &on,
        before: &before,
        after: &after,
        iso: &|at| at.iso(offset),
        day: &|at| at.at_offset(offset).date_naive(),
    };
    let initials = Initials::new();
    let mut known = Known {
        mode: Mode::Live,
        book,
        day: day("2025-01-22"),
        begins: None,
        sheet: None,
        initials: &initials,
        times,
        private: false,
        no_phi: false,
    };
    change(&mut known);
    read(source, shape, &known)
}

fn read_lines(source: &str) -> Read {
    read_with(source, Shape::Lines, |_| {})
}

const PEOPLE: &str = "AD = Ana Diaz\nBI = Ben Ito\n";

fn words(text: Option<&Text>) -> String {
    text.map_or(String::new(), |text| format!(" \u{ab}{}\u{bb}", text.words().unwrap()))
}

/// What an entry says, on one line.
fn says(entry: &Entry) -> String {
    let offset = Offset::from_minutes(EAST).unwrap();
    let at = entry.at.at_offset(offset).format("%d %H:%M");
    let by = entry.by.as_ref().map_or("-", Person::as_str);
    let what = match &entry.intent {
        Intent::Done { step, answers, note, initials } => {
            let answers: Vec<String> = answers
                .iter()
                .map(|(id, text)| format!(" {id}={}", text.words().unwrap()))
                .collect();
            let initials =
                initials.as_ref().map_or(String::new(), |letters| format!(" ({letters})"));
            format!("done {step}{initials}{}{}", answers.concat(), words(note.as_ref()))
        }
        Intent::Decide { step, option, because, .. } => {
            format!("decide {step} {option}{}", words(because.as_ref()))
        }
        Intent::Begin { step } => format!("begin {step}"),
        Intent::Skip { step, reason } => format!("skip {step}{}", words(Some(reason))),
        Intent::Fail { step, reason } => format!("fail {step}{}", words(Some(reason))),
        Intent::Reopen { step, reason } => format!("reopen {step}{}", words(Some(reason))),
        Intent::Approve { step, reason, .. } => format!("approve {step}{}", words(reason.as_ref())),
        Intent::Defer { step, until, reason } => {
            let until = until.at_offset(offset).format("%d %H:%M");
            format!("defer {step} to {until}{}", words(Some(reason)))
        }
        Intent::Note { kind, text } => format!("note {kind}{}", words(Some(text))),
        Intent::Mark { mark, service } => {
            format!("mark {mark}{}", service.as_ref().map_or(String::new(), |s| format!(" {s}")))
        }
        Intent::Assign { role, person, deputy } => {
            format!("assign {role} {person}{}", if *deputy { " deputy" } else { "" })
        }
        Intent::Release { role, person } => format!("release {role} {person}"),
        Intent::HandOver { role, to, note, confirmed } => {
            let confirmed: Vec<&str> = confirmed.iter().map(|c| c.initials.as_str()).collect();
            format!("handover {role} to {to} [{}]{}", confirmed.join(" "), words(note.as_ref()))
        }
        Intent::Classify { cause, services, scope } => {
            let services: Vec<&str> = services.iter().map(ServiceId::as_str).collect();
            format!(
                "classify{}{} [{}]",
                words(cause.as_ref()),
                words(scope.as_ref()),
                services.join(" ")
            )
        }
        Intent::Close { anyway } => format!("close{}", words(anyway.as_ref())),
        Intent::FalseAlarm { reason } => format!("false alarm{}", words(Some(reason))),
        other => panic!("no sheet says {other:?}"),
    };
    format!("{at} {by}: {what}")
}

/// The entries of a source that has no fault, in the order in which they happened.
#[track_caller]
fn told(source: &str) -> Vec<String> {
    let read = read_lines(&format!("{PEOPLE}{source}"));
    assert_eq!(read.faults, [], "{source}");
    settle(&read, &|_| false).iter().map(says).collect()
}

#[track_caller]
fn tells(line: &str, expected: &str) {
    assert_eq!(told(line), [expected], "{line}");
}

#[test]
fn a_step_is_code_time_initials_and_what_else_stands_there() {
    tells("F-01 14:05 AD", "22 14:05 Ana Diaz: done confirm");
    tells("f-01 1405 ad", "22 14:05 Ana Diaz: done confirm");
    tells("confirm 2:05 pm A.D.", "22 14:05 Ana Diaz: done confirm");
    tells("  F-01\t14:05   AD   two  people ", "22 14:05 Ana Diaz: done confirm «two  people»");
    tells("F-01 14:05 AD, by phone", "22 14:05 Ana Diaz: done confirm «by phone»");
    tells("F-01 14:05 (AD): by phone", "22 14:05 Ana Diaz: done confirm «by phone»");
    tells("F-01 done 14:05 AD by phone", "22 14:05 Ana Diaz: done confirm «by phone»");
    tells("F-01 14:05 AD done by phone", "22 14:05 Ana Diaz: done confirm «by phone»");
    tells("F-01 14:05 - said at the counter", "22 14:05 -: done confirm «said at the counter»");
    tells("F-01 14:05", "22 14:05 -: done confirm");
    tells("F-01 14:05 \"Cleo Park\"", "22 14:05 Cleo Park: done confirm");
    tells("F-01 14:05 CP=\"Cleo Park\" twice", "22 14:05 Cleo Park: done confirm «twice»");
    tells("F-01 2025-01-23 00:10 AD", "23 00:10 Ana Diaz: done confirm");
    tells("F-07 14:20 ad", "22 14:20 Ana Diaz: done freeze (AD)");
    tells("F-07 14:20 \"Ana Diaz\"", "22 14:20 Ana Diaz: done freeze (AD)");
}

#[test]
fn every_outcome_before_the_time_or_behind_the_initials() {
    for (word, expected) in [
        ("begin", "begin all-branches"),
        ("begun", "begin all-branches"),
        ("skip", "skip all-branches «no list»"),
        ("n/a", "skip all-branches «no list»"),
        ("failed", "fail all-branches «no list»"),
        ("reopened", "reopen all-branches «no list»"),
    ] {
        let why = if expected.starts_with("begin") { "" } else { " no list" };
        let expected = format!("22 14:30 Ana Diaz: {expected}");
        tells(&format!("F-04 {word} 14:30 AD{why}"), &expected);
        tells(&format!("F-04 14:30 AD {word}{why}"), &expected);
    }
    for line in [
        "F-04 defer 14:30 AD until 16:00 Carrier is looking",
        "F-04 14:30 AD later 16:00 Carrier is looking",
        "F-04 14:30 AD defer 4:00 pm Carrier is looking",
        "F-04 14:30 AD deferred until 2025-01-22 16:00 Carrier is looking",
    ] {
        tells(line, "22 14:30 Ana Diaz: defer all-branches to 22 16:00 «Carrier is looking»");
    }
    for line in ["F-04 14:30 LATER 16:00 AD no list", "F-04 14:30 later until 4 pm AD no list"] {
        let line = line.replace("4 pm", "4:00 pm");
        tells(&line, "22 14:30 Ana Diaz: defer all-branches to 22 16:00 «no list»");
    }
    tells("F-04 14:30 N/A AD no list", "22 14:30 Ana Diaz: skip all-branches «no list»");
    tells("F-04 14:30 FAIL AD no list", "22 14:30 Ana Diaz: fail all-branches «no list»");
    tells("NA = Nia Adams\nF-04 14:30 NA", "22 14:30 Nia Adams: done all-branches");
    tells(
        "F-04 22:30 AD defer 6:00 night",
        "22 22:30 Ana Diaz: defer all-branches to 23 06:00 «night»",
    );
    tells("F-09 14:40 BI", "22 14:40 Ben Ito: approve agree");
    tells("F-08 approved 14:40 BI read aloud", "22 14:40 Ben Ito: approve words «read aloud»");
    tells("F-08 14:40 BI approve", "22 14:40 Ben Ito: approve words");
}

#[test]
fn a_decision_is_the_circled_answer_and_why() {
    for line in [
        "F-02 14:10 AD local because IT looked",
        "F-02 14:10 AD LOCAL IT looked",
        "F-02 14:10 AD local: IT looked",
        "F-02 14:10 AD l - IT looked",
        "F-02 14:10 AD 1 because: IT looked",
    ] {
        tells(line, "22 14:10 Ana Diaz: decide scope local «IT looked»");
    }
    tells("F-02 14:10 AD corporate", "22 14:10 Ana Diaz: decide scope corporate");
    tells(
        "F-02 14:10 AD skip we are one branch",
        "22 14:10 Ana Diaz: skip scope «we are one branch»",
    );
}

#[test]
fn answers_have_names_and_need_no_quotes() {
    let expected = "22 14:12 Ben Ito: done ticket called=2025-01-22T14:02:00-05:00 \
        engineer=B. Roy, on call known=yes level=p1 number=M-4711 people=100";
    for line in [
        "F-06 14:12 BI number=M-4711 people=100 called=14:02 known=yes level=p1 engineer=B. Roy, on call",
        "F-06 14:12 BI engineer=B. Roy, on call called=2:02 pm level=P1 known=Y people=100 number=M-4711",
        "F-06 14:12 BI \"engineer=B. Roy, on call\" num=\"M-4711\" pe=100 ca=1402 k=yes lev=p1",
    ] {
        tells(line, expected);
    }
    let note = "F-06 14:12 BI n=1 p=2 c=14:00 k=n l=p2 note=held the line for 10 minutes";
    tells(
        note,
        "22 14:12 Ben Ito: done ticket called=2025-01-22T14:00:00-05:00 known=no level=p2 number=1 \
         people=2 «held the line for 10 minutes»",
    );
    let quoted = "F-06 14:12 BI number=\"a b=c\" people=2 called=14:00 known=no level=p2";
    assert!(told(quoted)[0].contains("number=a b=c"));
}

#[test]
fn notes_milestones_cause_and_the_end() {
    tells("N 14:20 AD Vendor says 18:00", "22 14:20 Ana Diaz: note situation «Vendor says 18:00»");
    tells("n safety 14:20 AD no dose missed", "22 14:20 Ana Diaz: note safety «no dose missed»");
    tells("N 14:20 AD safety: no dose missed", "22 14:20 Ana Diaz: note safety «no dose missed»");
    tells("N 14:20 AD Safety first", "22 14:20 Ana Diaz: note situation «Safety first»");
    tells("M declared 13:55", "22 13:55 -: mark declared");
    tells("M restored email 17:40 BI", "22 17:40 Ben Ito: mark restored email");
    let cause = "C 15:40 BI cause=Storage fault services=email, phones scope=this site";
    tells(cause, "22 15:40 Ben Ito: classify «Storage fault» «this site» [email phones]");
    tells("close 19:10 BI", "22 19:10 Ben Ito: close");
    tells(
        "closed 19:10 BI anyway one list is missing",
        "22 19:10 Ben Ito: close «one list is missing»",
    );
    tells("false-alarm 14:30 AD a filter", "22 14:30 Ana Diaz: false alarm «a filter»");
}

#[test]
fn shifts_that_meet_are_a_hand_over() {
    let shifts = "R lead 08:00-12:50 Ana Diaz AD\nR lead 12:50-16:00 Ben Ito BI\n\
        R lead deputy 08:10 Cleo Park CP by AD\nR tech 08:05 - 09:00 Ivo Brandt, IB\n";
    let expected = [
        "22 08:00 Ana Diaz: assign lead Ana Diaz",
        "22 08:05 Ivo Brandt: assign tech Ivo Brandt",
        "22 08:10 Ana Diaz: assign lead Cleo Park deputy",
        "22 09:00 Ivo Brandt: release tech Ivo Brandt",
        "22 12:50 Ana Diaz: handover lead to Ben Ito [AD BI]",
        "22 16:00 Ben Ito: release lead Ben Ito",
    ];
    assert_eq!(told(shifts), expected);
    let explicit = format!("{shifts}H lead 12:50 AD BI Vendor calls at 13:30\n");
    let over = "22 12:50 Ana Diaz: handover lead to Ben Ito [AD BI] «Vendor calls at 13:30»";
    assert_eq!(told(&explicit)[4], over);
    assert_eq!(told(&explicit).len(), 6, "the line of its own takes the place of the two shifts");
    let gap = "R lead 08:00-12:50 Ana Diaz AD\nR lead 12:55 Ben Ito BI\n";
    assert_eq!(
        told(gap)[1..],
        ["22 12:50 Ana Diaz: release lead Ana Diaz", "22 12:55 Ben Ito: assign lead Ben Ito"]
    );
    let read = read_lines(&format!("{PEOPLE}{shifts}"));
    let half = settle(&read, &|entry| matches!(entry.intent, Intent::Release { .. }));
    assert_eq!(half.iter().filter(|e| matches!(e.intent, Intent::HandOver { .. })).count(), 0);
}

#[test]
fn a_role_may_be_called_by_its_title() {
    let book = include_str!("../../tests/it/fixtures/every-form.yaml");
    let book = book.replace("title: Technician,", "title: Lead of the technicians,");
    let book = compile(&book).unwrap().playbook;
    for line in [
        "R tech 08:00 Ivo Brandt IB",
        "R Lead of the technicians 08:00 Ivo Brandt IB",
        "R Lead of the Technicians deputy 08:00 Ivo Brandt IB",
        "R deputy Lead  of the technicians 08:00 Ivo Brandt IB",
        "H Lead of the technicians 08:00 IB=\"Ivo Brandt\" AD=\"Ana Diaz\"",
    ] {
        let read = read_in(&book, line);
        assert_eq!(read.faults, [], "{line}");
        assert_eq!(settle(&read, &|_| false).len(), 1, "{line}");
    }
}

#[test]
fn what_stands_behind_a_name_is_initials_only_where_it_fits() {
    for (line, name, by) in [
        ("R tech 08:00 Ivo Brandt IB", "Ivo Brandt", "Ivo Brandt"),
        ("R tech 08:00 Ivo Brandt", "Ivo Brandt", "-"),
        ("R tech 08:00 IVO LIND", "IVO LIND", "-"),
        ("R tech 08:00 Ana Maria Diaz AMD", "Ana Maria Diaz", "Ana Maria Diaz"),
        ("R tech 08:00 Ana Maria Diaz AD", "Ana Maria Diaz", "Ana Maria Diaz"),
        ("R tech 08:00 Ana Diaz DA", "Ana Diaz DA", "-"),
        ("R tech 08:00 Ana Diaz, XY", "Ana Diaz", "Ana Diaz"),
        ("R tech 08:00 Ana Diaz, -", "Ana Diaz", "-"),
        ("R Technician 08:00 \"Ana Diaz\", XY", "Ana Diaz", "Ana Diaz"),
    ] {
        let read = read_lines(line);
        assert_eq!(read.faults, [], "{line}");
        let expected = format!("22 08:00 {by}: assign tech {name}");
        assert_eq!(
            settle(&read, &|_| false).iter().map(says).collect::<Vec<_>>(),
            [expected],
            "{line}"
        );
    }
}

#[test]
fn the_day_goes_on_past_midnight_and_back() {
    let lines = "F-01 23:50 AD\nF-03 00:10 AD\nF-04 23:55 AD\nsheet tech\nF-11 23:40 BI\n\
        date 2025-01-24\nF-05 08:00 BI\nR lead 22:00-06:00 Ana Diaz AD\n";
    let expected = [
        "22 23:40 Ben Ito: done first-call",
        "22 23:50 Ana Diaz: done confirm",
        "22 23:55 Ana Diaz: done all-branches",
        "23 00:10 Ana Diaz: done tell-branches",
        "24 08:00 Ben Ito: done corporate-line",
        "24 22:00 Ana Diaz: assign lead Ana Diaz",
        "25 06:00 Ana Diaz: release lead Ana Diaz",
    ];
    assert_eq!(told(lines), expected);
    let read = read_lines("F-01 17:00 -\nF-03 09:00 -\nF-04 17:00 -\nF-05 09:00! -\n");
    let remarks: Vec<_> = read.entries.iter().map(|entry| entry.remarks.len()).collect();
    assert_eq!(remarks, [1, 2, 1, 1], "nobody signed, and hours back unless looked at twice");
    assert!(read.entries[1].remarks.contains(&Remark::HoursBack));
    let crossed = read_lines("F-01 23:50 -\nF-03 00:10 -\n");
    assert!(crossed.entries[1].remarks.contains(&Remark::NextDay));
}

#[test]
fn entries_of_one_minute_keep_their_order_but_roles_come_first_and_ends_last() {
    let lines = "close 14:05 AD\nF-01 14:05 AD\nF-03 14:05 AD\nR lead 14:05-15:00 Ana Diaz AD\nN 15:00 AD x\n";
    let expected = [
        "22 14:05 Ana Diaz: assign lead Ana Diaz",
        "22 14:05 Ana Diaz: done confirm",
        "22 14:05 Ana Diaz: done tell-branches",
        "22 14:05 Ana Diaz: close",
        "22 15:00 Ana Diaz: note situation «x»",
        "22 15:00 Ana Diaz: release lead Ana Diaz",
    ];
    assert_eq!(told(lines), expected);
}

/// Message, place as `line:column`, help and what can be asked, of the only fault.
#[track_caller]
fn fault(source: &str) -> (String, String, String, Ask) {
    let source = format!("{PEOPLE}{source}");
    let read = read_lines(&source);
    assert_eq!(read.faults.len(), 1, "{source}: {:?}", read.faults);
    let Fault { message, span, help, ask } = read.faults.into_iter().next().unwrap();
    let before = &source[..span.start];
    let line = before.matches('\n').count() - 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (message, format!("{line}:{column}"), help.unwrap_or_default(), ask)
}

#[test]
fn each_fault_is_told_at_its_place() {
    for (line, place, message) in [
        ("I-70 14:05 AD", "1:1", "this playbook has no step \"I-70\""),
        ("F-01 AD", "1:6", "the time is missing"),
        ("F-01", "1:5", "the time is missing"),
        ("F-01 14:75 AD", "1:6", "is no time"),
        ("F-01 2025-02-30 14:05 AD", "1:6", "is no time"),
        ("F-01 14:05 XY done", "1:12", "nobody knows whose initials XY are"),
        ("F-01 14:05 X", "1:12", "initials have two to five letters"),
        ("F-02 14:10 AD", "1:14", "which answer to F-02 scope is circled"),
        ("F-02 14:10 AD all", "1:15", "\"all\" is no answer to F-02 scope"),
        ("F-02 14:10 AD 3", "1:15", "\"3\" is no answer"),
        (
            "F-06 14:12 BI number=1 people=2",
            "1:32",
            "F-06 ticket asks for more: called, known, level",
        ),
        ("F-06 14:12 BI numer=1", "1:15", "F-06 ticket does not ask for \"numer\""),
        ("F-06 14:12 BI number=1 number=2", "1:24", "number stands there twice"),
        ("F-06 14:12 BI number=", "1:22", "nothing stands behind number="),
        ("F-06 14:12 BI people=many", "1:22", "\"many\" does not fit people"),
        ("F-06 14:12 BI level=p3", "1:21", "\"p3\" does not fit level"),
        ("F-06 14:12 BI level=p", "1:21", "\"p\" does not fit level"),
        ("F-06 14:12 BI known=maybe", "1:21", "\"maybe\" does not fit known"),
        ("F-06 14:12 BI called=noon", "1:22", "\"noon\" is no time"),
        ("F-07 14:20", "1:11", "F-07 freeze is critical"),
        ("F-04 skip 14:30 AD", "1:19", "why it does not apply is missing"),
        ("F-04 begin 14:30 AD at once", "1:21", "a beginning takes no words"),
        ("F-04 defer 14:30 AD Carrier", "1:21", "until when is missing"),
        ("F-04 defer 14:30 AD 16:00", "1:26", "why is missing"),
        ("F-04 approve 14:30 AD", "1:1", "F-04 all-branches needs no approval"),
        ("N 14:20 AD", "1:11", "a note has words"),
        ("N gossip 14:20 AD x", "1:3", "\"gossip\" is no kind of note"),
        ("M declred 13:55", "1:3", "\"declred\" is no milestone"),
        ("M declared 13:55 AD at last", "1:21", "a milestone takes no words"),
        ("M restored e!mail 13:55", "1:12", "\"e!mail\" is no name of a service"),
        ("C 15:40 BI storage", "1:12", "words without a name in front"),
        ("C 15:40 BI", "1:11", "nothing is said of cause or reach"),
        ("R leed 13:50 Ana Diaz AD", "1:3", "this playbook has no role \"leed\""),
        ("R lead Ana Diaz AD", "1:19", "the time is missing"),
        ("R lead 13:50", "1:13", "the name is missing"),
        ("R lead 13:50 Ana Diaz, x", "1:24", "initials have two to five letters"),
        ("H lead 16:00 AD", "1:16", "initials are missing"),
        ("date 22.01.2025", "1:6", "\"22.01.2025\" is no day"),
        ("date 25-1-22", "1:6", "\"25-1-22\" is no day"),
        ("sheet nobody", "1:7", "this playbook has no role \"nobody\""),
        (
            "playbook email-outage 1",
            "1:10",
            "this sheet is of email-outage, and the incident runs on every-form",
        ),
        ("E ransomware 15:00 AD it spreads", "1:1", "no line opens another playbook"),
        ("escalate 15:00 AD ransomware", "1:1", "no line opens another playbook"),
        ("x 15:00 AD ransomware", "1:1", "no line opens another playbook"),
        ("EXERCISE - not real - Mail is quiet", "1:1", "this sheet is of an exercise"),
        ("exercise I-07 14:05 AD", "1:10", "an entry stands behind the word EXERCISE"),
        ("X = Xavier", "1:1", "initials have two to five letters"),
        ("AD = Al Dunn", "1:1", "AD stands for Ana Diaz elsewhere, and here for Al Dunn"),
        ("N 14:20 AD called the patient Mary Smith", "1:12", "this looks like a patient's name"),
        (
            "F-06 14:12 BI number=SSN 078-05-1120",
            "1:22",
            "this looks like a social security number",
        ),
        ("N 14:20 AD bell \u{7}", "1:12", "this cannot be recorded"),
        ("opened 14:00 AD\nopened 14:05 AD", "2:1", "the incident was opened once"),
        ("false-alarm 14:00 AD", "1:21", "what it was instead is missing"),
        (
            "R lead 14:00 to 13:00! Ana Diaz AD\nR lead 2025-01-22 14:00 to 2025-01-22 13:00 Al Dunn",
            "2:28",
            "the shift ends before it begins",
        ),
    ] {
        let found = fault(line);
        assert!(found.0.contains(message), "{line}: {found:?}");
        assert_eq!(found.1, place, "{line}: {found:?}");
    }
}

#[test]
fn what_can_be_asked_is_said() {
    let asks = |line: &str| fault(line).3;
    assert_eq!(asks("F-01 14:05 XY"), Ask::Whose("XY".to_owned()));
    assert_eq!(asks("F-02 14:10 AD"), Ask::Circled("scope".parse().unwrap()));
    let fields = ["called", "known", "level"].map(|id| id.parse().unwrap()).to_vec();
    assert_eq!(
        asks("F-06 14:12 BI number=1 people=2"),
        Ask::Answers("ticket".parse().unwrap(), fields)
    );
    assert_eq!(asks("N 14:20 AD the patient Mary Smith"), Ask::Patient);
    assert_eq!(asks("M declared 13:55\nF-01 03:00 AD"), Ask::Sure);
    assert_eq!(asks("I-70 14:05 AD"), Ask::Nothing);
    assert_eq!(
        fault("F-O1 14:05 AD").2,
        "did you mean F-01 (confirm) or F-10 (briefing) or F-11 (first-call)?"
    );
}

#[test]
fn words_that_look_like_a_patient_are_kept_private_or_were_checked() {
    for (flag, private) in [("--private", true), ("--no-phi", false)] {
        let line = format!("{PEOPLE}N 14:20 AD called the patient Mary Smith {flag}");
        let read = read_lines(&line);
        assert_eq!(read.faults, []);
        assert_eq!(read.entries[0].private, private);
        assert_eq!(
            says(&read.entries[0]),
            "22 14:20 Ana Diaz: note situation «called the patient Mary Smith»"
        );
    }
    let number =
        "F-06 14:12 BI number=x people=078-05-1120 called=14:00 known=y level=p1 --private";
    assert_eq!(fault(number).0, "\"078-05-1120\" does not fit people");
}

#[test]
fn what_lies_hours_before_the_beginning_is_asked_about() {
    let begins = |source: &str| read_lines(&format!("{PEOPLE}{source}")).faults.len();
    for (source, faults) in [
        ("M declared 13:55\nF-01 11:55 AD", 0),
        ("M declared 13:55\nF-01 11:54 AD", 1),
        ("M declared 13:55\nF-01 11:54! AD", 0),
        ("M declared 13:55\nM onset 11:00\nF-01 11:54 AD", 0),
        ("M declared 13:55\nopened 11:00 AD\nF-01 10:00 AD", 0),
        ("F-01 03:00 AD", 0),
    ] {
        assert_eq!(begins(source), faults, "{source}");
    }
    let known = Timestamp::parse("2025-01-22T14:00:00-05:00").unwrap();
    let read = read_with("F-01 11:00 -", Shape::Lines, |facts| facts.begins = Some(known));
    assert_eq!(
        read.faults[0].message,
        "on 2025-01-22 that is 3 h 00 min before the incident began"
    );
}

#[test]
fn the_head_of_a_sheet() {
    let read = read_lines(
        "# a comment\n\nplaybook every-form 1\nscribe Eva Lund\nopened 13:50 AD Mail is down\nAD = Ana Diaz\n",
    );
    assert_eq!(read.faults, []);
    assert_eq!(read.scribe.unwrap().as_str(), "Eva Lund");
    let opening = read.opening.unwrap();
    assert_eq!(
        (opening.by.unwrap().as_str(), opening.title.as_deref()),
        ("Ana Diaz", Some("Mail is down"))
    );
    assert_eq!(read.other_version, None);
    let other = read_lines("playbook every-form 2025.9\n").other_version;
    assert_eq!(other, Some(("2025.9".to_owned(), 20..26)));
    assert_eq!(read_lines("playbook every-form 2025.9!\n").other_version, None);
}

#[test]
fn each_entry_has_its_own_scribe() {
    let lines = "F-01 14:00 -\nscribe Eva Lund\nF-03 14:05 -\nR lead 14:06 Ana Diaz\nscribe Tom Reed\nF-04 14:10 -\n";
    let read = read_lines(lines);
    let by: Vec<_> = settle(&read, &|_| false)
        .iter()
        .map(|entry| entry.scribe.as_ref().map(ToString::to_string).unwrap_or_default())
        .collect();
    assert_eq!(by, ["", "Eva Lund", "Eva Lund", "Tom Reed"]);
}

#[test]
fn a_step_of_another_sheet_is_taken_and_said() {
    let read = read_lines(
        "sheet tech\nF-01 14:05 -\nF-06 14:05 - n=1 p=1 c=14:00 k=y l=p1\nsheet officer\nF-08 approve 14:10 -\n",
    );
    assert_eq!(read.faults, []);
    let strays: Vec<_> = read
        .entries
        .iter()
        .filter(|entry| entry.remarks.iter().any(|r| matches!(r, Remark::OtherSheet { .. })))
        .map(says)
        .collect();
    assert_eq!(strays, ["22 14:05 -: done confirm"]);
}

/// The entries of a table.
#[track_caller]
fn tabled(source: &str) -> Vec<String> {
    let read = read_with(source, Shape::Table, |_| {});
    assert_eq!(read.faults, [], "{source}");
    settle(&read, &|_| false).iter().map(says).collect()
}

#[test]
fn a_table_says_the_same_as_lines() {
    let table = "\u{feff}sheet,code,outcome,time,end,name,initials,words\r\n\
        lead,R,,08:00,12:50,Ana Diaz,AD,\r\n\
        ,R,,12:50,,Ben Ito,BI,\r\n\
        ,F-01,,14:05,,,AD,\"two people, \"\"aloud\"\"\r\nsecond line\"\r\n\
        ,F-02,,14:10,,,AD,local because IT looked\r\n\
        ,F-04,N/A,2:30 PM,,,AD,no list\r\n\
        ,F-05,LATER 16:00,14:31,,,AD,no line\r\n\
        ,F-11,later,14:32,,,AD,until 16:00 no list\r\n\
        ,,,,,,,\r\n\
        tech,F-06,,14:12:00,,,BI,\"number=M-4711 people=100 called=14:02 known=yes level=p1\"\r\n\
        ,N safety,,14:20,,,,call nobody\r\n\
        ,M declared,,08:02,,,,\r\n\
        ,# passed over,,,,,,\r\n";
    let lines = "22 08:00 Ana Diaz: assign lead Ana Diaz
22 08:02 -: mark declared
22 12:50 Ana Diaz: handover lead to Ben Ito [AD BI]
22 14:05 Ana Diaz: done confirm «two people, \"aloud\"\nsecond line»
22 14:10 Ana Diaz: decide scope local «IT looked»
22 14:12 Ben Ito: done ticket called=2025-01-22T14:02:00-05:00 known=yes level=p1 number=M-4711 people=100
22 14:20 -: note safety «call nobody»
22 14:30 Ana Diaz: skip all-branches «no list»
22 14:31 Ana Diaz: defer corporate-line to 22 16:00 «no line»
22 14:32 Ana Diaz: defer first-call to 22 16:00 «no list»";
    assert_eq!(tabled(table).join("\n"), lines);
    let semicolons = "code;time;initials\nAD = Ana Diaz;;\nF-01;14:05;AD\n";
    assert_eq!(tabled(semicolons), ["22 14:05 Ana Diaz: done confirm"]);
    let tabs = "Step\tTime\tInitials\tdate\nAD = Ana Diaz\t\t\t\nF-01\t14:05\tAD\t2025-01-23\n";
    assert_eq!(tabled(tabs), ["23 14:05 Ana Diaz: done confirm"]);
}

#[test]
fn the_faults_of_a_table_are_told_at_their_cells() {
    for (source, place, message) in [
        ("", "1:1", "this table has no rows"),
        ("code,when\n", "1:6", "no column is called \"when\""),
        ("code,words\n", "1:1", "there is no column \"time\""),
        ("code,time,code\n", "1:11", "this column stands there twice"),
        ("code,time,initials\nF-01,25:99,\n", "2:6", "is no time"),
        ("code,time,initials\nF-01,,\n", "2:5", "the time is missing"),
        ("code,time,initials\nF-01,14:05,XY\n", "2:12", "nobody knows whose initials XY are"),
        (
            "code,time,initials,words\nF-06,14:05,,\"number=1 people=many\"\n",
            "2:30",
            "\"many\" does not fit",
        ),
        ("code,time,words\n,14:05,x\n", "2:2", "this row has no code"),
        ("code,time\nF-01,14:05,x\n", "2:12", "this cell stands in no column"),
        ("code,time\n\"F-01,14:05\nF-03,14:06\n", "2:1", "this quote is never closed"),
        ("code,time\n\"F-01\"x,14:05\n", "2:7", "something stands behind the closing quote"),
    ] {
        let read = read_with(source, Shape::Table, |_| {});
        let [fault] = read.faults.as_slice() else { panic!("{source}: {:?}", read.faults) };
        let before = &source[..fault.span.start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert!(fault.message.contains(message), "{source}: {fault:?}");
        assert_eq!(format!("{line}:{column}"), place, "{source}: {fault:?}");
        assert!(fault.span.end <= source.len(), "{source}: {fault:?}");
    }
}

mod any_text {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn is_understood_or_refused_at_a_place(source in "([FNRHMCI\"= ,;:!\\-\n\r\t]|F-0[1-9]|1[0-9]:[0-5][0-9]|AD|by|\\PC){0,60}") {
            for shape in [Shape::Lines, Shape::Table] {
                let read = read_with(&source, shape, |_| {});
                for fault in &read.faults {
                    prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= source.len());
                }
                let _entries = settle(&read, &|_| false);
            }
        }
    }
}
