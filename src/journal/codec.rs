//! Record ↔ line. Bytes are evidence, parsing is a view: a record is never written again from what
//! was parsed, and nothing is parsed before its hash holds.
//!
//! Absent here on purpose: the chain (that is `scan`), files, clocks.

use std::borrow::Cow;
use std::cell::Cell;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::flaw::Flaw;
use super::line::{self, MAX_LINE};
use crate::engine::{
    Actor, Digest, Event, Fact, Head, Hlc, Offset, Person, Record, RecordRef, Source, Stamp,
    Timestamp, WriterId,
};
use crate::playbook::RoleId;

/// The version of the envelope. The first bytes of every line of every version are `{"v":N,`.
pub const VERSION: u64 = 1;

const MAX_KIND: usize = 64;

/// Where a record goes.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// The incident's id.
    pub incident: &'a str,
    /// The file's writer.
    pub writer: &'a WriterId,
    /// The record's number, from 1.
    pub seq: u64,
    /// The hash of the record before it, or of the playbook.
    pub prev: Digest,
}

/// A line ready to be appended, with the record that it holds.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The bytes, their line feed included.
    pub line: Vec<u8>,
    /// The same as everybody will read it.
    pub record: Record,
}

/// Why an event cannot become a line.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// More than [`MAX_LINE`].
    #[error("one record holds at most {MAX_LINE} bytes, and this one has {0}")]
    TooLong(usize),
    /// The event has no JSON form.
    #[error("the event cannot be written as JSON")]
    Json(#[source] serde_json::Error),
}

#[derive(Serialize)]
struct Written<'a> {
    v: u64,
    incident: &'a str,
    writer: &'a WriterId,
    seq: u64,
    prev: Digest,
    hlc: Hlc,
    wall: Timestamp,
    offset: Offset,
    #[serde(skip_serializing_if = "Option::is_none")]
    boot: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mono: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a RoleId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scribe: Option<&'a Person>,
    src: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Head]>::is_empty")]
    seen: &'a [Head],
    #[serde(skip_serializing_if = "Option::is_none")]
    exercise_time: Option<Timestamp>,
    #[serde(flatten)]
    event: &'a Event,
}

/// Seals an event into its slot.
///
/// # Errors
/// If the line would be longer than [`MAX_LINE`].
pub fn encode(slot: Slot<'_>, stamp: Stamp, event: Event) -> Result<Sealed, EncodeError> {
    let written = Written {
        v: VERSION,
        incident: slot.incident,
        writer: slot.writer,
        seq: slot.seq,
        prev: slot.prev,
        hlc: stamp.hlc,
        wall: stamp.wall,
        offset: stamp.offset,
        boot: stamp.boot.as_deref(),
        mono: stamp.mono,
        by: stamp.actor.person.as_ref(),
        role: stamp.actor.role.as_ref(),
        scribe: stamp.scribe.as_ref(),
        src: stamp.src,
        occurred: stamp.occurred_at,
        key: stamp.key.as_deref(),
        seen: &stamp.seen,
        exercise_time: stamp.exercise_time,
        event: &event,
    };
    let mut body = serde_json::to_vec(&written).map_err(EncodeError::Json)?;
    body.pop();
    let (line, h) = line::seal(body);
    if line.len() > MAX_LINE {
        return Err(EncodeError::TooLong(line.len()));
    }
    let at = RecordRef { writer: slot.writer.clone(), seq: slot.seq, h };
    Ok(Sealed { line, record: Record { at, stamp, fact: Fact::Known(event) } })
}

#[derive(Deserialize)]
struct Read<'a> {
    #[serde(rename = "v")]
    _v: u64,
    incident: &'a str,
    writer: &'a str,
    seq: u64,
    prev: &'a str,
    hlc: Hlc,
    wall: &'a str,
    offset: Offset,
    #[serde(borrow, default)]
    boot: Option<Cow<'a, str>>,
    #[serde(default)]
    mono: Option<u64>,
    #[serde(default)]
    by: Option<Person>,
    #[serde(default)]
    role: Option<RoleId>,
    #[serde(default)]
    scribe: Option<Person>,
    src: Source,
    #[serde(default)]
    occurred: Option<Timestamp>,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    seen: Vec<Head>,
    #[serde(default)]
    exercise_time: Option<Timestamp>,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
    #[serde(rename = "h")]
    _h: &'a str,
}

/// A parsed record and what it says of the one before it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) record: Record,
    pub(super) prev: Digest,
}

/// Parses a line (without its line feed) whose hash `h` holds.
pub(super) fn decode(
    line: &[u8],
    h: Digest,
    incident: &str,
    writer: &WriterId,
) -> Result<Decoded, Flaw> {
    let version = version(line).ok_or(Flaw::Malformed("the version"))?;
    if version != VERSION {
        return Err(Flaw::NewerFormat(version));
    }
    if !line::shallow(line) {
        return Err(Flaw::Malformed("the nesting"));
    }
    let text = std::str::from_utf8(line).map_err(|_| Flaw::Malformed("the text encoding"))?;
    let read: Read<'_> = serde_json::from_str(text).map_err(|_| Flaw::Malformed("the envelope"))?;
    if read.incident != incident {
        return Err(Flaw::OtherIncident);
    }
    if read.writer != writer.as_str() {
        return Err(Flaw::OtherWriter);
    }
    let prev = Digest::from_hex(read.prev.as_bytes()).ok_or(Flaw::Malformed("\"prev\""))?;
    let wall = Timestamp::parse(read.wall).ok_or(Flaw::Malformed("the wall time"))?;
    let fact = fact(read.kind, read.data)?;
    let stamp = Stamp {
        wall,
        offset: read.offset,
        hlc: read.hlc,
        boot: read.boot.map(Cow::into_owned),
        mono: read.mono,
        actor: Actor { person: read.by, role: read.role },
        scribe: read.scribe,
        src: read.src,
        occurred_at: read.occurred,
        key: read.key,
        seen: read.seen,
        exercise_time: read.exercise_time,
    };
    let at = RecordRef { writer: writer.clone(), seq: read.seq, h };
    Ok(Decoded { record: Record { at, stamp, fact }, prev })
}

/// `N` of `{"v":N,`.
fn version(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(b"{\"v\":")?;
    let digits = &rest[..rest.iter().position(|b| *b == b',')?];
    let canonical = !digits.starts_with(b"0") && digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits).ok().filter(|_| canonical)?.parse().ok()
}

/// A type that this version does not know is newer; a known type with strange data is malformed.
fn fact(kind: &str, data: &RawValue) -> Result<Fact, Flaw> {
    let known = Cell::new(false);
    let tagged = Tagged { kind, data, next: Part::Kind, known: &known };
    match Event::deserialize(MapAccessDeserializer::new(tagged)) {
        Ok(event) if unique_answers(&event, data) => Ok(Fact::Known(event)),
        Ok(_) => Err(Flaw::Malformed("the event's data")),
        Err(_) if known.get() => Err(Flaw::Malformed("the event's data")),
        Err(_) if is_kind(kind) => Ok(Fact::Newer(kind.to_owned())),
        Err(_) => Err(Flaw::Malformed("the event's type")),
    }
}

fn is_kind(word: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    !word.is_empty() && word.len() <= MAX_KIND && word.bytes().all(plain)
}

/// The two halves of an event, handed to its own parser without a second pass over the line.
struct Tagged<'a, 'k> {
    kind: &'a str,
    data: &'a RawValue,
    next: Part,
    known: &'k Cell<bool>,
}

enum Part {
    Kind,
    Data,
    End,
}

impl<'de> MapAccess<'de> for Tagged<'de, '_> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        let key = match self.next {
            Part::Kind => "type",
            Part::Data => "data",
            Part::End => return Ok(None),
        };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        if matches!(self.next, Part::Kind) {
            self.next = Part::Data;
            let value = seed.deserialize(BorrowedStrDeserializer::new(self.kind))?;
            self.known.set(true);
            return Ok(value);
        }
        self.next = Part::End;
        seed.deserialize(&mut serde_json::Deserializer::from_str(self.data.get()))
    }
}

/// A map takes the last of two equal keys without a word; in evidence that is a second meaning.
fn unique_answers(event: &Event, data: &RawValue) -> bool {
    let Event::StepDone(done) = event else { return true };
    done.answers.is_empty()
        || serde_json::from_str::<Answers>(data.get())
            .is_ok_and(|counted| counted.answers.0 == done.answers.len())
}

#[derive(Deserialize)]
struct Answers {
    answers: Entries,
}

struct Entries(usize);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(CountEntries)
    }
}

struct CountEntries;

impl<'de> Visitor<'de> for CountEntries {
    type Value = Entries;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut count = 0;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(Entries(count))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{self, INCIDENT, genesis};
    use super::*;

    fn sealed(stamp: Stamp, event: Event) -> Sealed {
        let writer = sample::writer(7);
        encode(Slot { incident: INCIDENT, writer: &writer, seq: 1, prev: genesis() }, stamp, event)
            .unwrap()
    }

    fn read(line: &[u8]) -> Result<Decoded, Flaw> {
        let line = line.strip_suffix(b"\n").unwrap();
        let h = line::authentic(line).expect("authentic");
        decode(line, h, INCIDENT, &sample::writer(7))
    }

    /// Seals a changed body, as somebody who knows the format would.
    fn reread(line: &[u8], from: &str, to: &str) -> Result<Decoded, Flaw> {
        let body = std::str::from_utf8(&line[..line.len() - line::SUFFIX]).unwrap();
        assert!(body.contains(from), "{from} is not in {body}");
        read(&line::seal(body.replacen(from, to, 1).into_bytes()).0)
    }

    #[test]
    fn a_line_is_these_bytes_for_ever() {
        let seen = vec![RecordRef { writer: sample::writer(1), seq: 3, h: genesis() }];
        let line = sealed(sample::full_stamp(0, seen), sample::note("it\nis \"down\"")).line;
        let g = genesis().hex();
        let body = format!(
            concat!(
                r#"{{"v":1,"incident":"email-outage-1","writer":"w07070707070707070707070707070707","#,
                r#""seq":1,"prev":"{g}","hlc":[1769108700000,0],"wall":"2026-01-22T19:05:00.000Z","#,
                r#""offset":-300,"boot":"b00t","mono":77,"by":"Ana \"Ö\" Núñez","#,
                r#""role":"incident-lead","src":"paper","occurred":"2026-01-22T18:55:00.000Z","#,
                r#""key":"k\\1","#,
                r#""seen":[{{"writer":"w01010101010101010101010101010101","seq":3,"h":"{g}"}}],"#,
                r#""type":"note_added","data":{{"kind":"situation","text":{{"text":"it\nis \"down\""}}}}"#,
            ),
            g = g
        );
        let h = line::sha256(body.as_bytes()).hex();
        assert_eq!(String::from_utf8(line).unwrap(), format!("{body},\"h\":\"{h}\"}}\n"));
        let bare = sealed(sample::stamp(0), Event::IncidentDeclared {}).line;
        assert!(
            std::str::from_utf8(&bare).unwrap().contains(
                r#""offset":-300,"src":"typed","type":"incident_declared","data":{},"h":""#
            )
        );
    }

    #[test]
    fn the_scribe_stands_beside_whoever_did_it() {
        let scribe = Some(Person::new("Eva Lund").unwrap());
        let stamp = Stamp { scribe, ..sample::full_stamp(0, vec![]) };
        let line = sealed(stamp.clone(), sample::note("x")).line;
        let text = std::str::from_utf8(&line).unwrap();
        assert!(text.contains(r#""role":"incident-lead","scribe":"Eva Lund","src":"paper""#));
        assert_eq!(read(&line).unwrap().record.stamp, stamp);
        let without = reread(&line, r#""scribe":"Eva Lund","#, "").unwrap();
        assert_eq!(without.record.stamp, Stamp { scribe: None, ..stamp });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_sha256sum_says_of_a_line_is_its_hash() {
        use std::io::Write as _;
        use std::process::{Command, Stdio};
        let one = sealed(sample::stamp(0), sample::note("one"));
        let script = "sed -n 1p | head -c -73 | sha256sum";
        let mut shell = Command::new("sh")
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        shell.stdin.take().unwrap().write_all(&one.line).unwrap();
        let said = shell.wait_with_output().unwrap();
        assert_eq!(said.stdout.get(..64), Some(one.record.at.h.hex().as_bytes()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn every_event_comes_back_as_it_went(words in "\\PC{0,40}|[\u{0}-\u{20}\"\\\\]{0,20}", n: u32) {
            for (at, event) in sample::every_event(&words, n).into_iter().enumerate() {
                let ms = i64::from(n);
                let stamp = if at % 2 == 0 { sample::stamp(ms) } else { sample::full_stamp(ms, vec![]) };
                let exercise_time = (at % 3 == 0).then(|| sample::at(ms + 7));
                let stamp = Stamp { exercise_time, ..stamp };
                let sealed = sealed(stamp, event);
                let back = read(&sealed.line).unwrap();
                prop_assert_eq!(back.record, sealed.record);
                prop_assert_eq!(back.prev, genesis());
            }
        }
    }

    #[test]
    fn a_newer_event_is_not_damage_and_a_known_one_in_disorder_is() {
        let line = sealed(sample::stamp(0), sample::note("x")).line;
        let newer = reread(&line, "note_added", "patient_teleported").unwrap();
        assert_eq!(newer.record.fact, Fact::Newer("patient_teleported".to_owned()));
        let data = Err(Flaw::Malformed("the event's data"));
        for (from, to, expected) in [
            (r#""situation""#, r#""gossip""#, data.clone()),
            (r#""kind":"situation","#, "", data.clone()),
            (r#"{"text":"x"}"#, r#"{"text":"x","sealed":"y"}"#, data.clone()),
            (r#""kind":"situation""#, r#""kind":"situation","kind":"safety""#, data.clone()),
            (r#""note_added""#, r#""Note Added""#, Err(Flaw::Malformed("the event's type"))),
            (r#""v":1"#, r#""v":2"#, Err(Flaw::NewerFormat(2))),
            (r#""v":1"#, r#""v":01"#, Err(Flaw::Malformed("the version"))),
            (r#"{"v":1"#, r#"{ "v":1"#, Err(Flaw::Malformed("the version"))),
            (r#""seq":1"#, r#""seq":1,"seq":2"#, Err(Flaw::Malformed("the envelope"))),
            (r#""seq":1"#, r#""seq":-1"#, Err(Flaw::Malformed("the envelope"))),
            (r#""src":"typed","#, "", Err(Flaw::Malformed("the envelope"))),
            (r#""v":1"#, "\"v\":1,\"\u{7}\":1", Err(Flaw::Malformed("the envelope"))),
            (r#""prev":"#, r#""prev":"A"#, Err(Flaw::Malformed("the envelope"))),
            (r#""wall":"2026"#, r#""wall":"26"#, Err(Flaw::Malformed("the wall time"))),
            ("email-outage-1", "email-outage-2", Err(Flaw::OtherIncident)),
            ("w0707", "w0807", Err(Flaw::OtherWriter)),
        ] {
            assert_eq!(reread(&line, from, to).map(|_| ()), expected, "{from} -> {to}");
        }
        let unknown = reread(&line, r#""src":"#, r#""weather":{"x":[1]},"src":"#).unwrap();
        assert_eq!(unknown.record.fact, Fact::Known(sample::note("x")));
        let deep = format!(r#""x":{}{},"src":"#, "[".repeat(16), "]".repeat(16));
        assert_eq!(
            reread(&line, r#""src":"#, &deep).map(|_| ()),
            Err(Flaw::Malformed("the nesting"))
        );
        let raw = [&line[..line.len() - line::SUFFIX], b",\"x\":\"\xff\""].concat();
        assert_eq!(read(&line::seal(raw).0).map(|_| ()), Err(Flaw::Malformed("the text encoding")));
    }

    #[test]
    fn an_answer_has_one_meaning() {
        let done =
            sample::every_event("x", 1).into_iter().rfind(|e| matches!(e, Event::StepDone(_)));
        let line = sealed(sample::stamp(0), done.unwrap()).line;
        let twice = reread(&line, r#""answers":{"#, r#""answers":{"who":{"text":"me"},"#);
        assert_eq!(twice.map(|_| ()), Err(Flaw::Malformed("the event's data")));
    }

    #[test]
    fn a_record_over_the_limit_is_refused() {
        let writer = sample::writer(7);
        let slot = Slot { incident: INCIDENT, writer: &writer, seq: 1, prev: genesis() };
        let frame = sealed(sample::stamp(0), sample::note("")).line.len();
        let of = |length: usize| {
            encode(slot, sample::stamp(0), sample::note(&"x".repeat(length - frame)))
        };
        let most = of(MAX_LINE).unwrap();
        assert!(read(&most.line).is_ok());
        assert!(matches!(of(MAX_LINE + 1), Err(EncodeError::TooLong(n)) if n == MAX_LINE + 1));
    }
}
