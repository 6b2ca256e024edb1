//! What is said when something real comes in the middle of an exercise.

use std::fmt::Display;

/// What everybody is told, and what to type next. Not stamped: from here on it is real.
#[must_use]
pub fn this_is_real(next: &[impl Display], already: &[impl Display]) -> String {
    let mut lines = vec![
        "THIS IS REAL NOW. Tell everybody: \"The exercise is over. This is no exercise.\""
            .to_owned(),
        "Then the Incident Lead, and nobody else, types:".to_owned(),
    ];
    lines.extend(next.iter().map(|command| format!("  {command}")));
    lines.push("Is it something else that is down? runbook list shows all playbooks.".to_owned());
    let open = |id| format!("Open for real already: runbook walk {id}");
    lines.extend(already.iter().map(open));
    lines.join("\n")
}

/// The same in one line, for the end of everything else that there was to say.
#[must_use]
pub fn now_for_real(next: &[impl Display]) -> String {
    let next: Vec<String> = next.iter().map(ToString::to_string).collect();
    format!("NOW, FOR REAL: {}", next.join("   or   "))
}
