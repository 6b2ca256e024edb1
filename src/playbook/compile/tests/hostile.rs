//! Files that want to do harm: each gets a clear answer, none a panic, a full stack or a long wait.

use super::{BASE, changed, lines};
use crate::playbook::{Known, decode, lint};
use proptest::prelude::*;

/// The first finding, which is the one a person acts on.
fn first(source: &str) -> String {
    lines(source).swap_remove(0)
}

#[test]
fn bombs_are_named_for_what_they_are() {
    let deep = "nested more than 16 levels deep";
    let large = "at most 262144";
    let many = "more than 100000 values";
    for (source, expected) in [
        ("[".repeat(100_000), deep),
        ("{a: ".repeat(50_000), deep),
        ("- ".repeat(50_000), deep),
        ("? ".repeat(50_000), deep),
        (": ".repeat(50_000), "the key in front of this colon is missing"),
        ("[a,".repeat(80_000), deep),
        ("a:\n".to_owned() + &(1..200).map(|n| " ".repeat(n) + "a:\n").collect::<String>(), deep),
        ("- ".repeat(9) + &"[".repeat(9) + &"]".repeat(9), deep),
        ("a".repeat(262_145), large),
        ("#\n".repeat(200_000), large),
        (format!("[{}]", "a,".repeat(120_000)), many),
        ("-\n".repeat(120_000), many),
        ("? a\n".repeat(60_000), "stands here twice"),
        ("a: b\n".repeat(40_000), "stands here twice"),
        ("&a ".repeat(80_000), "anchors"),
        ("!".repeat(250_000), "tags"),
        ("%".repeat(250_000), "directives"),
        ("\"".repeat(200_000), "behind the closing quotation mark"),
        ("'".to_owned() + &"a".repeat(200_000), "never closed"),
        (" \n".repeat(100_000), "the file is empty"),
        ("\t".repeat(200_000), "the file is empty"),
        (String::new(), "the file is empty"),
        ("# nothing but words\n".to_owned(), "the file is empty"),
        ("~".to_owned(), "should be a map of keys"),
        ("---\n...\n".to_owned(), "the file is empty"),
        ("--- a\n--- b\n".to_owned(), "a second document"),
        ("[]".to_owned(), "should be a map of keys, not a list"),
        ("a: &x [b]\nc: [*x, *x, *x]".to_owned(), "is not known here"),
        ("\0".repeat(1_000), "U+0000"),
        ("\u{feff}\u{feff}runbook: 1".to_owned(), "U+FEFF"),
        ("\u{1b}]0;x\u{7}".to_owned(), "U+001B"),
        ("r\0u\0n\0".to_owned(), "U+0000"),
        ("title: \u{e0041}".to_owned(), "`runbook` is missing"),
    ] {
        let said = first(&source);
        let start: String = source.chars().take(12).collect();
        assert!(said.contains(expected), "{start:?}: {said}");
    }
}

#[test]
fn names_that_are_none_are_reported_and_nothing_else() {
    let said = lines(&changed("  lead: {title: Lead}\n", "  '': {title: Lead}\n"));
    assert_eq!(said[0], "8:3 \"\" is no id: an id may not be empty");
    assert!(said[1..].iter().all(|line| line.contains("role \"lead\" is not defined")), "{said:?}");
    let roles = "  lead: {title: Lead}\n  tech: {title: Tech, required: true}\n";
    let empty = lines(&changed(&format!("roles:\n{roles}"), "roles: {}\n"));
    assert_eq!(empty, ["7:1 a playbook needs at least one role"]);
}

#[test]
fn a_byte_order_mark_in_front_is_no_fault() {
    assert_eq!(lines(&format!("\u{feff}{BASE}")), [""; 0]);
    let late = format!("\u{feff}{}", changed("due: 15m", "due: 15"));
    assert!(first(&late).starts_with("24:14 "));
}

#[test]
fn line_ends_of_windows_count_like_others() {
    assert_eq!(lines(&BASE.replace('\n', "\r\n")), [""; 0]);
    let late = changed("due: 15m", "due: 15").replace('\n', "\r\n");
    assert!(first(&late).starts_with("24:14 "));
    assert!(first(&BASE.replace('\n', "\r")).contains("U+000D"));
}

#[test]
fn sixteen_levels_are_deep_enough_and_seventeen_too_deep() {
    let nested = |levels: usize| format!("a: {}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(!first(&nested(15)).contains("levels deep"));
    assert!(first(&nested(16)).contains("levels deep"));
}

#[test]
fn a_word_of_the_file_cannot_flood_or_steer_a_message() {
    let said = first(&changed("needs: [look]", &format!("needs: [\"{}\\e[2J\"]", "a".repeat(300))));
    assert!(said.contains("U+001B"), "{said}");
    for line in lines(&changed("needs: [look]", &format!("\"\\e{}\": x", "b".repeat(9_000)))) {
        assert!(line.chars().count() < 400, "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
}

#[test]
fn many_wrong_references_do_not_multiply() {
    let ids: Vec<String> =
        (0..3_000).map(|n| format!("      - {{id: s{n}x, role: tech, title: T}}\n")).collect();
    let wrong: Vec<String> = (0..8_000).map(|n| format!("s{n}y")).collect();
    let source = changed("needs: [look]", &format!("needs: [{}]", wrong.join(","))) + "#";
    let place = source.find("kpis:").unwrap();
    let source = format!("{}{}{}", &source[..place], ids.concat(), &source[place..]);
    assert_eq!(lines(&source).len(), 1_001);
}

const KNOWN: Known<'static> =
    Known { today: chrono::NaiveDate::MIN, playbooks: None, caps: &[], site: None };

/// Every span lies inside the source and on characters, whatever the source is.
fn spans_hold(source: &str) {
    for one in lint(source, &KNOWN).findings {
        assert!(source.get(one.span.clone()).is_some(), "{one:?} in {source:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_answered(source in "\\PC{0,60}|[ -~\\n]{0,200}|[a-c:\\-\\[\\]{}&*!|>'\"#%@,? \\n]{0,80}") {
        spans_hold(&source);
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode(&bytes) {
            Ok(source) => spans_hold(source),
            Err(found) => prop_assert!(found.span.end <= bytes.len()),
        }
        spans_hold(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_damage_to_a_playbook_is_answered(
        at in 0..BASE.len(),
        drop in 0_usize..30,
        insert in "\\PC{0,3}|[:\\-\\[\\]{}&*!|>'\"#%@,? \\n\\t]{0,4}",
    ) {
        let end = (at + drop).min(BASE.len());
        spans_hold(&format!("{}{insert}{}", &BASE[..at], &BASE[end..]));
    }
}
