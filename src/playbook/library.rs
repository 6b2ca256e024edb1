//! Where a playbook comes from by name: those in the binary, and a shelf of those that were found.
//!
//! Nothing here reads a folder: whoever can, hands in what it found, nearest place first.

use std::sync::LazyLock;

use super::findings::{closest, quoted};
use super::sets::{Draft, Sets, SourceFile, assemble};

/// The origin of the playbooks in the binary.
pub const BUILT_IN: &str = "built-in";

/// How many names a suggestion may look at.
const MAX_NAMES: usize = 10_000;

/// The playbooks in the binary, with the steps of the built-in step sets in their places: id and text.
#[must_use]
pub fn builtin() -> &'static [(&'static str, &'static str)] {
    static ALL: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        let sets = Sets::built_in();
        let whole = |(id, text): &(&'static str, &'static str)| {
            let own = SourceFile { name: format!("{BUILT_IN}:{id}"), text: (*text).to_owned() };
            // Put together once, and wanted as long as the program runs. A test compiles each.
            (*id, assemble(Draft::of(own), &sets).map_or(*text, |it| &*it.text.leak()))
        };
        builtin_files().iter().map(whole).collect()
    });
    &ALL
}

/// The files of the playbooks in the binary: id and text.
#[must_use]
pub const fn builtin_files() -> &'static [(&'static str, &'static str)] {
    &[
        ("email-outage", include_str!("../../playbooks/email-outage.yaml")),
        ("m365-outage", include_str!("../../playbooks/m365-outage.yaml")),
        ("ehr-downtime", include_str!("../../playbooks/ehr-downtime.yaml")),
        ("internet-outage", include_str!("../../playbooks/internet-outage.yaml")),
        ("phone-outage", include_str!("../../playbooks/phone-outage.yaml")),
        ("eprescribing-outage", include_str!("../../playbooks/eprescribing-outage.yaml")),
        ("ransomware", include_str!("../../playbooks/ransomware.yaml")),
    ]
}

/// The exercises in the binary: id and text.
#[must_use]
pub const fn builtin_exercises() -> &'static [(&'static str, &'static str)] {
    macro_rules! files {
        ($($name:literal),+ $(,)?) => {
            &[$(($name, include_str!(concat!("../../playbooks/exercises/", $name, ".yaml")))),+]
        };
    }
    files![
        "ehr-downtime-45",
        "ehr-downtime-paper",
        "email-outage-45",
        "email-outage-attack",
        "email-outage-one-list",
        "email-outage-way-round",
        "eprescribing-outage-45",
        "eprescribing-outage-voice",
        "internet-outage-45",
        "internet-outage-same-pole",
        "m365-outage-45",
        "m365-outage-second-sign-in",
        "phone-outage-45",
        "phone-outage-stolen",
        "ransomware-45",
        "ransomware-press-first",
    ]
}

/// The step sets in the binary: id and text.
#[must_use]
pub const fn builtin_sets() -> &'static [(&'static str, &'static str)] {
    &[
        ("command", include_str!("../../playbooks/sets/command.yaml")),
        ("communications", include_str!("../../playbooks/sets/communications.yaml")),
        ("clinical", include_str!("../../playbooks/sets/clinical.yaml")),
        ("technical", include_str!("../../playbooks/sets/technical.yaml")),
        ("records", include_str!("../../playbooks/sets/records.yaml")),
        ("mail", include_str!("../../playbooks/sets/mail.yaml")),
        ("lines", include_str!("../../playbooks/sets/lines.yaml")),
    ]
}

/// A playbook or an exercise that was found, not yet compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The path it was read from, or [`BUILT_IN`].
    pub origin: String,
    /// The name it is found by.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// All playbooks that can be found by name. Of two with one name the first one counts, so that a
/// site's own copy takes the place of the built-in one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    candidates: Vec<Candidate>,
}

impl Shelf {
    /// What was found, nearest place first; the built-in playbooks come last by themselves.
    #[must_use]
    pub fn new(candidates: Vec<Candidate>) -> Self {
        Self::with(candidates, builtin_files())
    }

    /// The same of exercise files.
    #[must_use]
    pub fn of_exercises(candidates: Vec<Candidate>) -> Self {
        Self::with(candidates, builtin_exercises())
    }

    fn with(mut candidates: Vec<Candidate>, built_in: &[(&str, &str)]) -> Self {
        candidates.extend(built_in.iter().map(|(id, text)| Candidate {
            origin: BUILT_IN.to_owned(),
            id: (*id).to_owned(),
            text: (*text).to_owned(),
        }));
        Self { candidates }
    }

    /// The playbook of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.id == name)
    }

    /// Every playbook that [`find`](Self::find) can give, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Candidate> {
        let mut seen = std::collections::HashSet::new();
        self.candidates.iter().filter(move |candidate| seen.insert(candidate.id.as_str()))
    }

    /// What to say where there is no playbook of this name: "did you mean", if one is near.
    #[must_use]
    pub fn did_you_mean(&self, name: &str) -> Option<String> {
        let names = self.candidates.iter().map(|candidate| candidate.id.as_str());
        closest(name, names, &mut { MAX_NAMES })
            .map(|near| format!("did you mean {}?", quoted(near)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile;
    use super::*;

    fn found(origin: &str, id: &str) -> Candidate {
        Candidate { origin: origin.to_owned(), id: id.to_owned(), text: String::new() }
    }

    #[test]
    fn every_built_in_playbook_is_sound_and_lies_under_its_own_name() {
        for (id, text) in builtin() {
            let compiled = compile(text).unwrap_or_else(|found| panic!("{id}: {found:#?}"));
            assert_eq!(compiled.playbook.id.as_str(), *id);
        }
    }

    #[test]
    fn the_nearest_playbook_of_a_name_counts() {
        let shelf = Shelf::new(vec![
            found("./playbooks/phones-down.yaml", "phones-down"),
            found("./playbooks/email-outage.yaml", "email-outage"),
        ]);
        let origin = |name| shelf.find(name).map(|candidate| candidate.origin.as_str());
        assert_eq!(origin("email-outage"), Some("./playbooks/email-outage.yaml"));
        assert_eq!(origin("phones"), None);
        let listed: Vec<&str> = shelf.iter().map(|candidate| candidate.id.as_str()).collect();
        assert_eq!(
            listed,
            [
                "phones-down",
                "email-outage",
                "m365-outage",
                "ehr-downtime",
                "internet-outage",
                "phone-outage",
                "eprescribing-outage",
                "ransomware"
            ]
        );
        assert_eq!(Shelf::new(Vec::new()).find("email-outage").unwrap().origin, BUILT_IN);
    }

    #[test]
    fn a_near_name_is_suggested() {
        let shelf = Shelf::new(Vec::new());
        let near = Some("did you mean \"email-outage\"?".to_owned());
        assert_eq!(shelf.did_you_mean("email-outge"), near);
        assert_eq!(shelf.did_you_mean("flood"), None);
    }
}
