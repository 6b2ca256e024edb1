//! Whether the site is ready, on paper: for the wall, the committee, the surveyor.

use super::markup::Html;
use super::page::{self, Edge, Paper, Printed};
use crate::engine::Day;
use crate::readiness::{Line, Section, State, Verdicts};
use crate::report::When;

/// What the page cannot show.
const LIMITS: &str = "Made from what people recorded; nobody is authenticated. Policy of the site \
unless a rule is cited; nothing here is legal advice. Keep the evidence of every exercise, and of every \
activation of the emergency plan, in writing.";

/// All verdicts as a file of HTML.
#[must_use]
pub fn readiness(verdicts: &Verdicts, printed: When, paper: Option<Paper>) -> Printed {
    let site = verdicts.site.as_deref().unwrap_or("a site without a name");
    let title = format!("Readiness of {site}");
    let edge = Edge {
        top_left: title.clone(),
        top_right: verdicts.today.to_string(),
        bottom_left: format!("printed {printed}"),
        exercise: false,
        numbered: true,
    };
    page::document(&title, "en", paper, &edge, &[], |html| {
        html.within("section", "", |html| {
            html.leaf("h1", "", &title);
            let count = |state: State| format!("{}: {}", state.word(), verdicts.count(state));
            let counts = State::ALL.map(count).join(" · ");
            html.leaf("p", "sub", &format!("{} · {counts}", verdicts.today));
            verdicts.sections.iter().for_each(|section| table(html, section));
            less(html, verdicts);
            verdicts.left_out().iter().for_each(|said| html.leaf("p", "note", said));
            html.leaf("p", "note", LIMITS);
        });
    })
}

/// Exercises that do not count, or count for less: nobody finds out at a survey.
fn less(html: &mut Html, verdicts: &Verdicts) {
    let said = verdicts.less_said();
    if said.is_empty() {
        return;
    }
    html.leaf("h2", "", "Exercises that do not count, or for less than they were called");
    for one in said {
        html.leaf("p", "do", &one.text);
        if let Some(next) = one.next {
            html.leaf("p", "facts", &format!("Next: {next}"));
        }
    }
}

fn table(html: &mut Html, section: &Section) {
    html.leaf("h2", "", section.title);
    html.within("table", "ready", |html| {
        html.within("colgroup", "", |html| {
            for column in ["state", "what", "day", "day", "rule"] {
                html.void("col", &[("class", column)]);
            }
        });
        html.within("thead", "", |html| {
            html.within("tr", "", |html| {
                for name in ["State", "What", "Last", "Due", "By which rule"] {
                    html.leaf("th", "", name);
                }
            });
        });
        html.within("tbody", "", |html| section.lines.iter().for_each(|line| row(html, line)));
    });
}

fn row(html: &mut Html, line: &Line) {
    let day = |day: Option<Day>| day.map_or("–".to_owned(), |day| day.to_string());
    let class = if line.state.fails() { "given" } else { "" };
    html.within("tr", "", |html| {
        html.leaf("td", class, line.state.word());
        html.within("td", "", |html| {
            let which = line.which.as_ref().map_or(String::new(), |which| format!(": {which}"));
            html.leaf("p", "title", &format!("{}{which}", line.what));
            if let Some(detail) = &line.detail {
                html.leaf("p", "do", detail);
            }
            if let Some(next) = &line.next {
                html.leaf("p", "facts", &format!("Next: {next}"));
            }
        });
        html.leaf("td", "", &day(line.last));
        html.leaf("td", "", &day(line.due));
        html.leaf("td", "", &line.rule.to_string());
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Offset, Timestamp};
    use crate::readiness::Basis;

    #[test]
    fn words_of_people_are_never_markup() {
        let hostile = "<script>alert(1)</script>\u{202e}\"'&\n";
        let line = Line {
            id: "x".to_owned(),
            what: hostile.to_owned(),
            which: Some(hostile.to_owned()),
            state: State::DueSoon,
            last: None,
            due: Day::parse("2026-12-31"),
            detail: Some(hostile.to_owned()),
            rule: Basis::Dated("the site file"),
            next: Some(hostile.to_owned()),
        };
        let verdicts = Verdicts {
            today: Day::parse("2026-11-25").unwrap(),
            site: Some(hostile.to_owned()),
            sections: vec![Section { title: "Exercises", lines: vec![line] }],
            waived: vec![hostile.to_owned()],
            less: Vec::new(),
        };
        let at = Timestamp::parse("2026-11-25T12:00:00Z").unwrap();
        let page = readiness(&verdicts, When { at, offset: Offset::UTC }, None).html;
        assert!(!page.contains("<script") && !page.contains('\u{202e}'), "{page}");
        assert_eq!(page.matches("&lt;script&gt;").count(), 7);
        assert!(page.contains("<td>due soon</td>"), "{page}");
    }
}
