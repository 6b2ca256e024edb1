//! The playbook tests that lie beside the shipped playbooks: what they have to show, and that playing
//! one in memory is what the program itself would have recorded.

use std::cell::Cell;
use std::path::Path;

use outage_runbook::engine::{
    Actor, Digest, Ending, Event, Fact, Offset, Record, State, Timestamp, views,
};
use outage_runbook::journal::Home;
use outage_runbook::playbook::{KpiId, Mark, Playbook, builtin, compile};
use outage_runbook::report::{Figure, figures};
use outage_runbook::session::{Archive, Assignment, Pinned, Plan, Session};
use outage_runbook::trial::{Coverage, Played, Script, draft, play, read, since_t0};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};

use crate::schema::{as_editor, faults};
use crate::support::Sandbox;

/// The text of the test beside a shipped playbook.
fn text(id: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    std::fs::read_to_string(folder.join(format!("{id}.test.yaml"))).unwrap()
}

fn script(id: &str) -> Script {
    let (_, book) = builtin().iter().find(|(name, _)| *name == id).unwrap();
    read(&text(id), |name| {
        assert_eq!(name, id);
        Ok(compile(book).unwrap().playbook)
    })
    .unwrap_or_else(|found| panic!("{id}: {found:#?}"))
}

fn play_all(script: &Script) -> Vec<Played> {
    script.scenarios.iter().map(|scenario| play(script, scenario)).collect()
}

fn figure(book: &Playbook, played: &Played, id: KpiId) -> Figure {
    let all = figures(book, &played.state, played.until);
    all.into_iter().find(|figure| figure.id == id).unwrap()
}

/// When a milestone was marked, every time.
fn marked(played: &Played, mark: Mark) -> Vec<Timestamp> {
    let marks = played.state.marks().iter().filter(|marked| marked.mark == mark);
    marks.map(|marked| played.state.time_of(&marked.moment)).collect()
}

/// Closed after the work, with nothing missing.
fn is_closed(state: &State) -> bool {
    matches!(state.ending(), Some(Ending::Closed { anyway: None, .. }))
}

/// The five kinds of scenario that each playbook has to have, by what happens in them.
fn kinds(book: &Playbook, played: &Played) -> [(&'static str, bool); 4] {
    let hours_2 = chrono::TimeDelta::hours(2);
    let on_time = figure(book, played, KpiId::StepOnTimeRate).value;
    let is_late = figure(book, played, KpiId::TimeToDeclare).met == Some(false);
    let (restored, relapsed) = (marked(played, Mark::Restored), marked(played, Mark::Relapsed));
    let again = relapsed.iter().any(|relapse| {
        restored.iter().any(|at| at < relapse) && restored.iter().any(|at| at > relapse)
    });
    let early = restored.iter().any(|at| since_t0(*at) < hours_2)
        && !marked(played, Mark::Verified).is_empty();
    [
        ("happy path", is_closed(&played.state) && on_time >= Some(1.0)),
        ("late declaration", is_late),
        ("recovery before hour 2", early),
        ("relapse", again && is_closed(&played.state)),
    ]
}

#[test]
fn every_shipped_playbook_passes_its_tests_and_leaves_nothing_out() {
    for (id, _) in builtin() {
        let script = script(id);
        assert_eq!(script.warnings, [], "{id}");
        let played = play_all(&script);
        for one in &played {
            assert_eq!(one.faults, [], "{id}: {}", one.name);
        }
        let left = Coverage::of(&script.book, &played);
        assert_eq!((left.options_left, left.steps_left), (Vec::new(), Vec::new()), "{id}");
        // A row of the table for every answer: what it opens and closes, and no more.
        assert_eq!(played.iter().filter(|one| one.branch).count(), left.options, "{id}");
        let own: Vec<&Played> = played.iter().filter(|one| !one.branch).collect();
        for kind in 0..4 {
            let is_it = |one: &&&Played| kinds(&script.book, one)[kind].1;
            let name = kinds(&script.book, own[0])[kind].0;
            assert!(own.iter().any(|one| is_it(&one)), "{id}: no {name}");
        }
    }
}

/// A first test is one that passes and gives every answer, whatever the playbook.
#[test]
fn a_draft_of_every_shipped_playbook_passes() {
    for (id, text) in builtin() {
        let book = compile(text).unwrap().playbook;
        let draft = draft(&book);
        let script =
            read(&draft, |_| Ok(book.clone())).unwrap_or_else(|all| panic!("{id} {all:#?}"));
        let played = play_all(&script);
        let failed = played.iter().find(|one| !one.is_ok()).map(|one| &one.faults);
        assert_eq!(failed, None, "{id}");
        assert_eq!(Coverage::of(&book, &played).options_left, [], "{id}");
        assert!(draft.contains("- {close: ready}\n"), "{id}");
        assert!(draft.lines().all(|line| line.len() <= 110), "{id}");
    }
}

/// A change of the playbook that its test does not notice would make the test worthless.
#[test]
fn a_changed_playbook_fails_its_test() {
    for (from, to) in [
        ("closes: [second-route, fix-ours]", "closes: [fix-ours]"),
        ("opens: [scam-warning, press-answer]", "opens: [scam-warning]"),
        ("title: The whole company, opens: [corporate-briefing]", "title: The whole company"),
        ("leads_to: ransomware", "leads_to: m365-outage"),
        ("milestone: verified", "milestone: stood-down"),
        ("milestone: first-outreach", "milestone: first-reached"),
        ("repeat: {every: 2h, until: verified}", "repeat: {every: 2h, until: restored}"),
        ("declare_within: 30m", "declare_within: 4h"),
        (
            "escalate: {after: 10m, to: incident-lead}\n        do: |\n          Newest",
            "escalate: {after: 20m, to: incident-lead}\n        do: |\n          Newest",
        ),
        ("opens: restored", "opens: verified"),
        ("type: number, count: listed", "type: number"),
    ] {
        let (_, text) = builtin()[0];
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let book = compile(&changed).unwrap_or_else(|found| panic!("{from}: {found:#?}")).playbook;
        let script = read(&self::text("email-outage"), |_| Ok(book)).unwrap();
        // The short ones come last in the file.
        let mut all = script.scenarios.iter().rev();
        assert!(all.any(|scenario| !play(&script, scenario).is_ok()), "{from} -> {to}");
    }
}

#[test]
fn the_committed_schema_of_tests_accepts_every_shipped_one() {
    let printed = Sandbox::bare().ok("schema --test");
    snapbox::assert_data_eq!(&printed, snapbox::file!["../../playbooks/test.schema.json"].raw());
    let schema = serde_json::from_str(&printed).unwrap();
    for (id, _) in builtin() {
        let text = text(id);
        let modeline = "# yaml-language-server: $schema=./test.schema.json";
        assert_eq!(text.lines().next(), Some(modeline), "{id}");
        assert_eq!(faults(&schema, &as_editor(&text)), Vec::<String>::new(), "{id}");
    }
}

/// A machine with a stepped clock, as drills and these tests have it.
fn machine(root: &Path, now: Timestamp) -> (World, Home) {
    let home = root.join("home");
    let place = Place {
        user_home: None,
        home: home.clone(),
        cwd: root.to_owned(),
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
    let (clock, ids) = (Clock::Stepped(Cell::new(now)), Ids::Seeded(Cell::new(1)));
    let world = World { clock, ids, zone: Zone::Fixed(Offset::UTC), place, console };
    (world, Home::at(home))
}

/// What the first records of a scenario say of its beginning.
fn plan(book: &Playbook, source: &str, played: &Played) -> Plan {
    let asked = played.requests.first().map_or(usize::MAX, |(_, request)| {
        let key = request.key.as_deref();
        let first = |record: &Record| record.stamp.key.as_deref() == key;
        played.records.iter().position(first).unwrap_or(played.records.len())
    });
    let opening = &played.records[..asked.min(played.records.len())];
    let mut plan = Plan {
        pinned: Pinned { book: book.clone(), text: source.to_owned(), sources: Vec::new() },
        title: None,
        site: None,
        mode: outage_runbook::engine::Mode::Exercise,
        suspected: true,
        onset: None,
        detected: None,
        declared: None,
        assignments: Vec::new(),
        actor: Actor { person: opening[0].stamp.actor.person.clone(), role: None },
        linked_from: None,
        exercise: None,
        standing: false,
    };
    for record in opening {
        let Fact::Known(event) = &record.fact else { panic!("{record:?}") };
        let at = Some(record.effective());
        match event {
            Event::IncidentDeclared {} => (plan.suspected, plan.declared) = (false, at),
            Event::MilestoneMarked { mark: Mark::Onset, .. } => plan.onset = at,
            Event::MilestoneMarked { mark: Mark::Detected, .. } => plan.detected = at,
            Event::RoleAssigned { role, person, deputy } => plan.assignments.push(Assignment {
                role: role.clone(),
                person: person.clone(),
                deputy: *deputy,
                since: record.stamp.occurred_at,
            }),
            Event::IncidentOpened(_) => {}
            other => panic!("{other:?}"),
        }
    }
    plan
}

/// What a record says, without the hash and the role that only a journal can give it.
fn said(record: &Record) -> String {
    let (stamp, fact) = (&record.stamp, &record.fact);
    let by = &stamp.actor.person;
    format!("{} {:?} {by:?} {:?} {fact:?}", stamp.wall, stamp.occurred_at, stamp.key)
}

/// The same requests, at the same times, through the real session with its journal on disk: the same
/// records, the same steps, the same figures.
#[test]
fn what_is_played_in_memory_is_what_a_session_records() {
    let (id, source) = builtin()[0];
    let script = script(id);
    for name in ["late-declaration", "first-doubt", "relapse", "attack", "alone-at-night"] {
        let scenario = script.scenarios.iter().find(|one| one.name == name).unwrap();
        let played = play(&script, scenario);
        let root = tempfile::tempdir().unwrap();
        let (world, home) = machine(root.path(), played.records[0].stamp.wall);
        let plan = plan(&script.book, source, &played);
        let (mut session, _) = Session::begin(&world, &home, &plan).unwrap();
        for (at, request) in &played.requests {
            let Clock::Stepped(now) = &world.clock else { panic!("a real clock") };
            now.set(*at);
            // What is refused here was refused there: no record of it follows.
            let _ = session.execute(&world, request);
        }
        let archive = Archive::read(&world, &home, session.id()).unwrap();
        assert_eq!(archive.problems(), Vec::<String>::new());
        let recorded: Vec<String> = archive.records().iter().map(said).collect();
        let expected: Vec<String> = played.records.iter().map(said).collect();
        assert_eq!(recorded, expected, "{name}");
        let figures_of = |state: &State| figures(&script.book, state, played.until);
        assert_eq!(figures_of(&archive.state), figures_of(&played.state), "{name}");
        let stands = |state: &State| -> Vec<String> {
            let all = views(&script.book, state, played.until);
            let line = |view: &outage_runbook::engine::StepView<'_>| {
                format!("{} {:?} {:?} {}", view.step.id, view.status, view.due, view.overdue)
            };
            all.iter().map(line).collect()
        };
        assert_eq!(stands(&archive.state), stands(&played.state), "{name}");
    }
}
