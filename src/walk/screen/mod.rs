//! What the walk shows: where we are, what is overdue, what is next, and the step in front.

mod front;
mod head;
mod keys;
mod queue;
mod words;

use crate::engine::{Person, StepView, Timestamp};
use crate::session::Session;
use crate::site::Site;
use crate::ui::{QUIET, near_time, paint, wrap};
use crate::world::Zone;

pub(super) use words::whole_text;

/// Who looks, when and where.
pub(super) struct Viewer<'a> {
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
    /// Whose name the answers carry.
    pub(super) person: &'a Person,
    /// Other incidents that are open.
    pub(super) others: &'a [String],
    /// Phone numbers, and who is planned for which role.
    pub(super) site: Option<&'a Site>,
    /// Columns of the screen.
    pub(super) width: usize,
}

/// The whole screen in at most `height` lines, one of them left for the answer: the head and the step
/// in front first, and as much of what comes next as there is room for.
pub(super) fn lay_out(
    session: &Session,
    viewer: &Viewer<'_>,
    next: &[&StepView<'_>],
    height: usize,
) -> Vec<String> {
    let view = next.first().copied();
    let mut lines = head::head(session, viewer);
    let keys = wrap(&keys::keys(view, session.state(), viewer), viewer.width);
    let room = height.saturating_sub(lines.len() + keys.len() + 2);
    let front = match view {
        Some(view) => front::front(view, session, viewer, room),
        None => vec!["Nothing is due now.".to_owned()],
    };
    let left = room.saturating_sub(front.len() + 1);
    let queue = if left >= 2 { queue::queue(next, viewer, left.min(6)) } else { Vec::new() };
    if !queue.is_empty() {
        lines.push(String::new());
        lines.extend(queue);
    }
    lines.push(String::new());
    lines.extend(front);
    lines.extend(keys.iter().map(|line| paint(QUIET, line)));
    lines
}

/// Columns that a line takes, our own styles left out.
fn columns(line: &str) -> usize {
    dialoguer::console::measure_text_width(line)
}

fn due(view: &StepView<'_>, viewer: &Viewer<'_>) -> String {
    let Some(due) = view.due else { return String::new() };
    let at = near_time(due, viewer.now, viewer.zone.offset_at(due));
    if view.overdue { format!("OVERDUE {at}") } else { format!("due {at}") }
}
