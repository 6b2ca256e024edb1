//! What the rules object to, before anybody has looked at what the file accepts.

use super::super::findings::Span;
use super::super::rule::Rule;

/// One objection.
pub(super) struct Objection<'b> {
    pub(super) rule: Rule,
    /// The id of what it is about; nothing where the playbook as a whole is meant.
    pub(super) at: Option<&'b str>,
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// All objections so far.
#[derive(Default)]
pub(super) struct Advice<'b> {
    pub(super) all: Vec<Objection<'b>>,
}

impl<'b> Advice<'b> {
    /// An expert would object to something about `at`.
    pub(super) fn say(
        &mut self,
        rule: Rule,
        at: &'b str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(rule, Some(at), span, message.into(), help.into());
    }

    /// An expert would object to something about the playbook as a whole.
    pub(super) fn say_of_all(
        &mut self,
        rule: Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(rule, None, span, message.into(), help.into());
    }

    fn push(&mut self, rule: Rule, at: Option<&'b str>, span: Span, message: String, help: String) {
        self.all.push(Objection { rule, at, span, message, help });
    }
}
