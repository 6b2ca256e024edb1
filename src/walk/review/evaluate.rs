//! The evaluation: an exercise evaluation guide (EEG) for each objective, on the screen. What the log
//! shows stands beside the question; the rating is the evaluator's, and there is none to begin with.

use super::{Next, Talk, WalkError};
use crate::engine::{ExerciseRefusal, Intent, Refusal, Text};
use crate::playbook::{ObjectiveId, Rating};
use crate::report::{Evidence, ObjectiveLine, RatingLine, Report, rating_definition, rating_words};
use crate::session::SessionError;
use crate::ui::wrap;

/// How many lines of evidence stand on the screen beside the question.
const SHOWN: usize = 4;

const QUESTION: &str = "P, S, M or U rates it. o = note what you saw, e = all evidence, n = next one \
                        (no rating), b = back, q = leave";

/// What an evaluator does at one objective.
enum Step {
    Rate(Rating),
    Observe,
    Evidence,
    Forward,
    Back,
    Leave,
}

impl Talk<'_> {
    pub(super) fn evaluate(&mut self) -> Result<(), WalkError> {
        if let Next::Leave = self.evaluator()? {
            return Ok(());
        }
        let mut report = self.look()?;
        let all = report.objectives.len();
        // The first one that nobody rated: that is where it stopped.
        let mut at = report.objectives.iter().position(|one| one.rating.is_none()).unwrap_or(0);
        while let Some(objective) = report.objectives.get(at) {
            self.show(objective, &report, (at + 1, all))?;
            let id = objective.id.clone();
            match self.step()? {
                Step::Rate(rating) => {
                    if self.rate(&id, rating)? {
                        at += 1;
                    }
                    report = self.look()?;
                }
                Step::Observe => {
                    self.observe(&id)?;
                    report = self.look()?;
                }
                Step::Evidence => self.all_evidence(&report)?,
                Step::Forward => at += 1,
                Step::Back => at = at.saturating_sub(1),
                Step::Leave => return self.summary(&report),
            }
        }
        self.summary(&report)
    }

    /// Who evaluates: never somebody who plays, unless there is only one person.
    fn evaluator(&mut self) -> Result<Next, WalkError> {
        let Some(first) = self.session.state().exercise().started().map(|one| &one.objectives)
        else {
            self.asker
                .say("This exercise was started without objectives: there is nothing to rate.")?;
            return Ok(Next::Leave);
        };
        let Some(objective) = first.first().map(|one| one.id.clone()) else {
            self.asker.say("This exercise has no objectives: there is nothing to rate.")?;
            return Ok(Next::Leave);
        };
        loop {
            let question = format!("Who evaluates? (Enter = {})", self.reviewer.person);
            if let Some(person) = self.asker.person(&question)? {
                self.reviewer.person = person;
            }
            let trial = Intent::Rate {
                objective: objective.clone(),
                rating: Rating::Performed,
                why: Text::Plain("-".to_owned()),
            };
            // Whoever plays may do so where the exercise has gone on with another playbook.
            let refused = match self.session.no_player(Some(&self.reviewer.person)) {
                Err(SessionError::Refused(refusal)) => Some(refusal),
                Ok(()) | Err(_) => self.refused(trial),
            };
            match refused {
                Some(Refusal::OfExercise(refusal @ ExerciseRefusal::PlayerMayNot { .. })) => {
                    self.asker.say(&format!("{refusal}."))?;
                    if self.asker.agrees("Does somebody else evaluate? (y = yes, Enter = leave)")? {
                        continue;
                    }
                    return Ok(Next::Leave);
                }
                Some(refusal) => {
                    self.asker.say(&format!("{refusal}."))?;
                    return Ok(Next::Leave);
                }
                None => return Ok(Next::On),
            }
        }
    }

    /// The guide, the definitions and the question on one screen, where that is tall enough; else the
    /// guide page by page before them.
    fn show(
        &mut self,
        objective: &ObjectiveLine,
        report: &Report,
        place: (usize, usize),
    ) -> Result<(), WalkError> {
        let (width, height) = self.asker.size();
        let lines = sheet(objective, report, place);
        let below: Vec<String> = Rating::ALL.iter().map(|rating| meaning(*rating)).collect();
        let tall = |lines: &[String]| -> usize {
            lines.iter().map(|line| wrap(line, width).len().max(1)).sum()
        };
        // The stamp, the question, and the line for the answer stand there as well.
        if tall(&lines) + tall(&below) + self.said.len() + 5 > height {
            self.asker.page(&lines)?;
            self.only_enter("Enter = rate it")?;
            self.fresh()?;
            self.asker.say(lines.first().map_or("", String::as_str))?;
        } else {
            self.fresh()?;
            self.asker.say(&lines.join("\n"))?;
        }
        self.asker.say(&below.join("\n"))?;
        Ok(())
    }

    fn step(&mut self) -> Result<Step, WalkError> {
        loop {
            let typed = self.asker.line(QUESTION)?;
            let Some(typed) = typed else {
                self.asker.say("Enter rates nothing: type P, S, M or U, or n for the next one.")?;
                continue;
            };
            let step = match typed.to_lowercase().as_str() {
                "p" => Step::Rate(Rating::Performed),
                "s" => Step::Rate(Rating::SomeChallenges),
                "m" => Step::Rate(Rating::MajorChallenges),
                "u" => Step::Rate(Rating::Unable),
                "o" => Step::Observe,
                "e" => Step::Evidence,
                "n" => Step::Forward,
                "b" => Step::Back,
                "q" => Step::Leave,
                _ => {
                    self.asker.say(&format!("\"{typed}\" is no rating: P, S, M or U."))?;
                    continue;
                }
            };
            return Ok(step);
        }
    }

    fn rate(&mut self, objective: &ObjectiveId, rating: Rating) -> Result<bool, WalkError> {
        let question = format!(
            "{rating}, {}: why? What you saw, and what it is held against (Enter = turn back)",
            rating_words(rating)
        );
        let Some(why) = self.words(&question)? else {
            self.asker.say("Nothing was recorded.")?;
            return Ok(false);
        };
        self.record(Intent::Rate { objective: objective.clone(), rating, why })
    }

    fn observe(&mut self, objective: &ObjectiveId) -> Result<(), WalkError> {
        let question = "What did you see? Who did it is not needed (Enter = turn back)";
        let Some(text) = self.words(question)? else { return Ok(()) };
        self.record(Intent::Observe { objective: Some(objective.clone()), inject: None, text })?;
        Ok(())
    }

    fn all_evidence(&mut self, report: &Report) -> Result<(), WalkError> {
        let lines: Vec<String> = report.evidence.iter().map(evidence_line).collect();
        if lines.is_empty() {
            self.asker.say("The log shows nothing late, failed, skipped or contested.")?;
            return Ok(());
        }
        self.asker.page(&lines)
    }

    fn summary(&mut self, report: &Report) -> Result<(), WalkError> {
        self.asker.say("")?;
        for objective in &report.objectives {
            let rating = objective.rating.as_ref();
            let rating = rating.map_or("not rated".to_owned(), |line| {
                format!("{}, {}", line.rating, rating_words(line.rating))
            });
            self.asker.say(&format!("  {}: {rating}", objective.id))?;
        }
        let id = self.session.id();
        let next = format!(
            "Everything acknowledged is saved. Next:\n  runbook hotwash {id}\n  \
             runbook report {id} --format aar-html -o aar.html"
        );
        self.asker.say(&next)?;
        Ok(())
    }
}

/// `  S  with some challenges: Objective met, …`.
fn meaning(rating: Rating) -> String {
    let words = rating_words(rating);
    let words = words.strip_prefix("performed ").unwrap_or(words);
    format!("  {rating}  {words}: {}", rating_definition(rating))
}

/// The evaluation guide of one objective, line by line.
fn sheet(objective: &ObjectiveLine, report: &Report, (number, all): (usize, usize)) -> Vec<String> {
    let mut lines =
        vec![format!("Objective {number} of {all}, {}: {}", objective.id, objective.text)];
    let mut field = |name: &str, value: Option<&String>| {
        lines.extend(value.map(|value| format!("  {name}: {value}")));
    };
    field("Core capability", objective.capability.as_ref());
    field("Capability target", objective.target.as_ref());
    if !objective.tasks.is_empty() {
        lines.push("  Critical tasks:".to_owned());
        lines.extend(objective.tasks.iter().map(|task| format!("    - {task}")));
    }
    if !objective.observations.is_empty() {
        lines.push("  Observation notes:".to_owned());
        let noted =
            |one: &crate::report::ObservationLine| format!("    - {} ({})", one.text, one.record);
        lines.extend(objective.observations.iter().map(noted));
    }
    lines.extend(evidence_lines(objective, report));
    lines.push(match &objective.rating {
        Some(line) => format!("  Rated {}", rated(line)),
        None => "  Not rated.".to_owned(),
    });
    lines
}

fn evidence_lines(objective: &ObjectiveLine, report: &Report) -> Vec<String> {
    let of: Vec<&Evidence> =
        report.evidence.iter().filter(|one| one.objectives.contains(&objective.id)).collect();
    let others = report.evidence.len() - of.len();
    let mut lines = vec![match of.len() {
        0 => "  Evidence in the log: none for this objective.".to_owned(),
        _ => "  Evidence in the log, for you to weigh:".to_owned(),
    }];
    lines.extend(of.iter().take(SHOWN).map(|one| format!("    - {}", evidence_line(one))));
    let more = of.len().saturating_sub(SHOWN);
    if more + others > 0 {
        lines.push(format!("    e shows {} more, of this and other objectives.", more + others));
    }
    lines
}

fn evidence_line(one: &Evidence) -> String {
    let record = one.record.as_ref().map_or(String::new(), |record| format!(" ({record})"));
    format!("{}: {}{record}", one.kind.words(), one.what)
}

fn rated(line: &RatingLine) -> String {
    let by = line.by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
    format!("{}, {}{by}: {} ({})", line.rating, rating_words(line.rating), line.why, line.record)
}
