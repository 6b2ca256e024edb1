//! The verdicts as one file of HTML that prints: no scripts, no network, black on white. Whatever people
//! wrote is text in it.

use std::fmt::Write as _;

use super::verdict::{Line, State, Verdicts};
use crate::engine::is_unprintable;

const STYLE: &str = "\
@page{margin:15mm}
body{font:10pt/1.35 sans-serif;color:#000;background:#fff;margin:0 auto;max-width:190mm}
h1{font-size:15pt;margin:0 0 2mm}
h2{font-size:12pt;margin:6mm 0 2mm;break-after:avoid}
table{border-collapse:collapse;width:100%;table-layout:fixed}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:0.3mm solid #000;padding:1mm 1.5mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.s{width:18mm}.d{width:22mm}.r{width:42mm}
.OVERDUE,.NEVER{font-weight:bold}
code{font-family:monospace;font-size:9pt}
p{margin:1mm 0}";

/// The whole page. `printed` says when it was made, on which clock.
#[must_use]
pub fn html(verdicts: &Verdicts, printed: &str) -> String {
    let site = verdicts.site.as_deref().unwrap_or("site without a name");
    let title = format!("Readiness of {site}, {}", verdicts.today);
    let mut out =
        String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ =
        writeln!(out, "<title>{}</title>\n<style>\n{STYLE}\n</style>\n</head>", escaped(&title));
    let _ = writeln!(out, "<body>\n<h1>{}</h1>", escaped(&title));
    let counts: Vec<String> = State::ALL
        .into_iter()
        .map(|state| format!("{}: {}", state.word(), verdicts.count(state)))
        .collect();
    let _ = writeln!(out, "<p>{}. Printed {}.</p>", counts.join(" · "), escaped(printed));
    for section in &verdicts.sections {
        let _ = writeln!(out, "<h2>{}</h2>", escaped(section.title));
        out.push_str(
            "<table>\n<thead><tr><th class=\"s\">State</th><th>What</th><th class=\"d\">Last</th>\
             <th class=\"d\">Due</th><th class=\"r\">By which rule</th></tr></thead>\n<tbody>\n",
        );
        section.lines.iter().for_each(|line| row(&mut out, line));
        out.push_str("</tbody>\n</table>\n");
    }
    if !verdicts.off.is_empty() {
        let off = escaped(&verdicts.off.join(", "));
        let _ = writeln!(out, "<p>Turned off in the site file: {off}.</p>");
    }
    let _ = writeln!(out, "<p>{}</p>\n</body>\n</html>", escaped(LIMITS));
    out
}

/// What the page cannot show.
const LIMITS: &str = "Made from what people recorded; nobody is authenticated. Policy of the site \
unless a rule is cited; nothing here is legal advice. Keep the evidence of every exercise, and of every \
activation of the emergency plan, in writing.";

fn row(out: &mut String, line: &Line) {
    let day = |day: Option<crate::engine::Day>| day.map_or("–".to_owned(), |day| day.to_string());
    let which = line.which.as_ref().map_or(String::new(), |which| format!(": {which}"));
    let mut what = escaped(&format!("{}{which}", line.what));
    if let Some(detail) = &line.detail {
        let _ = write!(what, "<p>{}</p>", escaped(detail));
    }
    if let Some(next) = &line.next {
        let _ = write!(what, "<p>Next: <code>{}</code></p>", escaped(next));
    }
    let state = line.state.word();
    let class = state.split(' ').next().unwrap_or_default();
    let _ = writeln!(
        out,
        "<tr><td class=\"{class}\">{state}</td><td>{what}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        day(line.last),
        day(line.due),
        escaped(&line.rule.to_string())
    );
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if is_unprintable(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Day;
    use crate::readiness::{Basis, Section};

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
            rule: Basis::Dated("site file"),
            next: Some(hostile.to_owned()),
        };
        let page = html(
            &Verdicts {
                today: Day::parse("2026-11-25").unwrap(),
                site: Some(hostile.to_owned()),
                sections: vec![Section { title: "Exercises", lines: vec![line] }],
                off: vec![hostile.to_owned()],
            },
            hostile,
        );
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains('\u{202e}'));
        assert_eq!(page.matches("&lt;script&gt;").count(), 8);
        assert!(page.contains("<td class=\"due\">due soon</td>"));
        assert!(!page.contains("http"), "no network");
    }
}
