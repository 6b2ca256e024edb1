//! What happens under the lock: the file is made fit, the clock is looked at, the facts are appended.

use crate::engine::{
    Actor, ClockReading, Event, Hlc, Intent, Outcome, Person, Record, RecordRef, Refusal, Request,
    Source, Stamp, State, Tenure, Timestamp, Verdict, answered_marks, decide,
};
use crate::journal::{JournalError, Locked, Need};
use crate::playbook::{Mark, Playbook, RoleId, Step};
use crate::world::World;

use super::Work;

/// From this difference between wall and monotonic time on, the clock was moved.
const JUMP: chrono::TimeDelta = chrono::TimeDelta::minutes(5);

/// What the clocks said at this install's last record.
pub(super) type LastClock = crate::journal::Clock;

/// The hand that holds the lock.
pub(super) struct Hand<'a, 'b> {
    world: &'a World,
    clock: ClockReading,
    scribe: Option<&'a Person>,
    state: &'a mut State,
    locked: &'a mut Locked<'b>,
}

impl<'a, 'b> Hand<'a, 'b> {
    pub(super) fn new(
        world: &'a World,
        clock: ClockReading,
        scribe: Option<&'a Person>,
        state: &'a mut State,
        locked: &'a mut Locked<'b>,
    ) -> Self {
        Self { world, clock, scribe, state, locked }
    }

    pub(super) fn into_clock(self) -> ClockReading {
        self.clock
    }

    /// `event` is absent where the journal speaks of itself.
    fn stamp(&self, actor: &Actor, occurred: Option<Timestamp>, event: Option<&Event>) -> Stamp {
        let hlc = self.locked.latest().max(self.state.clock()).next(self.clock.wall);
        let seen = self.locked.unseen();
        let exercise_time = self.state.runs_on_its_clock(event).then(|| self.now());
        Stamp { seen, ..stamp(self.world, &self.clock, hlc, actor, occurred, exercise_time) }
    }

    /// The time that counts in this incident.
    fn now(&self) -> Timestamp {
        self.state.now(&self.clock)
    }

    /// Sets a torn tail apart, or goes on in a new file where the own one is damaged.
    pub(super) fn mend(&mut self) -> Result<Vec<String>, JournalError> {
        let said = match self.locked.need() {
            Need::Nothing => return Ok(Vec::new()),
            Need::Repair { length, .. } => format!(
                "the log ended within an entry that was never acknowledged; its {length} bytes were set apart"
            ),
            Need::Continuation { because } => {
                format!(
                    "the log file is damaged ({because}); it stays as it is and a new file goes on"
                )
            }
        };
        let stamp = self.stamp(&Actor::default(), None, None);
        if let Some(record) = self.locked.mend(stamp)? {
            self.state.apply(&record);
        }
        Ok(vec![said])
    }

    /// A wall clock that moved against the machine's own time is itself a fact.
    pub(super) fn note_jump(&mut self, last: &LastClock) -> Result<Vec<String>, JournalError> {
        let Some(by) = last.as_ref().and_then(|last| jump(last, &self.clock)) else {
            return Ok(Vec::new());
        };
        let stamp = self.stamp(&Actor::default(), None, None);
        let event = Event::ClockJumped { by_ms: by.num_milliseconds() };
        let record = self.locked.append(stamp, event)?;
        self.state.apply(&record);
        Ok(vec![format!(
            "the machine's clock was moved by {} minutes; it is in the log",
            by.num_minutes()
        )])
    }

    /// Marks the milestones that an answer gives the times of, and says which it could not.
    pub(super) fn mark_all(
        &mut self,
        book: &Playbook,
        request: &Request,
        marks: Vec<(Mark, Timestamp)>,
        work: &mut Work,
    ) -> Result<(), JournalError> {
        for (mark, at) in marks {
            match self.mark_answered(book, request, mark, at)? {
                Ok(record) => work.recorded.extend(record),
                Err(Refusal::AlreadyMarked { record, .. }) => {
                    let record = record.short();
                    work.remarks.push(format!(
                        "{mark} keeps its earlier time; to change it: runbook correct {record} \
                         --occurred TIME --note TEXT"
                    ));
                }
                Err(refusal) => work.remarks.push(format!("{mark} was not marked: {refusal}")),
            }
        }
        Ok(())
    }

    /// The milestones that the answer in this record gives the times of, where they are still missing.
    pub(super) fn marks_of(&self, book: &Playbook, record: &RecordRef) -> Vec<(Mark, Timestamp)> {
        let answered = |step: &Step| {
            let outcomes = self.state.steps().of(&step.id).iter().map(|answer| &answer.outcome);
            outcomes.into_iter().find_map(|outcome| match outcome {
                Outcome::Done { moment, done } if moment.record == *record => Some(done.clone()),
                _ => None,
            })
        };
        let done = book.steps().find_map(|(_, step)| answered(step));
        let marks = done.map(|done| answered_marks(book, &Event::StepDone(done)));
        let missing = |(mark, _): &(Mark, Timestamp)| self.state.mark(*mark).is_none();
        marks.unwrap_or_default().into_iter().filter(missing).collect()
    }

    /// A milestone that an answer gives the time of; nothing where it is marked so already.
    fn mark_answered(
        &mut self,
        book: &Playbook,
        request: &Request,
        mark: Mark,
        at: Timestamp,
    ) -> Result<Result<Option<Record>, Refusal>, JournalError> {
        let request = Request {
            intent: Intent::Mark { mark, service: None },
            occurred: Some(at),
            key: None,
            ..request.clone()
        };
        match decide(book, self.state, self.now(), &request) {
            Ok(Verdict::Record(events, _)) => {
                let mut last = None;
                for event in events {
                    last = Some(self.append(book, &request, event)?);
                }
                Ok(Ok(last))
            }
            Ok(Verdict::Already(..)) => Ok(Ok(None)),
            Err(Refusal::AlreadyMarked { at: before, .. }) if before == at => Ok(Ok(None)),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    pub(super) fn append(
        &mut self,
        book: &Playbook,
        request: &Request,
        event: Event,
    ) -> Result<Record, JournalError> {
        let mut actor = request.actor.clone();
        if actor.role.is_none() {
            actor.role = acting_role(book, self.state, request);
        }
        let mut stamp = self.stamp(&actor, request.occurred, Some(&event));
        stamp.key.clone_from(&request.key);
        stamp.src = request.src;
        stamp.scribe = self.scribe.cloned();
        if event.ends() {
            stamp.seen = self.locked.other_heads();
        }
        let record = self.locked.append(stamp, event)?;
        self.state.apply(&record);
        Ok(record)
    }
}

/// How far the wall clock moved against the monotonic one since this install's last record. Without
/// a common boot only a step back can be known.
fn jump(
    (boot, mono, wall): &(Option<String>, Option<u64>, Timestamp),
    now: &ClockReading,
) -> Option<chrono::TimeDelta> {
    let passed = now.wall - *wall;
    let expected = match (mono, now.mono) {
        (Some(before), Some(after)) if boot.is_some() && *boot == now.boot => {
            let millis = i64::try_from(after).ok()? - i64::try_from(*before).ok()?;
            chrono::TimeDelta::milliseconds(millis)
        }
        _ => passed.max(chrono::TimeDelta::zero()),
    };
    let by = passed - expected;
    (by.abs() > JUMP || passed < -chrono::TimeDelta::seconds(1)).then_some(by)
}

/// The role a person acts in where none was given: the step's, if they hold it, else the only one
/// they hold. What happened earlier was done in a role that they held then, whoever holds it by now.
fn acting_role(book: &Playbook, state: &State, request: &Request) -> Option<RoleId> {
    let person = request.actor.person.as_ref()?;
    let step = request.intent.step().and_then(|id| book.step(id));
    let approves = matches!(request.intent, Intent::Approve { .. });
    let wanted = step.map(|step| match &step.approval {
        Some(approval) if approves => &approval.by,
        Some(_) | None => &step.role,
    });
    let then = request.occurred.map_or_else(Vec::new, |at| held_at(state, person, at));
    let held: Vec<&RoleId> = if then.is_empty() { state.roles_of(person).collect() } else { then };
    match (wanted.filter(|role| held.contains(role)), held.as_slice()) {
        (Some(role), _) => Some(role.clone()),
        (None, [only]) => Some((*only).clone()),
        (None, _) => None,
    }
}

/// The roles that a person held at a moment, each once.
fn held_at<'a>(state: &'a State, person: &Person, at: Timestamp) -> Vec<&'a RoleId> {
    let there = |tenure: &&Tenure| {
        tenure.person == *person
            && state.time_of(&tenure.from) <= at
            && tenure.to.as_ref().is_none_or(|to| at <= state.time_of(to))
    };
    let mut held: Vec<&RoleId> = Vec::new();
    for tenure in state.tenures().iter().filter(there) {
        if !held.contains(&&tenure.role) {
            held.push(&tenure.role);
        }
    }
    held
}

pub(super) fn stamp(
    world: &World,
    clock: &ClockReading,
    hlc: Hlc,
    actor: &Actor,
    occurred: Option<Timestamp>,
    exercise_time: Option<Timestamp>,
) -> Stamp {
    Stamp {
        wall: clock.wall,
        offset: world.zone.offset_at(exercise_time.unwrap_or(clock.wall)),
        hlc,
        boot: clock.boot.clone(),
        mono: clock.mono,
        actor: actor.clone(),
        scribe: None,
        src: Source::Typed,
        occurred_at: occurred.filter(|at| *at != exercise_time.unwrap_or(clock.wall)),
        key: None,
        seen: Vec::new(),
        exercise_time,
    }
}
