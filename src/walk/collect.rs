//! What a step asks for, field by field, and the initials of a critical one.

use std::collections::BTreeMap;

use super::{Walk, WalkError};
use crate::engine::{Person, Text};
use crate::playbook::{Field, FieldKind, Form, Step};
use crate::world::Toward;

impl Walk<'_, '_> {
    /// The answers a step collects; nothing if the person turns back.
    pub(super) fn answers(
        &mut self,
        step: &Step,
    ) -> Result<Option<BTreeMap<String, Text>>, WalkError> {
        let mut answers = BTreeMap::new();
        let Form::Collect(fields) = &step.form else { return Ok(Some(answers)) };
        for (number, field) in fields.iter().enumerate() {
            let place = match fields.len() {
                1 => String::new(),
                count => format!("{} of {count}: ", number + 1),
            };
            loop {
                if let Some(text) = self.field(field, &place)? {
                    answers.insert(field.id.to_string(), text);
                } else if field.required {
                    if answers.is_empty() || self.throws_away()? {
                        return Ok(None);
                    }
                    continue;
                }
                break;
            }
        }
        Ok(Some(answers))
    }

    /// What was typed is not lost by one Enter too many.
    fn throws_away(&mut self) -> Result<bool, WalkError> {
        self.asker.agrees("Throw away what you typed for this step? (y = yes, Enter = no)")
    }

    fn field(&mut self, field: &Field, place: &str) -> Result<Option<Text>, WalkError> {
        let way_out = if field.required { "Enter = turn back" } else { "Enter = leave out" };
        let ask = format!("{place}{}", field.ask);
        match &field.kind {
            FieldKind::Time(_) => {
                let question = format!("{ask} (14:05, -20m, n = now; {way_out})");
                let at = self.asker.time(self.session, &question, Toward::Past)?;
                let zone = self.asker.world.zone;
                Ok(at.map(|at| Text::Plain(at.iso(zone.offset_at(at)))))
            }
            FieldKind::Choice(words) => self.pick(&ask, way_out, words),
            FieldKind::YesNo => {
                let question = format!("{ask} (y or n; {way_out})");
                let answer = self.asker.yes_or_no(&question)?;
                Ok(answer.map(|yes| Text::Plain(if yes { "yes" } else { "no" }.to_owned())))
            }
            FieldKind::Number(_) => self.asker.number(&format!("{ask} (a number; {way_out})")),
            FieldKind::Text => self.asker.text(self.session, &format!("{ask} ({way_out})")),
        }
    }

    fn pick(
        &mut self,
        ask: &str,
        way_out: &str,
        words: &[String],
    ) -> Result<Option<Text>, WalkError> {
        self.asker.say(ask)?;
        let chosen = self.asker.choice(&format!("Number or name ({way_out})"), words)?;
        Ok(chosen.and_then(|at| words.get(at)).map(|word| Text::Plain(word.clone())))
    }

    /// A critical step takes more than one key, from the person who answers for it.
    pub(super) fn critical(&mut self, person: &Person) -> Result<Option<String>, WalkError> {
        let question = format!("Critical step: type the initials of {person} (Enter = turn back)");
        let typed = self.initials(person, &question)?;
        if typed.is_none() {
            self.messages.push("Nothing was recorded.".to_owned());
        }
        Ok(typed)
    }

    /// Typed initials, 2 to 5 letters; nothing for a bare Enter. Others than the name's own are asked
    /// about, not refused: people sign as they sign.
    pub(super) fn initials(
        &mut self,
        person: &Person,
        question: &str,
    ) -> Result<Option<String>, WalkError> {
        let parts = person.as_str().split([' ', '-']);
        let expected: String = parts.filter_map(|part| part.chars().next()).collect();
        loop {
            let Some(typed) = self.asker.line(question)? else { return Ok(None) };
            if !(2..=5).contains(&typed.chars().count()) || !typed.chars().all(char::is_alphabetic)
            {
                self.asker.say("Initials are 2 to 5 letters.")?;
            } else if expected.chars().count() < 2 || typed.eq_ignore_ascii_case(&expected) {
                return Ok(Some(typed));
            } else {
                let shown = expected.to_uppercase();
                let question = format!(
                    "The initials of {person} would be {shown}. Use \"{typed}\" all the same? \
                     (y = yes, Enter = type them again)"
                );
                if self.asker.agrees(&question)? {
                    return Ok(Some(typed));
                }
            }
        }
    }
}
