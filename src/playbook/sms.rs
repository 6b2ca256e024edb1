//! How long a text message is for the network that carries it: GSM-7 or UCS-2, units, segments.
//!
//! GSM 03.38: 160 units in one segment, 153 in each of several; with one character outside the table the
//! whole message goes as UCS-2, 70 and 67. A pair (escape and character, or two surrogates) is never
//! split between segments.

/// The characters of the GSM 03.38 basic table beyond ASCII.
const BASIC: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";

/// How a message is written on the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Seven bits a unit: plain Latin letters, some accents, Greek capitals.
    Gsm7,
    /// Sixteen bits a unit: everything else.
    Ucs2,
}

/// How long a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// How it is written.
    pub encoding: Encoding,
    /// How many units it takes.
    pub units: usize,
    /// How many messages the network makes of it; each is paid for. None of an empty text.
    pub segments: usize,
    /// The first character that is not in the GSM-7 tables.
    pub odd: Option<char>,
}

impl Encoding {
    /// The units of a message that fits into one segment.
    #[must_use]
    pub const fn single(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// The units in each segment of a longer message.
    const fn joined(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Self::Gsm7 => gsm7(c).unwrap_or(1),
            Self::Ucs2 => c.len_utf16(),
        }
    }
}

/// The units of a character of the GSM 03.38 tables: those of the extension table take an escape in front.
fn gsm7(c: char) -> Option<usize> {
    match c {
        '\u{c}' | '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(2),
        '`' => None,
        '\n' | '\r' | ' '..='~' => Some(1),
        _ => BASIC.contains(c).then_some(1),
    }
}

/// Measures a message as it will be sent, with everything filled in.
#[must_use]
pub fn measure(text: &str) -> Measure {
    let odd = text.chars().find(|c| gsm7(*c).is_none());
    let encoding = if odd.is_some() { Encoding::Ucs2 } else { Encoding::Gsm7 };
    let units = text.chars().map(|c| encoding.units(c)).sum();
    let segments = if units <= encoding.single() {
        usize::from(units > 0)
    } else {
        let (mut segments, mut used) = (1, 0);
        for width in text.chars().map(|c| encoding.units(c)) {
            if used + width > encoding.joined() {
                (segments, used) = (segments + 1, 0);
            }
            used += width;
        }
        segments
    };
    Measure { encoding, units, segments, odd }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nine text messages of the field with the length each was measured at, filled in with
    /// "Riverside Pharmacy" and a number of 12 characters.
    const NINE: [(usize, &str); 9] = [
        (
            137,
            "{site}: our email is down. Your pharmacy team needs to speak with you today. Please call {phone}. Reply STOP to opt out.",
        ),
        (
            148,
            "{site}: we tried to reach you today. Please call us at {phone} before 8pm. If this is an emergency call 911. Reply STOP to opt out.",
        ),
        (
            119,
            "{site}: we still need to reach you. Call {phone} or visit the pharmacy counter. Reply STOP to opt out.",
        ),
        (
            130,
            "{site}: our email is down. You have an item ready for review. Call {phone} with questions. Reply STOP to opt out.",
        ),
        (
            119,
            "{site}: email messages may be late. To check on an order call {phone}, 8am-8pm. Reply STOP to opt out.",
        ),
        (
            117,
            "{site}: email is working again. If you missed a message from us call {phone}. Reply STOP to opt out.",
        ),
        (
            123,
            "{site}: your delivery is on hold until we confirm it with you. Please call {phone}. Reply STOP to opt out.",
        ),
        (
            121,
            "{site}: your delivery was moved to a new day. Call {phone} to confirm or pick up. Reply STOP to opt out.",
        ),
        (
            100,
            "{site}: your delivery is confirmed. Questions? Call {phone}. Reply STOP to opt out.",
        ),
    ];

    fn of(text: &str) -> (Encoding, usize, usize) {
        let Measure { encoding, units, segments, .. } = measure(text);
        (encoding, units, segments)
    }

    #[test]
    fn the_nine_messages_have_the_length_they_were_measured_at() {
        for (units, text) in NINE {
            let filled =
                text.replace("{site}", "Riverside Pharmacy").replace("{phone}", "860-555-0100");
            assert_eq!(of(&filled), (Encoding::Gsm7, units, 1), "{text}");
        }
    }

    #[test]
    fn spanish_with_its_accents_is_three_segments_and_without_them_one() {
        let accents = "Riverside Pharmacy: el correo electrónico no funciona. Su farmacia desea hablar con \
                       usted hoy. Llame al 860-555-0100. Para no recibir más, responda STOP";
        assert_eq!(of(accents), (Encoding::Ucs2, 152, 3));
        assert_eq!(measure(accents).odd, Some('ó'));
        let plain = "Riverside Pharmacy: nuestro correo no funciona. Su farmacia quiere hablar con usted hoy. \
                     Llame al 860-555-0100. Responda STOP para salir.";
        assert_eq!(of(plain), (Encoding::Gsm7, 137, 1));
        assert_eq!(of(&accents.replace('ó', "o").replace('á', "a")), (Encoding::Gsm7, 152, 1));
    }

    #[test]
    fn the_tables_are_those_of_the_standard() {
        let units = |c: char| (measure(&c.to_string()).encoding, measure(&c.to_string()).units);
        let all = ('\0'..=char::MAX).filter_map(gsm7).collect::<Vec<_>>();
        // 128 places, of which one is the escape; ten more behind it.
        assert_eq!(all.iter().filter(|units| **units == 1).count(), 127);
        assert_eq!(all.iter().filter(|units| **units == 2).count(), 10);
        for c in "@£éñü¿¡ÇàÑΩ\n'\"".chars() {
            assert_eq!(units(c), (Encoding::Gsm7, 1), "{c}");
        }
        for c in "€^{}[]~\\|".chars() {
            assert_eq!(units(c), (Encoding::Gsm7, 2), "{c}");
        }
        for c in "áíóúÁêç’“–…`\tł中".chars() {
            assert_eq!(units(c), (Encoding::Ucs2, 1), "{c}");
        }
        assert_eq!(units('😀'), (Encoding::Ucs2, 2));
    }

    #[test]
    fn segments_are_counted_at_their_edges() {
        for (text, expected) in [
            (String::new(), (Encoding::Gsm7, 0, 0)),
            ("a".repeat(160), (Encoding::Gsm7, 160, 1)),
            ("a".repeat(161), (Encoding::Gsm7, 161, 2)),
            ("a".repeat(306), (Encoding::Gsm7, 306, 2)),
            ("a".repeat(307), (Encoding::Gsm7, 307, 3)),
            ("á".repeat(70), (Encoding::Ucs2, 70, 1)),
            ("á".repeat(71), (Encoding::Ucs2, 71, 2)),
            ("á".repeat(134), (Encoding::Ucs2, 134, 2)),
            ("á".repeat(135), (Encoding::Ucs2, 135, 3)),
            // 80 pairs fill one segment; 76 pairs leave one unit of 153 empty.
            ("€".repeat(80), (Encoding::Gsm7, 160, 1)),
            ("€".repeat(153), (Encoding::Gsm7, 306, 3)),
            ("😀".repeat(35), (Encoding::Ucs2, 70, 1)),
            // 33 pairs leave one unit of 67 empty.
            ("😀".repeat(67), (Encoding::Ucs2, 134, 3)),
        ] {
            assert_eq!(of(&text), expected, "{} × {:?}", text.chars().count(), text.chars().next());
        }
    }
}
