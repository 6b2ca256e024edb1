//! What kind of channel an id names: texts, automated calls and the like, for the rules that hold for one
//! kind only.

use super::super::id::ChannelId;

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

/// The most it may tell, by what the reference data says of a channel of its name, or of one whose name is one
/// of the words between its hyphens.
pub(super) fn cap(channel: &ChannelId, caps: &[(String, u8)]) -> Option<u8> {
    let exact = caps.iter().find(|(id, _)| id == channel.as_str());
    let part = || caps.iter().filter(|(id, _)| has(channel, &[id])).min_by_key(|(_, cap)| *cap);
    exact.or_else(part).map(|(_, cap)| *cap)
}
