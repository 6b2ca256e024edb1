//! Two incidents that are linked, and what comes between opening the second and recording it.

use std::cell::Cell;
use std::fs::File;

use super::*;
use crate::engine::{Digest, Mode, Offset, Person, Refusal, Source, Text, Timestamp};
use crate::journal::{Home, JournalError};
use crate::playbook::{RoleId, compile};
use crate::world::{Clock, Console, Ids, Input, Place, Zone};

const BOOK: &str = include_str!("../../../tests/it/fixtures/every-form.yaml");

struct Desk {
    _root: tempfile::TempDir,
    world: World,
    home: Home,
}

fn book(id: &str) -> Pinned {
    let text = BOOK.replace("id: every-form", &format!("id: {id}"));
    let book = compile(&text).unwrap().playbook;
    Pinned { book, text, sources: Vec::new() }
}

fn at(clock: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-01-22T{clock}:00Z")).unwrap()
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

fn request(intent: Intent, key: Option<&str>) -> Request {
    let actor = Actor { person: Some(person("Ana Diaz")), role: None };
    let key = key.map(str::to_owned);
    Request { intent, actor, occurred: None, key, src: Source::Typed }
}

fn wanted(key: Option<&str>) -> Request {
    let playbook = "other-form".parse().unwrap();
    let reason = Text::Plain("A note".to_owned());
    request(Intent::Escalate { incident: String::new(), playbook, reason }, key)
}

impl Desk {
    fn new() -> (Self, Session) {
        let root = tempfile::tempdir().unwrap();
        let home = root.path().join("home");
        let place = Place {
            user_home: None,
            home: home.clone(),
            cwd: root.path().to_owned(),
            by: None,
            user: None,
            install: Digest::from_bytes([1; 32]),
        };
        let console = Console {
            out: Box::new(std::io::sink()),
            err: Box::new(std::io::sink()),
            input: Input::Other,
            width: 80,
        };
        let zone = Zone::Fixed(Offset::from_minutes(0).unwrap());
        let clock = Clock::Stepped(Cell::new(at("15:00")));
        let world = World { clock, ids: Ids::Seeded(Cell::new(1)), zone, place, console };
        let desk = Self { _root: root, world, home: Home::at(home) };
        let lead = Assignment {
            role: "lead".parse::<RoleId>().unwrap(),
            person: person("Ana Diaz"),
            deputy: false,
            since: None,
        };
        let plan = Plan {
            pinned: book("every-form"),
            title: None,
            site: None,
            mode: Mode::Live,
            suspected: false,
            onset: None,
            detected: None,
            declared: Some(at("14:00")),
            assignments: vec![lead],
            actor: Actor { person: Some(person("Ana Diaz")), role: None },
            linked_from: None,
            exercise: None,
            standing: false,
        };
        let (session, _) = Session::begin(&desk.world, &desk.home, &plan).unwrap();
        (desk, session)
    }

    fn incidents(&self) -> usize {
        self.home.list().unwrap().len()
    }

    fn again(&self, session: &Session) -> Session {
        Session::resume(&self.world, &self.home, session.id()).unwrap()
    }

    /// A linked incident is open, and the first one does not say so.
    fn half(&self, session: &Session) -> IncidentId {
        let plan = session.carried_over(&self.world, &wanted(None).actor, book("other-form"));
        let (linked, _) = Session::begin(&self.world, &self.home, &plan).unwrap();
        linked.id().clone()
    }
}

#[test]
fn an_error_after_the_opening_names_what_is_open() {
    let (desk, mut session) = Desk::new();
    let linked = desk.half(&session);
    session.refresh().unwrap();
    let lock = File::open(desk.home.lock(session.id(), session.journal.writer())).unwrap();
    lock.lock().unwrap();
    let error = session.link(&desk.world, wanted(None), &linked).unwrap_err();
    let said = error.to_string();
    let expected = format!("opened {linked}, but it is NOT recorded in {}: ", session.id());
    assert!(said.starts_with(&expected), "{said}");
    let SessionError::Unlinked { because, .. } = error else { panic!("{said}") };
    assert!(matches!(*because, SessionError::Journal(JournalError::Busy { .. })));
}

#[test]
fn a_retry_takes_what_is_open_and_only_adds_the_record() {
    for key in [None, Some("k")] {
        let (desk, session) = Desk::new();
        let opened = desk.half(&session);
        // The program has ended since.
        let mut session = desk.again(&session);
        let done = session.escalate(&desk.world, book("other-form"), wanted(key)).unwrap();
        assert_eq!((done.incident.as_str(), done.adopted), (opened.as_str(), true));
        assert_eq!(done.receipt.recorded.len(), 1);
        assert_eq!(done.session.unwrap().id(), &opened);
        assert_eq!(desk.incidents(), 2);
        if key.is_some() {
            let done = session.escalate(&desk.world, book("other-form"), wanted(key)).unwrap();
            assert!(done.receipt.already.is_some() && done.session.is_none());
            assert_eq!((done.incident.as_str(), desk.incidents()), (opened.as_str(), 2));
        }
        // What is on record is not taken again: without a key this is another one.
        let done = session.escalate(&desk.world, book("other-form"), wanted(None)).unwrap();
        assert!(!done.adopted && done.incident != opened.as_str());
        assert_eq!(desk.incidents(), 3);
    }
}

#[test]
fn what_has_ended_or_follows_another_playbook_is_not_taken() {
    let (desk, mut session) = Desk::new();
    let opened = desk.half(&session);
    let done = session.escalate(&desk.world, book("third-form"), wanted(None)).unwrap();
    assert!(!done.adopted && done.incident != opened.as_str());
    let mut linked = Session::resume(&desk.world, &desk.home, &opened).unwrap();
    let reason = Text::Plain("nothing".to_owned());
    linked.execute(&desk.world, &request(Intent::FalseAlarm { reason }, None)).unwrap();
    let done = session.escalate(&desk.world, book("other-form"), wanted(None)).unwrap();
    assert!(!done.adopted && done.incident != opened.as_str());
}

#[test]
fn what_others_recorded_meanwhile_comes_along_and_is_still_news() {
    let (desk, mut session) = Desk::new();
    let mut other = desk.again(&session);
    let lead = "lead".parse::<RoleId>().unwrap();
    let over = Intent::HandOver {
        role: lead.clone(),
        to: person("Ben Ito"),
        note: None,
        confirmed: Vec::new(),
    };
    other.execute(&desk.world, &request(over, None)).unwrap();
    let reading = other.read_all().unwrap();
    let declared = reading
        .records()
        .into_iter()
        .find(|record| matches!(record.fact, Fact::Known(Event::IncidentDeclared {})));
    let note = Text::Plain("by the phone log".to_owned());
    let target = declared.unwrap().at.clone();
    let correct = Intent::Correct { target, note, occurred: Some(at("13:40")) };
    other.execute(&desk.world, &request(correct, None)).unwrap();
    let done = session.escalate(&desk.world, book("other-form"), wanted(None)).unwrap();
    let linked = done.session.unwrap();
    assert_eq!(linked.state().t0(), Some(at("13:40")));
    let holders: Vec<&str> =
        linked.state().holders(&lead).map(|tenure| tenure.person.as_str()).collect();
    assert_eq!(holders, ["Ben Ito"]);
    assert_eq!(session.refresh().unwrap().len(), 2, "still to be told");
}

#[test]
fn an_incident_that_somebody_ended_meanwhile_opens_nothing() {
    let (desk, mut session) = Desk::new();
    let mut other = desk.again(&session);
    let reason = Text::Plain("nothing".to_owned());
    other.execute(&desk.world, &request(Intent::FalseAlarm { reason }, None)).unwrap();
    let refused = session.escalate(&desk.world, book("other-form"), wanted(None));
    assert!(matches!(refused, Err(SessionError::Refused(Refusal::Ended { .. }))));
    assert_eq!(desk.incidents(), 1);
}
