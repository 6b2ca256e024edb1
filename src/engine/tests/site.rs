//! A change of the site file is a fact of an incident that runs.

use super::*;

fn change(keys: &[&str]) -> Intent {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    Intent::ChangeSite { keys }
}

#[test]
fn it_is_recorded_and_moves_nothing() {
    let before = declared().at(5);
    let (stands, tenures) = (before.stands("look"), before.state.tenures().to_vec());
    let after = before.does(change(&["roles.it-lead.holder.phone"]));
    let Fact::Known(Event::SiteChanged { keys, .. }) = &after.records.last().unwrap().fact else {
        panic!("{:?}", after.records.last());
    };
    assert_eq!(keys, &["roles.it-lead.holder.phone"]);
    assert_eq!((after.stands("look"), after.state.tenures().to_vec()), (stands, tenures));
    assert_eq!(after.state.conflicts(), []);
}

#[test]
fn no_change_and_a_change_after_the_end_are_refused() {
    assert_eq!(declared().at(5).refuses(change(&[])), Refusal::NothingToRecord);
    let over = declared().at(5).does(Intent::FalseAlarm { reason: text("a filter") });
    assert!(matches!(over.refuses(change(&["site.callback"])), Refusal::Ended { .. }));
}

#[test]
fn the_same_key_takes_the_same_change_once() {
    let given = declared().at(5);
    let request =
        Request { key: Some("k".to_owned()), ..given.request(change(&["site.callback"])) };
    let given = given.sends(&request);
    assert!(matches!(given.ask(&request), Ok(Verdict::Already(..))));
    let other = Request { key: Some("k".to_owned()), ..given.request(change(&["site.name"])) };
    assert!(matches!(given.ask(&other), Err(Refusal::KeyUsed { .. })));
}
