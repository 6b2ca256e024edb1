//! The page around everything: paper, running header and footer, style sheet.

use std::fmt::Write as _;

use super::markup::{Html, css_string};

/// The size of the sheet. Without one the printer's own is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// One file of HTML.
    pub html: String,
    /// The `{names}` that the site file does not fill, sorted: lines to write on.
    pub unfilled: Vec<String>,
}

/// What stands at the edge of every page.
#[derive(Debug, Clone, Default)]
pub(super) struct Edge {
    /// What it is, and of which version.
    pub(super) top_left: String,
    /// Which incident; empty without one.
    pub(super) top_right: String,
    /// When it was printed, and until when it is fresh.
    pub(super) bottom_left: String,
    /// Practice says so on every page.
    pub(super) exercise: bool,
    /// The number of the page, for whoever finds one on the floor.
    pub(super) numbered: bool,
}

impl Edge {
    /// Nothing: for pages that hang on a wall or lie in a purse.
    pub(super) fn bare() -> Self {
        Self::default()
    }
}

/// A page with a name of its own in the style sheet, for the sheets of one role and the like.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Letters and digits, from the program.
    pub(super) name: String,
    /// What stands at the foot of its pages, on the right.
    pub(super) foot: String,
}

/// A whole document: one file, no network, no scripts.
pub(super) fn document(
    title: &str,
    language: &str,
    paper: Option<Paper>,
    edge: &Edge,
    named: &[Named],
    body: impl FnOnce(&mut Html),
) -> Printed {
    let mut html = Html::default();
    html.trusted("<!DOCTYPE html>\n");
    html.element("html", &[("lang", language)], |html| {
        html.within("head", "", |html| {
            html.trusted("\n");
            html.void("meta", &[("charset", "utf-8")]);
            html.trusted("\n");
            // Nothing is fetched and nothing runs, whatever a text may hold.
            let policy = "default-src 'none'; style-src 'unsafe-inline'";
            html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
            html.trusted("\n");
            html.leaf("title", "", title);
            html.within("style", "", |html| {
                html.trusted("\n");
                html.trusted(&edges(paper, edge, named));
                html.trusted(include_str!("paper.css"));
            });
        });
        html.trusted("\n");
        html.within("body", "", body);
    });
    html.trusted("\n");
    let (html, unfilled) = html.finish();
    Printed { html, unfilled: unfilled.into_iter().collect() }
}

/// The margins, with what stands in them: browsers number the pages there.
fn edges(paper: Option<Paper>, edge: &Edge, named: &[Named]) -> String {
    let size = match paper {
        None => "",
        Some(Paper::A4) => "size: A4; ",
        Some(Paper::Letter) => "size: letter; ",
    };
    let mut css = format!("@page {{ {size}margin: 17mm 11mm 15mm 19mm; ");
    let mut place = |name: &str, content: &str| {
        // Writing into a String cannot fail.
        let _ = write!(css, "@{name} {{ content: {content}; {EDGE} }} ");
    };
    let texts = [
        ("top-left", &edge.top_left),
        ("top-right", &edge.top_right),
        ("bottom-left", &edge.bottom_left),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        place(name, &css_string(text));
    }
    if edge.numbered {
        place("bottom-center", "\"page \" counter(page) \" of \" counter(pages)");
    }
    if edge.exercise {
        css.push_str("@top-center { content: \"EXERCISE\"; font: bold 13pt sans-serif; white-space: nowrap } ");
    }
    css.push_str("}\n");
    for Named { name, foot } in named {
        let foot = css_string(foot);
        let _ = writeln!(css, "@page {name} {{ @bottom-right {{ content: {foot}; {EDGE} }} }}");
        let _ = writeln!(css, ".{name} {{ page: {name}; }}");
    }
    css
}

/// How the words at the edge look.
const EDGE: &str = "font: 7.5pt \"Liberation Sans\", Arial, sans-serif; vertical-align: middle";
