//! The house rules that a compiler does not know.

use std::fs;
use std::path::{Path, PathBuf};

use regex_lite::Regex;

use crate::support::Sandbox;

/// A room and the rooms it may import from.
const ROOMS: [(&str, &[&str]); 17] = [
    ("playbook", &[]),
    ("engine", &["playbook"]),
    ("drill", &["playbook", "engine"]),
    ("outreach", &["playbook", "engine"]),
    ("site", &["playbook", "engine"]),
    ("transcript", &["playbook", "engine", "outreach"]),
    ("reference", &["playbook", "site"]),
    ("readiness", &["playbook", "engine", "site", "reference"]),
    ("journal", &["playbook", "engine"]),
    ("session", &["playbook", "engine", "journal", "world"]),
    (
        "walk",
        &[
            "playbook", "engine", "drill", "outreach", "site", "journal", "session", "report",
            "ui", "world",
        ],
    ),
    ("report", &["playbook", "engine"]),
    ("trial", &["playbook", "engine", "report"]),
    ("binder", &["playbook", "engine", "site", "reference", "readiness", "report"]),
    ("ui", &["playbook", "engine", "drill", "site", "reference", "readiness", "report", "trial"]),
    ("world", &["engine"]),
    (
        "cli",
        &[
            "playbook",
            "engine",
            "drill",
            "outreach",
            "site",
            "transcript",
            "reference",
            "readiness",
            "journal",
            "session",
            "walk",
            "report",
            "trial",
            "binder",
            "ui",
            "world",
        ],
    ),
];

/// Rooms that touch nothing outside the program.
const PURE: [&str; 11] = [
    "playbook",
    "engine",
    "drill",
    "outreach",
    "site",
    "transcript",
    "reference",
    "readiness",
    "report",
    "trial",
    "binder",
];

struct Source {
    path: PathBuf,
    /// The file's place below `src`, with slashes.
    name: String,
    text: String,
}

impl Source {
    /// The room that a file belongs to; none for `main.rs` and `lib.rs`.
    fn room(&self) -> Option<&str> {
        let first = self.name.split('/').next().unwrap_or_default();
        let room = first.strip_suffix(".rs").unwrap_or(first);
        ROOMS.iter().map(|(name, _)| *name).find(|name| *name == room)
    }

    /// Lines that are compiled into the program: no tests, no comments.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let body = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let numbered = body.lines().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is_test(&self) -> bool {
        let test = |part: &str| matches!(part, "tests" | "tests.rs" | "sample.rs" | "fixture.rs");
        self.name.split('/').any(test)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let parts = path.strip_prefix(&folder).unwrap().iter();
        let name = parts.map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/");
        Source { text: fs::read_to_string(&path).unwrap(), path, name }
    };
    paths.into_iter().map(read).collect()
}

/// Fails with every offence at once.
#[track_caller]
fn none(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

#[test]
fn rooms_import_in_one_direction() {
    let import = Regex::new(r"\bcrate::(\{|[a-z_]+)").unwrap();
    let mut offences = Vec::new();
    for source in sources() {
        let Some(room) = source.room().filter(|_| !source.is_test()) else { continue };
        let allowed = ROOMS.iter().find(|(name, _)| *name == room).unwrap().1;
        for (number, line) in source.lines() {
            for found in import.captures_iter(line) {
                let other = &found[1];
                if other != room && !allowed.contains(&other) {
                    offences.push(format!("{}:{number}: {room} may not use {other}", source.name));
                }
            }
        }
    }
    none(&offences);
}

#[test]
fn every_room_stands_in_the_matrix() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: Vec<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert!(modules.len() >= ROOMS.len());
    for module in modules {
        assert!(ROOMS.iter().any(|(room, _)| *room == module), "{module}");
    }
}

#[test]
fn pure_rooms_touch_nothing_outside() {
    let outside = Regex::new(
        r"std::(fs|env|process|net|thread|path)\b|std::io::|\bio::(stdin|stdout|stderr)|SystemTime|Instant\b|Utc::now|Local::now|getrandom|\btempfile\b|\brustix\b",
    )
    .unwrap();
    let mut offences = Vec::new();
    for source in sources() {
        if source.is_test() || !source.room().is_some_and(|room| PURE.contains(&room)) {
            continue;
        }
        for (number, line) in source.lines().filter(|(_, line)| outside.is_match(line)) {
            // A JSON formatter writes through this trait and opens nothing.
            if source.name.ends_with("report/json.rs") && line == "use std::io::{self, Write};" {
                continue;
            }
            offences.push(format!("{}:{number}: {}", source.name, line.trim()));
        }
    }
    none(&offences);
}

#[test]
fn only_the_playbooks_yaml_knows_yaml() {
    let mut offences = Vec::new();
    for source in sources() {
        let knows = source.lines().any(|(_, line)| line.contains("serde_saphyr"));
        if knows && !source.name.starts_with("playbook/yaml") {
            offences.push(source.name);
        }
    }
    none(&offences);
}

#[test]
fn every_file_says_what_it_is_for_and_is_short() {
    let mut offences = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            offences.push(format!("{} has no module doc", source.name));
        }
        let body = source.text.split("\n#[cfg(test)]\n").next().unwrap_or_default();
        let lines = body.lines().count();
        if !source.is_test() && lines > 500 {
            offences.push(format!("{} has {lines} lines", source.name));
        }
    }
    none(&offences);
}

#[test]
fn a_verb_is_forty_lines_at_most() {
    let begin = Regex::new(r"^(    )?(pub(\([a-z :]+\))? )?(const )?fn ([a-z_]+)").unwrap();
    let mut offences = Vec::new();
    for source in sources().into_iter().filter(|source| source.name.starts_with("cli/")) {
        let lines: Vec<&str> = source.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(found) = begin.captures(line) else { continue };
            let end = format!("{}}}", found.get(1).map_or("", |indent| indent.as_str()));
            let length = lines[at..].iter().position(|line| *line == end).unwrap_or(0) + 1;
            // A list of every variant is long without being hard to read.
            let is_list =
                lines[at..at + length].iter().filter(|line| line.contains("=>")).count() > 8;
            if length > 40 && !is_list {
                offences.push(format!(
                    "{}:{}: {} has {length} lines",
                    source.name,
                    at + 1,
                    &found[5]
                ));
            }
        }
    }
    none(&offences);
}

#[test]
fn words_that_have_no_place_here() {
    let banned = Regex::new(
        r"\b(todo|unimplemented|dbg|println|eprintln|print|eprint)!|\bTODO\b|FIX(ME)|\bXXX\b",
    )
    .unwrap();
    let mut all = Vec::new();
    for folder in ["src", "tests/it"] {
        files(&root().join(folder), &mut all);
    }
    let mut offences = Vec::new();
    for path in all.into_iter().filter(|path| !path.ends_with("tidy.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//") && banned.is_match(line))
        {
            offences.push(format!("{}:{}: {}", path.display(), at + 1, line.trim()));
        }
    }
    none(&offences);
}

#[test]
fn no_room_for_things_without_a_name() {
    let vague =
        ["utils", "util", "helpers", "helper", "common", "types", "manager", "handler", "misc"];
    let names = sources().into_iter().filter(|source| {
        let stem = source.path.file_stem().unwrap().to_str().unwrap();
        source.name.split('/').any(|part| vague.contains(&part)) || vague.contains(&stem)
    });
    none(&names.map(|source| source.name).collect::<Vec<_>>());
}

#[test]
fn no_test_is_skipped() {
    let mut all = Vec::new();
    for folder in ["src", "tests"] {
        files(&root().join(folder), &mut all);
    }
    let skipped = Regex::new(r"(?m)^\s*#\[ignore").unwrap();
    let offences =
        all.into_iter().filter(|path| skipped.is_match(&fs::read_to_string(path).unwrap()));
    none(&offences.map(|path| path.display().to_string()).collect::<Vec<_>>());
}

#[test]
fn exit_codes_are_the_documented_ones() {
    let source = fs::read_to_string(root().join("src/cli/error.rs")).unwrap();
    let (_, rest) = source.split_once("enum Exit {").unwrap();
    let number = Regex::new(r"= ([0-9]+),").unwrap();
    let body = rest.split("\n}").next().unwrap();
    let defined: Vec<&str> =
        number.captures_iter(body).map(|found| found.get(1).unwrap().as_str()).collect();
    let help = Sandbox::bare().ok("--help");
    let (_, table) = help.split_once("Exit codes: ").unwrap();
    let first = |entry: &str| entry.trim().split(' ').next().unwrap_or_default().to_owned();
    let documented: Vec<String> = table.split('·').map(first).collect();
    assert_eq!(documented, defined);
}

#[test]
fn every_verb_is_driven_by_a_test() {
    let mut tests = String::new();
    let mut all = Vec::new();
    files(&root().join("tests/it"), &mut all);
    for path in all {
        tests.push_str(&fs::read_to_string(path).unwrap());
    }
    for verb in super::help::verbs() {
        let driven = Regex::new(&format!("\"{verb}[ \"]")).unwrap();
        assert!(driven.is_match(&tests), "{verb}");
    }
}
