//! Templates and channels.

use super::*;
use Rule::{
    ApprovalExpired, CapTooHigh, ChannelIsDown, Discloses, NoConsent, NoFallback, NotApproved,
    OverLimit, PlaceholderTooTelling, SmsIncomplete, SmsTooLong, TooFewTemplates,
    UnknownPlaceholder,
};

/// The words of template `one`.
const ONE: &str = "please call {phone} today.";

pub(super) fn cases() -> Vec<Case> {
    let mut all = around();
    all.extend(texts());
    all.extend(channels());
    all
}

fn around() -> Vec<Case> {
    vec![
        fault(
            NotApproved,
            "    approved: {by: Ana Diaz, on: 2026-06-01}\n",
            "",
            "24:3 nobody approved template \"two\"",
        ),
        miss(NotApproved, "by: Ana Diaz, on: 2026-06-01}", "by: Ben Ito, on: 2026-11-25}"),
        fault(
            ApprovalExpired,
            "until: 2026-11-25",
            "until: 2026-11-24",
            "34:53 the approval counted until 2026-11-24",
        ),
        fault(
            ApprovalExpired,
            "on: 2026-06-01}",
            "on: 2025-11-24}",
            "28:34 the approval of 2025-11-24 has no last day and is older than a year",
        ),
        fault(
            ApprovalExpired,
            "on: 2026-06-01}",
            "on: 2026-11-26}",
            "28:34 this was approved on 2026-11-26, and that day has not come",
        ),
        miss(ApprovalExpired, "on: 2026-06-01}", "on: 2025-11-25}"),
        fault(
            NoFallback,
            "    channel: app\n    fallback: phone\n",
            "    channel: app\n",
            "24:3 template \"two\" has no second channel",
        ),
        fault(
            NoFallback,
            "    channel: app\n    fallback: phone\n",
            "    channel: app\n    fallback: app\n",
            "27:15 the second channel of \"two\" is the first one",
        ),
        miss(
            NoFallback,
            "    channel: app\n    fallback: phone\n",
            "    channel: phone\n    fallback: app\n",
        ),
        fault(
            TooFewTemplates,
            "urgent: {title: Urgent}\n",
            "urgent: {title: Urgent}\n  refills: {title: Refills}\n",
            "17:3 segment \"refills\" has 0 of the 3 templates it needs",
        ),
        miss(TooFewTemplates, "urgent: {title: Urgent}", "urgent: {title: Very urgent}"),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        // With the name and the number 161 units; the next one has 160.
        fault(
            SmsTooLong,
            ONE,
            "please call {phone} today. Our computers are down, and we cannot see which of you has already \
             called us up today.",
            "23:11 filled in, this text is 161 units long: 2 segments, and 160 units fit into one",
        ),
        miss(
            SmsTooLong,
            ONE,
            "please call {phone} today. Our computers are down, and we cannot see which of you has already \
             called us up today",
        ),
        fault(
            SmsTooLong,
            ONE,
            "s'il vous plaît {phone}.",
            "23:33 \"î\" makes it UCS-2: filled in, this text is 72 units long: 2 segments, and 70 units fit \
             into one",
        ),
        miss(
            SmsTooLong,
            ONE,
            "llame al {phone} mañana. ¿Qué hay? ¡Olé! Ninguna de estas letras cuenta doble, ni ñ ni ü ni è.",
        ),
        fault(
            OverLimit,
            "about your order.",
            "about your order, and about the delivery of it.",
            "29:11 filled in, this message has 98 characters, and channel \"app\" takes 90",
        ),
        miss(OverLimit, "about your order.", "about your order and its long way."),
        fault(
            SmsIncomplete,
            "{site}: please call {phone} today. Reply STOP to opt out.",
            "Please call us today. Reply stop to opt out.",
            "23:11 this text message does not say who writes: {site}, nor whom to call: {phone}, nor how to \
             stop: STOP",
        ),
        fault(
            SmsIncomplete,
            "Call {phone}. Reply STOP",
            "Call {phone}. Write STOPP",
            "35:11 this text message does not say how to stop: STOP",
        ),
        miss(SmsIncomplete, "please call {phone} today.", "please call (860) 555-0100 today."),
        miss(
            SmsIncomplete,
            "\"{site}: please call {phone} today.",
            "\"Hill Street Clinic: call {phone}.",
        )
        .at_a_site(),
        fault(
            Discloses,
            ONE,
            "your Insulin is here, call {phone}.",
            "23:25 \"Insulin\" names a medicine: level 3, and channel \"sms\" carries 1",
        ),
        fault(
            Discloses,
            "about your order.",
            "about your refill.",
            "29:57 \"refill\" says that there is a medicine: level 2, and channel \"app\" carries 1",
        ),
        // The second channel carries the same words.
        fault(
            Discloses,
            "all is well again.",
            "blood\n      sugar is well again.",
            "35:20 \"blood sugar\" names a condition: level 3, and channel \"sms\" carries 1",
        ),
        miss(Discloses, ONE, "your order, visit and delivery; the refillable aids: call {phone}."),
        fault(
            PlaceholderTooTelling,
            ONE,
            "{first_name}, please call {phone}.",
            "23:20 {first_name} is health information of level 2, and channel \"sms\" carries 1",
        ),
        miss(PlaceholderTooTelling, ONE, "please call {phone} before {time}, {hours}."),
        fault(
            UnknownPlaceholder,
            ONE,
            "please call {phone}, {counter}.",
            "23:41 nothing fills {counter}",
        ),
        fault(UnknownPlaceholder, ONE, "please call {phone} {fone}.", "23:40 nothing fills {fone}"),
        miss(UnknownPlaceholder, ONE, "please call {phone} { counter}."),
    ]
}

fn channels() -> Vec<Case> {
    vec![
        fault(
            NoConsent,
            "sms: {phi: 1, consent: true, max_chars: 160}",
            "sms: {phi: 1, max_chars: 160}",
            "11:3 channel \"sms\" does not ask for the patient's consent",
        ),
        // Nobody writes to patients by this one.
        miss(NoConsent, "email: {phi: 1", "sms-staff: {phi: 1"),
        miss(NoConsent, "email: {phi: 1", "portal: {phi: 1"),
        fault(
            CapTooHigh,
            "email: {phi: 1",
            "voicemail: {phi: 2",
            "13:20 channel \"voicemail\" may carry health information of level 1 at most, not 2",
        ),
        miss(CapTooHigh, "email: {phi: 1", "email: {phi: 3"),
        fault(
            ChannelIsDown,
            "channel: app\n",
            "channel: email\n",
            "26:14 channel \"email\" needs \"email\", which is down",
        ),
        fault(
            ChannelIsDown,
            "channel: app\n    fallback: phone\n",
            "channel: app\n    fallback: email\n",
            "27:15 channel \"email\" needs \"email\", which is down",
        ),
        miss(
            ChannelIsDown,
            "channel: app\n    fallback: phone\n",
            "channel: phone\n    fallback: app\n",
        ),
    ]
}
