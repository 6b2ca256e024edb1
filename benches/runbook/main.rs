//! How long things take: `cargo bench`, or `cargo bench -- append` for a part of it.
//!
//! What a person waits for is measured as whole processes of the real binary; `bare_append` beside
//! them is a process that does nothing but write a record and sync twice, the least that can be had
//! on this disk. What a log costs is measured in this process, beside hashing the same bytes.
//! There is no timed assertion anywhere: figures are for reading.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made must not be made up")]

mod desk;
mod log;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;

use desk::Desk;

/// The records of a large incident: years of notes.
const MANY: usize = 100_000;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let [_, word, path] = words.as_slice()
        && word == desk::BARE
    {
        return bare(Path::new(path));
    }
    divan::main();
}

/// The least that a command which records must do.
fn bare(path: &Path) {
    let mut file = OpenOptions::new().append(true).create(true).open(path).unwrap();
    file.write_all(&[b'x'; 450]).unwrap();
    file.sync_data().unwrap();
    file.sync_all().unwrap();
}

/// `runbook --version`.
#[divan::bench(sample_count = 100)]
fn start_up(bencher: Bencher) {
    let desk = Desk::empty();
    bencher.bench_local(|| desk.run(&["--version"]));
}

mod lint {
    use std::fmt::Write as _;

    use chrono::NaiveDate;
    use outage_runbook::playbook::{Known, lint};

    use super::{Bencher, BytesCount, Desk};

    /// A playbook with so many of the shortest steps, each after the one before.
    fn steps(count: usize) -> String {
        let mut text = "runbook: 1\nid: many\ntitle: Many\nversion: 1\nreview_by: 2099-12-31\n\
                        roles: {lead: {title: Lead}}\nphases:\n  - id: a\n    title: A\n    \
                        opens: restored\n    steps:\n"
            .to_owned();
        for n in 0..count {
            let before = n.saturating_sub(1);
            let needs = if n == 0 { String::new() } else { format!(", needs: [s{before}]") };
            writeln!(text, "      - {{id: s{n}, role: lead, title: T{needs}}}").unwrap();
        }
        text
    }

    /// `runbook lint` of the first playbook that ships.
    #[divan::bench(sample_count = 50)]
    fn shipped(bencher: Bencher) {
        let desk = Desk::empty();
        let playbook = concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks/email-outage.yaml");
        bencher.bench_local(|| desk.run(&["lint", playbook]));
    }

    /// `runbook lint` of a playbook with so many steps.
    #[divan::bench(args = [20, 200, 2_000], sample_count = 20)]
    fn minimal_steps(bencher: Bencher, count: usize) {
        let desk = Desk::empty();
        let path = desk.write("many.yaml", &steps(count));
        bencher.bench_local(|| desk.run(&["lint", &path]));
    }

    /// The same without a process around it.
    #[divan::bench(args = [20, 200, 2_000], sample_count = 20)]
    fn rules(bencher: Bencher, count: usize) {
        let source = steps(count);
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let known = Known { today, playbooks: Some(&[]), caps: &[], site: None };
        let bytes = BytesCount::new(source.len());
        bencher.counter(bytes).bench_local(|| lint(&source, &known));
    }
}

mod append {
    use super::{Bencher, Desk, MANY};

    /// A process that writes 450 bytes and syncs twice.
    #[divan::bench(sample_count = 50)]
    fn bare(bencher: Bencher) {
        let desk = Desk::empty();
        bencher.bench_local(|| desk.bare());
    }

    /// `runbook done` in an incident of so many records (the step is opened again in between).
    #[divan::bench(args = [10, MANY], sample_count = 30, sample_size = 1)]
    fn done(bencher: Bencher, records: usize) {
        let desk = Desk::with_incident(records);
        // What the first command leaves behind for the later ones is not what is measured.
        desk.run(&["done", "greeting"]);
        bencher
            .with_inputs(|| desk.run(&["reopen", "greeting", "--reason", "Again"]))
            .bench_local_values(|()| desk.run(&["done", "greeting"]));
    }
}

mod whole_log {
    use super::{Bencher, BytesCount, Desk, MANY, log};

    /// SHA-256 over the bytes of the log, line by line: what verifying cannot be cheaper than.
    #[divan::bench(sample_count = 10)]
    fn hash(bencher: Bencher) {
        let log = log::of(MANY);
        bencher.counter(BytesCount::new(log.bytes.len())).bench_local(|| log.hash());
    }

    /// Every hash, the chain and the content.
    #[divan::bench(sample_count = 10)]
    fn scan(bencher: Bencher) {
        let log = log::of(MANY);
        bencher.counter(BytesCount::new(log.bytes.len())).bench_local(|| log.scan());
    }

    /// The fold of all records.
    #[divan::bench(sample_count = 10)]
    fn replay(bencher: Bencher) {
        let log = log::of(MANY);
        let scan = log.scan();
        bencher.bench_local(|| log::fold(&scan));
    }

    /// `runbook verify`.
    #[divan::bench(sample_count = 10)]
    fn verify(bencher: Bencher) {
        let desk = Desk::with_incident(MANY);
        bencher.bench_local(|| desk.run(&["verify"]));
    }

    /// `runbook export DIR --overwrite`.
    #[divan::bench(sample_count = 5)]
    fn export(bencher: Bencher) {
        let desk = Desk::with_incident(MANY);
        bencher.bench_local(|| desk.run(&["export", "out", "--overwrite"]));
    }
}
