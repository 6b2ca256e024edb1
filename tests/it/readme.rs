//! What the README shows is what the program prints: its console blocks are run, one after the other.

use std::path::Path;

use regex_lite::Regex;

use crate::support::Sandbox;
use crate::support::redact::redact;

/// The commands of the README's console blocks, each with what it is said to print.
fn shown() -> Vec<(String, String)> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let blocks = readme.split("```console\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
    let commands = blocks.flat_map(|block| block.split("$ runbook ").skip(1));
    commands
        .map(|command| {
            let (line, printed) = command.split_once('\n').unwrap();
            (line.to_owned(), printed.trim_end().to_owned())
        })
        .collect()
}

#[test]
fn the_console_blocks_are_real() {
    // Soon after midnight, five minutes ago is another day.
    let clock = Regex::new(r"\b([0-9]{1,2} [A-Z][a-z]{2} )?[0-9]{2}:[0-9]{2}\b").unwrap();
    let plain = |text: &str| clock.replace_all(&redact(text), "HH:MM").into_owned();
    let sandbox = Sandbox::bare();
    let commands = shown();
    assert_eq!(commands.len(), 10);
    for (line, printed) in commands {
        let ran = sandbox.run(&line);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        assert_eq!(plain(said.trim_end()), plain(&printed), "{line}");
    }
}
