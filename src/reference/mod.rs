//! What people look up: channels, tools, service levels, rules of law, wordings, documents. Pure:
//! text in, a [`Sheet`] or all diagnostics out.
//!
//! Every entry says where it comes from and when somebody last looked there. Nothing here is legal
//! advice, and a rule that is only proposed says so wherever it is shown. Absent here on purpose:
//! files, clocks, terminals.

mod library;
mod model;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod words;

pub use library::{Broken, Reference, Source, builtin, shelf};
pub use model::{
    Agreement, Cap, ChannelRow, Clock, Document, Message, Origin, Rule, ServiceLevel, Sheet,
    StateRules, Tool, Uptime,
};
pub use read::{Compiled, is_reference, read};
pub use shape::schema;
pub use words::{Audience, Layout, MessageKind, RuleStatus, Unit};
