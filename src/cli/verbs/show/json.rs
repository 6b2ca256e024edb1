//! `show --json`.

use serde::Serialize;

use super::Part;
use crate::playbook::{
    Approved, ChannelId, Check, Choice, Condition, Count, Due, EscalateTo, Field, FieldKind, Form,
    Mark, Opening, OptionId, Phase, Playbook, PlaybookId, Step, StepId, Template,
};

#[derive(Debug, Serialize)]
pub(super) struct Shown<'b> {
    format: u32,
    id: &'b str,
    title: &'b str,
    version: &'b str,
    review_by: Option<String>,
    summary: &'b str,
    roles: Vec<[&'b str; 3]>,
    phases: Vec<ShownPhase<'b>>,
    steps: Vec<ShownStep<'b>>,
    templates: Vec<ShownTemplate<'b>>,
}

#[derive(Debug, Serialize)]
struct ShownPhase<'b> {
    id: &'b str,
    title: &'b str,
    from_minutes: Option<i64>,
    to_minutes: Option<i64>,
    opens: Option<Mark>,
}

#[derive(Debug, Serialize)]
struct ShownStep<'b> {
    id: &'b str,
    code: &'b str,
    phase: &'b str,
    role: &'b str,
    title: &'b str,
    instructions: &'b str,
    required: bool,
    critical: bool,
    due: Option<ShownDue>,
    needs: &'b [StepId],
    opens_on: Vec<ShownCondition<'b>>,
    closed_on: Vec<ShownCondition<'b>>,
    repeat: Option<ShownRepeat>,
    escalate: Option<ShownEscalation<'b>>,
    approval: Option<&'b str>,
    milestone: Option<Mark>,
    /// `action`, `decision`, `collect`, `message`, `outreach` or `check`.
    form: &'static str,
    decision: Option<ShownDecision<'b>>,
    collect: Option<Vec<ShownField<'b>>>,
    message: Option<&'b str>,
    outreach: Option<ShownOutreach<'b>>,
    check: Option<ShownCheck<'b>>,
}

/// `from` is `start` (T+0) or `phase`.
#[derive(Debug, Serialize)]
struct ShownDue {
    from: &'static str,
    minutes: i64,
}

#[derive(Debug, Serialize)]
struct ShownCondition<'b> {
    step: &'b StepId,
    options: &'b [OptionId],
}

#[derive(Debug, Serialize)]
struct ShownRepeat {
    every_minutes: i64,
    until: Option<Mark>,
}

#[derive(Debug, Serialize)]
struct ShownEscalation<'b> {
    after_minutes: i64,
    to: &'b str,
}

#[derive(Debug, Serialize)]
struct ShownDecision<'b> {
    question: &'b str,
    options: Vec<ShownChoice<'b>>,
}

#[derive(Debug, Serialize)]
struct ShownChoice<'b> {
    id: &'b OptionId,
    title: &'b str,
    opens: Vec<&'b StepId>,
    closes: Vec<&'b StepId>,
    leads_to: Option<&'b str>,
}

#[derive(Debug, Serialize)]
struct ShownField<'b> {
    id: &'b str,
    ask: &'b str,
    r#type: &'static str,
    options: Option<&'b [String]>,
    mark: Option<Mark>,
    count: Option<Count>,
    required: bool,
}

#[derive(Debug, Serialize)]
struct ShownOutreach<'b> {
    segment: &'b str,
    script: &'b str,
}

#[derive(Debug, Serialize)]
struct ShownCheck<'b> {
    probe: Option<&'b str>,
    command: Option<&'b [String]>,
}

#[derive(Debug, Serialize)]
struct ShownTemplate<'b> {
    id: &'b str,
    segment: &'b str,
    channel: &'b str,
    fallback: Option<&'b str>,
    approved: Option<ShownApproved<'b>>,
    text: &'b str,
}

#[derive(Debug, Serialize)]
struct ShownApproved<'b> {
    by: &'b str,
    on: String,
    until: Option<String>,
}

pub(super) fn shown<'b>(part: &Part<'b>) -> Shown<'b> {
    let book = part.book;
    let steps =
        |phase: &'b Phase| part.steps(phase).map(move |step| ShownStep::of(book, phase, step));
    Shown {
        format: 1,
        id: book.id.as_str(),
        title: &book.title,
        version: &book.version,
        review_by: book.review_by.map(|day| day.to_string()),
        summary: &book.summary,
        roles: part.roles().map(|r| [r.id.as_str(), r.title.as_str(), r.duty.as_str()]).collect(),
        phases: part.phases().map(ShownPhase::of).collect(),
        steps: part.phases().flat_map(steps).collect(),
        templates: part.templates().map(ShownTemplate::of).collect(),
    }
}

impl<'b> ShownPhase<'b> {
    fn of(phase: &'b Phase) -> Self {
        let (from, to, opens) = match phase.opening {
            Opening::Window { from, to } => (Some(from), Some(to), None),
            Opening::On(mark) => (None, None, Some(mark)),
        };
        Self {
            id: phase.id.as_str(),
            title: &phase.title,
            from_minutes: from.map(|from| from.num_minutes()),
            to_minutes: to.map(|to| to.num_minutes()),
            opens,
        }
    }
}

impl<'b> ShownStep<'b> {
    fn of(book: &'b Playbook, phase: &'b Phase, step: &'b Step) -> Self {
        let mut shown = Self {
            id: step.id.as_str(),
            code: &step.code,
            phase: phase.id.as_str(),
            role: step.role.as_str(),
            title: &step.title,
            instructions: &step.instructions,
            required: step.required,
            critical: step.critical,
            due: step.due.map(due),
            needs: &step.needs,
            opens_on: step.opens_on.iter().map(condition).collect(),
            closed_on: step.closed_on.iter().map(condition).collect(),
            repeat: step.repeat.map(|repeat| ShownRepeat {
                every_minutes: repeat.every.num_minutes(),
                until: repeat.until,
            }),
            escalate: step.escalate.as_ref().map(|escalation| ShownEscalation {
                after_minutes: escalation.after.num_minutes(),
                to: match &escalation.to {
                    EscalateTo::Deputy => "deputy",
                    EscalateTo::Role(role) => role.as_str(),
                },
            }),
            approval: step.approval.as_ref().map(|approval| approval.by.as_str()),
            milestone: step.milestone,
            form: "action",
            decision: None,
            collect: None,
            message: None,
            outreach: None,
            check: None,
        };
        shown.take_form(book, step);
        shown
    }

    fn take_form(&mut self, book: &'b Playbook, step: &'b Step) {
        match &step.form {
            Form::Action => {}
            Form::Decision(decision) => {
                self.form = "decision";
                let choice = |choice| ShownChoice::of(book, step, choice);
                let options = decision.options.iter().map(choice).collect();
                self.decision = Some(ShownDecision { question: &decision.question, options });
            }
            Form::Collect(fields) => {
                self.form = "collect";
                self.collect = Some(fields.iter().map(ShownField::of).collect());
            }
            Form::Message(template) => {
                self.form = "message";
                self.message = Some(template.as_str());
            }
            Form::Outreach(outreach) => {
                self.form = "outreach";
                let (segment, script) = (outreach.segment.as_str(), outreach.script.as_str());
                self.outreach = Some(ShownOutreach { segment, script });
            }
            Form::Check(check) => {
                self.form = "check";
                self.check = Some(match check {
                    Check::Probe(probe) => ShownCheck { probe: Some(probe), command: None },
                    Check::Command(argv) => ShownCheck { probe: None, command: Some(argv) },
                });
            }
        }
    }
}

fn due(due: Due) -> ShownDue {
    match due {
        Due::AfterStart(after) => ShownDue { from: "start", minutes: after.num_minutes() },
        Due::AfterPhase(after) => ShownDue { from: "phase", minutes: after.num_minutes() },
    }
}

fn condition(condition: &Condition) -> ShownCondition<'_> {
    ShownCondition { step: &condition.step, options: &condition.options }
}

impl<'b> ShownChoice<'b> {
    fn of(book: &'b Playbook, decision: &Step, choice: &'b Choice) -> Self {
        Self {
            id: &choice.id,
            title: &choice.title,
            opens: book.opened_by(&decision.id, &choice.id).map(|step| &step.id).collect(),
            closes: book.closed_by(&decision.id, &choice.id).map(|step| &step.id).collect(),
            leads_to: choice.leads_to.as_ref().map(PlaybookId::as_str),
        }
    }
}

impl<'b> ShownField<'b> {
    fn of(field: &'b Field) -> Self {
        let (r#type, options, mark, count) = match &field.kind {
            FieldKind::Text => ("text", None, None, None),
            FieldKind::Number(count) => ("number", None, None, *count),
            FieldKind::Time(mark) => ("time", None, *mark, None),
            FieldKind::YesNo => ("yes-no", None, None, None),
            FieldKind::Choice(options) => ("choice", Some(options.as_slice()), None, None),
        };
        let (id, ask, required) = (field.id.as_str(), field.ask.as_str(), field.required);
        Self { id, ask, r#type, options, mark, count, required }
    }
}

impl<'b> ShownTemplate<'b> {
    fn of(template: &'b Template) -> Self {
        let approved = |approved: &'b Approved| ShownApproved {
            by: &approved.by,
            on: approved.on.to_string(),
            until: approved.until.map(|day| day.to_string()),
        };
        Self {
            id: template.id.as_str(),
            segment: template.segment.as_str(),
            channel: template.channel.as_str(),
            fallback: template.fallback.as_ref().map(ChannelId::as_str),
            approved: template.approved.as_ref().map(approved),
            text: &template.text,
        }
    }
}
