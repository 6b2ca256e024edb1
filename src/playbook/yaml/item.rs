//! An entry of `steps`: a step, or in a file that people write the use of one that lies in a step set.

use super::super::findings::Findings;
use super::super::sets::{USE, use_of};
use super::read::{Read, Under};
use super::schema::{Said, Schema, Word, must};
use super::shape::Step;
use super::tree::Node;

/// A step. What a step set holds was put in its place before.
#[derive(Debug)]
pub(in crate::playbook) struct Item<'s>(pub(in crate::playbook) Step<'s>);

impl<'s> Read<'s> for Item<'s> {
    const SHAPE: &'static str = Step::SHAPE;

    fn read(node: Node<'s>, under: Under<'_>, findings: &mut Findings<'s>) -> Option<Self> {
        let Some(at) = use_of(&node) else { return Step::read(node, under, findings).map(Self) };
        // Expansion has said already why it still stands here.
        if !findings.is_expanded() {
            let help = "write the step itself here: no step set is at hand".to_owned();
            findings.error_help(at, "`use` was not replaced by its step", help);
        }
        None
    }

    fn schema(said: &Said) -> Schema {
        let words = must(Word::Like("^[a-z0-9][a-z0-9-]{0,63}/[a-z0-9][a-z0-9-]{0,63}$"));
        let step = Schema::of(&words).described("The step set, a slash, and the step.");
        let used = Schema::keys("A step that lies in a step set.", vec![(USE, words, step)]);
        Schema::by_key(USE, used, Step::schema(said))
    }
}
