//! Words that look as if they name a patient. Asked about before they enter a log that nobody can
//! edit, because the log speaks of patients only by tokens (`P-0001`).
//!
//! This is a safety net for hasty hands, not de-identification: it misses names without the word
//! "patient", ages, addresses and drugs, and a text without a suspicion is not free of health
//! information. Nothing here changes or keeps the text, and a suspicion carries no words of it, so
//! that no message can repeat what should not have been written.

mod names;
mod numbers;
mod tokens;

use std::ops::Range;

use tokens::Tokens;

/// What a stretch of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SuspicionKind {
    /// A social security number.
    SocialSecurity,
    /// A date of birth.
    BirthDate,
    /// A number of a medical record, a member or a prescription.
    RecordNumber,
    /// An e-mail address.
    Email,
    /// A phone number that does not seem to be a vendor's.
    Phone,
    /// A name after the word "patient".
    PatientName,
}

impl SuspicionKind {
    /// Why it is asked about, and what to write instead; a sentence without a full stop.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::SocialSecurity => {
                "this looks like a social security number; no log needs one, write the patient's token"
            }
            Self::BirthDate => {
                "this looks like a date of birth; write the patient's token (P-0001) instead"
            }
            Self::RecordNumber => {
                "this looks like a medical record, member or prescription number, which names a \
                 patient as surely as a name; write the patient's token (P-0001) instead"
            }
            Self::Email => {
                "this looks like an e-mail address; if it is a patient's, write the token (P-0001) \
                 and keep the address in the roster"
            }
            Self::Phone => {
                "this looks like a person's phone number; if it is a patient's, write the token \
                 (P-0001) and keep the number in the roster"
            }
            Self::PatientName => {
                "this looks like a patient's name; write the patient's token (P-0001) instead"
            }
        }
    }
}

/// A stretch of text that looks like health information about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// What it looks like.
    pub kind: SuspicionKind,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// Every suspicious stretch, in the order of the text; empty = nothing was noticed.
#[must_use]
pub fn suspicions(text: &str) -> Vec<Suspicion> {
    let tokens = Tokens::of(text);
    let mut found = Vec::new();
    let mut add = |kind, spans: Vec<Range<usize>>| {
        found.extend(spans.into_iter().map(|span| Suspicion { kind, span }));
    };
    add(SuspicionKind::SocialSecurity, numbers::social_security(&tokens));
    add(SuspicionKind::BirthDate, numbers::birth_dates(&tokens));
    add(SuspicionKind::RecordNumber, numbers::record_numbers(&tokens));
    add(SuspicionKind::Phone, numbers::phones(&tokens));
    add(SuspicionKind::Email, names::emails(text));
    add(SuspicionKind::PatientName, names::patient_names(&tokens));
    found.sort_by_key(|suspicion| (suspicion.span.start, suspicion.kind));
    found
}

/// As [`suspicions`], for a line that says how staff are reached: a phone number or an e-mail address is
/// what it is there for.
#[must_use]
pub fn suspicions_of_contact(text: &str) -> Vec<Suspicion> {
    let asked_for =
        |found: &Suspicion| matches!(found.kind, SuspicionKind::Phone | SuspicionKind::Email);
    suspicions(text).into_iter().filter(|found| !asked_for(found)).collect()
}

#[cfg(test)]
mod tests {
    use SuspicionKind::{BirthDate, Email, PatientName, Phone, RecordNumber, SocialSecurity};

    use super::*;

    fn check(text: &str, expected: &[(SuspicionKind, &str)]) {
        let found = suspicions(text);
        let seen: Vec<_> = found.iter().map(|s| (s.kind, &text[s.span.clone()])).collect();
        assert_eq!(seen, expected, "{text:?}");
    }

    #[test]
    fn how_staff_are_reached_is_no_patient() {
        let kinds = |text| suspicions_of_contact(text).iter().map(|s| s.kind).collect::<Vec<_>>();
        assert_eq!(kinds("Faye Roth, safety officer, 860 555 0142, faye@example.org"), []);
        assert_eq!(kinds("Faye Roth, SSN 123-45-6789"), [SocialSecurity]);
    }

    #[test]
    fn what_names_a_patient_is_noticed() {
        for (text, kind, stretch) in [
            ("ssn is 123-45-6789", SocialSecurity, "123-45-6789"),
            ("her number 123-45-6789, call", SocialSecurity, "123-45-6789"),
            ("SSN 123456789", SocialSecurity, "123456789"),
            ("social security number: 123 45 6789", SocialSecurity, "123 45 6789"),
            ("DOB 03/14/1952", BirthDate, "03/14/1952"),
            ("dob: 3-14-52", BirthDate, "3-14-52"),
            ("D.O.B. 1952-03-14", BirthDate, "1952-03-14"),
            ("date of birth is March 14, 1952", BirthDate, "March 14, 1952"),
            ("born on 14 Mar 1952", BirthDate, "14 Mar 1952"),
            ("born in 1952", BirthDate, "1952"),
            ("lady (03/14/1952 dob) waits", BirthDate, "03/14/1952"),
            ("birth date 19520314", BirthDate, "19520314"),
            ("MRN 483920", RecordNumber, "483920"),
            ("MRN#483920 waits", RecordNumber, "483920"),
            ("mrn12345", RecordNumber, "12345"),
            ("MRN: A1234567", RecordNumber, "A1234567"),
            ("medical record number 12-34-56", RecordNumber, "12-34-56"),
            ("Rx# 7712345 not ready", RecordNumber, "7712345"),
            ("Rx 7712345", RecordNumber, "7712345"),
            ("prescription no. 7712345", RecordNumber, "7712345"),
            ("patient id 99321", RecordNumber, "99321"),
            ("member ID: 55512345", RecordNumber, "55512345"),
            ("write to ana.diaz+x@mail.example.org.", Email, "ana.diaz+x@mail.example.org"),
            ("call 617-555-0142 back", Phone, "617-555-0142"),
            ("call (617) 555-0142", Phone, "617) 555-0142"),
            ("617.555.0142", Phone, "617.555.0142"),
            ("6175550142", Phone, "6175550142"),
            ("+1 617 555 0142", Phone, "1 617 555 0142"),
            ("1-617-555-0142", Phone, "1-617-555-0142"),
            ("+49 170 1234567", Phone, "49 170 1234567"),
            ("helpdesk says patient is at 617-555-0142", Phone, "617-555-0142"),
            ("vendor is slow. Her cell is 617-555-0142", Phone, "617-555-0142"),
            ("patient Maria Lopez has no insulin", PatientName, "Maria Lopez"),
            ("Patient: Lopez", PatientName, "Lopez"),
            ("pt Smith called", PatientName, "Smith"),
            ("Pt. O'Brien waits", PatientName, "O'Brien"),
            ("PT Maria Lopez", PatientName, "Maria Lopez"),
            ("the patient named Ng", PatientName, "Ng"),
            ("patient Mrs. Alvarez", PatientName, "Alvarez"),
            ("patient J. Smith", PatientName, "J. Smith"),
            ("Mrs Garcia insulin is out", PatientName, "Garcia"),
            ("told Mr. Ng by phone", PatientName, "Ng"),
            ("patient name is Zoë Müller", PatientName, "Zoë Müller"),
        ] {
            check(text, &[(kind, stretch)]);
        }
    }

    #[test]
    fn what_an_outage_log_is_full_of_passes() {
        for text in [
            "",
            "down since 14:05, back at 16:20",
            "ticket INC0012345 opened",
            "ms latency is 40 ms, Mr and Mrs are in the list",
            "INC0012345678, CHG-6175550142, #6175550142",
            "ticket 6175550142",
            "vendor hotline 617-555-0142",
            "617-555-0142 is the helpdesk",
            "support line of the ISP: +1 617 555 0142",
            "mail gateway 192.168.100.200 does not answer",
            "MX 10.20.30.40:8443",
            "2026-01-22 14:05 -05:00 first bounce",
            "outage of 01/22/2026, next review 02/22/2026",
            "the plan was born out of the 2026-01-22 outage",
            "no date of birth is checked in downtime since 01/22",
            "epoch 1769108700, build 20260122.1405",
            "MRN lookup fails since 2026-01-22",
            "MRN 14:05",
            "Rx queue: 120 waiting, Rx 2026-01-22 printed",
            "eRx 7712345 messages stuck",
            "prescription 2026 form",
            "P-0001 reached, patient P-0002 not",
            "patient safety event, Patient Portal down",
            "Patient Access desk closes at 10 PT Tuesday",
            "call each patient. Ana Diaz leads",
            "patients Monday first",
            "told every patient\nBen takes the phones",
            "corrected 17@w4f2.",
            "user@host without a domain",
            "version 1.2.3-4, 555-0142",
            "serial 123-456-789",
            "000-12-3456 and 987-65-4321 and 123-00-4567",
            "part 123-45-6789-01 and X123-45-6789",
            "hash 0101010101010101",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn several_come_in_order() {
        check(
            "pt Smith, DOB 03/14/1952, MRN 483920, 617-555-0142",
            &[
                (PatientName, "Smith"),
                (BirthDate, "03/14/1952"),
                (RecordNumber, "483920"),
                (Phone, "617-555-0142"),
            ],
        );
    }

    #[test]
    fn every_kind_says_what_to_do_instead() {
        for kind in [SocialSecurity, BirthDate, RecordNumber, Email, Phone, PatientName] {
            assert!(kind.explanation().contains("token"), "{kind:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_a_fall(text in "(?s).{0,60}|[0-9 ().+@/:#-]{0,30}|(MRN|DOB|pt|born|Rx|A|é| |[0-9]){0,20}") {
            for suspicion in suspicions(&text) {
                proptest::prop_assert!(text.get(suspicion.span).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
