//! `examples/first-half-hour/`: a recording of the first half hour, and pictures from it.
//!
//! `RUNBOOK_RECORD=1 cargo test --test it recording` plays it at the pseudo-terminal and writes the
//! files anew. Without the variable the files that lie there are held against the kept screens, so
//! that they cannot go stale in silence.
//!
//! What the program wrote is unchanged. The command lines and the pauses for reading are added: at the
//! machine's own speed it would be over within two seconds.

use std::fs;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

use regex_lite::Regex;
use serde_json::{Value, json};

use crate::first_half_hour::{Take, played};
use crate::support::redact::redact_screen;
use crate::support::still;
use crate::support::terminal::Beat;

/// The screens that become pictures, each with what its title says.
const STILLS: [(&str, &str); 5] = [
    ("02-suspected", "Opened as suspected: who is planned, and the first step"),
    ("05-declared", "Declared: the clock runs"),
    ("07-who-said-yes", "Several people take their roles at once"),
    ("09-phones", "Whom to call"),
    ("18-handed-over", "Handed over, confirmed by both"),
];

const SIZE: (u16, u16) = (24, 80);

/// Clears everything, as a terminal that was just opened.
const ANEW: &str = "\u{1b}c";

/// Pauses in milliseconds: after a command line, before an answer, and at a screen that is kept.
const COMMAND: u32 = 1_500;
const ANSWER: u32 = 700;
const LOOK: u32 = 2_500;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/first-half-hour")
}

/// The events of a recording, in the order of asciicast v2.
#[derive(Default)]
struct Cast {
    /// In milliseconds.
    now: u32,
    events: Vec<Value>,
    /// Bytes that wait for the next pause, and for the rest of a character.
    waiting: Vec<u8>,
}

impl Cast {
    fn event(&mut self, code: &str, data: &str) {
        self.events.push(json!([f64::from(self.now) / 1_000.0, code, data]));
    }

    fn flush(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let said = String::from_utf8(std::mem::take(&mut self.waiting)).unwrap();
        self.event("o", &said);
    }

    fn beat(&mut self, beat: &Beat) {
        match beat {
            Beat::Said(bytes) => self.waiting.extend(bytes),
            Beat::Typed => {
                self.flush();
                self.now += ANSWER;
            }
            Beat::Kept(name) => {
                self.flush();
                self.event("m", name);
                self.now += LOOK;
            }
        }
    }

    fn take(&mut self, take: &Take) {
        self.event("o", &format!("{ANEW}$ runbook {}", take.command));
        self.now += COMMAND;
        self.event("o", ANEW);
        for beat in &take.beats {
            self.beat(beat);
        }
        self.flush();
        self.now += LOOK;
    }
}

fn recorded() -> String {
    let mut cast = Cast::default();
    for take in played() {
        cast.take(&take);
    }
    let (height, width) = SIZE;
    let title = "runbook: the first half hour of an email outage";
    let head = json!({"version": 2, "width": width, "height": height, "title": title});
    let lines = std::iter::once(head).chain(cast.events);
    lines.fold(String::new(), |text, line| text + &line.to_string() + "\n")
}

/// Plays a recording to a terminal, and looks at the screen at every marker.
fn replay(cast: &str, mut look: impl FnMut(&str, &vt100::Screen)) {
    let (height, width) = SIZE;
    let size = |count| NonZeroU16::new(count).unwrap();
    let mut terminal = vt100::Parser::new(size(height), size(width), 0);
    for line in cast.lines().skip(1) {
        let event: Value = serde_json::from_str(line).unwrap();
        let data = event[2].as_str().unwrap();
        match event[1].as_str().unwrap() {
            "o" => terminal.process(data.as_bytes()),
            "m" => look(data, terminal.screen()),
            other => panic!("what is a {other} event?"),
        }
    }
}

/// The pictures of a recording, by file name.
fn stills(cast: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    replay(cast, |name, screen| {
        if let Some((_, title)) = STILLS.iter().find(|(still, _)| *still == name) {
            all.push((format!("{name}.svg"), still::svg(screen, title)));
        }
    });
    assert_eq!(all.len(), STILLS.len());
    all
}

fn read(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Writes everything anew, if somebody asks for it.
fn record() {
    let cast = recorded();
    fs::create_dir_all(folder()).unwrap();
    for (name, svg) in stills(&cast) {
        fs::write(folder().join(name), svg).unwrap();
    }
    fs::write(folder().join("first-half-hour.cast"), cast).unwrap();
}

#[test]
fn the_recording_shows_the_kept_screens() {
    #[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
    if std::env::var("RUNBOOK_RECORD").is_ok_and(|wish| wish == "1") {
        record();
    }
    let cast = read("first-half-hour.cast");
    let screens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/screens");
    let mut seen = Vec::new();
    replay(&cast, |name, screen| {
        let kept = fs::read_to_string(screens.join(name).with_extension("txt")).unwrap();
        let again = "RUNBOOK_RECORD=1 cargo test --test it recording";
        assert_eq!(redact_screen(&screen.contents()), kept, "{name}: stale; {again}");
        seen.push(format!("{name}.txt"));
    });
    let mut all: Vec<String> = fs::read_dir(screens)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "log.txt")
        .collect();
    all.sort();
    seen.sort();
    assert_eq!(seen, all);
    the_pictures_show_the_recording(&cast);
    nothing_of_this_machine(&cast);
}

fn the_pictures_show_the_recording(cast: &str) {
    for (name, svg) in stills(cast) {
        assert!(read(&name) == svg, "{name} is not from this recording");
    }
    replay(cast, |name, screen| {
        if STILLS.iter().any(|(still, _)| *still == name) {
            let shown = screen.rows(0, SIZE.1).map(|row| row.trim_end().to_owned());
            let picture = still::rows(&read(&format!("{name}.svg")), SIZE.0);
            assert_eq!(picture, shown.collect::<Vec<_>>(), "{name}");
        }
    });
}

/// Neither a folder nor a variable of whoever recorded it.
fn nothing_of_this_machine(cast: &str) {
    let path = Regex::new(r#"(^|[^A-Za-z0-9<])/[A-Za-z]+/|[A-Z]:\\|RUNBOOK_"#).unwrap();
    assert!(!path.is_match(cast), "{:?}", path.find(cast));
}
