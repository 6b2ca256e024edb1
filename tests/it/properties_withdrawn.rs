//! Random facts of two writers about few steps, and one of them withdrawn: wherever the withdrawal
//! is sorted, what is left is what the other records alone come to.

use std::collections::BTreeMap;

use outage_runbook::engine::{
    Actor, Digest, Event, Fact, Hlc, Offset, Outcome, Record, RecordRef, Source, Stamp, State,
    StepDone, Text, Timestamp, WriterId,
};
use outage_runbook::playbook::{Mark, StepId};
use proptest::prelude::*;

const STEPS: [&str; 2] = ["look", "call"];
const MARKS: [Mark; 2] = [Mark::Detected, Mark::Restored];

/// One fact, as numbers.
#[derive(Debug, Clone, Copy)]
struct Draw {
    kind: u8,
    writer: u8,
    step: usize,
    occurrence: u32,
    option: usize,
    reaches: bool,
}

/// Facts about steps and milestones; approvals are the last kind.
fn draws(kinds: u8) -> impl Strategy<Value = Vec<Draw>> {
    let one = (0..kinds, 0..2_u8, 0..2_usize, 0..4_u32, 0..2_usize, any::<bool>());
    let one = one.prop_map(|(kind, writer, step, occurrence, option, reaches)| {
        // Mostly the first occurrence; one that does not exist now and then.
        let occurrence = [1, 1, 2, 0][occurrence as usize];
        Draw { kind, writer, step, occurrence, option, reaches }
    });
    prop::collection::vec(one, 1..16)
}

const APPROVALS: u8 = 11;
const NO_APPROVALS: u8 = 10;

impl Draw {
    fn step(&self) -> StepId {
        STEPS[self.step].parse().unwrap()
    }

    fn event(&self) -> Event {
        let (step, occurrence, reason) = (self.step(), self.occurrence, text());
        let milestone = self.reaches.then_some(MARKS[self.option]);
        let (because, initials) = (None, None);
        match self.kind {
            0 => Event::StepBegun { step, occurrence },
            1 | 2 => Event::StepDone(StepDone {
                step,
                occurrence,
                answers: BTreeMap::new(),
                note: None,
                initials,
                milestone,
            }),
            3 => Event::StepSkipped { step, occurrence, reason },
            4 => Event::StepFailed { step, occurrence, reason },
            5 => {
                let until =
                    Timestamp::from_millis(60_000 * (1 + i64::try_from(self.option).unwrap()))
                        .unwrap();
                Event::StepDeferred { step, occurrence, until, reason }
            }
            6 => Event::StepReopened { step, occurrence, reason },
            7 => {
                let option = ["here", "there"][self.option].parse().unwrap();
                Event::DecisionTaken { step, occurrence, option, because, initials, milestone }
            }
            8 => Event::MilestoneMarked { mark: MARKS[self.option], service: None },
            9 if self.reaches && self.option == 0 => {
                Event::IncidentClosed { anyway: None, missing: Vec::new() }
            }
            9 => Event::IncidentDeclared {},
            _ => {
                let (reason, own_work) = (None, false);
                Event::StepApproved { step, occurrence, own_work, reason, initials, milestone }
            }
        }
    }
}

fn text() -> Text {
    Text::Plain("why".to_owned())
}

fn at(writer: u8, seq: u64) -> RecordRef {
    RecordRef {
        writer: WriterId::from_random([writer; 16]),
        seq,
        h: Digest::from_bytes([writer; 32]),
    }
}

/// Between every two facts there is room for two withdrawals, before the first one too.
fn place(index: usize) -> u64 {
    10 * (index as u64 + 1)
}

fn record(writer: u8, place: u64, event: Event) -> Record {
    let wall = Timestamp::from_millis(1_000 * i64::try_from(place).unwrap()).unwrap();
    let stamp = Stamp {
        wall,
        offset: Offset::UTC,
        hlc: Hlc(wall.millis(), 0),
        boot: None,
        mono: None,
        actor: Actor::default(),
        scribe: None,
        src: Source::Typed,
        occurred_at: None,
        key: None,
        seen: Vec::new(),
        exercise_time: None,
    };
    Record { at: at(writer, place), stamp, fact: Fact::Known(event) }
}

fn records(draws: &[Draw]) -> Vec<Record> {
    let numbered = draws.iter().enumerate();
    numbered.map(|(index, draw)| record(draw.writer, place(index), draw.event())).collect()
}

fn withdrawal(before: usize, nth: u64, target: &RecordRef) -> Record {
    let event = Event::RecordWithdrawn { target: target.clone(), reason: text() };
    record(u8::try_from(nth).unwrap() % 2, place(before) - 5 + nth, event)
}

/// In merged order.
fn fold(records: &[Record]) -> State {
    let mut all: Vec<&Record> = records.iter().collect();
    all.sort_by_key(|record| record.stamp.hlc);
    let mut state = State::default();
    for record in all {
        state.apply(record);
    }
    state
}

fn with(records: &[Record], more: impl IntoIterator<Item = Record>) -> State {
    fold(&records.iter().cloned().chain(more).collect::<Vec<_>>())
}

/// Everything that rests on the facts; not what the log says of itself, and not that a withdrawal
/// itself came after the end.
fn seen(state: &State) -> String {
    let steps = STEPS.map(|step| {
        let all = state.steps().of(&step.parse().unwrap()).iter();
        all.map(|o| (&o.outcome, o.put_off, &o.begun, &o.approvals)).collect::<Vec<_>>()
    });
    let fact = |record: &RecordRef| record.seq.is_multiple_of(10);
    let conflicts = state.conflicts().iter().filter(|conflict| fact(&conflict.record));
    let conflicts: Vec<_> = conflicts.map(|c| (c.record.seq, &c.kind)).collect();
    format!("{steps:#?}\n{:#?}\n{conflicts:#?}\n{:?}", state.marks(), state.life())
}

fn can_go(draw: &Draw) -> bool {
    draw.kind != 9
}

/// The work that stands in an occurrence: what an approval would be given to.
fn work(state: &State, about: &Draw) -> Option<(RecordRef, bool)> {
    let index = usize::try_from(about.occurrence).unwrap().checked_sub(1)?;
    let outcome = &state.steps().of(&about.step()).get(index)?.outcome;
    let own = matches!(outcome, Outcome::Approved { .. });
    outcome.moment().filter(|_| outcome.is_settled()).map(|moment| (moment.record.clone(), own))
}

/// The other records, without the approvals that go with the target: those that were given to it, and
/// those that would finish a step of which only withdrawn work is known.
fn others(draws: &[Draw], all: &[Record], target: usize, before: usize) -> Vec<Record> {
    let gone = &draws[target];
    let mut kept: Vec<Record> = Vec::new();
    let mut undone = false;
    for (index, (draw, record)) in draws.iter().zip(all).enumerate() {
        if index == target {
            undone = matches!(draw.kind, 1 | 2 | 7);
            continue;
        }
        let here =
            draw.occurrence > 0 && (draw.step, draw.occurrence) == (gone.step, gone.occurrence);
        if here && draw.kind == 6 {
            undone = false;
        }
        if here && draw.kind == 10 && index > target {
            let given = work(&fold(&all[..index]), draw);
            let to_it = given == Some((all[target].at.clone(), false)) && before > index;
            if to_it || (undone && work(&fold(&kept), draw).is_none()) {
                continue;
            }
        }
        kept.push(record.clone());
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Before the target or after it, once or twice, and with the state written down in between.
    #[test]
    fn a_withdrawn_record_might_as_well_not_be_there(
        draws in draws(NO_APPROVALS), target in any::<prop::sample::Index>(),
    ) {
        let all = records(&draws);
        let target = target.index(draws.len());
        prop_assume!(can_go(&draws[target]));
        let mut without = all.clone();
        without.remove(target);
        let expected = seen(&fold(&without));
        let gone = &all[target].at;
        for before in 0..=all.len() {
            let state = with(&all, [withdrawal(before, 1, gone)]);
            prop_assert_eq!(seen(&state), expected.clone(), "{} before {}", target, before);
            let twice = with(&all, [withdrawal(before, 1, gone), withdrawal(all.len(), 2, gone)]);
            prop_assert_eq!(seen(&twice), expected.clone(), "twice, {} before {}", target, before);
            prop_assert!(!state.rests_on(gone));
        }
        let json = serde_json::to_string(&fold(&all)).unwrap();
        let mut state: State = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&state, &fold(&all));
        state.apply(&withdrawal(all.len(), 1, gone));
        prop_assert_eq!(seen(&state), expected);
    }

    /// With approvals, which go with the work that they were given to. (A milestone that an approval
    /// reached is its own fact and stays: no milestones here.)
    #[test]
    fn approvals_go_with_their_work(
        draws in draws(APPROVALS), target in any::<prop::sample::Index>(),
    ) {
        let draws: Vec<Draw> = draws.into_iter().map(|draw| Draw { reaches: false, ..draw }).collect();
        let all = records(&draws);
        let target = target.index(draws.len());
        prop_assume!(can_go(&draws[target]));
        for before in 0..=all.len() {
            let state = with(&all, [withdrawal(before, 1, &all[target].at)]);
            let expected = fold(&others(&draws, &all, target, before));
            prop_assert_eq!(seen(&state), seen(&expected), "{} before {}", target, before);
        }
    }

    /// Of two withdrawals either may come first.
    #[test]
    fn withdrawals_commute(
        draws in draws(APPROVALS),
        targets in any::<(prop::sample::Index, prop::sample::Index)>(),
        before in any::<prop::sample::Index>(),
    ) {
        let all = records(&draws);
        let one = &all[targets.0.index(all.len())].at;
        let two = &all[targets.1.index(all.len())].at;
        let before = before.index(all.len() + 1);
        let forth = with(&all, [withdrawal(before, 1, one), withdrawal(before, 2, two)]);
        let back = with(&all, [withdrawal(before, 1, two), withdrawal(before, 2, one)]);
        prop_assert_eq!(seen(&forth), seen(&back));
    }
}

/// An approval after the end goes with its work. Withdrawn itself, it leaves no conflict behind,
/// whichever of the two withdrawals came first.
#[test]
fn an_approval_and_its_work_may_go_in_any_order() {
    let draw = |kind, reaches| Draw { kind, writer: 0, step: 0, occurrence: 1, option: 0, reaches };
    let all = records(&[draw(1, false), draw(9, true), draw(10, false)]);
    let (work, approval) = (&all[0].at, &all[2].at);
    let forth = with(&all, [withdrawal(3, 1, approval), withdrawal(3, 2, work)]);
    let back = with(&all, [withdrawal(3, 1, work), withdrawal(3, 2, approval)]);
    assert_eq!(seen(&forth), seen(&back));
    assert!(!seen(&back).contains("AfterEnd"));
    let kept = with(&all, [withdrawal(3, 1, work)]);
    assert!(seen(&kept).contains("AfterEnd"), "the approval itself was not withdrawn");
}
