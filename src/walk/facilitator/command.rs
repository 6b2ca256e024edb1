//! What a line typed at the facilitator's question means.

/// A line typed at the facilitator's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Draw again, with what the players have recorded meanwhile.
    Look,
    /// Tell the players what is due, or this inject.
    Deliver(Option<String>),
    /// Keep an inject back.
    Hold(Option<String>),
    /// Leave an inject out.
    LeaveOut(Option<String>),
    /// Something of the facilitator's own.
    Add,
    /// What was seen.
    Observe,
    /// The clock stands still, or runs again.
    Pause,
    /// The clock jumps forward: to the next inject, or by a length.
    Jump(Option<String>),
    /// Another speed.
    Speed(Option<String>),
    /// The whole list, or one inject of it in full.
    Injects(Option<String>),
    /// What really is the matter.
    Truth,
    /// The last entries of the log.
    Log,
    /// What is overdue and open for the players.
    Status,
    /// A real outage.
    Interrupt,
    /// The end of the exercise.
    End,
    /// Leave the screen.
    Leave,
    /// What can be typed.
    Help,
    /// None of these.
    Unknown(String),
}

pub(super) fn read(line: &str) -> Command {
    let line = line.trim();
    let (first, rest) = match line.split_once(char::is_whitespace) {
        Some((first, rest)) => (first, Some(rest.trim().to_owned())),
        None => (line, None),
    };
    match (first.to_lowercase().as_str(), rest) {
        ("", None) => Command::Look,
        ("d" | "deliver", which) => Command::Deliver(which),
        ("h" | "hold", which) => Command::Hold(which),
        ("k" | "skip", which) => Command::LeaveOut(which),
        ("a" | "add", None) => Command::Add,
        ("o" | "observe", None) => Command::Observe,
        ("p" | "pause" | "resume", None) => Command::Pause,
        ("j" | "jump", to) => Command::Jump(to),
        ("x" | "speed", to) => Command::Speed(to),
        ("m" | "injects", which) => Command::Injects(which),
        ("w" | "truth", None) => Command::Truth,
        ("g" | "log", None) => Command::Log,
        ("s" | "status", None) => Command::Status,
        ("i" | "interrupt", None) => Command::Interrupt,
        ("e" | "end", None) => Command::End,
        ("q" | "quit" | "exit", None) => Command::Leave,
        ("?" | "help", None) => Command::Help,
        _ => Command::Unknown(line.to_owned()),
    }
}

/// All keys, for the help screen.
pub(super) const HELP: &str = "\
Type a key, then Enter. Players see what you deliver at their next question.
d      deliver what is due          d 4    deliver inject 4, due or not
h 4    hold inject 4 back           k 4    leave inject 4 out (asks why)
a      tell them something of your own, now or later
o      note what you saw; players do not see it before the end
p      pause, and go on
j      the clock jumps to the next inject     j 20m  by 20 minutes
x 10   the clock runs 10 times as fast as real time; x step: only when you jump
m      all injects                  m 4    inject 4 in full
w      what really is the matter
s      what is overdue and open     g      the last entries of the log
i      A REAL OUTAGE HAS COME: ends the exercise and says so
e      end the exercise
q      leave; the exercise goes on (runbook drill resume takes you back)
Enter  look again";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_what_they_mean() {
        let word = |text: &str| Some(text.to_owned());
        for (line, meant) in [
            ("", Command::Look),
            ("d", Command::Deliver(None)),
            ("D 4", Command::Deliver(word("4"))),
            (" k  second-branch ", Command::LeaveOut(word("second-branch"))),
            ("j", Command::Jump(None)),
            ("j 20m", Command::Jump(word("20m"))),
            ("x 10", Command::Speed(word("10"))),
            ("m 3", Command::Injects(word("3"))),
            ("e", Command::End),
            ("e now", Command::Unknown("e now".to_owned())),
            ("dd", Command::Unknown("dd".to_owned())),
        ] {
            assert_eq!(read(line), meant, "{line:?}");
        }
    }
}
