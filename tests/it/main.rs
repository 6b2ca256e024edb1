//! The program from outside: real processes, real files, a real pseudo-terminal.
//!
//! One binary, so that it links once. A verb's own behaviour stands in the file named after it;
//! what needs several verbs, writers or processes has a file named after what it shows.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::needless_raw_string_hashes, reason = "snapshots are written by a tool")]

mod support;

mod actions;
mod bad_input;
mod codes;
mod compare;
mod concurrent;
mod contacts;
mod content;
mod damage;
mod decide;
mod diff;
mod drill;
#[cfg(unix)]
mod drill_clock;
mod drill_contained;
mod drill_grown;
mod drill_random;
#[cfg(unix)]
mod drill_real;
mod drill_refused;
#[cfg(unix)]
mod drill_tabletop;
mod ending;
mod escalate;
mod evaluate;
mod evaluated;
mod examples;
mod exercises;
mod export;
#[cfg(unix)]
mod first_half_hour;
mod frozen;
mod handover;
mod help;
mod hostile;
mod hotwash;
mod incidents;
mod kpi;
mod library;
mod lint;
mod log;
mod manual;
mod mark;
mod new;
mod note;
mod print;
mod properties;
mod properties_merged;
mod properties_withdrawn;
mod readiness;
mod readiness_drill;
mod readme;
#[cfg(unix)]
mod recording;
mod reference;
mod report;
mod roles;
mod same_bytes;
mod schema;
mod sets;
mod shipped_tests;
mod show;
mod site;
#[cfg(unix)]
mod site_init;
mod site_pending;
mod start;
mod status;
mod step;
mod test;
mod tidy;
mod transcribe;
#[cfg(unix)]
mod transcribe_desk;
mod transcribe_drill;
mod trends;
mod verify;
#[cfg(unix)]
mod walk;
#[cfg(unix)]
mod walk_incidents;
#[cfg(unix)]
mod walk_screen;
mod writers;

#[test]
fn no_test_file_is_forgotten() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for (folder, root) in [(here.clone(), "main.rs"), (here.join("support"), "mod.rs")] {
        let declared = std::fs::read_to_string(folder.join(root)).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let Some(module) = name.strip_suffix(".rs").filter(|_| name != root) else { continue };
            let named =
                |line: &str| line.trim_start_matches("pub(crate) ") == format!("mod {module};");
            assert!(declared.lines().any(named), "{name} is in no test binary");
        }
    }
}
