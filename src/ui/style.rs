//! What colours mean. Never colour alone: the words say the same.

use anstyle::{AnsiColor, Style};

/// A heading.
pub const HEAD: Style = Style::new().bold();
/// What to look at first.
pub const STRONG: Style = Style::new().bold();
/// Needs action now.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Wants attention.
pub const WARN: Style = AnsiColor::Yellow.on_default();
/// As it should be.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Of lesser weight.
pub const QUIET: Style = Style::new().dimmed();

/// The text in a style. The console strips it where no colour is wanted.
#[must_use]
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
