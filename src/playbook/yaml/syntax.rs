//! What is wrong with text that is no YAML at all, in words that do not need the YAML standard.

use serde_saphyr::granit_parser::{ErrorKind, ScanError};

use super::super::findings::{Findings, Span};
use super::super::kind::FileKind;
use super::tree::MAX_DEPTH;

/// Reports why the parser stopped. It cannot go on: after such a fault every place is a guess.
pub(super) fn report(error: &ScanError, source: &str, findings: &mut Findings<'_>) {
    let start = error.marker().byte_offset().unwrap_or(source.len());
    let width = source.get(start..).and_then(|rest| rest.chars().next());
    let end = start + width.filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let (message, help) = wording(error.kind(), findings.kind());
    findings.error_help(Span { start, end }, message, Some(help));
}

/// The message and help for too many levels, also used where the tree counts them itself.
pub(super) fn too_deep(file: FileKind) -> (String, String) {
    (format!("this is nested more than {MAX_DEPTH} levels deep"), file.flatten().to_owned())
}

fn wording(kind: &ErrorKind, file: FileKind) -> (String, String) {
    let (message, help) = match kind {
        ErrorKind::RecursionLimitExceeded => return too_deep(file),
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '{' { '}' } else { ']' };
            return (
                format!("this {open} is never closed"),
                format!("write {close} where it ends"),
            );
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return (
                format!("{close} stands where {open} has to be closed"),
                "close brackets in the order in which they were opened".to_owned(),
            );
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return (
                format!("a value cannot start with {character}"),
                "put the value in double quotes".to_owned(),
            );
        }
        other => line_wording(other),
    };
    (message.to_owned(), help.to_owned())
}

/// Lines, their indentation and their keys.
fn line_wording(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => {
            ("a tab stands where only spaces may indent", "replace the tab by spaces")
        }
        E::UnclosedQuotedScalar => {
            ("this quotation mark is never closed", "write the closing quotation mark")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text goes on behind the closing quotation mark",
            "put the whole value in quotes, or escape the inner quotation marks",
        ),
        E::MappingValueNotAllowed
        | E::InvalidMappingValueWhitespace
        | E::InvalidColonPlacement
        | E::FlowMappingValueAdjacentCollection => (
            "a second `: ` stands in this line",
            "put a value that holds `: ` in double quotes, or check the indentation",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::MappingKeyNotAllowed => (
            "this line is neither `key: value` nor the continuation of a text",
            "write a colon and a space behind the key, or indent the text",
        ),
        E::ExpectedBlockMappingKey | E::InvalidIndentation | E::ExpectedBlockSequenceEntry => (
            "the indentation does not match the lines above",
            "put keys that belong together in the same column",
        ),
        E::BlockSequenceEntryNotAllowed
        | E::BlockEntryInFlowCollection
        | E::InvalidBlockEntryWhitespace => (
            "a list entry `- ` is not possible here",
            "start the list on its own line below the key",
        ),
        _ => sign_wording(kind),
    }
}

/// Signs that mean something in YAML, and brackets.
fn sign_wording(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::UndeclaredTagHandle
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::InvalidTagEscape => {
            ("tags (`!`) are not allowed", "put a value that starts with `!` in double quotes")
        }
        E::MissingAnchorOrAliasName => {
            ("a value cannot start with `&` or `*`", "put the value in double quotes")
        }
        E::DirectiveDisallowed
        | E::DirectiveByteLimitExceeded { .. }
        | E::MissingDirectiveName
        | E::InvalidDirectiveName => ("directives (`%`) are not allowed", "delete the line"),
        E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => (
            "a `,` or a closing bracket is missing here",
            "separate entries by `, ` and close the bracket",
        ),
        E::MisplacedFlowCollectionEnd => (
            "a closing bracket stands here without an opening one",
            "delete it, or put the value in double quotes",
        ),
        _ => text_wording(kind),
    }
}

/// Quotation marks, blocks of text, and the rest.
fn text_wording(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            "there is no such escape after the backslash",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => (
            "a quoted text is broken by this line",
            "indent every line of the text, or close the quotation mark",
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent | E::InvalidBlockScalarIndent => (
            "the text below `|` or `>` is not indented as announced",
            "start the text on the next line, indented by spaces",
        ),
        E::CommentNotSeparated | E::CommentInterceptedScalar => (
            "a comment stands inside a value",
            "put a space in front of `#`, or the value in double quotes",
        ),
        _ => (
            "this is not valid YAML",
            "check the indentation, the quotation marks and the brackets around here",
        ),
    }
}
