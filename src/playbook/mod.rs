//! What should happen. Pure: text in, a [`Playbook`] or all diagnostics out.
//!
//! Absent here on purpose: files, clocks, terminals. Only `yaml` knows the file format.

mod compile;
mod decode;
mod diagnostic;
mod diff;
mod exercise;
mod findings;
mod format;
mod id;
mod kind;
mod library;
mod lint;
mod model;
mod placeholder;
mod printable;
mod rule;
mod sets;
mod sms;
mod starter;
mod words;
mod yaml;

pub use compile::{
    Compiled, CompiledExercise, Outline, StepSet, compile, compile_exercise, compile_pinned,
    compile_set, is_exercise, outline, proposed_id, set_schema,
};
pub use decode::decode;
pub(crate) use decode::decode_as;
pub use diagnostic::{Diagnostic, Lines, Place, Severity};
pub use diff::{Change, Piece, Subject, What, diff};
pub use exercise::{
    Exercise, Happening, Inject, NoHappening, Objective, When, WorldChange, exercise_schema,
};
pub use id::{
    ChannelId, EntryId, ExerciseId, FieldId, InjectId, MAX_SLUG, ObjectiveId, OptionId, PhaseId,
    PlaybookId, RoleId, ScenarioId, SegmentId, ServiceId, SetId, SlugError, StepId, TemplateId,
};
pub use library::{
    BUILT_IN, Candidate, Shelf, builtin, builtin_exercises, builtin_files, builtin_sets,
};
pub use lint::{Known, Linted, SiteFacts, lint};
pub use model::{
    Accepted, Approval, Approved, Channel, Check, Choice, Condition, Decision, Due, EscalateTo,
    Escalation, Field, FieldKind, Form, Opening, Outreach, Phase, Playbook, Repeat, Role, Segment,
    Step, Target, Template,
};
pub use placeholder::first_placeholder;
pub use printable::is_unprintable;
pub use rule::{About, Acceptance, Rule};
pub use sets::{
    Assembled, Checked, Draft, Located, SetFile, Sets, SourceFile, Unusable, assemble, check,
    is_step_set,
};
pub use sms::{Encoding, Measure, measure};
pub use starter::{RenameError, STARTER, STARTER_SET, renamed};
pub use words::{Count, ExerciseKind, InjectKind, KpiId, Mark, NoteKind, Rating};
pub use yaml::{MAX_SIZE, Others, Schema, schema};

/// How the files of the house are read: the other kinds of them stand on the same reader.
pub(crate) mod reading {
    pub(crate) use super::compile::{date, length, line, number, one_of, prose, slug};
    pub(crate) use super::findings::{Findings, Span, closest, key, quoted};
    pub(crate) use super::format::format_is_known;
    pub(crate) use super::kind::FileKind;
    pub(crate) use super::words::words;
    pub(crate) use super::yaml::{
        Entries, Flag, List, Node, OneOrMany, Read, Said, Schema, Short, Slot, Text, Under, Value,
        Word, map, may, must, parse, shape, slot, tree, unknown_key,
    };
}
