//! The hot wash: a handful of questions, each asked until nobody has anything more to say, then the
//! places of the report that only people can fill in.

use super::{Next, Talk, WalkError};
use crate::engine::{Intent, Review};
use crate::playbook::ReportField;
use crate::report::{Question, hot_wash_questions};

/// Asked at the end, where nobody has filled them in; the others are set one by one.
const FIELDS: [(ReportField, &str); 3] = [
    (ReportField::ExecutiveSummary, "What is the whole in two or three sentences?"),
    (ReportField::Sponsor, "Which organization answers for it?"),
    (ReportField::Contact, "Whom may readers ask: name, title, phone?"),
];

impl Talk<'_> {
    pub(super) fn hot_wash(&mut self) -> Result<(), WalkError> {
        self.fresh()?;
        self.asker.say(&format!("Hot wash of {}", self.session.id()))?;
        self.asker.say(
            "Every answer is saved at once. It is about plans, tools and training, not about who did \
             what. Enter goes on to the next question, q leaves; runbook hotwash goes on here.",
        )?;
        self.only_enter("Enter = the first question")?;
        let questions = hot_wash_questions(self.session.state().mode());
        for asked in &questions[self.resumes_at(&questions)..] {
            if let Next::Leave = self.ask(asked)? {
                return self.what_is_next();
            }
        }
        for (field, question) in FIELDS {
            if let Next::Leave = self.field(field, question)? {
                return self.what_is_next();
            }
        }
        self.finish()?;
        self.what_is_next()
    }

    /// At the question that was answered last, which may have more answers.
    fn resumes_at(&self, questions: &[Question]) -> usize {
        let last = self.session.state().findings().iter().rev();
        let mut last = last.filter_map(|(_, finding)| finding.asked.as_deref());
        let last = last.find_map(|word| questions.iter().position(|one| one.id == word));
        last.unwrap_or(0)
    }

    /// One question, until Enter.
    fn ask(&mut self, asked: &Question) -> Result<Next, WalkError> {
        self.fresh()?;
        self.already_said(asked)?;
        let mut more = "";
        loop {
            let question = format!("{}{more} (Enter = next question, q = leave)", asked.ask);
            let Some(typed) = self.asker.line(&question)? else { return Ok(Next::On) };
            if typed.eq_ignore_ascii_case("q") {
                return Ok(Next::Leave);
            }
            if typed.chars().count() < 3 {
                self.asker.say("Say it in words.")?;
                continue;
            }
            if let Some(statement) = self.statement(&typed)? {
                self.finding(asked, statement)?;
                more = " Anything else?";
            }
        }
    }

    fn already_said(&mut self, asked: &Question) -> Result<(), WalkError> {
        let findings = self.session.state().findings().iter();
        let said = findings.filter(|(_, one)| one.asked.as_deref() == Some(asked.id));
        let said: Vec<String> = said
            .map(|(moment, one)| {
                let words = one.statement.words().unwrap_or("[sealed]");
                format!("  - {words} ({})", moment.record.short())
            })
            .collect();
        for line in said {
            self.asker.say(&line)?;
        }
        Ok(())
    }

    /// The words typed at the question itself; persons in them only on purpose.
    fn statement(&mut self, typed: &str) -> Result<Option<crate::engine::Text>, WalkError> {
        let Some(text) = self.asker.fit(self.session, typed)? else { return Ok(None) };
        let named = self.kept(&text)?;
        Ok(named.then_some(text))
    }

    fn field(&mut self, field: ReportField, question: &str) -> Result<Next, WalkError> {
        if self.session.state().report_field(field).is_some() {
            return Ok(Next::On);
        }
        self.fresh()?;
        let question = format!("For the report: {question} (Enter = not now, q = leave)");
        let Some(typed) = self.asker.line(&question)? else { return Ok(Next::On) };
        if typed.eq_ignore_ascii_case("q") {
            return Ok(Next::Leave);
        }
        let text = match field {
            ReportField::Contact => self.asker.fit_contact(self.session, &typed)?,
            _ => self.asker.fit(self.session, &typed)?,
        };
        if let Some(text) = text {
            self.record(Intent::SetReportField { field, text })?;
        }
        Ok(Next::On)
    }

    /// After the end the hot wash is owed; that it was held is said by whoever held it.
    fn finish(&mut self) -> Result<(), WalkError> {
        let review = Review::HotWash;
        let trial = crate::engine::Text::Plain("-".to_owned());
        let open = self.session.state().review(review).is_none();
        if !open || self.refused(Intent::FinishReview { review, evidence: trial }).is_some() {
            return Ok(());
        }
        self.asker.say("")?;
        let question =
            "Is the hot wash over? Who was there, in roles or a number (Enter = not over)";
        let Some(evidence) = self.asker.text(self.session, question)? else { return Ok(()) };
        let question = "Over, then: nothing more is asked. Right? (y = yes, Enter = not over)";
        if self.asker.agrees(question)? {
            self.record(Intent::FinishReview { review, evidence })?;
        }
        Ok(())
    }

    fn what_is_next(&mut self) -> Result<(), WalkError> {
        let id = self.session.id();
        let exercise = self.session.state().exercise();
        let unrated = exercise.started().is_some_and(|started| {
            started.objectives.iter().any(|one| exercise.rating(&one.id).is_none())
        });
        let evaluate =
            if unrated { format!("  runbook drill evaluate {id}\n") } else { String::new() };
        let next = format!(
            "What was acknowledged is saved. Next:\n{evaluate}  runbook actions list\n  \
             runbook report {id} --format aar-html -o aar.html"
        );
        self.asker.say(&next)?;
        Ok(())
    }
}
