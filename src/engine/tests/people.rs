//! Who holds which role.

use super::*;

fn assign(role_: &str, name: &str, deputy: bool) -> Intent {
    Intent::Assign { role: role(role_), person: person(name), deputy }
}

fn hand_over(role_: &str, to: &str) -> Intent {
    Intent::HandOver { role: role(role_), to: person(to), note: None }
}

fn holders(given: &Given, of: &str) -> Vec<(String, bool)> {
    given.state.holders(&role(of)).map(|t| (t.person.to_string(), t.deputy)).collect()
}

fn held(all: &[(&str, bool)]) -> Vec<(String, bool)> {
    all.iter().map(|(name, deputy)| ((*name).to_owned(), *deputy)).collect()
}

#[test]
fn several_people_may_hold_a_role_and_deputies_come_last() {
    let given =
        declared().does(assign("it-lead", "Ivo", true)).does(assign("it-lead", "Ana", false));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ana", false), ("Ivo", true)]));
    assert_eq!(given.already(assign("it-lead", "Ana", false)), 4);
    let given = given.does(assign("it-lead", "Ivo", false));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ana", false), ("Ivo", false)]));
}

#[test]
fn a_role_passes_on_and_its_deputies_stay() {
    let given =
        declared().does(assign("it-lead", "Ana", false)).does(assign("it-lead", "Ivo", true));
    let given = given.at(60).does(hand_over("it-lead", "Ben"));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ben", false), ("Ivo", true)]));
    assert_eq!(given.already(hand_over("it-lead", "Ben")), 5);
    let given = given.does(hand_over("it-lead", "Ivo"));
    assert_eq!(holders(&given, "it-lead"), held(&[("Ivo", false)]));
    assert_eq!(given.state.conflicts(), []);
}

#[test]
fn what_nobody_holds_cannot_be_passed_on_or_released() {
    let given = declared().does(assign("it-lead", "Ana", false));
    let unheld = Refusal::Unheld { role: role("clinical-lead") };
    assert_eq!(given.refuses(hand_over("clinical-lead", "Ben")), unheld);
    let release = Intent::Release { role: role("it-lead"), person: person("Ben") };
    let holders = vec![person("Ana")];
    let (role, person) = (role("it-lead"), person("Ben"));
    assert_eq!(given.refuses(release), Refusal::NotHeld { role, person, holders });
}

#[test]
fn one_person_in_several_roles_is_told_once() {
    let given = declared().does(assign("incident-lead", "Ana", false));
    let roles = vec![role("incident-lead"), role("it-lead")];
    let said = [Advice::ManyRoles(person("Ana"), roles)];
    assert_eq!(given.advises(assign("it-lead", "Ana", false)), said);
    let given = given.does(assign("it-lead", "Ana", false));
    assert_eq!(given.advises(assign("clinical-lead", "Ana", false)), []);
}

#[test]
fn a_stranger_may_answer_a_critical_step_and_is_flagged() {
    let given = declared().does(assign("clinical-lead", "Cleo", false)).does(done("look"));
    let signed = Intent::Done {
        step: step("freeze"),
        answers: BTreeMap::new(),
        note: None,
        initials: Some("AD".to_owned()),
    };
    let flagged = [Advice::NotHolder(person("Ana"), role("clinical-lead"))];
    assert_eq!(given.advises(signed.clone()), flagged);
    assert_eq!(given.by("Cleo").advises(signed), []);
}
