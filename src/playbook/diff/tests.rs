//! What counts as a difference.

use super::super::compile;
use super::*;

const BOOK: &str = include_str!("../../../tests/it/fixtures/every-key.yaml");

fn book(text: &str) -> Playbook {
    compile(text).unwrap_or_else(|found| panic!("{found:#?}\n{text}")).playbook
}

/// What changes when one text of the playbook is another one.
fn after(from: &str, to: &str) -> Vec<Change> {
    assert!(BOOK.contains(from), "{from}");
    diff(&book(BOOK), &book(&BOOK.replacen(from, to, 1)))
}

fn subject(change: &Change) -> String {
    match &change.of {
        Subject::Playbook => "playbook".to_owned(),
        Subject::Target(id) => id.to_string(),
        Subject::Role(id) => id.to_string(),
        Subject::Channel(id) => id.to_string(),
        Subject::Segment(id) => id.to_string(),
        Subject::Template(id) => id.to_string(),
        Subject::Phase(id) => id.to_string(),
        Subject::Step(id) => id.to_string(),
        Subject::Answer(step, id) => format!("{step}/{id}"),
        Subject::Field(step, id) => format!("{step}/{id}"),
        Subject::Exercise(id) => id.to_string(),
    }
}

#[test]
fn nothing_is_different_from_itself() {
    assert_eq!(diff(&book(BOOK), &book(BOOK)), []);
    for (_, text) in super::super::library::builtin() {
        assert_eq!(diff(&book(text), &book(text)), []);
    }
}

#[test]
fn every_value_has_its_own_difference() {
    for (from, to, of, key, was, now) in [
        ("id: every-key", "id: other", "playbook", "id", "every-key", "other"),
        ("title: Every key", "title: Each", "playbook", "title", "Every key", "Each"),
        ("version: \"1\"", "version: 1.10", "playbook", "version", "1", "1.10"),
        ("review_by: 2099-12-31", "", "playbook", "review_by", "2099-12-31", "-"),
        ("declare_within: 30m", "declare_within: 1h", "time_to_declare", "target", "30m", "1h"),
        ("\"90%\"", "\"92.5%\"", "step_on_time_rate", "target", "90%", "92.5%"),
        ("title: Lead,", "title: Boss,", "lead", "title", "Lead", "Boss"),
        ("required: true, hics", "required: false, hics", "lead", "required", "true", "false"),
        (", hics: Incident Commander", "", "lead", "hics", "Incident Commander", "-"),
        ("title: Text message, phi", "title: SMS, phi", "sms", "title", "Text message", "SMS"),
        ("phi: 1", "phi: 0", "sms", "phi", "1", "0"),
        ("consent: true", "consent: false", "sms", "consent", "true", "false"),
        (", max_chars: 160", "", "sms", "max_chars", "160", "-"),
        ("title: Urgent m", "title: M", "urgent", "title", "Urgent medicines", "Medicines"),
        ("reach_within: 12h", "reach_within: 36h", "urgent", "reach_within", "12h", "1d12h"),
        ("order: 1", "order: 2", "urgent", "order", "1", "2"),
        ("channel: sms", "channel: phone", "urgent-1", "channel", "sms", "phone"),
        ("    fallback: phone\n", "", "urgent-1", "fallback", "phone", "-"),
        (
            ", until: 2099-01-02",
            "",
            "urgent-1",
            "approved",
            "by Ana Diaz on 2026-01-02 until 2099-01-02",
            "by Ana Diaz on 2026-01-02",
        ),
        ("First hours", "Two hours", "first", "title", "First hours", "Two hours"),
        ("0h-2h", "0h-4h", "first", "window", "0m-2h", "0m-4h"),
        (
            "opens: restored",
            "opens: verified",
            "recovery",
            "window",
            "opens when restored",
            "opens when verified",
        ),
        ("phase+1h30m", "2h", "scope", "due", "phase+1h30m", "2h"),
        ("        critical: true\n", "", "scope", "critical", "true", "false"),
        (
            "after: 10m, to: deputy",
            "after: 5m, to: lead",
            "scope",
            "escalate",
            "after 10m to deputy",
            "after 5m to lead",
        ),
        (
            "milestone: acknowledged",
            "milestone: detected",
            "scope",
            "milestone",
            "acknowledged",
            "detected",
        ),
        (
            "question: One branch or",
            "question: One or",
            "scope",
            "question",
            "One branch or all of them?",
            "One or all of them?",
        ),
        ("local: One branch", "local: Only one", "scope/local", "title", "One branch", "Only one"),
        (", leads_to: every-form", "", "scope/corporate", "leads_to", "every-form", "-"),
        (
            "every: 1h, until: verified",
            "every: 2h",
            "tell",
            "repeat",
            "every 1h until verified",
            "every 2h",
        ),
        ("        approval: {by: lead}\n", "", "tell", "approval", "lead", "-"),
        (
            "ticket: What",
            "ticket: Which",
            "tell/ticket",
            "ask",
            "What is its number?",
            "Which is its number?",
        ),
        (", mark: detected", "", "tell/heard", "type", "time, mark detected", "time"),
        (", count: listed", "", "tell/listed", "type", "number, count listed", "number"),
        (", required: false", "", "tell/listed", "required", "false", "true"),
        ("[p1, p2]", "[p1, p3]", "tell/level", "type", "choice of p1, p2", "choice of p1, p3"),
        ("probe: mx", "probe: spf", "look", "check", "probe mx", "probe spf"),
        ("check: {probe: mx}", "message: {template: urgent-1}", "look", "form", "check", "message"),
        ("title: A drill", "title: Drill", "drill", "title", "A drill", "Drill"),
    ] {
        let found = after(from, to);
        let [change] = found.as_slice() else { panic!("{from}: {found:?}") };
        assert_eq!(subject(change), of, "{from}");
        let some = |word: &str| Some(word.to_owned()).filter(|word| word != "-");
        let what = What::Value { key, was: some(was), now: some(now) };
        assert_eq!(change.what, what, "{from}");
    }
}

#[test]
fn steps_come_go_and_move() {
    let look = "      - id: look\n        role: lead\n        title: Look whether mail goes out\n        \
                check: {probe: mx}\n";
    let without = BOOK.replace(look, "").replace(", closes: [look]", "");
    let title = "Look whether mail goes out".to_owned();
    let phase = Some("first".parse().unwrap());
    let gone = diff(&book(BOOK), &book(&without));
    assert_eq!(gone[0].what, What::Removed { title: title.clone(), phase: phase.clone() });
    let codes = gone.iter().filter(|change| matches!(change.what, What::Code { .. })).count();
    assert_eq!(codes, 3);
    let names = What::Names { key: "closes", added: vec![], removed: vec!["look".to_owned()] };
    assert!(gone.iter().any(|change| change.what == names), "{gone:?}");
    let back = diff(&book(&without), &book(BOOK));
    let added = What::Added { title, phase: phase.clone() };
    assert!(back.iter().any(|change| change.what == added), "{back:?}");
    let moved = without.replacen("exercises:\n", &format!("{look}exercises:\n"), 1);
    let moved = moved.replacen("leads_to: every-form}", "leads_to: every-form, closes: [look]}", 1);
    let (from, to) = ("first".parse().unwrap(), "recovery".parse().unwrap());
    let what = What::Moved { from, to };
    let found = diff(&book(BOOK), &book(&moved));
    assert!(found.iter().any(|change| change.what == what), "{found:?}");
    assert!(found.iter().all(|change| !matches!(change.what, What::Names { .. })), "{found:?}");
}

#[test]
fn when_and_opens_are_one_thing() {
    let only_when = BOOK.replacen("opens: [tell], ", "", 1);
    assert_eq!(diff(&book(BOOK), &book(&only_when)), []);
    let neither = only_when.replacen("        when: {scope: [corporate]}\n", "", 1);
    let found = diff(&book(BOOK), &book(&neither));
    let what = What::Names { key: "opens", added: vec![], removed: vec!["tell".to_owned()] };
    assert_eq!(found.len(), 1);
    assert_eq!((subject(&found[0]).as_str(), &found[0].what), ("scope/corporate", &what));
}

#[test]
fn words_are_compared_as_words() {
    let piece = |kind: fn(String) -> Piece, text: &str| kind(text.to_owned());
    for (was, now, expected) in [
        (
            "a b c",
            "a x c",
            vec![
                piece(Piece::Same, "a"),
                piece(Piece::Gone, "b"),
                piece(Piece::New, "x"),
                piece(Piece::Same, "c"),
            ],
        ),
        ("a b", "a b c", vec![piece(Piece::Same, "a b"), piece(Piece::New, "c")]),
        ("b c", "a b c", vec![piece(Piece::New, "a"), piece(Piece::Same, "b c")]),
        ("a\nb", "a b", vec![piece(Piece::Same, "a b")]),
        ("a", "b", vec![piece(Piece::Gone, "a"), piece(Piece::New, "b")]),
        ("a a a", "a a", vec![piece(Piece::Same, "a a"), piece(Piece::Gone, "a")]),
    ] {
        assert_eq!(words::pieces(was, now), expected, "{was:?} {now:?}");
    }
    let many = |word: &str| vec![word; 4096].join(" ");
    assert_eq!(words::pieces(&many("a"), &many("b")).len(), 2);
    for key in ["Decides.", "Look at the map.", "Say who you are.", "Reply STOP", "Not for use."] {
        let found = after(key, "Something else.");
        assert!(matches!(found.as_slice(), [Change { what: What::Words { .. }, .. }]), "{found:?}");
    }
}

#[test]
fn what_the_author_answers_for_is_a_difference() {
    let found = after("  - {rule: P05, at: recovery, reason: Nobody verifies it}\n", "");
    let gone = vec!["P05 at recovery (Nobody verifies it)".to_owned()];
    let what = What::Names { key: "accept", added: vec![], removed: gone };
    assert_eq!(found, [Change { of: Subject::Playbook, what }]);
    let found = after("version: \"1\", reason", "version: \"2\", reason");
    let one = |version| format!("P06 at * in version {version} (Nobody attacks it)");
    let what = What::Names { key: "accept", added: vec![one(2)], removed: vec![one(1)] };
    assert_eq!(found, [Change { of: Subject::Playbook, what }]);
    let found = after("needs: [lines]", "needs: [lines, email]");
    let what = What::Names { key: "needs", added: vec!["email".to_owned()], removed: vec![] };
    assert_eq!((subject(&found[0]).as_str(), &found[0].what), ("phone", &what));
}

#[test]
fn another_order_is_a_difference() {
    let roles = "  sms: {title: Text message, phi: 1, consent: true, max_chars: 160}\n";
    let phone = "  phone: {phi: 2, needs: [lines]}\n";
    let found = after(&format!("{roles}{phone}"), &format!("{phone}{roles}"));
    assert_eq!(found, [Change { of: Subject::Playbook, what: What::Order { key: "channels" } }]);
}

#[test]
fn a_model_that_differs_never_counts_as_the_same() {
    let base = book(BOOK);
    let mut compared = 0;
    let lines: Vec<&str> = BOOK.lines().collect();
    for at in 0..lines.len() {
        let mut fewer = lines.clone();
        fewer.remove(at);
        let Ok(other) = compile(&fewer.join("\n")) else { continue };
        compared += 1;
        let same = diff(&base, &other.playbook).is_empty();
        assert_eq!(same, base == other.playbook, "without {}", lines[at]);
    }
    assert!(compared > 20, "{compared}");
}
