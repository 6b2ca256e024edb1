//! One answer is changed, and nothing else.

use proptest::prelude::*;

use super::*;

fn key(word: &str, site: &Site) -> Key {
    let roles = ["incident-lead", "it-lead"].map(|id| id.parse().unwrap());
    Key::parse(word, site, &roles).unwrap()
}

fn change(text: &str, word: &str, value: &str) -> Result<String, SetError> {
    set(text, &key(word, &site(text)), value)
}

#[test]
fn an_answer_that_is_there_is_replaced_where_it_stands() {
    for (word, value, old, new) in [
        ("callback", "860 555 0999", "\"+1 860 555 0100\"", "\"860 555 0999\""),
        ("site.name", "Riverside North", "Riverside Pharmacy", "Riverside North"),
        ("state", "ny", "state: CT", "state: NY"),
        ("checked", "2026-11-24", "2026-11-01", "2026-11-24"),
        ("kind", "inpatient", "kind: outpatient", "kind: inpatient"),
        ("exercise-year", "02-29", "07-01", "\"02-29\""),
        ("policy.tabletop", "90 days", "2 months", "\"90 days\""),
        ("policy.one-gateway", "3 months", "one-gateway: waived", "one-gateway: \"3 months\""),
        ("incident-lead.phone", "860 555 0199", "\"860 555 0111\"", "\"860 555 0199\""),
        ("incident-lead", "Zoë \"Z\" Díaz", "Ana Diaz", "\"Zoë \\\"Z\\\" Díaz\""),
        ("incident-lead.deputy.phone", "860 555 0198", "\"860 555 0112\"", "\"860 555 0198\""),
        ("leadership.1.title", "Owner", "Chief executive", "Owner"),
        ("vendor.email.support", "800 555 0131", "\"800 555 0130\"", "\"800 555 0131\""),
        ("vendors.email.agreement.until", "2028-03-01", "2027-03-01", "2028-03-01"),
        ("expiries.1.on", "2028-01-31", "2027-01-31", "2028-01-31"),
        ("values.hours", "9am-5pm", "hours: 8am-8pm", "hours: \"9am-5pm\""),
    ] {
        assert_eq!(change(FULL, word, value).unwrap(), FULL.replacen(old, new, 1), "{word}");
    }
}

#[test]
fn a_new_answer_gets_a_line_or_joins_the_brackets() {
    for (word, value, before, added) in [
        (
            "it-lead.holder",
            "Ivo Brandt",
            "    deputies:\n      - {name: Ben Ito, phone: \"860 555 0112\"}\n",
            "  it-lead:\n    holder: {name: Ivo Brandt}\n",
        ),
        (
            "it-lead.deputy",
            "Jo Fox",
            "    deputies:\n      - {name: Ben Ito, phone: \"860 555 0112\"}\n",
            "  it-lead:\n    deputies:\n      - {name: Jo Fox}\n",
        ),
        (
            "incident-lead.deputy.2",
            "Kim Orr",
            "      - {name: Ben Ito, phone: \"860 555 0112\"}\n",
            "      - {name: Kim Orr}\n",
        ),
        (
            "incident-lead.deputy.other",
            "pager 9",
            "{name: Ben Ito, phone: \"860 555 0112\"",
            ", other: pager 9",
        ),
        (
            "leadership",
            "Max Roe",
            "title: Chief executive, phone: \"860 555 0120\"}\n",
            "  - {name: Max Roe}\n",
        ),
        (
            "leadership.1.other",
            "home",
            "title: Chief executive, phone: \"860 555 0120\"",
            ", other: home",
        ),
        (
            "vendor.internet.name",
            "Fiber Co",
            "until: 2027-03-01}}\n",
            "  - {name: Fiber Co, for: internet}\n",
        ),
        ("values.counter", "drive-through", "hours: 8am-8pm\n", "  counter: drive-through\n"),
    ] {
        let expected = FULL.replacen(before, &format!("{before}{added}"), 1);
        assert_eq!(change(FULL, word, value).unwrap(), expected, "{word}");
    }
}

#[test]
fn a_new_file_grows_into_a_whole_one() {
    let mut text = create("Riverside: Pharmacy").unwrap();
    for (word, value) in [
        ("callback", "860 555 0100"),
        ("it-lead.holder", "Ivo Brandt"),
        ("it-lead.phone", "860 555 0112"),
        ("it-lead.deputy", "Jo Fox"),
        ("it-lead.deputy.phone", "860 555 0113"),
        ("incident-lead.deputy", "Ben Ito"),
        ("incident-lead.holder", "Ana Diaz"),
        ("leadership", "Carla Moss"),
        ("leadership.1.phone", "860 555 0120"),
        ("leadership", "Max Roe"),
        ("vendor.email.name", "Mailhost Inc."),
        ("vendor.email.support", "800 555 0130"),
        ("vendor.email.agreement.kind", "BAA"),
        ("vendor.email.agreement.until", "2027-03-01"),
        ("values.hours", "8am-8pm"),
        ("state", "CT"),
    ] {
        text = change(&text, word, value).unwrap_or_else(|error| panic!("{word}: {error}\n{text}"));
    }
    assert_eq!(
        text,
        "\
# runbook site file. Private: it holds names and phone numbers of staff, never of patients.
# Change it here or with `runbook site set`; `runbook site lint` checks it.
runbook-site: 1
site:
  name: \"Riverside: Pharmacy\"
  callback: \"860 555 0100\"
  state: CT
roles:
  it-lead:
    holder: {name: Ivo Brandt, phone: \"860 555 0112\"}
    deputies:
      - {name: Jo Fox, phone: \"860 555 0113\"}
  incident-lead:
    deputies:
      - {name: Ben Ito}
    holder: {name: Ana Diaz}
leadership:
  - {name: Carla Moss, phone: \"860 555 0120\"}
  - {name: Max Roe}
vendors:
  - {name: Mailhost Inc., for: email, support: \"800 555 0130\", agreement: {kind: BAA, until: 2027-03-01}}
values:
  hours: \"8am-8pm\"
"
    );
}

#[test]
fn odd_layouts_are_changed_right_or_not_at_all() {
    for (text, word, value) in [
        ("runbook-site: 1\nsite: {name: R}", "callback", "911"),
        ("runbook-site: 1\r\nsite:\r\n  name: R\r\n", "callback", "911"),
        ("\u{feff}runbook-site: 1\nsite: {name: R}\n", "it-lead.holder", "Ivo"),
        ("{runbook-site: 1, site: {name: R}}", "it-lead.deputy", "Ivo"),
        ("runbook-site: 1\nsite:\n    name: R # the \"north\" one\n    # end\n", "callback", "911"),
        ("runbook-site: 1\nsite: {name: 'it''s }', # why {\n  state: CT\n  }\n", "callback", "911"),
        ("runbook-site: 1\nsite: {name: R}\nroles: {}\nleadership: []\n", "it-lead.holder", "Ivo"),
        ("runbook-site: 1\nsite: {name: R}\nroles: {}\nleadership: []\n", "leadership", "Ivo"),
        (
            "runbook-site: 1\nsite: {name: R}\nleadership:\n- name: Ana\n  title: Boss\n",
            "leadership.1.phone",
            "911",
        ),
        ("runbook-site: 1\nsite: {name: R}\nleadership:\n- name: Ana\n", "leadership", "Ivo"),
        ("runbook-site: 1\nsite:\n  name: >\n    River\n    side\n", "callback", "911"),
        ("---\nrunbook-site: 1\nsite: {name: R}\n...\n", "site.state", "CT"),
    ] {
        let before = site(text);
        let key = key(word, &before);
        match set(text, &key, value) {
            Ok(new) => {
                let mut rest = new.as_str();
                for line in text.lines().filter(|line| line.contains('#')) {
                    let comment = &line[line.rfind('#').unwrap()..];
                    let at =
                        rest.find(comment).unwrap_or_else(|| panic!("{comment} is lost:\n{new}"));
                    rest = &rest[at..];
                }
                assert_eq!(get(&site(&new), &key).as_deref(), Some(value), "{new}");
                assert_eq!(new.contains("\r\n"), text.contains("\r\n"));
            }
            Err(error) => {
                assert!(matches!(error, SetError::ByHand { .. }), "{text}\n{error}");
                assert!(text.contains("..."), "could be changed: {text}");
            }
        }
    }
}

#[test]
fn what_cannot_be_set_says_what_can() {
    let unknown = |word: &str| match Key::parse(word, &site(FULL), &["it-lead".parse().unwrap()]) {
        Err(SetError::UnknownKey { near, .. }) => near,
        other => panic!("{word}: {other:?}"),
    };
    for (word, near) in [
        ("calback", Some("callback")),
        ("it-led.phone", Some("it-lead.phone")),
        ("it-lead.fone", Some("it-lead.phone")),
        ("vendor.email.suport", Some("vendor.email.support")),
        ("leadership.0.phone", Some("leadership.1.phone")),
        ("values.Hours!", Some("values.hours")),
        ("zzzzzzzz", None),
        ("", None),
        ("..", None),
    ] {
        assert_eq!(unknown(word).as_deref(), near, "{word}");
    }
    for (word, value, message) in [
        (
            "callback",
            "860 555-HELP",
            "site.callback: \"860 555-HELP\" cannot be dialed: it holds letters, and phone numbers are dialed from a keypad",
        ),
        ("callback", "  ", "site.callback: it may not be empty"),
        ("state", "XX", "site.state: this is no state or territory of the United States"),
        ("checked", "today", "site.checked: \"today\" is not a day"),
        ("it-lead.phone", "911", "nobody is planned as it-lead yet"),
        ("it-lead.deputy.phone", "911", "it-lead has no deputy 1 yet"),
        ("incident-lead.deputy.3", "Kim", "incident-lead has no deputy 3 yet"),
        ("leadership.3.name", "Kim", "there is no leader 3 yet"),
        ("vendor.ehr.support", "911", "there is no vendor for ehr yet"),
        ("expiries.2.on", "2027-01-01", "there is no entry 2 under `expiries`"),
        ("values.phone", "911", "values.phone: it is filled by itself"),
        (
            "it-lead.holder",
            "a\u{202e}b",
            "roles.it-lead.holder.name: it holds the unprintable character U+202E: type it again without",
        ),
    ] {
        assert_eq!(change(FULL, word, value).unwrap_err().to_string(), message, "{word}");
    }
    let broken = FULL.replace("state: CT", "stat: CT");
    let error = set(&broken, &Key::Place("callback"), "911").unwrap_err();
    assert_eq!(error, SetError::ByHand { line: 5, write: "site.callback: \"911\"".to_owned() });
}

/// Any answer to any key of a full file.
fn answers() -> impl Strategy<Value = Vec<(usize, String)>> {
    let words = "[A-Za-zäß0-9 .,:;#'\"{}\\[\\]|>&*!%@`?\\\\-]{1,20}";
    prop::collection::vec((0..KEYS.len(), words), 1..12)
}

const KEYS: [&str; 14] = [
    "name",
    "callback",
    "it-lead.holder",
    "it-lead.other",
    "incident-lead.other",
    "incident-lead.deputy",
    "incident-lead.deputy.2",
    "leadership.1.title",
    "leadership",
    "vendor.email.contract",
    "vendor.ehr.name",
    "vendor.ehr.contract",
    "values.hours",
    "values.counter",
];

proptest! {
    #[test]
    fn no_comment_and_no_other_answer_is_ever_lost(answers in answers(), seed in 0..4_usize) {
        let mut text: String = match seed {
            0 => FULL.to_owned(),
            1 => FULL.lines().flat_map(|line| ["# above\n", line, " # beside: {x}\n"]).collect(),
            2 => FULL.replace('\n', "\r\n"),
            _ => FULL.replace('\n', "\n\n   # \"between'\n"),
        };
        let comments = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| line.trim_start().starts_with('#'));
            lines.map(str::to_owned).collect()
        };
        for (at, value) in answers {
            let value = if KEYS[at] == "callback" { "860 555 0100" } else { &value };
            let before = site(&text);
            let key = key(KEYS[at], &before);
            match set(&text, &key, value) {
                Ok(new) => {
                    prop_assert_eq!(comments(&new), comments(&text));
                    let after = site(&new);
                    let said = get(&after, &key);
                    prop_assert_eq!(said.as_deref(), Some(value.trim()));
                    text = new;
                }
                Err(SetError::ByHand { .. }) => prop_assert!(false, "by hand: {}\n{}", key, text),
                Err(_) => {}
            }
        }
    }
}
