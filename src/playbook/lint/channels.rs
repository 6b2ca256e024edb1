//! Channels: consent, and how much they may tell.

use std::collections::HashSet;

use super::super::findings::quoted;
use super::super::id::ChannelId;
use super::super::rule::Rule;
use super::advice::Advice;
use super::cap::{cap, is_robot, is_sms};
use super::{Subject, beside};

/// Rules M11 and M12.
pub(super) fn check<'b>(subject: &Subject<'b, '_>, advice: &mut Advice<'b>) {
    // Whatever no template uses may be for staff.
    let templates = subject.book.templates.iter();
    let to_patients: HashSet<&ChannelId> =
        templates.flat_map(|one| std::iter::once(&one.channel).chain(&one.fallback)).collect();
    for (name, raw, channel) in beside(&subject.raw.channels, &subject.book.channels) {
        let (at, shown) = (channel.id.as_str(), quoted(channel.id.as_str()));
        let asks =
            (is_sms(&channel.id) || is_robot(&channel.id)) && to_patients.contains(&channel.id);
        if asks && !channel.consent {
            let message = format!("channel {shown} does not ask for the patient's consent");
            let help = "write `consent: true`";
            advice.say(Rule::NoConsent, at, name.span, message, help);
        }
        let (Some(cap), Some(phi)) = (cap(&channel.id, subject.known.caps), raw.phi.given()) else {
            continue;
        };
        if channel.phi > cap {
            let message = format!(
                "channel {shown} may carry health information of level {cap} at most, not {}",
                channel.phi
            );
            advice.say(Rule::CapTooHigh, at, phi.span, message, format!("write `phi: {cap}`"));
        }
    }
}
