//! How an incident comes into being.

use crate::engine::{
    Actor, ClockKind, ClockSetting, Event, ExerciseStarted, Hlc, IncidentOpened, Intent, Mode,
    Person, Record, Request, Source, SourceDigest, Speed, Stamp, State, Text, Timestamp,
    not_in_future, try_out,
};
use crate::journal::{Draft, Home, IncidentId, JournalError};
use crate::playbook::{Mark, Playbook, RoleId};
use crate::world::World;

use super::hand::stamp;
use super::{Receipt, Session, SessionError, install};

/// The version of this program, as the first record of an incident names it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Somebody who holds a role from the beginning.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// The role.
    pub role: RoleId,
    /// Who.
    pub person: Person,
    /// As stand-in.
    pub deputy: bool,
    /// Since when, if that was earlier than now.
    pub since: Option<Timestamp>,
}

/// A playbook as an incident keeps it.
#[derive(Debug, Clone)]
pub struct Pinned {
    /// The playbook, compiled.
    pub book: Playbook,
    /// Its bytes, with every shared step in its place.
    pub text: String,
    /// The files it is made of, its own first.
    pub sources: Vec<SourceDigest>,
}

/// What a new incident starts with.
#[derive(Debug)]
pub struct Plan {
    /// The playbook.
    pub pinned: Pinned,
    /// What to call it; the playbook's title if absent.
    pub title: Option<Text>,
    /// Where.
    pub site: Option<Text>,
    /// For real or for practice.
    pub mode: Mode,
    /// Open it without declaring it.
    pub suspected: bool,
    /// Since when the service is down.
    pub onset: Option<Timestamp>,
    /// When somebody noticed.
    pub detected: Option<Timestamp>,
    /// T+0, if that was earlier than now; for a suspected incident, when it was opened.
    pub declared: Option<Timestamp>,
    /// Who takes which role.
    pub assignments: Vec<Assignment>,
    /// Who starts it.
    pub actor: Actor,
    /// The incident it grew out of.
    pub linked_from: Option<String>,
    /// What an exercise has beyond an incident, if it is run with a facilitator and a clock of its own.
    pub exercise: Option<ExercisePlan>,
    /// It is no incident but the site's standing log.
    pub standing: bool,
}

/// What an exercise starts with beyond an incident.
#[derive(Debug, Clone)]
pub struct ExercisePlan {
    /// Which exercise, by whom.
    pub started: ExerciseStarted,
    /// Its definition's bytes, which are pinned beside the playbook; absent where it has none of its own.
    pub definition: Option<String>,
    /// How fast its clock runs; absent = only by hand.
    pub speed: Option<Speed>,
    /// It stands still at first.
    pub paused: bool,
    /// What its clock shows at first; absent = the real time.
    pub at: Option<Timestamp>,
}

impl ExercisePlan {
    fn setting(&self, real: Timestamp) -> ClockSetting {
        let Self { speed, paused, at, .. } = *self;
        ClockSetting { at: at.unwrap_or(real), speed, paused }
    }
}

/// Where an incident comes from that ran on paper before any computer knew of it.
#[derive(Debug)]
pub struct FromPaper {
    /// Who types it in.
    pub scribe: Person,
    /// The key of its first record, by which a repeat finds it.
    pub key: String,
}

impl Session {
    /// Opens a new incident. When this returns, it is on disk.
    ///
    /// # Errors
    /// A refusal for times in the future; otherwise what the files say.
    pub fn begin(world: &World, home: &Home, plan: &Plan) -> Result<(Self, Receipt), SessionError> {
        Self::begin_as(world, home, plan, None)
    }

    /// Opens an incident that ran on paper, and goes on as the scribe.
    ///
    /// # Errors
    /// As [`Session::begin`].
    pub fn begin_on_paper(
        world: &World,
        home: &Home,
        plan: &Plan,
        paper: &FromPaper,
    ) -> Result<(Self, Receipt), SessionError> {
        let (mut session, receipt) = Self::begin_as(world, home, plan, Some(paper))?;
        session.typed_in_by(paper.scribe.clone());
        Ok((session, receipt))
    }

    /// What a plan would begin with: the state, and the records that it would rest on. Nothing is written.
    #[must_use]
    pub fn rehearse_begin(world: &World, plan: &Plan) -> (State, Vec<Record>) {
        let (mut state, mut records) = (State::default(), Vec::new());
        let now = world.clock.now();
        for (event, occurred) in opening_events(world, plan, None) {
            let (actor, src) = (plan.actor.clone(), Source::Paper);
            let intent = Intent::Declare;
            let request = Request { intent, actor, occurred, key: None, src };
            records.push(try_out(&mut state, now, &request, event, usize::MAX));
        }
        (state, records)
    }

    fn begin_as(
        world: &World,
        home: &Home,
        plan: &Plan,
        paper: Option<&FromPaper>,
    ) -> Result<(Self, Receipt), SessionError> {
        let install = install(world, home)?;
        let clock = world.clock.read();
        let setting = plan.exercise.as_ref().map(|exercise| exercise.setting(clock.wall));
        let exercise_time = setting.map(|setting| setting.at);
        let roles = plan.assignments.iter().map(|assignment| assignment.since);
        for at in roles.chain([plan.onset, plan.detected, plan.declared]).flatten() {
            let now = exercise_time.unwrap_or(clock.wall);
            not_in_future(Some(at), now).map_err(SessionError::Refused)?;
        }
        let mut hlc = Hlc::default();
        let entries: Vec<(Stamp, Event)> = opening_events(world, plan, setting)
            .into_iter()
            .map(|(event, occurred)| {
                hlc = hlc.next(clock.wall);
                let stamp = stamp(world, &clock, hlc, &plan.actor, occurred, exercise_time);
                (stamped(stamp, paper, &event), event)
            })
            .collect();
        let id = new_id(world, plan, plan.declared.filter(|_| paper.is_some()))?;
        let playbook = plan.pinned.text.as_bytes();
        let exercise = plan.exercise.as_ref().and_then(|e| e.definition.as_ref());
        let exercise = exercise.map(String::as_bytes);
        let draft = Draft { id: &id, playbook, exercise, writer: &install, entries };
        let recorded = home.create(draft)?;
        let mut session = Self::open(home, &id, install)?;
        session.known.last_clock = Some((clock.boot, clock.mono, clock.wall));
        let checkpoint = session.checkpoint();
        let advice = Vec::new();
        Ok((session, Receipt { recorded, already: None, advice, remarks: Vec::new(), checkpoint }))
    }
}

/// What ran on paper says so; the key stands in the first record.
fn stamped(stamp: Stamp, paper: Option<&FromPaper>, event: &Event) -> Stamp {
    let Some(FromPaper { scribe, key }) = paper else { return stamp };
    let key = matches!(event, Event::IncidentOpened(_)).then(|| key.clone());
    Stamp { scribe: Some(scribe.clone()), src: Source::Paper, key, ..stamp }
}

/// The first records of an incident, each with the time at which it happened.
fn opening_events(
    world: &World,
    plan: &Plan,
    setting: Option<ClockSetting>,
) -> Vec<(Event, Option<Timestamp>)> {
    let book = &plan.pinned.book;
    let opened = IncidentOpened {
        playbook: book.id.clone(),
        version: book.version.clone(),
        title: plan.title.clone().unwrap_or_else(|| Text::Plain(book.title.clone())),
        site: plan.site.clone(),
        mode: plan.mode,
        clock: setting.map_or(world.clock.kind(), |_| ClockKind::Stepped),
        runbook: VERSION.to_owned(),
        linked_from: plan.linked_from.clone(),
        standing: plan.standing,
        sources: plan.pinned.sources.clone(),
    };
    let suspected_at = plan.declared.filter(|_| plan.suspected);
    let mut events = vec![(Event::IncidentOpened(opened), suspected_at)];
    let exercise = plan.exercise.as_ref();
    let started =
        exercise.map(|exercise| Event::ExerciseStarted(Box::new(exercise.started.clone())));
    let clock = setting.map(Event::ExerciseClockSet);
    events.extend(started.into_iter().chain(clock).map(|event| (event, None)));
    for (mark, at) in [(Mark::Onset, plan.onset), (Mark::Detected, plan.detected)] {
        if at.is_some() {
            events.push((Event::MilestoneMarked { mark, service: None }, at));
        }
    }
    if !plan.suspected {
        events.push((Event::IncidentDeclared {}, plan.declared));
    }
    let assigned = plan.assignments.iter().cloned();
    events.extend(assigned.map(|Assignment { role, person, deputy, since }| {
        (Event::RoleAssigned { role, person, deputy }, since)
    }));
    events
}

/// `email-outage-20260122-7k3q`, with `x-` in front for an exercise; `standing-20260122-7k3q` for a
/// standing log. The day is the local one; the last four characters tell incidents of one day apart.
fn new_id(
    world: &World,
    plan: &Plan,
    opened: Option<Timestamp>,
) -> Result<IncidentId, SessionError> {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    // What comes from paper is looked for by the day on which it happened.
    let day = opened.unwrap_or(world.clock.now());
    let day = day.at_offset(world.zone.offset_at(day)).format("%Y%m%d");
    let random: String = world
        .ids
        .bytes::<4>()?
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    let prefix = match plan.mode {
        Mode::Live => "",
        Mode::Exercise => "x-",
    };
    let stem: String = plan.pinned.book.id.as_str().chars().take(40).collect();
    let stem = if plan.standing { "standing" } else { plain_stem(&stem) };
    let name = format!("{prefix}{}-{day}-{random}", stem.trim_end_matches('-'));
    name.parse().map_err(|_| SessionError::Journal(JournalError::NoSuchIncident { given: name }))
}

/// A live incident must look neither like an exercise nor like a standing log, whatever its playbook is
/// called.
fn plain_stem(id: &str) -> &str {
    let marked = |word: &str| {
        ["x-", "standing-"].iter().find_map(|mark| word.strip_prefix(mark).map(str::len))
    };
    let mut stem = id;
    while let Some(rest) = marked(stem) {
        stem = &stem[stem.len() - rest..];
    }
    // A name of nothing but marks: what is left is no name.
    if stem.is_empty() || stem == "x" || stem == "standing" { "incident" } else { stem }
}

#[cfg(test)]
mod tests {
    use super::plain_stem;

    #[test]
    fn no_incident_is_taken_for_something_else_by_its_name() {
        for (id, stem) in [
            ("email-outage", "email-outage"),
            ("x-ray", "ray"),
            ("standing-x-y", "y"),
            ("x-standing-order", "order"),
            ("standing", "incident"),
            ("x", "incident"),
            ("xray", "xray"),
        ] {
            assert_eq!(plain_stem(id), stem, "{id}");
        }
    }
}
