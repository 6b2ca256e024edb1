//! The words of a message with this site's own name and numbers in them.

use super::model::Site;
use crate::playbook::first_placeholder;

/// What a text needs and this site has not said: the names between the braces, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled(pub Vec<String>);

impl Site {
    /// The text with `{site}`, `{phone}` and every other `{name}` of `values` filled in. Braces that
    /// hold no name stay as they are.
    ///
    /// # Errors
    /// The names that nothing fills. A message with a hole in it must not go out, so there is no text
    /// then.
    pub fn fill(&self, text: &str) -> Result<String, Unfilled> {
        let (mut filled, mut missing) = (String::with_capacity(text.len()), Vec::new());
        let mut rest = text;
        while let Some((before, name, after)) = first_placeholder(rest) {
            filled.push_str(before);
            match self.value(name) {
                Some(value) => filled.push_str(value),
                None if missing.iter().any(|known| known == name) => {}
                None => missing.push(name.to_owned()),
            }
            rest = after;
        }
        filled.push_str(rest);
        if missing.is_empty() { Ok(filled) } else { Err(Unfilled(missing)) }
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
