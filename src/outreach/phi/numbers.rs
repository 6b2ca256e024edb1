//! Numbers that point at one person: what counts is their shape and the words beside them.

use std::ops::Range;

use super::tokens::{Gap, Shape, Tokens};

type Spans = Vec<Range<usize>>;

/// Between a keyword and its number.
const FILLERS: &[&str] = &["is", "was", "on", "in", "number", "numbers", "no", "num", "nr", "id"];

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Beside a phone number: a company's, or no phone number at all.
const BUSINESS: &[&str] = &[
    "account",
    "bridge",
    "carrier",
    "case",
    "conference",
    "contract",
    "desk",
    "dial",
    "fax",
    "helpdesk",
    "hotline",
    "inc",
    "incident",
    "invoice",
    "isp",
    "microsoft",
    "noc",
    "oncall",
    "operator",
    "order",
    "office",
    "provider",
    "ref",
    "reference",
    "serial",
    "support",
    "switchboard",
    "ticket",
    "tracking",
    "vendor",
    "wholesaler",
];

/// Beside a phone number: a person's, whatever else is said.
const PERSONAL: &[&str] = &[
    "cell", "daughter", "father", "he", "her", "his", "home", "husband", "mobile", "mother",
    "patient", "pt", "she", "son", "wife",
];

/// `123-45-6789` anywhere; with spaces or nothing between only where the text says what it is.
pub(super) fn social_security(tokens: &Tokens<'_>) -> Spans {
    let found = |at: usize| {
        let dashed = groups(tokens, at, &[3, 2, 4], "-").filter(|last| *last == at + 4);
        let named = || {
            let said = near(tokens, at, 5, 0).iter().any(|w| w == "ssn" || w == "security");
            let one = (tokens.digits(at) == 9).then_some(at);
            said.then(|| one.or_else(|| groups(tokens, at, &[3, 2, 4], "-"))).flatten()
        };
        let last = dashed.or_else(named)?;
        let free = tokens.is_free_before(at) && tokens.is_free_after(last);
        let digits = digits(tokens, at, last);
        (free && was_issued(&digits)).then(|| tokens.span(at, last))
    };
    (0..tokens.len()).filter_map(found).collect()
}

/// Area 000, 666 and 900 to 999, group 00 and serial 0000 were never given to anybody.
fn was_issued(digits: &str) -> bool {
    let (area, rest) = digits.split_at(3.min(digits.len()));
    let (group, serial) = rest.split_at(2.min(rest.len()));
    !matches!(area, "000" | "666") && !area.starts_with('9') && group != "00" && serial != "0000"
}

/// A date right after, or right before, a word for birth.
pub(super) fn birth_dates(tokens: &Tokens<'_>) -> Spans {
    let mut spans = Vec::new();
    for at in 0..tokens.len() {
        let Some((keyword, next)) = birth_word(tokens, at) else { continue };
        let date = tokens.skip(next, FILLERS, ":=-(.", 4);
        if let Some(last) = birth_date(tokens, date, keyword) {
            spans.push(tokens.span(date, last));
        } else if let Some((first, last)) = date_before(tokens, at) {
            spans.push(tokens.span(first, last));
        }
    }
    spans
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Birth {
    /// "dob": whatever number follows is one.
    Date,
    /// "born": an ordinary word.
    Born,
}

fn birth_word(tokens: &Tokens<'_>, at: usize) -> Option<(Birth, usize)> {
    let word = |n: usize| tokens.word(at + n);
    match word(0).as_str() {
        "dob" | "birthdate" | "birthday" | "birthdates" => Some((Birth::Date, at + 1)),
        "born" => Some((Birth::Born, at + 1)),
        "birth" if word(1) == "date" => Some((Birth::Date, at + 2)),
        "date" if word(1) == "of" && word(2) == "birth" => Some((Birth::Date, at + 3)),
        "d" if word(2) == "o" && word(4) == "b" => Some((Birth::Date, at + 5)),
        _ => None,
    }
}

fn birth_date(tokens: &Tokens<'_>, at: usize, keyword: Birth) -> Option<usize> {
    let year = || {
        let year = tokens.get(at).filter(|_| tokens.digits(at) == 4)?;
        let alone = tokens.is_free_after(at);
        (alone && (year.text.starts_with("19") || year.text.starts_with("20"))).then_some(at)
    };
    let compact = || (keyword == Birth::Date && tokens.digits(at) == 8).then_some(at);
    date(tokens, at).or_else(compact).or_else(year)
}

fn date_before(tokens: &Tokens<'_>, keyword: usize) -> Option<(usize, usize)> {
    let last = keyword.checked_sub(1)?;
    let last = if tokens.is_mark(last, ",;(:") { last.checked_sub(1)? } else { last };
    let beside = tokens.get(keyword).is_some_and(|token| token.gap != Gap::Break);
    let first = (last.saturating_sub(5)..=last).find(|at| date(tokens, *at) == Some(last))?;
    beside.then_some((first, last))
}

/// The last token of a whole date that starts here.
fn date(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is_free_before(at) {
        return None;
    }
    let (a, b, c) = (tokens.digits(at), tokens.digits(at + 2), tokens.digits(at + 4));
    let joined = tokens.is_mark(at + 1, "/-.") && tokens.is_mark(at + 3, "/-.");
    let glued = (at + 1..=at + 4).all(|n| tokens.is_glued(n));
    let day_first = (1..=2).contains(&a) && (1..=2).contains(&b) && (c == 2 || c == 4);
    let year_first = a == 4 && (1..=2).contains(&b) && (1..=2).contains(&c);
    let (day, month) = if year_first { (at + 2, at + 4) } else { (at, at + 2) };
    if joined && glued && (day_first || year_first) && is_day_of_year(tokens, day, month) {
        return Some(at + 4);
    }
    named_month(tokens, at)
}

/// Two numbers that can be a day and a month, in either order.
fn is_day_of_year(tokens: &Tokens<'_>, one: usize, other: usize) -> bool {
    let value = |at: usize| tokens.get(at).and_then(|token| token.text.parse::<u8>().ok());
    let (Some(a), Some(b)) = (value(one), value(other)) else { return false };
    (1..=12).contains(&a.min(b)) && (1..=31).contains(&a.max(b))
}

/// `March 14, 1952` or `14th Mar 1952`.
fn named_month(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_month = |at: usize| {
        let word = tokens.word(at);
        word.len() >= 3 && MONTHS.iter().any(|month| word.starts_with(month))
    };
    let is_day = |at: usize| (1..=2).contains(&tokens.digits(at));
    let ordinal = &["st", "nd", "rd", "th"];
    let year = if is_month(at) && is_day(at + 1) {
        tokens.skip(at + 2, ordinal, ",", 2)
    } else if is_day(at) {
        let month = tokens.skip(at + 1, ordinal, ".", 2);
        is_month(month).then(|| tokens.skip(month + 1, &[], ".,", 2))?
    } else {
        return None;
    };
    (tokens.digits(year) == 4).then_some(year)
}

/// A number after the words for a record, a member or a prescription.
pub(super) fn record_numbers(tokens: &Tokens<'_>) -> Spans {
    let found = |at: usize| {
        let (next, fewest) = record_word(tokens, at)?;
        let first = tokens.skip(next, FILLERS, "#:.=-(", 4);
        let prefixed = tokens.word(first).chars().count() <= 3
            && tokens.digits(first) == 0
            && tokens.is_glued(first + 1);
        let digits_at = if prefixed && tokens.digits(first + 1) > 0 { first + 1 } else { first };
        let last = number_run(tokens, digits_at);
        let is_date = date(tokens, first).is_some();
        let beside = tokens.get(first).is_some_and(|token| token.gap != Gap::Break);
        let enough = digits(tokens, digits_at, last).len() >= fewest;
        (beside && enough && !is_date).then(|| tokens.span(first, last))
    };
    (0..tokens.len()).filter_map(found).collect()
}

/// The token after the keyword, and how many digits make a number of that kind.
fn record_word(tokens: &Tokens<'_>, at: usize) -> Option<(usize, usize)> {
    let next = tokens.word(at + 1);
    match tokens.word(at).as_str() {
        "mrn" | "mrns" => Some((at + 1, 4)),
        "medical" if next == "record" || next == "records" => Some((at + 2, 4)),
        "patient" | "member" | "pt" if matches!(&*next, "id" | "number" | "no") => {
            Some((at + 2, 4))
        }
        "rx" | "prescription" => Some((at + 1, 5)),
        _ => None,
    }
}

/// The last token of numbers joined by hyphens.
fn number_run(tokens: &Tokens<'_>, at: usize) -> usize {
    let mut last = at;
    while tokens.is_mark(last + 1, "-")
        && tokens.is_glued(last + 1)
        && tokens.is_glued(last + 2)
        && tokens.digits(last + 2) > 0
    {
        last += 2;
    }
    last
}

/// North American numbers in any spelling, others after a plus sign; not those beside a business word.
pub(super) fn phones(tokens: &Tokens<'_>) -> Spans {
    let mut spans: Spans = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match phone(tokens, at) {
            Some(last) => {
                if !is_business(tokens, at, last) {
                    spans.push(tokens.span(at, last));
                }
                at = last + 1;
            }
            None => at += 1,
        }
    }
    spans
}

fn phone(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let plus = at > 0 && tokens.is_glued(at) && tokens.is_mark(at - 1, "+");
    let starts = |digits: &str| tokens.get(at).is_some_and(|t| t.text.starts_with(digits));
    let country = || starts("1").then(|| groups(tokens, at, &[1, 3, 3, 4], "-.()")).flatten();
    let bare = || {
        let ten = tokens.digits(at) == 10 && !starts("0") && !starts("1");
        let eleven = tokens.digits(at) == 11 && starts("1");
        (ten || eleven).then_some(at)
    };
    let abroad = || plus.then(|| spaced_run(tokens, at)).flatten();
    let last =
        groups(tokens, at, &[3, 3, 4], "-.()").or_else(country).or_else(bare).or_else(abroad)?;
    (tokens.is_free_before(at) && tokens.is_free_after(last)).then_some(last)
}

/// Numbers after a plus sign, up to the fifteen digits that the numbering plan allows.
fn spaced_run(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let (mut last, mut count) = (at, tokens.digits(at));
    loop {
        let next = tokens.skip(last + 1, &[], "-.()/", 2);
        let more = tokens.digits(next);
        let broken = tokens.get(next).is_none_or(|token| token.gap == Gap::Break);
        if more == 0 || broken || count + more > 15 {
            break;
        }
        (last, count) = (next, count + more);
    }
    (8..=15).contains(&count).then_some(last)
}

fn is_business(tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
    let mut words = near(tokens, first, 6, 0);
    words.extend(near(tokens, last, 0, 5));
    let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    any(BUSINESS) && !any(PERSONAL)
}

/// The words up to so many tokens before and after this one, within its sentence.
fn near(tokens: &Tokens<'_>, at: usize, before: usize, after: usize) -> Vec<String> {
    let ends = |at: usize| tokens.is_mark(at, ".!?;") && !tokens.is_glued(at + 1);
    let broken = |at: usize| tokens.get(at).is_none_or(|token| token.gap == Gap::Break);
    let mut words = Vec::new();
    let mut place = at;
    for _ in 0..before {
        if broken(place) || place == 0 || ends(place - 1) {
            break;
        }
        place -= 1;
        words.push(tokens.word(place));
    }
    for place in (at + 1..).take(after) {
        if broken(place) || ends(place) {
            break;
        }
        words.push(tokens.word(place));
    }
    words
}

/// The last token of number groups of these lengths, with white space or `marks` between them.
fn groups(tokens: &Tokens<'_>, at: usize, lengths: &[usize], marks: &str) -> Option<usize> {
    let (first, rest) = lengths.split_first()?;
    if tokens.digits(at) != *first {
        return None;
    }
    let mut last = at;
    for length in rest {
        let next = tokens.skip(last + 1, &[], marks, 2);
        let token = tokens.get(next)?;
        if token.gap == Gap::Break || tokens.digits(next) != *length {
            return None;
        }
        last = next;
    }
    Some(last)
}

fn digits(tokens: &Tokens<'_>, first: usize, last: usize) -> String {
    let numbers = (first..=last).filter_map(|at| tokens.get(at));
    numbers.filter(|token| token.shape == Shape::Number).map(|token| token.text).collect()
}
