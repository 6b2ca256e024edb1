//! What a line typed at the walk's question means.

/// A line typed at the walk's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Draw again, with what others have recorded meanwhile.
    Look,
    /// The step in front is done.
    Done,
    /// Done, but earlier, by somebody else, or with a note.
    DoneDetails,
    /// The step in front is being worked on.
    Begin,
    /// It does not apply here.
    NotApplicable,
    /// It did not work.
    Failed,
    /// It has to wait.
    Later,
    /// Somebody agrees to it.
    Approve,
    /// The option with this number or name.
    Choose(String),
    /// Go to another step.
    Go(String),
    /// Take an answer back.
    Reopen,
    /// Write something down.
    Note,
    /// Who holds which role.
    People,
    /// A milestone.
    Mark,
    /// The last entries of the log.
    Log,
    /// All steps.
    Status,
    /// The whole text of the step in front.
    More,
    /// Put the step in front behind the others, without recording anything.
    Other,
    /// End the incident.
    Close,
    /// Somebody else types from now on.
    User,
    /// Leave the walk.
    Leave,
    /// What can be typed.
    Help,
    /// None of these.
    Unknown(String),
}

/// Reads a line. `is_step` knows the playbook's steps, `is_option` the options of a decision in front.
pub(super) fn read(
    line: &str,
    is_step: impl Fn(&str) -> bool,
    is_option: impl Fn(&str) -> bool,
) -> Command {
    let line = line.trim();
    if is_option(line) {
        return Command::Choose(line.to_owned());
    }
    match line.to_lowercase().as_str() {
        "" => Command::Look,
        "d" | "done" => Command::Done,
        "e" | "earlier" => Command::DoneDetails,
        "b" | "begin" => Command::Begin,
        "n" | "na" => Command::NotApplicable,
        "f" | "failed" | "fail" => Command::Failed,
        "l" | "later" | "defer" => Command::Later,
        "a" | "approve" => Command::Approve,
        "r" | "reopen" => Command::Reopen,
        "t" | "note" => Command::Note,
        "p" | "people" => Command::People,
        "m" | "mark" => Command::Mark,
        "g" | "log" => Command::Log,
        "s" | "status" => Command::Status,
        "w" | "words" => Command::More,
        "o" | "other" => Command::Other,
        "c" | "close" => Command::Close,
        "u" | "user" => Command::User,
        "q" | "quit" | "exit" => Command::Leave,
        "?" | "h" | "help" => Command::Help,
        _ if is_step(line) => Command::Go(line.to_owned()),
        _ => Command::Unknown(line.to_owned()),
    }
}

/// All keys, for the help screen: one column, so that it reads on a narrow screen too.
pub(super) const HELP: &str = "\
d  done now, by you
e  done earlier, by somebody else, or with a note
b  begin: somebody works on it
n  not applicable here, with a reason
f  failed, with a reason
l  later: put it off until a time
a  approve
1, 2 …  answer a decision (or type the answer's name)
I-07 or a step's name  go to that step
o  another step first; records nothing
w  the whole text of this step
r  reopen a step that has an answer
t  a note for the log
p  people: give, hand over or release a role
m  mark a milestone: restored, verified …
s  all steps      g  the last entries of the log
u  somebody else types from now on
c  close the incident, or call it a false alarm
q  leave; the incident goes on
Enter  look again. It takes only what a question shows after \"Enter =\".";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_what_they_mean() {
        for (line, meant) in [
            ("", Command::Look),
            (" d ", Command::Done),
            ("D", Command::Done),
            ("i-07", Command::Go("i-07".to_owned())),
            ("2", Command::Choose("2".to_owned())),
            ("local", Command::Choose("local".to_owned())),
            ("dd", Command::Unknown("dd".to_owned())),
            ("q", Command::Leave),
        ] {
            let read = read(line, |word| word == "i-07", |word| matches!(word, "2" | "local"));
            assert_eq!(read, meant, "{line:?}");
        }
    }
}
