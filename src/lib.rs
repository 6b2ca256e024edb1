//! `runbook` is an outage runbook executor for pharmacies, clinics and hospitals. This page is the
//! architecture: what the rooms of the house are, what must always hold, and what the words mean.
//!
//! # Bird's eye
//!
//! [`playbook`] (what should happen) → [`engine`] (what may happen) → [`journal`] (what did happen) →
//! [`report`] (what we say happened). [`session`] is the one door where an intent becomes a fact;
//! [`walk`] and [`cli`] are hands on that door; [`ui`] is how it looks; [`world`] is all that we do not
//! control. [`outreach`] holds what may be said of patients, [`drill`] what an exercise will tell its
//! players, [`site`] how staff and vendors are reached, [`transcript`] what a scribe types from paper,
//! [`trial`] what should come of a playbook: scripted incidents, played in memory; [`mod@reference`] what
//! people look up; [`binder`] puts all of it on paper. [`readiness`] judges what a site does in quiet times.
//!
//! One recorded answer goes this way: a verb or the walk makes an [`engine::Intent`];
//! [`session::Session::execute`] takes the lock, reads what others appended, takes the time once, asks
//! [`engine::decide`], appends one line and syncs it, gives the lock back, and returns a
//! [`session::Receipt`]. Only then does anybody read "Saved".
//!
//! # Code map
//!
//! | room | holds | never |
//! |---|---|---|
//! | [`playbook`] | the model, YAML with spans, step sets, the compiler, lint, the schema, differences, the built-in playbooks | files, clocks, terminals |
//! | [`engine`] | intents, events, the fold, decisions, due times, refusals | I/O, time, chance, panics |
//! | [`drill`] | what an exercise is about to tell its players | the same; whoever plays must not see it |
//! | [`outreach`] | what looks like patient information | the same |
//! | [`site`] | whom to reach, how, and what is missing: the site file | the same |
//! | [`transcript`] | lines typed from paper → entries in the order in which they happened | the same |
//! | [`mod@reference`] | channels, tools, rules of law, wordings, documents, each with source and day | the same |
//! | [`readiness`] | what is asked of a site in quiet times, how exercises are counted, verdicts | the same |
//! | [`journal`] | record ↔ line, verification, the writer, merging, incident folders | clocks, words for people |
//! | [`session`] | begin, resume, execute, archives | questions, terminals |
//! | [`report`] | figures, status, timeline, hand-over sheet, after-action report, comparisons, one renderer per form | files, judgement |
//! | [`trial`] | playbook tests: scenarios, the crew that plays them, what is not as they say | files, clocks, terminals |
//! | [`binder`] | a playbook, or an incident's copy with its answers, as one file of HTML | files, the clock |
//! | [`ui`] | prompts, tables, what text may reach a terminal | decisions |
//! | [`walk`] | the interactive walk, the evaluation of an exercise, the hot wash | appending |
//! | [`world`] | clock, chance, environment, streams, signals, other files | rules |
//! | [`cli`] | argv, one file per verb, hints, exit codes | rules |
//!
//! Imports point one way: `playbook` ← `engine` ← `drill`, `outreach`, `site`, `journal` ← `session` ← `walk` ← `cli`;
//! `transcript` stands on `outreach`, `report` on `playbook`, `engine` and `drill`, `trial` on `playbook`, `engine`
//! and `report`, `reference` on `playbook` and `site`, `readiness` on these and `engine`, `binder` on all of them
//! but `trial`, `ui` on
//! what it shows, `world` on the engine's time. A test reads the sources and enforces it.
//!
//! # Invariants
//!
//! - Nothing is acknowledged before it is on disk, and a sync that failed is never tried again.
//! - Nothing is ever edited, truncated or removed. A correction, and the withdrawal of what did not
//!   happen, are records that point at another.
//! - [`engine::State::apply`] is the only way state changes: live, resumed, merged, reported, verified.
//!   It is total: records that cannot both be true become conflicts in the report.
//! - [`engine::decide`] refuses only work on steps that a decision closed, and what would falsify the
//!   record. Order is advice; care is never blocked.
//! - A relapse takes back what restored and verified a service: recovery work that was answered before it
//!   is asked for again once the service is back, and closing waits for it. The first answers stay.
//! - Every fact has two times: when it happened and when it was written down. What is written down later
//!   was possible or not when it happened, whatever came since.
//! - What came from paper names who did it and who typed it in. Lines typed from paper are on disk before
//!   their number shows, and in the log once they are saved, in the order in which things happened.
//! - T+0 is the effective time of the first declaration. Correcting it moves due times and figures; it
//!   re-judges no answer that was given.
//! - After the end an incident takes notes, corrections, late milestones, and what the hot wash and the
//!   evaluation come to: observations, ratings, findings, the improvement plan, the places of the report.
//!   Nothing else. These are held after the end; they judge the work, and change no answer that was
//!   given, no figure and no due time.
//! - Whether something is overdue, or a report is owed, is computed from the log and the day; it is
//!   stored nowhere.
//! - A standing log is a journal like an incident's, with the 90-day plan as its pinned playbook, and is
//!   no incident: it is in no list of them, in no figure, and never ends.
//! - A figure that the log cannot support is absent, never zero.
//! - Nobody appends to another install's file. Records of several writers are ordered by hybrid logical
//!   clock, writer and number, never by wall time alone.
//! - No environment variable and no option sets the clock of a live incident; the first record says
//!   which clock it ran on. An exercise's clock is made of records and never runs backwards. The machine that
//!   set it counts on by the time since boot, so that its wall clock moves nothing; another machine goes by
//!   its wall clock until its own first record, and moves the clock of others by five minutes at most, which
//!   shows as a conflict.
//! - Practice and the real thing are not mixed up by a guess: beside an exercise a verb without a name means
//!   the live incident only where that was started later, and says so; the facilitator's verbs mean the
//!   exercise; anything else is asked.
//! - What only an exercise records is refused in a live incident, and a live log that holds it is an
//!   integrity problem. Players see what was delivered, never what is to come.
//! - An exercise counts for no more than its log shows: practice is named as that, with the reason, and only
//!   a recorded activation exempts, never from the exercise of choice. What lies in the wrong folder, or
//!   under another name than its log has, takes no more records.
//! - Silence is never an answer: without a terminal nothing is asked, and Enter alone takes only what a
//!   question names, never a step.
//! - A rule that is only proposed says so wherever it is shown, and every entry of the reference data
//!   names its source and the day somebody looked there.
//! - Paper holds nothing that runs or is fetched, and no text of a file is ever markup.
//! - What one person does stands in the log under no other name: whoever sits down at a terminal says who
//!   they are, or an option or `$RUNBOOK_BY` does; Enter names nobody but whom the question shows.
//! - A rating is a person's judgement: nothing computes one, no arithmetic is done on them, whoever plays
//!   gives none, and players read none before the end. What nobody filled in says so.
//! - What names patients lies under `private/`, never in an incident's folder.
//!
//! # Words
//!
//! *Playbook*, *phase*, *step*, *role*, *person*. A *step set* holds steps that several playbooks share;
//! they are put in their places as text before anything else reads a playbook. An *incident* is one execution of a playbook, live or
//! exercise. An *intent* is what somebody wants to record, an *event* is a fact in the past tense, a
//! *record* is an event sealed into the journal, *state* is the fold of records, a *refusal* says why
//! an intent is not possible now. A *playbook test* holds *scenarios*: incidents on an exercise clock, in
//! which a *crew* does what falls due; none of them is recorded anywhere. A *hand-over* passes a role on;
//! both sides *confirm* it with initials, or it is flagged. The *scribe* types in from paper what others
//! did. The *site file* says whom to reach and how; it lies in the home, never in an
//! incident. A *writer* is one install: one machine, OS user and home folder. A *checkpoint* names the
//! newest record of a writer for somebody else to keep. A *finding* is a strength or an area for
//! improvement, an *action* a line of an incident's improvement plan: somebody *closes* it with evidence
//! and somebody else *verifies* it. *Evidence* is what the log proposes to whoever judges; a *rating* (P,
//! S, M, U) is how an evaluator says an objective was met. A *standing log* holds what makes the site ready
//! in quiet times.
//!
//! # What this cannot do
//!
//! A tail that was cut cleanly, or a log that was rewritten as a whole, cannot be seen from the file
//! alone: it takes a checkpoint that somebody else kept ([`journal::verify`]). Persons are asserted,
//! not authenticated, and two spellings of a name are two persons until people say otherwise. Durability needs a disk that honours a flush.

pub mod playbook;

pub mod engine;

pub mod drill;

pub mod outreach;

pub mod site;

pub mod transcript;

pub mod reference;

pub mod journal;

pub mod readiness;

pub mod session;

pub mod world;

pub mod report;

pub mod trial;

pub mod binder;

pub mod ui;

pub mod walk;

pub mod cli;
