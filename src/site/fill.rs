//! The words of a message with this site's own name and numbers in them.

use super::model::Site;
use crate::playbook::first_placeholder;

/// What a text needs and this site has not said: the names between the braces, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled(pub Vec<String>);

/// A part of a text with names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words of the text.
    Words(&'t str),
    /// What this site says for a name.
    Value(&'t str),
    /// A name that nothing fills.
    Hole(&'t str),
}

impl Site {
    /// The text with `{site}`, `{phone}` and every other `{name}` of `values` filled in. Braces that
    /// hold no name stay as they are.
    ///
    /// # Errors
    /// The names that nothing fills. A message with a hole in it must not go out, so there is no text
    /// then.
    pub fn fill(&self, text: &str) -> Result<String, Unfilled> {
        let (mut filled, mut missing) = (String::with_capacity(text.len()), Vec::new());
        for piece in self.pieces(text) {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Value(value) => filled.push_str(value),
                Piece::Hole(name) if missing.iter().any(|known| known == name) => {}
                Piece::Hole(name) => missing.push(name.to_owned()),
            }
        }
        if missing.is_empty() { Ok(filled) } else { Err(Unfilled(missing)) }
    }

    /// The same in parts, for paper: a hole there is a line to write on.
    #[must_use]
    pub fn pieces<'t>(&'t self, text: &'t str) -> Vec<Piece<'t>> {
        let (mut all, mut rest) = (Vec::new(), text);
        while let Some((before, name, after)) = first_placeholder(rest) {
            all.push(Piece::Words(before));
            all.push(self.value(name).map_or(Piece::Hole(name), Piece::Value));
            rest = after;
        }
        all.push(Piece::Words(rest));
        all
    }

    fn value(&self, name: &str) -> Option<&str> {
        match name {
            "site" => Some(self.name.as_str()).filter(|name| !name.is_empty()),
            "phone" => self.callback.as_ref().map(super::Phone::as_str),
            _ => {
                self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let text = "runbook-site: 1\nsite: {name: Riverside, callback: \"860 555 0100\"}\nvalues: {hours: 8am-8pm}\n";
        super::super::read(text).unwrap().site
    }

    #[test]
    fn a_message_is_whole_or_not_at_all() {
        let missing =
            |names: &[&str]| Err(Unfilled(names.iter().map(|name| (*name).to_owned()).collect()));
        for (text, filled) in [
            (
                "{site}: call {phone}, {hours}.",
                Ok("Riverside: call 860 555 0100, 8am-8pm.".to_owned()),
            ),
            ("no names", Ok("no names".to_owned())),
            ("{a} {b} {a} {site}", missing(&["a", "b"])),
            ("{} { site} {{site}} {", Ok("{} { site} {Riverside} {".to_owned())),
            ("é{site}é", Ok("éRiversideé".to_owned())),
        ] {
            assert_eq!(site().fill(text), filled, "{text}");
        }
        assert_eq!(Site::default().fill("{site} {phone}"), missing(&["site", "phone"]));
    }
}
