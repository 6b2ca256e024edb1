//! What kind of channel an id names: texts, automated calls and the like, for the rules that hold for one
//! kind only.

use super::super::id::ChannelId;

/// The most a channel of this name may tell about a patient, by the words between its hyphens. House policy
/// after `domain.md` §5 of the project's notes; channels that are not named here may carry anything.
const CAPS: [(&str, u8); 11] = [
    ("sms", 1),
    ("text", 1),
    ("texts", 1),
    ("voicemail", 1),
    ("ivr", 2),
    ("robocall", 2),
    ("device", 0),
    ("public", 0),
    ("sign", 0),
    ("social", 0),
    ("website", 0),
];

fn has(channel: &ChannelId, words: &[&str]) -> bool {
    channel.as_str().split('-').any(|word| words.contains(&word))
}

/// Whether a channel carries text messages.
pub(super) fn is_sms(channel: &ChannelId) -> bool {
    has(channel, &["sms", "text", "texts"])
}

/// Whether a machine does the calling.
pub(super) fn is_robot(channel: &ChannelId) -> bool {
    has(channel, &["ivr", "robocall"])
}

/// The most it may tell.
pub(super) fn cap(channel: &ChannelId) -> Option<u8> {
    let caps = CAPS.iter().filter(|(word, _)| has(channel, &[word]));
    caps.map(|(_, cap)| *cap).min()
}
