//! What comes after the step in front.

use super::{Viewer, columns, due};
use crate::engine::StepView;
use crate::ui::{BAD, QUIET, cut, paint, safe};

/// What comes next in at most `room` lines, the step in front left out.
pub(super) fn queue(next: &[&StepView<'_>], viewer: &Viewer<'_>, room: usize) -> Vec<String> {
    let overdue = next.iter().filter(|view| view.overdue).count();
    let mut lines = Vec::new();
    if overdue > 0 {
        let text = if overdue == 1 {
            "1 step is OVERDUE".into()
        } else {
            format!("{overdue} steps are OVERDUE")
        };
        lines.push(paint(BAD, &text));
    }
    let shown = room.saturating_sub(lines.len() + 1);
    for view in next.iter().skip(1).take(shown) {
        lines.push(queue_line(view, viewer));
    }
    let more = next.len().saturating_sub(shown + 1);
    if more > 0 {
        lines.push(paint(QUIET, &format!("  … and {more} more (s = all steps)")));
    }
    lines
}

/// One line; on a narrow screen the role gives way.
fn queue_line(view: &StepView<'_>, viewer: &Viewer<'_>) -> String {
    let due = due(view, viewer);
    let (role, role_room) = match viewer.width {
        72.. => (cut(view.step.role.as_str(), 18), 20),
        _ => (String::new(), 0),
    };
    let due_room = columns(&due).max(14);
    let room = viewer.width.saturating_sub(role_room + due_room + 2).max(10);
    let title = cut(&format!("  {} {}", view.step.code, safe(&view.step.title)), room);
    format!("{title:<room$} {role:<role_room$}{due}")
}
