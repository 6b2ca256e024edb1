//! How fresh the text is.

use super::super::rule::Rule;
use super::Subject;
use super::advice::Advice;

/// Rules C01 and C02.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    let Some(day) = subject.book.review_by else {
        let help =
            "write the day by which somebody should have read it again: `review_by: YYYY-MM-DD`";
        let message = "`review_by` is missing";
        return advice.say_of_all(Rule::NoReviewDate, subject.raw.at, message, help);
    };
    if day < subject.known.today {
        let span = subject.raw.review_by.given().map_or(subject.raw.at, |text| text.span);
        let message = format!("this should have been read again by {day}");
        let help = "read it, correct it, raise `version`, then set the next day";
        advice.say_of_all(Rule::ReviewOverdue, span, message, help);
    }
}
