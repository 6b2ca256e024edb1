//! The reference files in the binary, and a site's own copies in their place.
//!
//! Nothing here reads a folder: whoever can, hands in what it found, nearest place first.

use super::model::{Cap, ChannelRow, Document, Message, Rule, Sheet, StateRules};
use super::read::read;
use crate::playbook::{BUILT_IN, Candidate, Diagnostic};

/// The reference files in the binary: name and text.
#[must_use]
pub const fn builtin() -> &'static [(&'static str, &'static str)] {
    &[
        ("channels", include_str!("../../playbooks/reference/channels.yaml")),
        ("backup-tools", include_str!("../../playbooks/reference/backup-tools.yaml")),
        ("service-levels", include_str!("../../playbooks/reference/service-levels.yaml")),
        ("rules", include_str!("../../playbooks/reference/rules.yaml")),
        ("states", include_str!("../../playbooks/reference/states.yaml")),
        ("messages", include_str!("../../playbooks/reference/messages.yaml")),
        ("documents", include_str!("../../playbooks/reference/documents.yaml")),
    ]
}

/// Every reference file that counts: the first of each name. Those in the binary come in their own
/// order, whoever's copy it is; files of other names come after them.
#[must_use]
pub fn shelf(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = builtin()
        .iter()
        .map(|(id, text)| Candidate {
            origin: BUILT_IN.to_owned(),
            id: (*id).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    let shipped = all.len();
    let mut taken = vec![false; shipped];
    for candidate in found {
        match all.iter().position(|known| known.id == candidate.id) {
            Some(at) if at < shipped && !taken[at] => {
                taken[at] = true;
                all[at] = candidate;
            }
            Some(_) => {}
            None => all.push(candidate),
        }
    }
    all
}

/// One reference file and where it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The name of the file, without its ending.
    pub name: String,
    /// The path it was read from, or [`BUILT_IN`].
    pub origin: String,
    /// What it says.
    pub sheet: Sheet,
}

/// All reference data that can be used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reference {
    /// File by file.
    pub files: Vec<Source>,
}

/// A site's copy that cannot be used: its text and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// The file as it was found.
    pub found: Candidate,
    /// Everything that is wrong with it.
    pub why: Vec<Diagnostic>,
}

impl Reference {
    /// What these files say. One that cannot be used gives its place to the one in the binary, if
    /// there is one of its name: paper does not wait for a repair.
    #[must_use]
    pub fn of(files: Vec<Candidate>) -> (Self, Vec<Broken>) {
        let (mut all, mut broken) = (Self::default(), Vec::new());
        for found in files {
            let Candidate { origin, id: name, text } = &found;
            match read(text) {
                Ok(compiled) => all.files.push(Source {
                    name: name.clone(),
                    origin: origin.clone(),
                    sheet: compiled.sheet,
                }),
                Err(why) => {
                    all.files.extend(shipped(name));
                    broken.push(Broken { found, why });
                }
            }
        }
        (all, broken)
    }

    /// The file of this name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Source> {
        self.files.iter().find(|source| source.name == name)
    }

    /// Ways to reach people, compared.
    pub fn channels(&self) -> impl Iterator<Item = &ChannelRow> {
        self.files.iter().flat_map(|source| &source.sheet.channels)
    }

    /// What each channel may carry.
    pub fn caps(&self) -> impl Iterator<Item = &Cap> {
        self.files.iter().flat_map(|source| &source.sheet.caps)
    }

    /// Rules of law.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.files.iter().flat_map(|source| &source.sheet.rules)
    }

    /// What the law of this state says, as far as somebody has checked it.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&StateRules> {
        self.files.iter().flat_map(|source| &source.sheet.states).find(|one| one.state == code)
    }

    /// Wordings.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.files.iter().flat_map(|source| &source.sheet.messages)
    }

    /// Pages to print and give away.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.files.iter().flat_map(|source| &source.sheet.documents)
    }
}

/// The file of this name in the binary.
fn shipped(name: &str) -> Option<Source> {
    let (name, text) = builtin().iter().find(|(known, _)| *known == name)?;
    let sheet = read(text).ok()?.sheet;
    Some(Source { name: (*name).to_owned(), origin: BUILT_IN.to_owned(), sheet })
}
