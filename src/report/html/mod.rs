//! A document as one self-contained, print-ready HTML file. Whatever people wrote is text there: no
//! markup gets through, nothing is loaded from elsewhere, no script runs.

use std::borrow::Cow;

use super::document::{Block, Document, Item, NOT_FILLED_IN};
use super::plain::in_a_cell;

/// How it looks; MARK and FOOT stand for what every printed page says at its top and bottom.
const STYLE: &str = include_str!("page.css");

/// The whole document; ends with a line feed. `foot` stands at the bottom of every printed page.
pub(super) fn page(document: &Document, foot: &str) -> String {
    let exercise = !document.prefix.is_empty();
    let mark = if exercise { "EXERCISE - EXERCISE - EXERCISE" } else { "" };
    let style = STYLE.replace("MARK", mark).replace("FOOT", &quotable(foot));
    let title = format!("{}{}", document.prefix, document.title);
    let mut out = vec![
        "<!doctype html>".to_owned(),
        "<html lang=\"en\">".to_owned(),
        "<head>".to_owned(),
        "<meta charset=\"utf-8\">".to_owned(),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        POLICY.to_owned(),
        format!("<title>{}</title>", escape(&title)),
        format!("<style>\n{style}</style>"),
        "</head>".to_owned(),
        "<body>".to_owned(),
    ];
    if exercise {
        out.push("<div class=\"watermark\" aria-hidden=\"true\">EXERCISE</div>".to_owned());
    }
    out.push(format!("<h1>{}</h1>", escape(&title)));
    let stamp = |stamp: &String| format!("<p class=\"stamp\">{}</p>", escape(stamp));
    out.extend(document.stamps.iter().map(stamp));
    for section in &document.sections {
        let class = match (section.wide, section.fresh) {
            (true, _) => " class=\"wide\"",
            (false, true) => " class=\"fresh\"",
            (false, false) => "",
        };
        let (level, title) = (section.level, escape(&section.title));
        out.push(format!("<section{class}>"));
        out.push(format!("<h{level}>{}{title}</h{level}>", document.prefix));
        out.extend(section.blocks.iter().map(block));
        out.push("</section>".to_owned());
    }
    out.extend(["</body>".to_owned(), "</html>".to_owned()]);
    out.join("\n") + "\n"
}

/// A table of so many rows stays on one page.
const SHORT: usize = 12;

/// A cell of so many characters stays on one line: a date, a word or two.
const ONE_LINE: usize = 16;

/// Styles of our own and nothing else, whatever a reader's program would load or run.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" \
                      content=\"default-src 'none'; style-src 'unsafe-inline'\">";

fn block(block: &Block) -> String {
    match block {
        Block::Fields(fields) => {
            let row = |(name, value): &(&str, String)| {
                format!("<tr><th scope=\"row\">{}</th>{}</tr>", escape(name), cell(value))
            };
            let rows: Vec<String> = fields.iter().map(row).collect();
            let class = if rows.len() > SHORT { "fields" } else { "fields short" };
            format!("<table class=\"{class}\"><tbody>\n{}\n</tbody></table>", rows.join("\n"))
        }
        Block::Table(heads, rows) => {
            let head = |name: &&str| format!("<th scope=\"col\">{}</th>", escape(name));
            let head = heads.iter().map(head).collect::<Vec<_>>().concat();
            let row = |cells: &Vec<String>| {
                let cells: String = cells.iter().map(|text| cell(text)).collect();
                format!("<tr>{cells}</tr>")
            };
            let rows: Vec<String> = rows.iter().map(row).collect();
            let class = if rows.len() > SHORT { "" } else { " class=\"short\"" };
            format!(
                "<table{class}><thead><tr>{head}</tr></thead><tbody>\n{}\n</tbody></table>",
                rows.join("\n")
            )
        }
        Block::Entries(items) => {
            let items: Vec<String> = items.iter().map(item).collect();
            format!("<ul class=\"entries\">\n{}\n</ul>", items.join("\n"))
        }
        Block::Lines(lines) => {
            let lines: Vec<String> =
                lines.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
            format!("<ul class=\"lines\">\n{}\n</ul>", lines.join("\n"))
        }
        Block::Words(words) if words == NOT_FILLED_IN => {
            format!("<p class=\"empty\">{}</p>", escape(words))
        }
        Block::Words(words) => format!("<p>{}</p>", escape(words)),
    }
}

fn cell(text: &str) -> String {
    let class = match text {
        NOT_FILLED_IN => " class=\"empty short\"",
        "X" => " class=\"tick\"",
        text if text.starts_with('\n') && text.trim().is_empty() => " class=\"room\"",
        text if text.chars().count() <= ONE_LINE && !text.contains('\n') => " class=\"short\"",
        _ => "",
    };
    format!("<td{class}>{}</td>", escape(text))
}

fn item(item: &Item) -> String {
    let line = |line: &String| format!("<li>{}</li>", escape(line));
    let body = item.body.iter().map(line).collect::<Vec<_>>().concat();
    let body = if body.is_empty() { body } else { format!("<ul>{body}</ul>") };
    format!("<li><p>{}</p>{body}</li>", escape(&item.head))
}

/// Text that means nothing but itself; its lines stay lines.
fn escape(text: &str) -> String {
    let text = in_a_cell(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let entity: Cow<'_, str> = match c {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\'' => "&#39;".into(),
            '\n' => "<br>".into(),
            c => c.to_string().into(),
        };
        out.push_str(&entity);
    }
    out
}

/// What may stand within a string of a style sheet without ending it.
fn quotable(text: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/');
    text.chars().filter(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Section;

    fn shown(prefix: &'static str, blocks: Vec<Block>) -> String {
        let document = Document {
            title: "A <b>".to_owned(),
            stamps: Vec::new(),
            prefix,
            sections: vec![Section::new("Head & tail", blocks)],
        };
        page(&document, "x-1\"} body{display:none} /*")
    }

    #[test]
    fn words_of_people_are_never_markup() {
        for (text, safe) in [
            ("plain words", "plain words"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
            ("one\ntwo", "one<br>two"),
            ("abc\u{202e}cba\u{1b}[2J", "abc\\u{202e}cba\\u{1b}[2J"),
        ] {
            assert_eq!(escape(text), safe, "{text:?}");
        }
        let hostile = "</td><script>x</script>".to_owned();
        let page = shown("", vec![Block::Table(vec!["a"], vec![vec![hostile]])]);
        assert!(!page.contains("<script"), "{page}");
    }

    #[test]
    fn the_foot_cannot_leave_its_string() {
        let page = shown("", Vec::new());
        assert!(page.contains("@bottom-left{content:\"x-1 bodydisplaynone /\";"), "{page}");
    }

    #[test]
    fn an_exercise_says_so_on_every_printed_page_and_heading() {
        let page = shown("EXERCISE - ", vec![Block::Words("words".to_owned())]);
        for part in [
            "@top-center{content:\"EXERCISE - EXERCISE - EXERCISE\"",
            "class=\"watermark\"",
            "<h1>EXERCISE - A &lt;b&gt;</h1>",
            "<h2>EXERCISE - Head &amp; tail</h2>",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let live = shown("", Vec::new());
        assert!(!live.contains("EXERCISE"), "{live}");
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        let page = shown("", vec![Block::Words("see https://evil.example".to_owned())]);
        for part in ["src=", "href=", "url(", "@import", "<script"] {
            assert!(!page.contains(part), "{part}");
        }
    }
}
