//! Who is who, and what is advised about them.

use super::*;

const ROLES: &str = "roles:
  it-lead: {holder: {name: Ivo Brandt, phone: \"860 555 0112\"}, deputies: [{name: Jo Fox}]}
  scribe: {holder: {name: NAME, phone: \"860 555 0199\"}, deputies: [{name: Kim Orr}]}";

fn warnings(text: &str) -> Vec<String> {
    read(text).unwrap().warnings.into_iter().map(|one| one.message).collect()
}

#[test]
fn one_person_under_two_spellings_is_seen() {
    for (name, message) in [
        ("Ivo Brandt", None),
        ("Max Oldfield", None),
        (
            "Ivo Brand",
            Some(
                "\"Ivo Brand\" and \"Ivo Brandt\" on line 4 differ by one letter: are they one person?",
            ),
        ),
        (
            "IVO BRANDT",
            Some("\"IVO BRANDT\" and \"Ivo Brandt\" on line 4 are one name in two spellings"),
        ),
        (
            "Ívo  Brandt.",
            Some("\"Ívo  Brandt.\" and \"Ivo Brandt\" on line 4 are one name in two spellings"),
        ),
        ("J. Fix", None),
    ] {
        let found = warnings(&with(&ROLES.replace("NAME", name)));
        assert_eq!(found, message.into_iter().collect::<Vec<_>>(), "{name}");
    }
    let same_phone = ROLES.replace("NAME", "Max Oldfield").replace("0199", "0112");
    assert_eq!(
        warnings(&with(&same_phone)),
        ["\"Max Oldfield\" and \"Ivo Brandt\" on line 4 have the same phone number"]
    );
}

#[test]
fn one_person_in_many_roles_and_a_role_without_deputy_are_said() {
    let role = |id: &str| format!("  {id}: {{holder: {{name: Ana}}, deputies: [{{name: Ben}}]}}\n");
    let two = format!("roles:\n{}{}", role("a"), role("b"));
    assert_eq!(warnings(&with(&two)), [""; 0]);
    let three = format!("{two}{}", role("c"));
    assert_eq!(warnings(&with(&three)), ["\"Ana\" holds 3 roles: a, b, c"]);
    let alone = "roles: {it-lead: {holder: {name: Ana}}}";
    assert_eq!(warnings(&with(alone)), ["it-lead has no deputy"]);
}

#[test]
fn the_playbooks_and_the_day_tell_more() {
    let roles = ["incident-lead".parse().unwrap(), "it-lead".parse().unwrap()];
    let said = |text: &str, today: &str| -> Vec<(String, Option<String>)> {
        let found = check(&site(text), &roles, day(today));
        found.into_iter().map(|one| (one.message, one.help)).collect()
    };
    assert_eq!(said(FULL, "2026-11-02"), []);
    let typo = FULL.replace("incident-lead", "incident-led");
    assert_eq!(
        said(&typo, "2026-11-02"),
        [(
            "no playbook has the role \"incident-led\"".to_owned(),
            Some("did you mean \"incident-lead\"?".to_owned())
        )]
    );
    assert!(check(&site(&typo), &[], day("2026-11-02")).is_empty(), "no playbook, no doubt");
    let messages = |today: &str| -> Vec<String> {
        said(FULL, today).into_iter().map(|(message, _)| message).collect()
    };
    assert_eq!(messages("2026-10-31"), ["`checked` says 2026-11-01, and today is 2026-10-31"]);
    assert_eq!(
        messages("2027-01-29"),
        ["mail.riverside.example certificate ends in 2 days, on 2027-01-31"]
    );
    assert_eq!(
        messages("2027-02-01"),
        [
            "nobody has dialed these numbers for 92 days",
            "BAA with Mailhost Inc. ends in 28 days, on 2027-03-01",
            "mail.riverside.example certificate ended on 2027-01-31",
        ]
    );
}

#[test]
fn a_person_is_called_by_name_whatever_the_case() {
    let site = site(FULL);
    let phone = |name: &str| {
        let person = crate::engine::Person::new(name).unwrap();
        site.phone_of(&person).map(ToString::to_string)
    };
    assert_eq!(phone("ANA diaz").as_deref(), Some("860 555 0111"));
    assert_eq!(phone("Carla Moss").as_deref(), Some("860 555 0120"));
    assert_eq!(phone("Nobody"), None);
}

#[test]
fn another_spelling_is_called_where_only_one_number_goes_with_it() {
    let phone = |second: &str, number: &str, name: &str| {
        let text = ROLES.replace("NAME", second).replace("860 555 0199", number);
        let person = crate::engine::Person::new(name).unwrap();
        site(&with(&text)).phone_of(&person).map(ToString::to_string)
    };
    for (second, number, name, called) in [
        ("Ana Díaz", "860 555 0199", "Ana Diaz", Some("860 555 0199")),
        ("Ana Diaz", "860 555 0199", "ANA  DÍAZ", Some("860 555 0199")),
        ("Ana Diaz", "860 555 0199", "Ana Dias", None),
        ("IVO BRANDT", "860 555 0199", "Ivo Brandt", Some("860 555 0112")),
        ("IVO BRANDT", "860 555 0199", "ivo brandt", None),
        ("IVO BRANDT", "1 860 555 0112", "ivo brandt", Some("860 555 0112")),
        ("...", "860 555 0199", "---", None),
    ] {
        assert_eq!(phone(second, number, name).as_deref(), called, "{second} / {name}");
    }
}

#[test]
fn a_word_finds_roles_people_vendors_and_services() {
    let site = site(FULL);
    for (word, roles, people, vendors, meant) in [
        ("incident-lead", 1, 0, 0, None),
        ("Incident Lead", 1, 0, 0, None),
        ("incident", 1, 0, 0, None),
        ("scribe", 1, 0, 0, None),
        ("ana", 0, 1, 0, None),
        ("an", 0, 1, 0, None),
        ("ib", 0, 0, 0, None),
        ("carla moss", 0, 1, 0, None),
        ("leadership", 0, 1, 0, None),
        ("email", 0, 0, 1, None),
        ("mailhost", 0, 0, 1, None),
        ("vendors", 0, 0, 1, None),
        ("carls", 0, 0, 0, Some("carla")),
        ("scrieb", 0, 0, 0, Some("scribe")),
        ("zzz", 0, 0, 0, None),
        ("", 0, 0, 0, None),
    ] {
        let found = find(&site, &[role("scribe", false)], word);
        let counts = (found.roles.len(), found.people.len(), found.vendors.len());
        assert_eq!(counts, (roles, people, vendors), "{word}");
        assert_eq!(found.meant.as_deref(), meant, "{word}");
    }
}
