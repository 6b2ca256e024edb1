//! What is said of an action, as it is typed.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::acting::{Acting, Seals, person};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::engine::{ActionTerms, Aim, AimPart, Element, Text};
use crate::playbook::Playbook;
use crate::world::Toward;

/// The columns of the improvement plan.
#[derive(Debug, Args)]
#[command(next_help_heading = "Improvement plan")]
pub(super) struct Terms {
    /// The issue or area for improvement
    #[arg(long, value_name = "TEXT")]
    issue: Option<String>,
    /// The core capability, as the exercise or plan names it
    #[arg(long, value_name = "TEXT")]
    capability: Option<String>,
    /// The capability element
    #[arg(long, value_name = "WORD", value_parser = elements())]
    element: Option<String>,
    /// The primary responsible organization
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// The point of contact there: who answers for it
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// The first day of the work: 2026-12-01, today, +7d
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    start: Option<String>,
    /// The completion date, the last day on which it is on time: 2026-12-31, +30d, +6w
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    due: Option<String>,
    /// The step or message of the incident's playbook that it is to change: freeze-list, I-07,
    /// email-outage:freeze-list
    #[arg(long, value_name = "STEP")]
    target: Option<String>,
}

fn elements() -> PossibleValuesParser {
    Element::ALL.map(Element::word).to_vec().into()
}

impl Terms {
    /// What was said, fit for a record. `book` is the playbook as the incident keeps it.
    pub(super) fn read(
        &self,
        context: &Context,
        acting: &Acting,
        seals: &mut Seals,
        book: &Playbook,
        what: Option<&str>,
    ) -> Result<ActionTerms, CliError> {
        let mut text = |name: &str, raw: Option<&str>| -> Result<Option<Text>, CliError> {
            acting.optional_text(context, seals, name, raw)
        };
        let day = |raw: &Option<String>, toward| {
            raw.as_deref().map(|raw| context.day(raw, toward)).transpose()
        };
        let element = self.element.as_deref();
        Ok(ActionTerms {
            what: text("the action", what)?,
            issue: text("the issue", self.issue.as_deref())?,
            capability: text("the capability", self.capability.as_deref())?,
            organization: text("the organization", self.organization.as_deref())?,
            element: element.and_then(|w| Element::ALL.into_iter().find(|one| one.word() == w)),
            owner: self.owner.as_deref().map(|name| person("--owner", name)).transpose()?,
            start: day(&self.start, Toward::Future)?,
            due: day(&self.due, Toward::Future)?,
            aim: self.target.as_deref().map(|word| aim(book, word)).transpose()?,
        })
    }
}

/// The step or template that a person means. Only of the incident's own playbook is there a copy of how
/// it read then.
fn aim(book: &Playbook, word: &str) -> Result<Aim, CliError> {
    let (playbook, part) = word.split_once(':').unwrap_or((book.id.as_str(), word));
    if playbook != book.id.as_str() {
        let error = format!("--target: this incident ran by {}, not by {playbook}", book.id);
        return Err(CliError::usage(error).hint(format!("name a step of {}", book.id)));
    }
    let playbook = book.id.clone();
    if let Some(template) = book.templates.iter().find(|one| one.id.as_str() == part) {
        return Ok(Aim { playbook, part: AimPart::Template(template.id.clone()) });
    }
    let step = crate::engine::find_step(book, part)?;
    Ok(Aim { playbook, part: AimPart::Step(step.id.clone()) })
}
