//! Names in braces that a message has filled in before it goes out, and how telling each one is.

/// The names that a message may hold without anybody defining them, each with its level of health
/// information: 0 nothing about any patient, 1 generic words and when, 2 that there is an order or who is
/// meant, 3 clinical detail. The levels are the house's own (`domain.md` §5 of the project's notes);
/// what a site puts under `values` is the same for every patient, so it is 0.
const LEVELS: [(&str, u8); 27] = [
    ("site", 0),
    ("phone", 0),
    ("public-phone", 0),
    ("hours", 0),
    ("website", 0),
    ("address", 0),
    ("date", 1),
    ("time", 1),
    ("visit-date", 1),
    ("visit-time", 1),
    ("appointment", 1),
    ("name", 2),
    ("first-name", 2),
    ("last-name", 2),
    ("patient", 2),
    ("order", 2),
    ("order-number", 2),
    ("pickup-date", 2),
    ("delivery-date", 2),
    ("birth-date", 3),
    ("clinic", 3),
    ("condition", 3),
    ("dose", 3),
    ("drug", 3),
    ("medicine", 3),
    ("prescriber", 3),
    ("result", 3),
];

/// The level of health information that a name brings into a message, if it is a known one.
pub(super) fn level(name: &str) -> Option<u8> {
    let name = name.replace('_', "-");
    LEVELS.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
}

/// Every known name.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LEVELS.iter().map(|(name, _)| *name)
}

/// The first `{name}` of a text, with what stands before and after it. Braces that hold no name are
/// text.
#[must_use]
pub fn first_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let inner = &text[open + 1..];
        let close = inner.find(['}', '{'])?;
        let name = &inner[..close];
        let named =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        if named && inner[close..].starts_with('}') {
            return Some((&text[..open], name, &inner[close + 1..]));
        }
        from = open + 1;
    }
}

/// All names in braces, in the order of the text.
pub(super) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, name, after) = first_placeholder(rest)?;
        rest = after;
        Some(name)
    })
}

/// The text with every name in braces replaced.
pub(super) fn filled<'v>(text: &str, value: impl Fn(&str) -> &'v str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, name, after)) = first_placeholder(rest) {
        out.push_str(before);
        out.push_str(value(name));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_in_braces_is_one() {
        let all: Vec<&str> = placeholders("{a}{ b}{{c}} {}{d-1_x} {e {f}").collect();
        assert_eq!(all, ["a", "c", "d-1_x", "f"]);
        assert_eq!(filled("é{a}{ b}{c}.", |_| "x"), "éx{ b}x.");
    }

    #[test]
    fn hyphens_and_underscores_are_one() {
        assert_eq!(level("first_name"), level("first-name"));
        assert_eq!((level("site"), level("drug"), level("sight")), (Some(0), Some(3), None));
    }
}
