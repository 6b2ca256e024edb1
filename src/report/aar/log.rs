//! What the report stands on, and what it cannot show.

use crate::report::after_action::{LIMITS, Report};
use crate::report::document::Block;

pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let status = &report.status;
    let mut blocks = vec![Block::Fields(vec![
        ("Log", status.incident.clone()),
        ("Playbook", format!("{} {}", status.playbook.id, status.playbook.version)),
        ("Records", report.timeline.len().to_string()),
    ])];
    blocks.push(if report.integrity_problems.is_empty() {
        Block::Words("No integrity problem was found when this report was made.".to_owned())
    } else {
        Block::Lines(report.integrity_problems.clone())
    });
    if !status.checkpoint.is_empty() {
        blocks.push(Block::Lines(status.checkpoint.clone()));
    }
    blocks.push(Block::Words(LIMITS.to_owned()));
    blocks
}
