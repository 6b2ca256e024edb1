//! The steps of a role in one phase: code, action, due, time, initials; in this order everywhere, since
//! somebody types them in afterwards.

use super::markup::Html;
use super::{Sheets, say};
use crate::engine::{Status, Timestamp};
use crate::playbook::{Choice, Due, Field, FieldKind, Form, Opening, Phase, Role, Step};
use crate::report::{StepLine, When};

/// The columns, whose widths stand in the style sheet.
pub(super) fn columns(html: &mut Html) {
    html.within("colgroup", "", |html| {
        for class in ["code", "action", "due", "time", "initials"] {
            html.void("col", &[("class", class)]);
        }
    });
}

/// Their heads.
pub(super) fn column_heads(html: &mut Html) {
    html.within("tr", "", |html| {
        for head in ["Code", "Action", "Due", "Time", "Initials"] {
            html.leaf("th", "", head);
        }
    });
}

impl Sheets<'_> {
    pub(super) fn phase(&self, html: &mut Html, role: &Role, phase: &Phase) {
        let steps = || phase.steps.iter().filter(|step| step.role == role.id);
        if steps().next().is_none() {
            return;
        }
        html.within("table", "steps", |html| {
            columns(html);
            html.within("thead", "", |html| {
                html.within("tr", "", |html| {
                    html.element("th", &[("class", "phase"), ("colspan", "5")], |html| {
                        html.text(&phase.title);
                        let window = format!(" {}", self.window(phase));
                        html.leaf("span", "small", &window);
                    });
                });
                column_heads(html);
            });
            for step in steps() {
                self.step(html, step);
            }
        });
    }

    /// When a phase is open; with an incident's own times, where they are known.
    fn window(&self, phase: &Phase) -> String {
        let words = say::window(phase);
        let t0 = self.binder.incident.and_then(|report| report.status.t0);
        match (phase.opening, t0) {
            (Opening::Window { from, to }, Some(t0)) => {
                let at = |after| self.clock(When { at: t0.at + after, ..t0 });
                format!("{words} ({} to {})", at(from), at(to))
            }
            (Opening::Window { .. } | Opening::On(_), _) => words,
        }
    }

    /// One step with a line for each time it comes.
    fn step(&self, html: &mut Html, step: &Step) {
        let lines = self.answers.get(&step.id).map_or(&[][..], Vec::as_slice);
        let planned = step.repeat.map_or(1, say::lines_for);
        let closed = !lines.is_empty() && lines.iter().all(|line| line.closed_by.is_some());
        let count = planned.max(u32::try_from(lines.len()).unwrap_or(planned));
        let rows = count.to_string();
        let class = if closed { "closed" } else { "" };
        html.within("tbody", "step", |html| {
            for number in 1..=count {
                let line = lines.iter().find(|line| line.occurrence == number).copied();
                html.within("tr", if count > 1 { "again" } else { class }, |html| {
                    if number == 1 {
                        let spanned = |class| [("class", class), ("rowspan", rows.as_str())];
                        html.element("td", &spanned("code"), |html| html.text(&step.code));
                        html.element("td", &spanned("action"), |html| {
                            self.action(html, step, lines, count);
                        });
                    }
                    html.leaf("td", "due", &self.due(step, line, number));
                    self.boxes(html, step, line, number, count);
                });
            }
        });
    }

    pub(super) fn due(&self, step: &Step, line: Option<&StepLine>, number: u32) -> String {
        if let Some(due) = line.and_then(|line| line.due) {
            return self.clock(due);
        }
        let turns = i32::try_from(number - 1).unwrap_or(0);
        match (step.due, step.repeat) {
            (Some(due), _) if turns == 0 => say::due(due),
            // In an incident the next slot depends on what was answered before it.
            (Some(Due::AfterStart(after)), Some(repeat)) if self.binder.incident.is_none() => {
                say::due(Due::AfterStart(after + repeat.every * turns))
            }
            (Some(_) | None, _) => String::new(),
        }
    }

    /// What to do, and the lines to write answers on.
    fn action(&self, html: &mut Html, step: &Step, lines: &[&StepLine], count: u32) {
        let required = if step.required { " *" } else { "" };
        html.leaf("div", "title", &format!("{}{required}", step.title));
        if !step.instructions.is_empty() {
            html.leaf("div", "do", &flowing(&step.instructions));
        }
        match &step.form {
            Form::Decision(decision) => {
                html.leaf("div", "q", &decision.question);
                html.within("ul", "answers", |html| {
                    decision.options.iter().for_each(|choice| option(html, choice, lines));
                });
            }
            Form::Collect(fields) => {
                for field in fields {
                    self.ask(html, field, lines, count);
                }
            }
            Form::Action | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {}
        }
        let facts = say::facts(self.binder.book, step);
        if !facts.is_empty() {
            html.leaf("div", "facts", &facts.join(" "));
        }
        if let Some(approval) = &step.approval {
            let words = if approval.by == step.role {
                "Your yes is the whole step.".to_owned()
            } else {
                let by = say::title(self.binder.book, approval.by.as_str());
                format!("{by} has to agree: on that role's sheet.")
            };
            html.leaf("div", "facts", &words);
        }
        for line in lines {
            self.said(html, line, count);
        }
    }

    /// What was written down with an answer.
    fn said(&self, html: &mut Html, line: &StepLine, count: u32) {
        let number = if count > 1 { format!("{}: ", line.occurrence) } else { String::new() };
        if let Some(note) = &line.note {
            html.leaf("div", "given", &format!("{number}Note: {note}"));
        }
        if let Some(decision) = &line.closed_by {
            let code = say::code(self.binder.book, decision);
            html.leaf("div", "facts", &format!("{number}Left out after {code}."));
        }
    }

    /// Time and initials, empty or with what was answered.
    fn boxes(
        &self,
        html: &mut Html,
        step: &Step,
        line: Option<&StepLine>,
        number: u32,
        count: u32,
    ) {
        let answered =
            line.filter(|line| line.status != Status::Open && line.occurred_at.is_some());
        let label = if count > 1 { number.to_string() } else { String::new() };
        html.within("td", "box", |html| {
            html.leaf("span", "label", &label);
            if let Some(when) = answered.and_then(|line| line.occurred_at) {
                html.text(&self.clock(when));
            }
        });
        html.within("td", if step.critical { "box critical" } else { "box" }, |html| {
            html.leaf("span", "label", if step.critical { "INITIALS" } else { "" });
            if let Some(line) = answered {
                html.text(&signed(line));
            }
        });
    }

    /// A question with boxes to tick or a line to write on; with a line for each time that the step comes.
    fn ask(&self, html: &mut Html, field: &Field, lines: &[&StepLine], count: u32) {
        let words = match &field.kind {
            FieldKind::YesNo => vec!["yes", "no"],
            FieldKind::Choice(options) => options.iter().map(String::as_str).collect(),
            FieldKind::Text | FieldKind::Number(_) | FieldKind::Time(_) => Vec::new(),
        };
        let answer = |number: u32| {
            let line = lines.iter().find(|line| line.occurrence == number);
            line.and_then(|line| line.answers.get(&field.id)).map(|given| self.answer(field, given))
        };
        if count == 1 && !words.is_empty() {
            html.within("div", "ticks", |html| {
                question(html, field, "");
                let given = answer(1);
                for word in &words {
                    html.within("span", "name", |html| {
                        html.leaf(
                            "span",
                            "tick",
                            if given.as_deref() == Some(*word) { "X" } else { "" },
                        );
                        html.text(word);
                    });
                    html.text(" ");
                }
            });
            return;
        }
        html.within("div", "ask", |html| {
            html.within("span", "q", |html| question(html, field, &words.join(" / ")));
            for number in 1..=count {
                html.within("span", if count > 1 { "line n" } else { "line" }, |html| {
                    if count > 1 {
                        html.text(&format!("{number} "));
                    }
                    if let Some(answer) = answer(number) {
                        html.leaf("span", "given", &answer);
                    }
                });
            }
        });
    }

    /// An answer as people read it: a time on the clock of whoever prints it.
    fn answer(&self, field: &Field, given: &str) -> String {
        let at = match field.kind {
            FieldKind::Time(_) => Timestamp::parse(given),
            FieldKind::Text | FieldKind::Number(_) | FieldKind::YesNo | FieldKind::Choice(_) => {
                None
            }
        };
        let offset = self.binder.printed.offset;
        at.map_or_else(|| given.to_owned(), |at| self.clock(When { at, offset }))
    }
}

/// Who answered, and what if it is not "done".
fn signed(line: &StepLine) -> String {
    let by = line.by.as_ref().map(ToString::to_string).unwrap_or_default();
    let who = line.initials.clone().unwrap_or(by);
    let mark = match line.status {
        Status::Done => "",
        Status::Begun => "begun ",
        Status::NotApplicable => "N/A ",
        Status::Failed => "FAIL ",
        Status::Deferred => "LATER ",
        Status::Open | Status::Closed => return String::new(),
    };
    format!("{mark}{who}")
}

/// A box to tick, and the answer that it is for.
fn option(html: &mut Html, choice: &Choice, lines: &[&StepLine]) {
    let chosen = lines.iter().rev().find_map(|line| line.option.as_ref());
    html.within("li", "", |html| {
        html.leaf("span", "tick", if chosen == Some(&choice.id) { "X" } else { "" });
        html.leaf("b", "", choice.id.as_str());
        html.text(&format!(": {}", choice.title));
    });
}

/// The name of the answer, what is asked, and what counts.
fn question(html: &mut Html, field: &Field, words: &str) {
    html.leaf("b", "", field.id.as_str());
    html.text(&format!(": {} ", field.ask));
    let kind = match &field.kind {
        FieldKind::Number(_) => "number",
        FieldKind::Time(_) => "time",
        FieldKind::Text | FieldKind::YesNo | FieldKind::Choice(_) => words,
    };
    let optional = if field.required { "" } else { "may stay open" };
    let hints: Vec<&str> = [kind, optional].into_iter().filter(|one| !one.is_empty()).collect();
    if !hints.is_empty() {
        html.text(&format!("({}) ", hints.join(", ")));
    }
}

/// Lines that were broken to fit a terminal, as one paragraph; a list keeps its lines.
fn flowing(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
