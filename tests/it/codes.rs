//! Step codes: what stands on paper means the same step for as long as the version says so.

use std::fmt::Write as _;

use outage_runbook::playbook::{Playbook, builtin, compile};
use sha2::{Digest as _, Sha256};

/// The digest of the codes of each version that was shipped. A row is never changed: whoever moves,
/// adds or removes a step raises `version` in the playbook and adds a row here.
const CODES: [(&str, &str, &str); 7] = [
    ("email-outage", "2026.2", "f3fd84b0831b15d5"),
    ("m365-outage", "2026.1", "66d4fab47d1155dc"),
    ("ehr-downtime", "2026.1", "29761c2b585ad572"),
    ("internet-outage", "2026.1", "50ae7f39cd6ee81e"),
    ("phone-outage", "2026.1", "cd7667de885667b0"),
    ("eprescribing-outage", "2026.1", "43f7919169610100"),
    ("ransomware", "2026.1", "6edb8abfd08855e6"),
];

/// Every code with its step, one a line.
fn codes(book: &Playbook) -> String {
    let mut all = String::new();
    for (_, step) in book.steps() {
        writeln!(all, "{} {}", step.code, step.id).unwrap();
    }
    all
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[test]
fn codes_change_only_with_the_version() {
    for (name, text) in builtin() {
        let book = compile(text).unwrap().playbook;
        let row = CODES.iter().find(|(id, version, _)| id == name && *version == book.version);
        let found = digest(&codes(&book));
        assert_eq!(
            row.map(|(.., digest)| *digest),
            Some(found.as_str()),
            "{name} {}: the codes of this version are on paper already, or it is new: raise \
             `version` if a code moved, and add (\"{name}\", \"{}\", \"{found}\")",
            book.version,
            book.version
        );
    }
}

#[test]
fn a_moved_step_shows() {
    let (_, text) = builtin()[0];
    let book = compile(text).unwrap().playbook;
    let mut moved = book.clone();
    moved.phases[0].steps.swap(0, 1);
    assert_ne!(digest(&codes(&moved)), digest(&codes(&book)));
}
