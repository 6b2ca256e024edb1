//! The form of a line: which words are the code, the time, the initials, and what is left.
//!
//! `CODE TIME INITIALS [WORDS]`, and a few letters in the place of a code: `N` a note, `R` a role held,
//! `H` a hand-over, `M` a milestone, `C` cause and reach. An outcome other than done stands in front of the
//! initials, as on the printed sheets, or behind the code, or behind the initials. What the words mean needs the
//! playbook and is looked at elsewhere. An escalation has no line: it opens another incident, and says so.

use super::fault::Fault;
use super::people::{letters, signs};
use super::row::{Cursor, Row, Word};

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// The sheets' playbook, and its version; `checked` = the codes were compared by hand.
    Playbook { id: Word, version: Option<Word>, checked: bool },
    /// Who types.
    Scribe(Word),
    /// The day of the lines that follow.
    Date(Word),
    /// Whose sheet follows.
    Sheet(Word),
    /// The sheets are of an exercise.
    Exercise(Word),
    /// Whose initials these are.
    Whose { letters: Word, name: Word },
    /// Something that happened.
    Said(Box<Said>),
}

/// Something that happened, as the sheet has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) what: What,
    pub(super) time: Clock,
    /// Who signed; absent where the sheet shows nobody.
    pub(super) who: Option<Who>,
    /// What else stands there, as it was written.
    pub(super) rest: Option<Word>,
    /// Keep the words out of the log.
    pub(super) private: bool,
    /// The words were checked: they name no patient.
    pub(super) no_phi: bool,
}

/// What kind of thing happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Opened,
    /// `until` only where the outcome stands in front of the initials, and is to wait.
    Step {
        step: Word,
        outcome: Option<Outcome>,
        until: Option<Clock>,
    },
    Note {
        kind: Option<Word>,
    },
    Held(Held),
    HandOver {
        role: Word,
        to: Who,
    },
    Mark {
        mark: Word,
        service: Option<Word>,
    },
    Classified,
    Closed,
    FalseAlarm,
}

/// A line of a sheet's head: who held the role from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) role: Word,
    pub(super) deputy: bool,
    pub(super) until: Option<Clock>,
    pub(super) name: Word,
    /// Who gave the role to them, where that is not the person.
    pub(super) by: Option<Who>,
}

/// A time as it stands on the sheet; `checked` = it looks wrong and the sheet says so all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) word: Word,
    pub(super) checked: bool,
}

/// Who signed: initials, a name, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) letters: Option<String>,
    pub(super) name: Option<String>,
    pub(super) span: std::ops::Range<usize>,
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Begin,
    Done,
    Skip,
    Fail,
    Defer,
    Reopen,
    Approve,
}

/// Every word for an outcome.
const OUTCOMES: [(&str, Outcome); 18] = [
    ("begin", Outcome::Begin),
    ("began", Outcome::Begin),
    ("begun", Outcome::Begin),
    ("done", Outcome::Done),
    ("skip", Outcome::Skip),
    ("skipped", Outcome::Skip),
    ("n/a", Outcome::Skip),
    ("na", Outcome::Skip),
    ("fail", Outcome::Fail),
    ("failed", Outcome::Fail),
    ("defer", Outcome::Defer),
    ("deferred", Outcome::Defer),
    ("later", Outcome::Defer),
    ("reopen", Outcome::Reopen),
    ("reopened", Outcome::Reopen),
    ("approve", Outcome::Approve),
    ("approved", Outcome::Approve),
    ("agreed", Outcome::Approve),
];

/// The outcome that a word means.
pub(super) fn outcome(word: &str) -> Option<Outcome> {
    OUTCOMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, outcome)| *outcome)
}

/// Reads one line.
pub(super) fn line(row: &Row) -> Result<Line, Fault> {
    let mut cursor = Cursor::new(row);
    let (private, no_phi) = flags(&mut cursor, row);
    let Some(first) = cursor.next() else {
        return Err(Fault::new("nothing stands here", row.whole()));
    };
    if cursor.take(&["="]).is_some() {
        let name = need(cursor.rest(), &cursor, "a name")?;
        return Ok(Line::Whose { letters: first, name });
    }
    if let Some((short, name)) = first.text.split_once('=') {
        let letters = Word { text: short.to_owned(), span: first.span.clone() };
        let more = cursor.rest().map(|word| format!(" {}", word.text)).unwrap_or_default();
        return Ok(Line::Whose {
            letters,
            name: Word { text: format!("{name}{more}"), span: first.span },
        });
    }
    match first.text.to_lowercase().as_str() {
        "playbook" => playbook(&mut cursor),
        "scribe" => Ok(Line::Scribe(need(cursor.rest(), &cursor, "a name")?)),
        "date" => Ok(Line::Date(need(cursor.rest(), &cursor, "a day, such as 2026-01-22")?)),
        "exercise" => exercise(first, &cursor),
        "sheet" => Ok(Line::Sheet(need(cursor.rest(), &cursor, "a role")?)),
        _ => {
            let said = said(first, &mut cursor)?;
            Ok(Line::Said(Box::new(Said { private, no_phi, ..said })))
        }
    }
}

/// `EXERCISE`, `EXERCISE - not real …`: the head of a sheet.
fn exercise(first: Word, cursor: &Cursor<'_>) -> Result<Line, Fault> {
    match cursor.peek() {
        Some(next) if !next.text.starts_with(['-', '\u{2013}']) => {
            Err(Fault::new("an entry stands behind the word EXERCISE", next.span)
                .help("give the entry a line of its own, below one that says EXERCISE"))
        }
        _ => Ok(Line::Exercise(first)),
    }
}

/// `--private` and `--no-phi` at the end of a line mean what they mean on the command line.
fn flags(cursor: &mut Cursor<'_>, row: &Row) -> (bool, bool) {
    let (mut private, mut no_phi) = (false, false);
    loop {
        let text = row.text[..cursor.end()].trim_end();
        if text.ends_with(" --private") {
            private = true;
        } else if text.ends_with(" --no-phi") {
            no_phi = true;
        } else {
            return (private, no_phi);
        }
        let _flag = cursor.last();
    }
}

fn need(word: Option<Word>, cursor: &Cursor<'_>, what: &str) -> Result<Word, Fault> {
    word.ok_or_else(|| Fault::new(format!("{what} is missing"), cursor.here()))
}

fn playbook(cursor: &mut Cursor<'_>) -> Result<Line, Fault> {
    let id = need(cursor.next(), cursor, "the playbook's name")?;
    let version = cursor.rest();
    let checked = version.as_ref().is_some_and(|word| word.text.ends_with('!'));
    let version = version
        .map(|word| Word { text: word.text.trim_end_matches('!').trim().to_owned(), ..word });
    Ok(Line::Playbook { id, version, checked })
}

fn said(first: Word, cursor: &mut Cursor<'_>) -> Result<Said, Fault> {
    match first.text.to_lowercase().as_str() {
        "n" | "note" => {
            let kind = cursor.peek().filter(|word| !starts_time(&word.text));
            let kind = kind.and_then(|_| cursor.next());
            signed(What::Note { kind }, cursor)
        }
        "r" | "role" => held(cursor),
        "h" | "handover" => hand_over(cursor),
        "m" | "mark" => {
            let mark = need(cursor.next(), cursor, "the milestone")?;
            let service = cursor.peek().filter(|word| !starts_time(&word.text));
            let service = service.and_then(|_| cursor.next());
            signed(What::Mark { mark, service }, cursor)
        }
        "c" | "classify" => signed(What::Classified, cursor),
        "close" | "closed" => signed(What::Closed, cursor),
        "false-alarm" => signed(What::FalseAlarm, cursor),
        "opened" => signed(What::Opened, cursor),
        word if names_escalation(word) && !goes_on_as_step(cursor) => Err(escalation(first.span)),
        _ => step(first, cursor),
    }
}

/// What people write where they went on with another playbook.
pub(super) fn names_escalation(word: &str) -> bool {
    ["e", "x", "escalate", "escalated"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// A playbook may have a step of that name.
fn goes_on_as_step(cursor: &Cursor<'_>) -> bool {
    cursor.peek().is_some_and(|next| starts_time(&next.text) || outcome(&next.text).is_some())
}

/// Another playbook is an incident of its own, which no line opens.
pub(super) fn escalation(at: std::ops::Range<usize>) -> Fault {
    Fault::new("no line opens another playbook", at).help(
        "type runbook escalate PLAYBOOK --reason TEXT --at TIME, then its sheets into the incident that it \
         opens; here a note: N 15:00 AD it goes on as ransomware",
    )
}

/// Time, initials, and what is left.
fn signed(what: What, cursor: &mut Cursor<'_>) -> Result<Said, Fault> {
    let time = time(cursor)?;
    let who = who(cursor)?;
    let rest = cursor.rest();
    Ok(Said { what, time, who, rest, private: false, no_phi: false })
}

/// `CODE [OUTCOME] TIME [OUTCOME] INITIALS [WORDS]`.
fn step(step: Word, cursor: &mut Cursor<'_>) -> Result<Said, Fault> {
    let mut said = cursor.peek().and_then(|word| outcome(&word.text));
    if said.is_some() {
        let _outcome = cursor.next();
    }
    let time = time(cursor)?;
    let mut until = None;
    if said.is_none()
        && let Some(word) = cursor.peek()
        // These two letters are somebody's initials as well.
        && let Some(outcome) = outcome(&word.text).filter(|_| !word.text.eq_ignore_ascii_case("na"))
    {
        let _outcome = cursor.next();
        said = Some(outcome);
        if outcome == Outcome::Defer {
            let _until = cursor.take(&["until"]);
            let here = cursor.peek().is_some_and(|word| starts_time(&word.text));
            until = here.then(|| self::time(cursor)).transpose()?;
        }
    }
    let who = who(cursor)?;
    let rest = cursor.rest();
    let what = What::Step { step, outcome: said, until };
    Ok(Said { what, time, who, rest, private: false, no_phi: false })
}

/// Whether a word is meant as a time. A clock begins with a digit.
pub(super) fn starts_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// `14:05`, `1405`, `2:05 pm`, `2026-01-22 14:05`; a `!` behind it says that it was looked at twice.
pub(super) fn time(cursor: &mut Cursor<'_>) -> Result<Clock, Fault> {
    let missing = |at: std::ops::Range<usize>| {
        Fault::new("the time is missing", at).help("write it as on the sheet: I-07 14:05 AD")
    };
    let first = cursor.peek().ok_or_else(|| missing(cursor.here()))?;
    if !starts_time(&first.text) {
        return Err(missing(first.span));
    }
    let mut word = need(cursor.next(), cursor, "the time")?;
    if is_day(&word.text) && cursor.peek().is_some_and(|next| starts_time(&next.text)) {
        append(&mut word, cursor.next());
    }
    if cursor.peek().is_some_and(|next| is_half(&next.text)) {
        append(&mut word, cursor.next());
    }
    let checked = word.text.ends_with('!');
    word.text = word.text.trim_end_matches('!').to_owned();
    Ok(Clock { word, checked })
}

fn append(word: &mut Word, next: Option<Word>) {
    let Some(next) = next else { return };
    word.text = format!("{} {}", word.text, next.text);
    word.span.end = next.span.end;
}

fn is_day(word: &str) -> bool {
    let shape: Vec<usize> = word.split('-').map(str::len).collect();
    shape == [4, 2, 2] && word.chars().all(|c| c.is_ascii_digit() || c == '-')
}

fn is_half(word: &str) -> bool {
    let word = word.trim_end_matches('!').to_lowercase();
    matches!(word.as_str(), "am" | "pm" | "a.m." | "p.m.")
}

/// Who signed: `AD`, `"Ana Diaz"`, `AD="Ana Diaz"`; `-` = nobody, as on the sheet.
pub(super) fn who(cursor: &mut Cursor<'_>) -> Result<Option<Who>, Fault> {
    let Some(word) = cursor.peek() else { return Ok(None) };
    if word.text == "-" {
        let _nobody = cursor.next();
        return Ok(None);
    }
    if let Some(name) = unquoted(&word.text) {
        let _name = cursor.next();
        return Ok(Some(Who { letters: None, name: Some(name), span: word.span }));
    }
    if let Some((short, quote)) =
        word.text.split_once('=').filter(|(_, name)| name.starts_with('"'))
        && let Some(letters) = letters(short)
    {
        return named(letters, quote, &word, cursor).map(Some);
    }
    if word.text.chars().count() == 1 && word.text.chars().all(char::is_alphabetic) {
        let fault = Fault::new("initials have two to five letters", word.span);
        return Err(fault.help("where the sheet shows no initials, write - in their place"));
    }
    let bare = word.text.trim_matches(['(', ')', ',', ';', ':']);
    let Some(letters) = letters(bare) else { return Ok(None) };
    let _letters = cursor.next();
    Ok(Some(Who { letters: Some(letters), name: None, span: word.span }))
}

/// `AD="Ana Diaz"`, whose quotes may hold blanks.
fn named(letters: String, quote: &str, word: &Word, cursor: &mut Cursor<'_>) -> Result<Who, Fault> {
    let _first = cursor.next();
    let (mut name, mut span) = (quote.to_owned(), word.span.clone());
    while unquoted(&name).is_none() {
        let Some(next) = cursor.next() else {
            return Err(Fault::new("a quote is not closed", span));
        };
        name = format!("{name} {}", next.text);
        span.end = next.span.end;
    }
    Ok(Who { letters: Some(letters), name: unquoted(&name), span })
}

fn unquoted(word: &str) -> Option<String> {
    let name = word.strip_prefix('"')?.strip_suffix('"')?;
    (!name.trim().is_empty()).then(|| name.trim().to_owned())
}

/// `R [deputy] ROLE [deputy] START[-END] NAME[,] [INITIALS] [by INITIALS]`.
fn held(cursor: &mut Cursor<'_>) -> Result<Said, Fault> {
    let before = cursor.take(&["deputy"]).is_some();
    let (role, behind) = role(cursor)?;
    let deputy = before || behind;
    let (time, until) = span_of_time(cursor)?;
    let by = given_by(cursor)?;
    let (name, who) = name_and_letters(cursor)?;
    let held = Held { role, deputy, until, name, by };
    let what = What::Held(held);
    Ok(Said { what, time, who, rest: None, private: false, no_phi: false })
}

/// A role by its name or its title, and whether `deputy` stands behind it.
fn role(cursor: &mut Cursor<'_>) -> Result<(Word, bool), Fault> {
    let mut role = need(cursor.next(), cursor, "the role")?;
    while let Some(word) = cursor.peek().filter(|word| !starts_time(&word.text)) {
        if cursor.take(&["deputy"]).is_some() {
            return Ok((role, true));
        }
        // A name in the place of the time says that the time is missing, not that the role is long.
        if role.text.split(' ').count() >= MOST_WORDS {
            return Err(Fault::new("the time is missing", word.span));
        }
        append(&mut role, cursor.next());
    }
    Ok((role, false))
}

/// As many words as the title of a role has.
const MOST_WORDS: usize = 8;

/// `13:50-16:00`, `13:50 - 16:00`, `13:50 to 16:00`, `13:50-`, `13:50`.
fn span_of_time(cursor: &mut Cursor<'_>) -> Result<(Clock, Option<Clock>), Fault> {
    const DASHES: [char; 2] = ['-', '\u{2013}'];
    let mut from = time(cursor)?;
    let dash = from.word.text.rfind(DASHES).filter(|at| from.word.text[..*at].contains(':'));
    // A full time carries an offset of its own behind the dash.
    let dash = dash.filter(|_| !from.word.text.contains(['T', 't']));
    if let Some(at) = dash {
        let end = from.word.text[at..].trim_start_matches(DASHES).to_owned();
        let width = from.word.text.len() - end.len();
        let span = from.word.span.clone();
        from.word.text.truncate(at);
        if end.is_empty() {
            return Ok((from, None));
        }
        let word = Word { text: end, span: (span.start + width).min(span.end)..span.end };
        return Ok((from.clone(), Some(Clock { word, checked: from.checked })));
    }
    if cursor.take(&["-", "\u{2013}", "to"]).is_none() {
        return Ok((from, None));
    }
    let ends = cursor.peek().is_some_and(|word| starts_time(&word.text));
    Ok((from, ends.then(|| time(cursor)).transpose()?))
}

/// `by AD` at the end of the line.
fn given_by(cursor: &mut Cursor<'_>) -> Result<Option<Who>, Fault> {
    let Some((before, letters)) = cursor.last_two() else { return Ok(None) };
    if !before.text.eq_ignore_ascii_case("by") {
        return Ok(None);
    }
    let Some(short) = self::letters(&letters.text) else {
        return Err(Fault::new("initials have two to five letters", letters.span));
    };
    let _by = (cursor.last(), cursor.last());
    Ok(Some(Who { letters: Some(short), name: None, span: letters.span }))
}

/// A name, and the initials behind it where there are any: behind a comma, or where they fit the name.
fn name_and_letters(cursor: &mut Cursor<'_>) -> Result<(Word, Option<Who>), Fault> {
    let mut whole = need(cursor.rest(), cursor, "the name")?;
    let comma = whole.text.rfind(',').map(|at| (at, at + 1));
    let blank = || whole.text.rfind(char::is_whitespace).map(|at| (at, at + 1));
    let split = comma.or_else(|| {
        blank().filter(|(end, start)| signs(whole.text[..*end].trim(), &whole.text[*start..]))
    });
    let Some((end, start)) = split else {
        return Ok((Word { text: bare(&whole.text), span: whole.span }, None));
    };
    let written = whole.text[start..].trim().to_owned();
    let exact = whole.span.len() == whole.text.len();
    let behind = whole.text.len() - whole.text[start..].trim_start().len();
    let from = if exact { whole.span.start + behind } else { whole.span.start };
    let span = from..whole.span.end;
    let who = match (written.as_str(), letters(&written)) {
        ("" | "-", _) => None,
        (_, Some(letters)) => Some(Who { letters: Some(letters), name: None, span }),
        (_, None) => {
            return Err(Fault::new("initials have two to five letters", span)
                .help("R incident-lead 13:50-16:00 Ana Diaz, AD"));
        }
    };
    if exact {
        whole.span.end = whole.span.start + end;
    }
    Ok((Word { text: bare(&whole.text[..end]), span: whole.span }, who))
}

fn bare(name: &str) -> String {
    unquoted(name.trim()).unwrap_or_else(|| name.trim().to_owned())
}

/// `H ROLE TIME FROM TO [WORDS]`.
fn hand_over(cursor: &mut Cursor<'_>) -> Result<Said, Fault> {
    let (role, _) = role(cursor)?;
    let time = time(cursor)?;
    let how = "H incident-lead 16:00 AD BI, first who hands over, then who takes over";
    let missing = |cursor: &Cursor<'_>| Fault::new("initials are missing", cursor.here()).help(how);
    let from = who(cursor)?.ok_or_else(|| missing(cursor))?;
    let _arrow = cursor.take(&["to", ">", "->"]);
    let to = who(cursor)?.ok_or_else(|| missing(cursor))?;
    let (what, rest) = (What::HandOver { role, to }, cursor.rest());
    Ok(Said { what, time, who: Some(from), rest, private: false, no_phi: false })
}
