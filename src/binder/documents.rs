//! Pages to give away: for the public, for patients, for staff. Filled from the site file; what is
//! missing there is a line to fill in by hand.

use super::markup::Html;
use super::page::{self, Edge, Paper, Printed};
use crate::reference::{Document, Layout};
use crate::site::Site;

/// Cards on one sheet.
const CARDS: usize = 4;

/// One document as a file of HTML.
#[must_use]
pub fn document(document: &Document, site: Option<&Site>, paper: Option<Paper>) -> Printed {
    let nobody = Site::default();
    let site = site.unwrap_or(&nobody);
    let title = document.title.as_str();
    page::document(title, &document.language, paper, &Edge::bare(), &[], |html| {
        match document.layout {
            Layout::Page => body(html, "document", document, site),
            Layout::Sign => body(html, "sign", document, site),
            Layout::Cards => html.within("section", "cards", |html| {
                for _ in 0..CARDS {
                    html.within("div", "card", |html| text(html, document, site));
                }
            }),
        }
    })
}

fn body(html: &mut Html, class: &'static str, document: &Document, site: &Site) {
    html.within("section", class, |html| text(html, document, site));
}

/// `# heading`, `- item`, paragraphs between empty lines.
fn text(html: &mut Html, document: &Document, site: &Site) {
    html.within("h1", "", |html| html.filled(site, &document.title));
    let mut lines = document.text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        if let Some(heading) = line.strip_prefix("# ") {
            html.within("h2", "", |html| html.filled(site, heading));
        } else if let Some(item) = line.strip_prefix("- ") {
            html.within("ul", "", |html| {
                html.within("li", "", |html| html.filled(site, item));
                while let Some(item) = lines.next_if(|next| next.starts_with("- ")) {
                    html.within("li", "", |html| html.filled(site, &item[2..]));
                }
            });
        } else {
            html.within("p", "", |html| {
                html.filled(site, line);
                // On a card each line is one of its own.
                let flows = document.layout != Layout::Cards;
                let words =
                    |next: &&str| flows && !next.is_empty() && !next.starts_with(['-', '#']);
                while let Some(more) = lines.next_if(words) {
                    html.text(" ");
                    html.filled(site, more);
                }
            });
        }
    }
}
