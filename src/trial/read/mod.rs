//! From what a file says to a [`Script`], or everything that is in the way.

mod branches;
mod deed;
mod entry;
mod expect;
mod figure;
mod lookup;

use std::collections::HashSet;

use super::model::{Act, Answers, Entry, Scenario, Script, Start, zero};
use super::shape::{self, File};
use crate::engine::{Person, Text as Words, Timestamp};
use crate::playbook::reading::{
    Entries, FileKind, Findings, OneOrMany, Short, Slot, Span, Text, format_is_known, key, line,
    parse, quoted, slug,
};
use crate::playbook::{
    Diagnostic, FieldKind, Form, Playbook, RoleId, ScenarioId, Severity, Step, StepId,
};
pub(super) use deed::INITIALS;
use lookup::Lookup;

/// Why the playbook that a test names cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPlaybook {
    /// What is wrong.
    pub message: String,
    /// What to write or to do instead.
    pub help: Option<String>,
}

/// Whether a text is that of a playbook test, whatever is wrong with it.
#[must_use]
pub fn is_test(text: &str) -> bool {
    let key = FileKind::Test.format_key();
    text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
}

/// Reads the text of a playbook test. `find` gives the playbook that it names.
///
/// # Errors
/// Everything that is wrong and doubtful, in the order of the file; at least one is an error.
pub fn read(
    text: &str,
    find: impl FnOnce(&str) -> Result<Playbook, NoPlaybook>,
) -> Result<Script, Vec<Diagnostic>> {
    let mut findings = Findings::of(FileKind::Test, text);
    let read = resolve(text, find, &mut findings);
    let usable = !findings.any_error();
    let mut found = findings.into_sorted();
    if !usable {
        // Doubts about a file that cannot be used would only hide what is wrong with it.
        found.retain(|one| one.severity == Severity::Error);
    }
    match read {
        Some((book, scenarios)) if usable => Ok(Script { book, scenarios, warnings: found }),
        Some(_) | None => Err(found),
    }
}

fn resolve<'s>(
    text: &'s str,
    find: impl FnOnce(&str) -> Result<Playbook, NoPlaybook>,
    findings: &mut Findings<'s>,
) -> Option<(Playbook, Vec<Scenario>)> {
    let file: File<'s> = parse(text, findings)?;
    if !format_is_known(&file.format, file.at, findings) {
        return None;
    }
    let named = file.playbook.required("playbook", file.at, findings)?;
    let book = match find(named.value.trim()) {
        Ok(book) => book,
        Err(NoPlaybook { message, help }) => {
            findings.error_help(named.span, message, help);
            return None;
        }
    };
    let scenarios = Reader { lookup: Lookup { book: &book }, findings }.file(&file);
    Some((book, scenarios))
}

/// Holds the words of a file against its playbook.
struct Reader<'b, 'f, 's> {
    lookup: Lookup<'b>,
    findings: &'f mut Findings<'s>,
}

impl<'s> Reader<'_, '_, 's> {
    fn file(&mut self, file: &File<'s>) -> Vec<Scenario> {
        let start = file.start.given().map(|raw| self.start(raw));
        let answers = self.answers(&file.answers, Answers::default());
        let except = self.steps(&file.except);
        let shared = Shared {
            start: start.unwrap_or_else(|| Start::plain(self.lookup.book)),
            answers,
            except,
        };
        let mut all = Vec::new();
        if let Some(list) = file.scenarios.given() {
            if list.value.is_empty() {
                self.findings.error(list.span, format!("{} is empty", key("scenarios")));
            }
            let mut seen = HashSet::new();
            let raw = list.value.iter().flatten();
            all.extend(raw.filter_map(|raw| self.scenario(raw, &shared, &mut seen)));
        }
        if let Some(table) = file.branches.given() {
            let rows = table.value.iter().filter_map(|(_, rows)| rows.as_ref());
            if table.value.is_empty() || rows.clone().any(|rows| rows.value.is_empty()) {
                let help = "write `DECISION: {ANSWER: {opens: [...], closes: [...]}}`".to_owned();
                self.findings.error_help(table.span, "a decision has no answers here", help);
            }
            all.extend(self.branches(table, &shared));
        }
        if file.scenarios.is_absent() && file.branches.is_absent() {
            let message = "there is no scenario in this test";
            let help = "write `scenarios:`, `branches:` or both".to_owned();
            self.findings.error_help(file.at, message, help);
        }
        all
    }

    fn scenario(
        &mut self,
        raw: &shape::Scenario<'s>,
        shared: &Shared,
        seen: &mut HashSet<ScenarioId>,
    ) -> Option<Scenario> {
        let text = raw.id.required("id", raw.at, self.findings);
        let id: Option<ScenarioId> = text.and_then(|text| slug(text, self.findings));
        if let (Some(text), Some(id)) = (text, &id)
            && !seen.insert(id.clone())
        {
            let message = format!("there is a scenario {} above", quoted(id.as_str()));
            self.findings.error_help(text.span, message, "give it another name".to_owned());
        }
        let title = raw.title.given().and_then(|text| line(text, "title", self.findings));
        let start = raw.start.given().map(|raw| self.start(raw));
        let start = start.unwrap_or_else(|| shared.start.clone());
        let answers = self.answers(&raw.answers, shared.answers.clone());
        let mut except = shared.except.clone();
        except.extend(self.steps(&raw.except));
        let script = self.script(raw, &start, &except);
        if !script.is_empty() && !script.iter().any(Entry::can_fail) {
            let message = "this scenario expects nothing, so it can hardly fail";
            let at = text.map_or(raw.at, |text| text.span);
            self.findings.warn(at, message, "add `expect:` to one of its entries");
        }
        let (name, title) = (id?.to_string(), title.unwrap_or_default());
        Some(Scenario { name, title, branch: false, start, answers, script })
    }

    fn script(
        &mut self,
        raw: &shape::Scenario<'s>,
        start: &Start,
        except: &[StepId],
    ) -> Vec<Entry> {
        let Some(list) = raw.script.required("script", raw.at, self.findings) else {
            return Vec::new();
        };
        if list.value.is_empty() {
            self.findings.error(list.span, format!("{} is empty", key("script")));
        }
        let mut now = start.at;
        let mut script = Vec::with_capacity(list.value.len());
        for raw in list.value.iter().flatten() {
            let entry = self.entry(raw, now, except);
            now = entry.at;
            script.push(entry);
        }
        script
    }

    fn start(&mut self, raw: &shape::Start<'s>) -> Start {
        let mut start = Start::plain(self.lookup.book);
        let suspected = self.time(&raw.suspected, zero());
        let typed = self.time(&raw.time, zero());
        if let (Some(text), Some(_)) = (raw.time.given(), suspected) {
            let message = "`at` and `suspected` do not go together";
            let help = "a suspected incident is declared by `mark: declared` in the script";
            self.findings.error_help(text.span, message, help.to_owned());
        }
        if let (Some(text), Some(typed)) = (raw.time.given(), typed)
            && typed < zero()
        {
            let message = "T+0 cannot come after it was written down";
            let help = "for an incident that is declared later: `suspected: -20m`".to_owned();
            self.findings.error_help(text.span, message, help);
        }
        start.suspected = !raw.suspected.is_absent();
        start.at = suspected.or(typed).unwrap_or(start.at);
        (start.onset, start.detected) =
            (self.past(&raw.onset, start.at), self.past(&raw.detected, start.at));
        if let Some(people) = raw.assign.given() {
            start.holders = self.people(people);
        }
        let times = [&raw.time, &raw.suspected, &raw.onset, &raw.detected];
        if raw.assign.is_absent() && times.iter().all(|slot| slot.is_absent()) {
            self.findings.error(raw.at, format!("{} is empty", key("start")));
        }
        start
    }

    /// A time that has come when the incident begins.
    fn past(&mut self, slot: &Slot<Text<'s>>, now: Timestamp) -> Option<Timestamp> {
        let at = self.time(slot, now)?;
        if let Some(text) = slot.given().filter(|_| at > now) {
            let message = "this is after the incident begins";
            self.findings.error_help(text.span, message, "put it in the script".to_owned());
        }
        Some(at)
    }

    /// Roles and people.
    fn people(&mut self, entries: &Entries<'s, Text<'s>>) -> Vec<(RoleId, Person)> {
        let mut all = Vec::with_capacity(entries.value.len());
        for (name, person) in &entries.value {
            let role = self.lookup.role(name, self.findings).map(|role| role.id.clone());
            let person = person.as_ref().and_then(|text| self.person(text));
            all.extend(role.zip(person));
        }
        all
    }

    fn person(&mut self, text: &Text<'s>) -> Option<Person> {
        match Person::new(&text.value) {
            Ok(person) => Some(person),
            Err(why) => {
                self.findings.error(text.span, format!("this name cannot be used: {why}"));
                None
            }
        }
    }

    /// What the crew answers, over what it answers already.
    fn answers(&mut self, slot: &Slot<shape::Answers<'s>>, mut all: Answers) -> Answers {
        let Some(entries) = slot.given() else { return all };
        for (name, value) in &entries.value {
            let Some(step) = self.lookup.step(name, self.findings) else { continue };
            match (value, &step.form) {
                (Some(Short::Words(text)), Form::Decision(_)) => {
                    let option = lookup::option(step, text, self.findings);
                    all.options.extend(option.map(|option| (step.id.clone(), option)));
                }
                (Some(Short::Full(answers)), Form::Collect(_)) => {
                    let given = self.given(step, answers, zero());
                    all.fields.entry(step.id.clone()).or_default().extend(given);
                }
                (Some(value), form) => self.wrong_answer(step, value, form),
                (None, _) => {}
            }
        }
        all
    }

    fn wrong_answer(&mut self, step: &Step, value: &Short<'s, Entries<'s, Text<'s>>>, form: &Form) {
        let span = match value {
            Short::Words(text) => text.span,
            Short::Full(entries) => entries.span,
        };
        let id = quoted(step.id.as_str());
        let (message, help) = match form {
            Form::Decision(_) => (
                format!("{id} is a decision: it takes one of its answers"),
                format!("write `{}: ANSWER`", step.id),
            ),
            Form::Collect(_) => (
                format!("{id} asks for several things: it takes a map of them"),
                format!("write `{}: {{NAME: ANSWER}}`", step.id),
            ),
            Form::Action | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
                (format!("{id} asks for nothing"), "leave it out: the crew just does it".to_owned())
            }
        };
        self.findings.error_help(span, message, help);
    }

    /// What a step asks for, by name. Times become what records hold.
    fn given(
        &mut self,
        step: &Step,
        entries: &Entries<'s, Text<'s>>,
        now: Timestamp,
    ) -> Vec<(String, Words)> {
        let mut all = Vec::with_capacity(entries.value.len());
        for (name, value) in &entries.value {
            let field = lookup::field(step, name, self.findings);
            let (Some(field), Some(text)) = (field, value) else { continue };
            let words = match field.kind {
                FieldKind::Time(_) => self.offset(text, now).map(|at| at.to_string()),
                FieldKind::Text
                | FieldKind::Number(_)
                | FieldKind::YesNo
                | FieldKind::Choice(_) => self.words(text),
            };
            all.extend(words.map(|words| (field.id.to_string(), Words::Plain(words))));
        }
        all
    }

    /// Words as a record holds them.
    fn words(&mut self, text: &Text<'s>) -> Option<String> {
        match crate::engine::words(&text.value) {
            Ok(words) => Some(words),
            Err(why) => {
                self.findings.error(text.span, format!("this cannot be recorded: {why}"));
                None
            }
        }
    }

    fn steps(&mut self, slot: &Slot<OneOrMany<'s>>) -> Vec<StepId> {
        let Some(OneOrMany(list)) = slot.given() else { return Vec::new() };
        let words = list.value.iter().flatten();
        words
            .filter_map(|text| self.lookup.step(text, self.findings))
            .map(|step| step.id.clone())
            .collect()
    }

    fn time(&mut self, slot: &Slot<Text<'s>>, base: Timestamp) -> Option<Timestamp> {
        slot.given().and_then(|text| self.offset(text, base))
    }

    fn offset(&mut self, text: &Text<'s>, base: Timestamp) -> Option<Timestamp> {
        lookup::offset(text, base, self.findings)
    }

    /// Reports what goes only with something else.
    fn stray<T>(&mut self, slot: &Slot<T>, at: Span, name: &str, with: &str) {
        if slot.is_absent() {
            return;
        }
        let message = format!("{} goes only with {with}", key(name));
        self.findings.error_help(at, message, "leave it out".to_owned());
    }
}

/// What holds for every scenario of a file that does not say so itself.
struct Shared {
    start: Start,
    answers: Answers,
    except: Vec<StepId>,
}

impl Entry {
    /// Whether it holds what happens against what the scenario says.
    fn can_fail(&self) -> bool {
        !self.expect.is_empty() || self.act.as_ref().is_some_and(Act::can_fail)
    }
}
