//! JSON as we print it: `format` 1, `snake_case`, absent = null, additive only; and no character in it
//! that could steer a terminal or turn the direction of text.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use super::after_action::Report;
use crate::engine::is_unprintable;

/// Indented, with a line feed at the end.
///
/// # Errors
/// Only if a value has no JSON form; none of these types holds one.
pub fn json(report: &Report) -> Result<String, serde_json::Error> {
    pretty(report).map(|text| text + "\n")
}

/// Any value, indented, without a line feed at the end.
///
/// # Errors
/// Only if the value has no JSON form.
pub fn pretty(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Printable::default()))?;
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Indents as `serde_json` does; what is unprintable becomes `\uXXXX`, in pairs above U+FFFF.
#[derive(Default)]
struct Printable(PrettyFormatter<'static>);

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        w: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find(is_unprintable) {
            w.write_all(&rest.as_bytes()[..at])?;
            let mut after = rest[at..].chars();
            let found = after.next().unwrap_or_default();
            for unit in found.encode_utf16(&mut [0; 2]) {
                write!(w, "\\u{unit:04x}")?;
            }
            rest = after.as_str();
        }
        w.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.begin_array(w)
    }

    fn end_array<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.end_array(w)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.end_array_value(w)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.begin_object(w)
    }

    fn end_object<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.end_object(w)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(w, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.begin_object_value(w)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, w: &mut W) -> io::Result<()> {
        self.0.end_object_value(w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_steers_a_terminal_and_none_is_lost() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let said = format!("a{c}b");
            let shown = pretty(&said).unwrap();
            assert!(!shown.chars().any(is_unprintable), "U+{:04X} gives {shown:?}", u32::from(c));
            assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), said);
        }
    }

    #[test]
    fn indented_as_serde_json_does_it() {
        let value = serde_json::json!({"a": [1, {"b": null}], "c": {}, "d": [], "e": "ü\n"});
        assert_eq!(pretty(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap());
    }
}
