//! `schema`: what editors are told is what `lint` says, as far as one place of a file shows it.

use std::collections::BTreeSet;
use std::path::Path;

use outage_runbook::playbook::{
    STARTER, builtin, builtin_exercises, builtin_files, builtin_sets, compile, compile_exercise,
    compile_set,
};
use regex_lite::Regex;
use serde_json::{Map, Value, json};
use snapbox::{assert_data_eq, file};

use crate::support::Sandbox;
use crate::support::sandbox::EVERY_FORM;

const EVERY_KEY: &str = include_str!("fixtures/every-key.yaml");

/// What makes an editor use the schema.
const MODELINE: &str = "# yaml-language-server: $schema=./playbook.schema.json";

pub(crate) fn playbook_schema() -> Value {
    serde_json::from_str(&Sandbox::bare().ok("schema")).unwrap()
}

/// A file as an editor reads it.
pub(crate) fn as_editor(yaml: &str) -> Value {
    serde_saphyr::from_str(yaml).unwrap()
}

/// Everything a schema objects to, as "place: keyword". A keyword that is not known here fails, so
/// that a new one comes with its check and its negative.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    check(schema, value, "", &mut all);
    all
}

fn check(schema: &Value, value: &Value, place: &str, all: &mut Vec<String>) {
    for (keyword, said) in schema.as_object().unwrap() {
        let sound = match keyword.as_str() {
            // The two branches belong to "if".
            "$schema" | "title" | "description" | "properties" | "then" | "else" => true,
            "type" => one_or_many(said).iter().any(|name| is_a(name.as_str().unwrap(), value)),
            "enum" => said.as_array().unwrap().contains(value),
            "pattern" => value.as_str().is_none_or(|it| matches(said.as_str().unwrap(), it)),
            "maxLength" => value.as_str().is_none_or(|it| it.chars().count() <= number(said)),
            "minimum" => value.as_f64().is_none_or(|it| it >= said.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|it| it <= said.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|it| it.len() >= number(said)),
            "minProperties" => value.as_object().is_none_or(|it| it.len() >= number(said)),
            "uniqueItems" => value.as_array().is_none_or(|it| {
                it.iter().map(ToString::to_string).collect::<BTreeSet<_>>().len() == it.len()
            }),
            "required" => {
                value.as_object().is_none_or(|it| one_or_many(said).iter().all(|key| has(it, key)))
            }
            "anyOf" => one_or_many(said).iter().any(|one| faults(one, value).is_empty()),
            "propertyNames" => value.as_object().is_none_or(|it| {
                it.keys().all(|key| faults(said, &Value::from(key.as_str())).is_empty())
            }),
            "if" => {
                let branch = if faults(said, value).is_empty() { "then" } else { "else" };
                check(&schema[branch], value, place, all);
                true
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(said, item, &format!("{place}/{at}"), all);
                }
                true
            }
            "additionalProperties" => others(schema, said, value, place, all),
            unknown => panic!("{unknown} is emitted and not known to this test"),
        };
        if !sound {
            all.push(format!("{place}: {keyword}"));
        }
    }
}

/// The named keys, and what is said of others.
fn others(schema: &Value, said: &Value, value: &Value, place: &str, all: &mut Vec<String>) -> bool {
    let mut allowed = true;
    for (key, value) in value.as_object().into_iter().flatten() {
        let place = format!("{place}/{key}");
        let named = schema["properties"].get(key);
        match named.or(Some(said).filter(|said| said.is_object())) {
            Some(schema) => check(schema, value, &place, all),
            None => allowed = false,
        }
    }
    allowed
}

fn one_or_many(said: &Value) -> &[Value] {
    said.as_array().map_or_else(|| std::slice::from_ref(said), Vec::as_slice)
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        unknown => panic!("{unknown} is no type"),
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

fn number(said: &Value) -> usize {
    usize::try_from(said.as_u64().unwrap()).unwrap()
}

fn has(map: &Map<String, Value>, key: &Value) -> bool {
    map.contains_key(key.as_str().unwrap())
}

/// Every keyword of a schema, wherever it stands.
fn keywords(schema: &Value, all: &mut BTreeSet<String>) {
    for (keyword, said) in schema.as_object().into_iter().flatten() {
        all.insert(keyword.clone());
        match keyword.as_str() {
            "properties" => said.as_object().unwrap().values().for_each(|one| keywords(one, all)),
            "anyOf" => one_or_many(said).iter().for_each(|one| keywords(one, all)),
            "items" | "propertyNames" | "additionalProperties" | "if" | "then" | "else" => {
                keywords(said, all);
            }
            _ => {}
        }
    }
}

/// Every key that a schema names, with where it stands.
fn named(schema: &Value, place: &str, all: &mut BTreeSet<String>) {
    for (keyword, said) in schema.as_object().into_iter().flatten() {
        match keyword.as_str() {
            "properties" => {
                for (key, schema) in said.as_object().unwrap() {
                    all.insert(format!("{place}/{key}"));
                    named(schema, &format!("{place}/{key}"), all);
                }
            }
            "anyOf" => one_or_many(said).iter().for_each(|one| named(one, place, all)),
            "then" | "else" => named(said, place, all),
            "items" | "additionalProperties" => named(said, &format!("{place}/*"), all),
            _ => {}
        }
    }
}

/// Every place of a file.
fn places(value: &Value, place: &str, all: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in inside {
        let place = format!("{place}/{key}");
        all.push(place.clone());
        places(value, &place, all);
    }
}

/// The keys of a schema that a file does not use.
pub(crate) fn unused(schema: &Value, file: &Value) -> Vec<String> {
    let (mut known, mut used) = (BTreeSet::new(), Vec::new());
    named(schema, "", &mut known);
    places(file, "", &mut used);
    known.retain(|key| {
        let pattern = format!("^{}$", key.replace('*', "[^/]+"));
        !used.iter().any(|place| matches(&pattern, place))
    });
    known.into_iter().collect()
}

/// The file with another value at one place; without it where there is none.
fn changed(file: &Value, place: &str, to: Option<Value>) -> Value {
    let mut file = file.clone();
    let (above, key) = place.rsplit_once('/').unwrap();
    match (file.pointer_mut(above).unwrap(), to) {
        (Value::Object(map), Some(to)) => {
            map.insert(key.to_owned(), to);
        }
        (Value::Object(map), None) => {
            map.remove(key).unwrap();
        }
        (Value::Array(list), Some(to)) => list[key.parse::<usize>().unwrap()] = to,
        (Value::Array(list), None) => {
            list.remove(key.parse().unwrap());
        }
        (other, _) => panic!("{place} lies in {other}"),
    }
    file
}

/// What `lint` objects to; JSON is YAML.
fn objections(file: &Value) -> Vec<String> {
    let found = compile(&file.to_string()).err().unwrap_or_default();
    found.into_iter().map(|one| one.message).collect()
}

#[test]
fn the_committed_schema_is_the_printed_one() {
    let printed = Sandbox::bare().ok("schema");
    assert_data_eq!(printed, file!["../../playbooks/playbook.schema.json"].raw());
}

#[test]
fn every_sound_playbook_is_accepted() {
    let schema = playbook_schema();
    let base = include_str!("../../src/playbook/compile/tests/base.yaml");
    let own = [
        ("starter", STARTER),
        ("every-form", EVERY_FORM),
        ("every-key", EVERY_KEY),
        ("base", base),
    ];
    for (name, text) in builtin().iter().chain(builtin_files()).copied().chain(own) {
        assert_eq!(faults(&schema, &as_editor(text)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_shipped_playbook_names_the_schema_in_its_first_line() {
    for (name, text) in builtin() {
        assert_eq!(text.lines().next(), Some(MODELINE), "{name}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    assert!(folder.join(MODELINE.rsplit('/').next().unwrap()).is_file());
}

#[test]
fn the_file_with_every_key_has_every_key() {
    let found = compile(EVERY_KEY).unwrap_or_else(|found| panic!("{found:#?}"));
    assert_eq!(found.playbook.id.as_str(), "every-key");
    // Not in a playbook that is put together.
    assert_eq!(unused(&playbook_schema(), &as_editor(EVERY_KEY)), ["/phases/*/steps/*/use"]);
}

#[test]
fn a_key_that_must_be_there_is_the_same_to_both() {
    let (schema, file) = (playbook_schema(), as_editor(EVERY_KEY));
    let mut all = Vec::new();
    places(&file, "", &mut all);
    // Only a choice must have options, which is more than an editor is told.
    all.retain(|place| !place.ends_with("/level/options"));
    all.retain(|place| place.rsplit('/').next().unwrap().parse::<usize>().is_err());
    let mut missed = 0;
    for place in all {
        let key = place.rsplit('/').next().unwrap();
        let without = changed(&file, &place, None);
        let is_missing = format!("`{key}` is missing");
        let lint = objections(&without).contains(&is_missing);
        let faults = faults(&schema, &without);
        let editor = faults.iter().any(|fault| fault.ends_with(": required") || is_any_of(fault));
        assert_eq!(lint, editor, "{place}: {faults:?}");
        missed += usize::from(lint);
    }
    assert!(missed > 50, "{missed}");
}

/// What is wrong inside a short or long form shows as no form that fits.
fn is_any_of(fault: &str) -> bool {
    fault.ends_with(": anyOf")
}

/// Keyword, place, and a value that both `lint` and an editor have to refuse there.
fn negatives() -> Vec<(&'static str, &'static str, Value)> {
    let step = |key: &str| match key {
        "due" => "/phases/0/steps/0/due",
        "needs" => "/phases/0/steps/1/needs",
        _ => "/phases/0/steps/0/milestone",
    };
    vec![
        ("type", "/roles", json!(["lead"])),
        ("type", "/roles/lead/required", json!("true")),
        ("type", "/phases/0/steps/1/needs", json!("scope")),
        ("type", "/title", json!(["Every key"])),
        ("enum", "/runbook", json!(0)),
        ("enum", step("milestone"), json!("declared")),
        ("enum", step("milestone"), json!("restord")),
        ("enum", "/phases/1/opens", json!("declared")),
        ("enum", "/phases/0/steps/1/repeat/until", json!("never")),
        ("enum", "/kpis/0/id", json!("step_on_time")),
        ("pattern", "/id", json!("Every Key")),
        ("pattern", "/id", json!("a".repeat(65))),
        ("pattern", "/title", json!("two\nlines")),
        ("pattern", "/title", json!("  ")),
        ("pattern", "/summary", json!(" ")),
        ("pattern", "/review_by", json!("2027-5-1")),
        ("pattern", step("due"), json!("soon")),
        ("pattern", step("due"), json!("15")),
        ("pattern", step("due"), json!("1.5h")),
        ("pattern", step("due"), json!("-15m")),
        ("pattern", step("due"), json!("2:30")),
        ("pattern", step("due"), json!("5M")),
        ("pattern", step("due"), json!("1year")),
        ("pattern", step("due"), json!("T+15m")),
        ("pattern", "/phases/0/window", json!("2h")),
        ("pattern", "/phases/0/window", json!("0h-soon")),
        ("pattern", "/kpis/0/target", json!("most")),
        ("pattern", "/channels/sms/phi", json!("high")),
        ("pattern", "/phases/0/steps/0/escalate/to", json!("The lead")),
        ("maxLength", "/title", json!("a".repeat(201))),
        ("maxLength", "/summary", json!("a".repeat(8193))),
        ("minimum", "/channels/sms/max_chars", json!(0)),
        ("minimum", step("due"), json!(-1)),
        ("maximum", "/channels/sms/phi", json!(4)),
        ("maximum", step("due"), json!(15)),
        ("minItems", "/phases", json!([])),
        ("minItems", "/phases/1/steps", json!([])),
        ("minItems", "/phases/0/steps/3/check/command", json!([])),
        ("uniqueItems", step("needs"), json!(["scope", "scope"])),
        ("minProperties", "/roles", json!({})),
        ("minProperties", "/phases/0/steps/0/decision/options", json!({"local": "One"})),
        ("minProperties", "/phases/0/steps/1/collect", json!({})),
        ("required", "/phases/1/steps/0", json!({"id": "test-mail", "role": "lead"})),
        ("propertyNames", "/services", json!({"E Mail": "Email"})),
        ("additionalProperties", "/phases/1/steps/0/dew", json!("15m")),
        ("additionalProperties", "/owner", json!("Ana Diaz")),
        ("anyOf", "/services/phones", json!({"titel": "Phones"})),
        ("anyOf", "/phases/0/steps/1/when/scope", json!({"corporate": true})),
    ]
}

#[test]
fn what_an_editor_refuses_lint_refuses_too() {
    let (schema, file) = (playbook_schema(), as_editor(EVERY_KEY));
    for (keyword, place, value) in negatives() {
        let bad = changed(&file, place, Some(value));
        let found = faults(&schema, &bad);
        assert!(
            found.iter().any(|fault| fault.ends_with(&format!(": {keyword}"))),
            "{place}: {found:?}"
        );
        assert_ne!(objections(&bad), Vec::<String>::new(), "{keyword} at {place}");
    }
}

#[test]
fn every_keyword_has_a_negative() {
    let mut emitted = BTreeSet::new();
    keywords(&playbook_schema(), &mut emitted);
    for silent in ["$schema", "title", "description", "properties", "items", "if", "then", "else"] {
        assert!(emitted.remove(silent), "{silent}");
    }
    let tested: BTreeSet<String> =
        negatives().into_iter().map(|(keyword, ..)| keyword.to_owned()).collect();
    assert_eq!(tested, emitted);
}

#[test]
fn what_people_write_is_accepted_by_both() {
    let (schema, file) = (playbook_schema(), as_editor(EVERY_KEY));
    for (place, value) in [
        ("/phases/0/steps/0/due", json!("1h 30m")),
        ("/phases/0/steps/0/due", json!("15min")),
        ("/phases/0/steps/0/due", json!("2 hours")),
        ("/phases/0/steps/0/due", json!(" 90m ")),
        ("/phases/0/steps/0/due", json!("phase+0")),
        ("/phases/0/window", json!("0 - 2h")),
        ("/version", json!(1.10)),
        ("/channels/sms/phi", json!("1")),
        ("/kpis/0/target", json!("99.5%")),
        ("/title", json!("One line\n")),
        ("/phases/0/steps/1/when/scope", json!("corporate")),
        ("/runbook", json!("1")),
    ] {
        let other = changed(&file, place, Some(value));
        assert_eq!(faults(&schema, &other), Vec::<String>::new(), "{place}");
        assert_eq!(objections(&other), Vec::<String>::new(), "{place}");
    }
}

#[test]
fn the_site_file_has_a_schema_of_its_own() {
    let printed = Sandbox::bare().ok("schema --site");
    let schema: Value = serde_json::from_str(&printed).unwrap();
    let full = include_str!("../../src/site/tests/full.yaml");
    for text in [full, super::site::SITE, include_str!("fixtures/site.yaml")] {
        assert_eq!(faults(&schema, &as_editor(text)), Vec::<String>::new());
    }
    let file = as_editor(full);
    for (place, value, fault) in [
        ("/site/state", json!("Connecticut"), "/site/state: pattern"),
        ("/site/checked", json!("last week"), "/site/checked: pattern"),
        ("/phone", json!("860 555 0100"), ": additionalProperties"),
        ("/leadership/0", json!({"title": "Chief executive"}), "/leadership/0: required"),
        ("/runbook-site", json!(2), "/runbook-site: enum"),
    ] {
        let bad = changed(&file, place, Some(value));
        assert_eq!(faults(&schema, &bad), [fault]);
        assert!(outage_runbook::site::read(&bad.to_string()).is_err(), "{place}");
    }
}

#[test]
fn a_step_that_is_used_is_named_and_stands_alone() {
    let (schema, file) = (playbook_schema(), as_editor(EVERY_KEY));
    let step = "/phases/0/steps/0";
    for (used, fault) in [
        (json!({"use": "command/briefing"}), None),
        (json!({"use": "briefing"}), Some("/use: pattern")),
        (json!({"use": "command/Briefing"}), Some("/use: pattern")),
        (json!({"use": ["command/briefing"]}), Some("/use: type")),
        (json!({"use": "command/briefing", "due": "1h"}), Some(": additionalProperties")),
        (json!({"id": "briefing", "role": "lead"}), Some(": required")),
    ] {
        let other = changed(&file, step, Some(used));
        let fault = fault.map(|fault| format!("{step}{fault}"));
        assert_eq!(faults(&schema, &other), fault.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_step_set_has_a_schema_of_its_own() {
    let printed = Sandbox::bare().ok("schema --set");
    assert_data_eq!(&printed, file!["../../playbooks/sets/step-set.schema.json"].raw());
    let schema: Value = serde_json::from_str(&printed).unwrap();
    for (name, text) in builtin_sets() {
        assert_eq!(faults(&schema, &as_editor(text)), Vec::<String>::new(), "{name}");
        let modeline = "# yaml-language-server: $schema=./step-set.schema.json";
        assert_eq!(text.lines().next(), Some(modeline), "{name}");
    }
    let file = as_editor(builtin_sets()[0].1);
    for (place, value, fault) in [
        ("/runbook-steps", json!(2), "/runbook-steps: enum"),
        ("/id", json!("Command"), "/id: pattern"),
        ("/roles", json!({}), ": additionalProperties"),
        ("/steps", json!([]), "/steps: minItems"),
        ("/steps/0/due", json!("soon"), "/steps/0/due: pattern"),
        ("/steps/0", json!({"use": "command/briefing"}), "/steps/0: required"),
    ] {
        let bad = changed(&file, place, Some(value));
        let found = faults(&schema, &bad);
        assert!(found.contains(&fault.to_owned()), "{place}: {found:?}");
        assert!(compile_set(&bad.to_string()).is_err(), "{place}");
    }
}

/// What an editor refuses in an exercise: place, value, fault.
fn exercise_negatives() -> [(&'static str, Value, &'static str); 20] {
    [
        ("/runbook-exercise", json!(2), "/runbook-exercise: enum"),
        ("/id", json!("Every Form"), "/id: pattern"),
        ("/type", json!("table"), "/type: enum"),
        ("/duration", json!("45"), "/duration: pattern"),
        ("/duration", json!(45), "/duration: maximum"),
        ("/begins", json!("declare"), "/begins: enum"),
        ("/owner", json!("Ana Diaz"), ": additionalProperties"),
        ("/objectives", json!([]), "/objectives: minItems"),
        ("/objectives/0", json!({"id": "reach"}), "/objectives/0: required"),
        ("/objectives/0/rating", json!("P"), "/objectives/0: additionalProperties"),
        ("/injects", json!([]), "/injects: minItems"),
        ("/injects/0/kind", json!("contextual"), "/injects/0/kind: enum"),
        ("/injects/0/at", json!("soon"), "/injects/0/at: pattern"),
        ("/injects/0/when", json!("10m"), "/injects/0: additionalProperties"),
        ("/injects/0/expect", json!("confirm"), "/injects/0/expect: type"),
        ("/injects/0/text", json!(["Twice"]), "/injects/0/text: type"),
        ("/injects/0/after", json!({"delay": "5m"}), "/injects/0/after: anyOf"),
        ("/objectives/0/text", json!("a".repeat(301)), "/objectives/0/text: maxLength"),
        (
            "/injects/0/changes",
            json!([{"falls": "email"}]),
            "/injects/0/changes/0: additionalProperties",
        ),
        (
            "/injects/0/changes",
            json!([{"bounces": {"channel": "sms", "percent": 101}}]),
            "/injects/0/changes/0/bounces/percent: maximum",
        ),
    ]
}

#[test]
fn an_exercise_has_a_schema_of_its_own() {
    let printed = Sandbox::bare().ok("schema --exercise");
    assert_data_eq!(&printed, file!["../../playbooks/exercises/exercise.schema.json"].raw());
    let schema: Value = serde_json::from_str(&printed).unwrap();
    let form = include_str!("../../src/playbook/compile/exercise/base.yaml");
    let own = [("base", form), ("every-form", super::drill::EXERCISE)];
    for (name, text) in builtin_exercises().iter().copied().chain(own) {
        assert_eq!(faults(&schema, &as_editor(text)), Vec::<String>::new(), "{name}");
    }
    let email = compile(builtin()[0].1).unwrap().playbook;
    let (_, sound) = builtin_exercises().iter().find(|it| it.0 == "email-outage-45").unwrap();
    let file = as_editor(sound);
    assert!(compile_exercise(&file.to_string(), &email).is_ok());
    for (place, value, fault) in exercise_negatives() {
        let bad = changed(&file, place, Some(value));
        assert_eq!(faults(&schema, &bad), [fault], "{place}");
        assert!(compile_exercise(&bad.to_string(), &email).is_err(), "{place}");
    }
    for (place, value) in [
        ("/objectives/0/text", json!("a".repeat(300))),
        ("/objectives/0/tasks", json!([])),
        ("/injects/0/changes", json!([])),
        ("/injects/0/expect", json!([])),
        (
            "/injects/2",
            json!({"id": "i", "by": "1h 5min", "kind": "contingency", "text": "Now?", "expect": ["confirm"]}),
        ),
        ("/duration", json!("2 hours")),
    ] {
        let other = changed(&file, place, Some(value));
        assert_eq!(faults(&schema, &other), Vec::<String>::new(), "{place}");
        assert!(compile_exercise(&other.to_string(), &email).is_ok(), "{place}");
    }
}

#[test]
fn a_wrong_option_is_a_usage_error() {
    let ran = Sandbox::bare().run("schema --incident");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
}
