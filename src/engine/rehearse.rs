//! What a list of requests would come to, one after the other, while nothing is recorded: whoever has
//! a pile of paper wants to know all that is wrong with it before the first line goes into the log, and
//! whoever tests a playbook plays incidents that never were.

use super::answered::answered_marks;
use super::decide::{Advice, Verdict, decide};
use super::event::Event;
use super::intent::{Intent, Request};
use super::record::{Fact, Record, RecordRef, Stamp, WriterId};
use super::refusal::Refusal;
use super::state::State;
use super::text::Digest;
use super::time::{Offset, Timestamp};
use crate::playbook::Playbook;

/// What one request would come to.
#[derive(Debug)]
pub struct Rehearsed {
    /// What would be recorded. The records point nowhere: see [`rehearsed_as`].
    pub records: Vec<Record>,
    /// Where and when the same stands already: in the log, or in an earlier request.
    pub already: Option<(RecordRef, Timestamp)>,
    /// What is worth saying.
    pub advice: Vec<Advice>,
}

/// What requests would come to in this order. One that is refused changes nothing for those after it.
#[must_use]
pub fn rehearse(
    book: &Playbook,
    mut state: State,
    now: Timestamp,
    requests: &[Request],
) -> Vec<Result<Rehearsed, Refusal>> {
    let numbered = requests.iter().enumerate();
    numbered.map(|(number, request)| rehearse_one(book, &mut state, now, request, number)).collect()
}

/// What request `number` comes to; the state goes on from it.
///
/// # Errors
/// The refusal; the state is as it was then.
pub fn rehearse_one(
    book: &Playbook,
    state: &mut State,
    now: Timestamp,
    request: &Request,
    number: usize,
) -> Result<Rehearsed, Refusal> {
    let (events, advice) = match decide(book, state, now, request)? {
        Verdict::Already(record, at, advice) => {
            return Ok(Rehearsed { records: Vec::new(), already: Some((record, at)), advice });
        }
        Verdict::Record(events, advice) => (events, advice),
    };
    let mut records = Vec::new();
    for event in events {
        let marks = answered_marks(book, &event);
        records.push(try_out(state, now, request, event, number));
        for (mark, at) in marks {
            let request = Request {
                intent: Intent::Mark { mark, service: None },
                occurred: Some(at),
                key: None,
                ..request.clone()
            };
            if let Ok(Verdict::Record(events, _)) = decide(book, state, now, &request) {
                let told =
                    events.into_iter().map(|event| try_out(state, now, &request, event, number));
                records.extend(told);
            }
        }
    }
    Ok(Rehearsed { records, already: None, advice })
}

/// Applies an event as if request `number` had been recorded. The record is like one of the log in all
/// that the fold looks at.
pub fn try_out(
    state: &mut State,
    now: Timestamp,
    request: &Request,
    event: Event,
    number: usize,
) -> Record {
    let seq = state.head(&nobody()).map_or(0, |head| head.seq) + 1;
    let stamp = Stamp {
        wall: now,
        offset: Offset::UTC,
        hlc: state.clock().next(now),
        boot: None,
        mono: None,
        actor: request.actor.clone(),
        scribe: None,
        src: request.src,
        occurred_at: request.occurred.filter(|at| *at != now),
        key: request.key.clone(),
        seen: Vec::new(),
        exercise_time: state.exercise().clock().map(|_| now),
    };
    let at = RecordRef { writer: nobody(), seq, h: hash(number, seq) };
    let record = Record { at, stamp, fact: Fact::Known(event) };
    state.apply(&record);
    record
}

/// The request that a record of a rehearsal stands for; nothing for a record of the log.
#[must_use]
pub fn rehearsed_as(record: &RecordRef) -> Option<usize> {
    let number: [u8; 8] = record.h.bytes().get(..8)?.try_into().ok()?;
    let number = usize::try_from(u64::from_be_bytes(number)).ok()?;
    (record.writer == nobody() && record.h == hash(number, record.seq)).then_some(number)
}

/// Chance never gives an install this id.
fn nobody() -> WriterId {
    WriterId::from_random([0; 16])
}

fn hash(number: usize, seq: u64) -> Digest {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    bytes[8..16].copy_from_slice(&seq.to_be_bytes());
    Digest::from_bytes(bytes)
}
