//! Whether the step or message that an action aims at reads differently by now.

use crate::cli::context::Context;
use crate::engine::{Aim, AimPart, Compared};
use crate::journal::sha256;
use crate::playbook::{Change, Playbook, Subject, What, diff};
use crate::ui::change_sentence;

/// The aim as the incident kept it, held against the playbook of that name now.
pub(super) enum Aimed {
    /// It reads differently.
    Changed { sentences: Vec<String>, compared: Compared },
    /// It reads as it did.
    Same,
    /// Nobody can say.
    Unknown(String),
}

impl Aimed {
    /// In one sentence.
    pub(super) fn said(&self, aim: &Aim) -> String {
        match self {
            Self::Changed { sentences, compared } => {
                format!(
                    "{aim} has changed by version {}: {}",
                    compared.version,
                    sentences.join("; ")
                )
            }
            Self::Same => format!("{aim} reads as it did when the incident began"),
            Self::Unknown(why) => format!("{aim} cannot be compared: {why}"),
        }
    }
}

/// `pinned` is the playbook as the incident keeps it.
pub(super) fn aimed(context: &Context, pinned: &Playbook, aim: &Aim) -> Aimed {
    if pinned.id != aim.playbook {
        return Aimed::Unknown(format!("the incident ran by {}", pinned.id));
    }
    let assembled = match context.playbook(aim.playbook.as_str()) {
        Ok(found) => found,
        Err(error) => {
            let message = error.message();
            return Aimed::Unknown(message.lines().next().unwrap_or_default().to_owned());
        }
    };
    let changes = diff(pinned, &assembled.playbook);
    let about: Vec<&Change> = changes.iter().filter(|change| is_about(change, &aim.part)).collect();
    if about.is_empty() {
        return Aimed::Same;
    }
    let name = match &aim.part {
        AimPart::Step(step) => format!("{step}: "),
        AimPart::Template(template) => format!("{template}: "),
    };
    // The aim is named in front of all of them.
    let without = |sentence: String| match sentence.strip_prefix(&name) {
        Some(rest) => rest.to_owned(),
        None => sentence,
    };
    let sentences = about.into_iter().map(change_sentence).map(without).collect();
    let (version, text) = (assembled.playbook.version, assembled.text);
    let compared = Compared { version, sha256: sha256(text.as_bytes()) };
    Aimed::Changed { sentences, compared }
}

/// Another short code is no change of the step: one step more renames all that follow it.
fn is_about(change: &Change, part: &AimPart) -> bool {
    let same = match (&change.of, part) {
        (
            Subject::Step(step) | Subject::Answer(step, _) | Subject::Field(step, _),
            AimPart::Step(aim),
        ) => step == aim,
        (Subject::Template(template), AimPart::Template(aim)) => template == aim,
        _ => false,
    };
    same && !matches!(change.what, What::Code { .. })
}
