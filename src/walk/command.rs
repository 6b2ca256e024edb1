//! What a line typed at the walk's question means.

/// A line typed at the walk's question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Draw again, with what others have recorded meanwhile.
    Look,
    /// About the step in front.
    Front(Answer),
    /// Go to another step.
    Go(String),
    /// The last answer given here was a mistake.
    Undo,
    /// Write something down.
    Note,
    /// Who holds which role.
    People,
    /// Phone numbers.
    Contacts,
    /// A milestone.
    Mark,
    /// What is known of cause and reach.
    Classify,
    /// What the players of an exercise were told.
    Injects,
    /// The clock of an exercise.
    ExerciseTime,
    /// The last entries of the log.
    Log,
    /// All steps.
    Status,
    /// Another playbook is needed.
    Escalate,
    /// Another incident that is open.
    Incidents,
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

/// What can be said about the step in front; it counts only for a step that was on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is done, now or at the time as typed.
    Done(Option<String>),
    /// Done, but earlier, by somebody else, or with a note.
    DoneDetails,
    /// It is being worked on.
    Begin,
    /// It does not apply here.
    NotApplicable,
    /// It did not work.
    Failed,
    /// It has to wait.
    Later,
    /// Somebody agrees to it.
    Approve,
    /// The option with this number or name, and why, if that was typed along.
    Choose(String, Option<String>),
    /// Take an answer back.
    Reopen,
    /// The whole text of it.
    More,
    /// Put it behind the others, without recording anything.
    Other,
}

/// Reads a line. `is_step` knows the playbook's steps, `is_option` the options of a decision in front.
pub(super) fn read(
    line: &str,
    is_step: impl Fn(&str) -> bool,
    is_option: impl Fn(&str) -> bool,
) -> Command {
    let line = line.trim();
    let (first, rest) = match line.split_once(char::is_whitespace) {
        Some((first, rest)) => (first, Some(rest.trim().to_owned())),
        None => (line, None),
    };
    if is_option(first) {
        return Command::Front(Answer::Choose(first.to_owned(), rest));
    }
    if matches!(first, "d" | "D") && rest.is_some() {
        return Command::Front(Answer::Done(rest));
    }
    match line.to_lowercase().as_str() {
        "" => Command::Look,
        "d" | "done" => Command::Front(Answer::Done(None)),
        "e" | "earlier" => Command::Front(Answer::DoneDetails),
        "b" | "begin" => Command::Front(Answer::Begin),
        "n" | "na" => Command::Front(Answer::NotApplicable),
        "f" | "failed" | "fail" => Command::Front(Answer::Failed),
        "l" | "later" | "defer" => Command::Front(Answer::Later),
        "a" | "approve" => Command::Front(Answer::Approve),
        "r" | "reopen" => Command::Front(Answer::Reopen),
        "z" | "undo" => Command::Undo,
        "t" | "note" => Command::Note,
        "p" | "people" => Command::People,
        "k" | "phones" | "contacts" => Command::Contacts,
        "m" | "mark" | "declare" => Command::Mark,
        "v" | "classify" => Command::Classify,
        "j" | "injects" => Command::Injects,
        "y" | "time" => Command::ExerciseTime,
        "g" | "log" => Command::Log,
        "s" | "status" | "steps" => Command::Status,
        "w" | "words" => Command::Front(Answer::More),
        "o" | "other" => Command::Front(Answer::Other),
        "x" | "escalate" => Command::Escalate,
        "i" | "incidents" => Command::Incidents,
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
Type a key, then Enter. What is saved says so; nothing else is recorded.
d  done now, by you            d 14:05, d -20m  done at that time
e  done earlier, by somebody else, or with a note
b  begin: somebody works on it
n  not applicable here         f  failed             (both ask why)
l  later: put it off until a time
1, 2 …  answer a decision; words after the number are the reason
a  approve                     r  reopen a step that has an answer
z  undo: the last answer was a mistake
o  another step first; records nothing
I-07 or a step's name  go to that step
w  the whole text of this step, its message or script
k  phone numbers: roles, leadership, vendors
p  people: who takes a role, a deputy, hand-over, release
t  a note for the log          g  the last entries of the log
s  all steps                   v  cause and reach, as far as known
m  milestones: declared, restored, verified, relapsed …
x  another playbook is needed  i  another open incident
u  somebody else types from now on
c  close the incident, or call it a false alarm
q  leave; the incident goes on
Enter  look again. It takes only what a question shows after \"Enter =\".";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_what_they_mean() {
        let words = |text: &str| Some(text.to_owned());
        for (line, meant) in [
            ("", Command::Look),
            (" d ", Command::Front(Answer::Done(None))),
            ("D", Command::Front(Answer::Done(None))),
            ("d 14:05", Command::Front(Answer::Done(words("14:05")))),
            ("d  -20m", Command::Front(Answer::Done(words("-20m")))),
            ("i-07", Command::Go("i-07".to_owned())),
            ("2", Command::Front(Answer::Choose("2".to_owned(), None))),
            (
                "2 IT has looked",
                Command::Front(Answer::Choose("2".to_owned(), words("IT has looked"))),
            ),
            ("local", Command::Front(Answer::Choose("local".to_owned(), None))),
            ("dd", Command::Unknown("dd".to_owned())),
            ("n it", Command::Unknown("n it".to_owned())),
            ("q", Command::Leave),
        ] {
            let read = read(line, |word| word == "i-07", |word| matches!(word, "2" | "local"));
            assert_eq!(read, meant, "{line:?}");
        }
    }
}
