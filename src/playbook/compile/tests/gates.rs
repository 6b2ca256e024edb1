//! Decisions, conditions, order.

use super::check;

#[test]
fn decisions_have_two_answers() {
    for (from, to, expected) in [
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {local: Here, wide: All}",
            &[][..],
        ),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {local: Here}",
            &["28:40 a decision needs at least two options"],
        ),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {}",
            &["28:40 a decision needs at least two options"],
        ),
        (
            ", options: {local: Here, wide: {title: All, opens: [tell]}}",
            "",
            &["28:9 `options` is missing"],
        ),
        ("question: How far?, ", "", &["28:9 `question` is missing"]),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: [local, wide]",
            &["28:49 `options` should be a map of keys, not a list"],
        ),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {local: Here, Wide Area: All}",
            &[
                "28:63 \"Wide Area\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write wide-area]",
            ],
        ),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {local: Here, wide: {opens: [tell]}}",
            &["28:63 `title` is missing"],
        ),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {local: Here, wide: {title: All, leads_to: ransomware}}",
            &[],
        ),
        (
            "options: {local: Here, wide: {title: All, opens: [tell]}}",
            "options: {local: Here, wide: {title: All, leads_to: Ransom Ware}}",
            &[
                "28:92 \"Ransom Ware\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write ransom-ware]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn answers_open_and_close_other_steps() {
    for (from, to, expected) in [
        (
            "opens: [tell]",
            "opens: [tel]",
            &["28:90 step \"tel\" is not defined [did you mean \"tell\"?]"][..],
        ),
        (
            "opens: [tell]",
            "closes: [tel]",
            &["28:91 step \"tel\" is not defined [did you mean \"tell\"?]"],
        ),
        ("opens: [tell]", "closes: [tell, look]", &[]),
        ("opens: [tell]", "opens: [scope]", &["28:90 a decision cannot open or close itself"]),
        ("opens: [tell]", "closes: [scope]", &["28:91 a decision cannot open or close itself"]),
        (
            "opens: [tell]",
            "opens: [tell], closes: [tell]",
            &["28:106 \"wide\" both opens and closes this step"],
        ),
        (
            "opens: [tell]",
            "opens: [tell, tell]",
            &["28:96 \"tell\" stands in this list twice [delete one of them]"],
        ),
        (
            "opens: [tell]",
            "opens: tell",
            &["28:89 `opens` should be a list, not a text [put the value in brackets: `[...]`]"],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn when_names_a_decision_and_its_answer() {
    for (from, to, expected) in [
        ("needs: [look]", "when: {scope: wide}", &[][..]),
        ("needs: [look]", "when: {scope: [wide, local]}", &[]),
        (
            "needs: [look]",
            "when: {scope: local}",
            &[
                "32:16 no answer to \"scope\" opens this step [`opens` at the decision and `when` here name different answers]",
            ],
        ),
        (
            "needs: [look]",
            "when: {scope: wid}",
            &["32:23 option \"wid\" is not defined [did you mean \"wide\"?]"],
        ),
        (
            "needs: [look]",
            "when: {scop: wide}",
            &["32:16 step \"scop\" is not defined [did you mean \"scope\"?]"],
        ),
        (
            "needs: [look]",
            "when: {look: done}",
            &[
                "32:16 step \"look\" is no decision [`when` takes a step with `decision`; use `needs` for others]",
            ],
        ),
        (
            "needs: [look]",
            "when: {}",
            &["32:9 `when` is empty [write a decision and its answer: `when: {scope: corporate}`]"],
        ),
        (
            "needs: [look]",
            "when: {scope: []}",
            &["32:16 no answer is named that would open the step"],
        ),
        (
            "needs: [look]",
            "when: {scope: {a: b}}",
            &["32:23 `scope` should be a word or a list of words, not a map of keys"],
        ),
        ("needs: [look]", "when: [scope]", &["32:15 `when` should be a map of keys, not a list"]),
        (
            "title: Scope\n",
            "title: Scope\n        when: {scope: wide}\n",
            &["28:16 a step cannot wait for its own answer"],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn needs_come_first() {
    for (from, to, expected) in [
        (
            "needs: [look]",
            "needs: [lok]",
            &["32:17 step \"lok\" is not defined [did you mean \"look\"?]"][..],
        ),
        ("needs: [look]", "needs: [tell]", &["32:17 a step cannot need itself"]),
        (
            "needs: [look]",
            "needs: look",
            &["32:16 `needs` should be a list, not a text [put the value in brackets: `[...]`]"],
        ),
        (
            "needs: [look]",
            "needs: [look, look]",
            &["32:23 \"look\" stands in this list twice [delete one of them]"],
        ),
        ("needs: [look]", "needs: [look, scope]", &[]),
        ("needs: [look]", "needs: []", &[]),
        (
            "needs: [look]",
            "needs:",
            &["32:9 `needs` is empty [write a value, or leave the key out]"],
        ),
        (
            "needs: [look]",
            "needs: [pharmacists]",
            &[
                "32:17 step \"pharmacists\" is not defined [defined are \"look\", \"scope\", \"tell\", \"test\"]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn circles_are_found() {
    for (from, to, expected) in [
        (
            "due: 15m",
            "due: 15m\n        needs: [tell]",
            &[
                "25:17 steps need each other in a circle: \"look\" → \"tell\" → \"look\" [take out one of these references]",
            ][..],
        ),
        ("title: Scope\n", "title: Scope\n        needs: [tell]\n", &[]),
        (
            "needs: [look]",
            "decision: {question: Q?, options: {a: A, b: {title: B, opens: [scope]}}}",
            &[
                "32:72 steps can only open after each other: \"scope\" → \"tell\" → \"scope\" [take out one of these references]",
            ],
        ),
        (
            "needs: [look]",
            "decision: {question: Q?, options: {a: A, b: {title: B, opens: [look]}}}",
            &[],
        ),
        (
            "title: Test\n",
            "title: Test\n        decision: {question: Q?, options: {a: A, b: {title: B, opens: [tell]}}}\n",
            &[],
        ),
    ] {
        check(from, to, expected);
    }
}
