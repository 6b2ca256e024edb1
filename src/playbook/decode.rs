//! Bytes of a file to the text of a playbook. Reading the file happens elsewhere.

use super::diagnostic::{Diagnostic, Severity};
use super::kind::FileKind;
use super::yaml::MAX_SIZE;

/// The text of a file, for [`compile`](fn@super::compile).
///
/// # Errors
/// If the file is too large, or not text in UTF-8. The finding's place holds in the bytes, and in
/// `String::from_utf8_lossy` of them up to there.
pub fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    decode_as(FileKind::Playbook, bytes)
}

/// As [`decode`], for any kind of file.
pub(crate) fn decode_as(kind: FileKind, bytes: &[u8]) -> Result<&str, Diagnostic> {
    let finding = |at: usize, message: String, help: &str| Diagnostic {
        severity: Severity::Error,
        rule: None,
        message,
        span: at..at,
        help: Some(help.to_owned()),
    };
    if bytes.len() > MAX_SIZE {
        let message = too_large(kind, bytes.len());
        return Err(finding(0, message, kind.shorten()));
    }
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if utf16 || matches!(bytes, [0, _, ..] | [_, 0, ..]) {
        let message = "the file is written in UTF-16".to_owned();
        return Err(finding(0, message, "save it again with the encoding UTF-8"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let message = "the file is not text in UTF-8 from here on".to_owned();
        finding(error.valid_up_to(), message, "save it again with the encoding UTF-8")
    })
}

/// The words for a file of so many bytes.
pub(super) fn too_large(kind: FileKind, bytes: usize) -> String {
    format!("the file has {bytes} bytes, and a {} has at most {MAX_SIZE}", kind.noun())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_utf_8_is_text() {
        let large = vec![b'a'; MAX_SIZE + 1];
        let utf16 = "the file is written in UTF-16";
        let other = "the file is not text in UTF-8 from here on";
        for (bytes, at, message) in [
            (&b"\xFF\xFEr\0u\0"[..], 0, utf16),
            (b"\xFE\xFF\0r", 0, utf16),
            (b"r\0u\0", 0, utf16),
            (b"\0r\0u", 0, utf16),
            (b"title: caf\xE9", 10, other),
            (b"\xED\xA0\x80", 0, other),
            (&large, 0, "the file has 262145 bytes, and a playbook has at most 262144"),
        ] {
            let found = decode(bytes).map_err(|found| (found.span.start, found.message));
            assert_eq!(found, Err((at, message.to_owned())));
        }
        for text in ["", "a", "\u{feff}a", "caf\u{e9}", "a\nb\0"] {
            assert_eq!(decode(text.as_bytes()), Ok(text));
        }
        assert!(decode(&large[1..]).is_ok());
    }
}
