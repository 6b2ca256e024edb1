//! One step and its form.

use super::check;

#[test]
fn a_step_says_who_and_what() {
    for (from, to, expected) in [
        (
            "        role: lead\n        title: Look\n",
            "        title: Look\n",
            &["21:9 `role` is missing"][..],
        ),
        ("        title: Look\n", "", &["21:9 `title` is missing"]),
        ("- id: look\n        role", "- role", &["21:9 `id` is missing"]),
        (
            "role: lead\n        title: Look",
            "role: led\n        title: Look",
            &["22:15 role \"led\" is not defined [did you mean \"lead\"?]"],
        ),
        (
            "role: lead\n        title: Look",
            "role: pharmacist\n        title: Look",
            &["22:15 role \"pharmacist\" is not defined [defined are \"lead\", \"tech\"]"],
        ),
        (
            "id: look",
            "id: n-07",
            &[
                "21:13 \"n-07\" looks like the short code of a step [name the step by what is done]",
                "32:17 step \"look\" is not defined [defined are \"n-07\", \"scope\", \"tell\", \"test\"]",
                "44:88 step \"look\" is not defined [defined are \"n-07\", \"scope\", \"tell\", \"test\"]",
            ],
        ),
        ("id: look\n        role: lead", "id: look\n        role: tech", &[]),
        (
            "id: tell\n",
            "id: look\n",
            &[
                "28:90 step \"tell\" is not defined [defined are \"look\", \"scope\", \"test\"]",
                "29:13 step \"look\" is defined twice [the first one is on line 21: rename one of them]",
            ],
        ),
        ("title: Look", "title: Look\n        do: |\n          One\n          two\ttabs", &[]),
        ("id: test", "id: n-7", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn lengths_of_time_have_one_form() {
    for (from, to, expected) in [
        (
            "due: 15m",
            "due: 2:30",
            &[
                "24:14 `due`: a length of time is not written with a colon [write `2h30m`, or `2m` for minutes]",
            ][..],
        ),
        (
            "due: 15m",
            "due: 1.5h",
            &["24:14 `due`: a length of time has no fractions [write `1h30m`]"],
        ),
        (
            "due: 15m",
            "due: -15m",
            &["24:14 `due`: a length of time cannot be negative [write it without the minus]"],
        ),
        (
            "due: 15m",
            "due: 15",
            &["24:14 `due`: the unit is missing [write `15m` for minutes or `15h` for hours]"],
        ),
        ("due: 15m", "due: 1h30m", &[]),
        ("due: 15m", "due: phase+15m", &[]),
        (
            "due: 15m",
            "due: phase+soon",
            &[
                "24:14 `due`: \"soon\" is not a length of time [write it as `15m`, `2h`, `1h30m` or `3d`]",
            ],
        ),
        (
            "due: 15m",
            "due: 401d",
            &["24:14 `due`: more than 400 days [check the unit: m is minutes, h hours, d days]"],
        ),
        ("window: 0h-2h", "window: 1h-2h", &[]),
        ("window: 0h-2h", "window: 15m-2h", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn escalations_go_to_somebody() {
    for (from, to, expected) in [
        ("due: 15m", "due: 15m\n        escalate: {after: 5m, to: deputy}", &[][..]),
        ("due: 15m", "due: 15m\n        escalate: {after: 5m, to: tech}", &[]),
        (
            "due: 15m",
            "due: 15m\n        escalate: {after: 5m, to: teck}",
            &["25:35 role \"teck\" is not defined [did you mean \"tech\"?]"],
        ),
        (
            "due: 15m",
            "due: 15m\n        escalate: {}",
            &["25:9 `after` is missing", "25:9 `to` is missing"],
        ),
        ("due: 15m", "escalate: {after: 5m, to: deputy}", &[]),
        ("due: 15m", "escalate: {after: 5m, to: deputy}\n        repeat: {every: 2h}", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn repetition_has_a_distance() {
    for (from, to, expected) in [
        ("due: 15m", "repeat: {every: 0m}", &["24:25 `every` should be longer than nothing"][..]),
        ("due: 15m", "repeat: {until: verified}", &["24:9 `every` is missing"]),
        (
            "due: 15m",
            "repeat: {every: 2h, until: verifed}",
            &["24:36 there is no milestone \"verifed\" [did you mean \"verified\"?]"],
        ),
        ("due: 15m", "repeat: {every: 2h, until: verified}", &[]),
        (
            "title: Scope\n",
            "title: Scope\n        repeat: {every: 2h}\n",
            &[
                "28:9 a decision cannot `repeat` [a decision is made once; reopen the step to decide again]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn approvals_name_a_role() {
    for (from, to, expected) in [
        ("due: 15m", "approval: {by: tech}", &[][..]),
        ("due: 15m", "approval: {}", &["24:9 `by` is missing"]),
        (
            "due: 15m",
            "approval: {by: tek}",
            &["24:24 role \"tek\" is not defined [defined are \"lead\", \"tech\"]"],
        ),
        (
            "title: Scope\n",
            "title: Scope\n        approval: {by: lead}\n",
            &[
                "28:9 a decision cannot ask for `approval` [put the approval into a step of its own that `needs` this one]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn milestones_are_reached_by_steps_except_the_declaration() {
    for (from, to, expected) in [
        ("due: 15m", "milestone: verified", &[][..]),
        (
            "due: 15m",
            "milestone: declared",
            &[
                "24:20 \"declared\" cannot be reached by a step [declaring is an act of its own: `runbook mark declared`]",
            ],
        ),
        (
            "due: 15m",
            "milestone: finished",
            &[
                "24:20 there is no milestone \"finished\" [write one of onset, detected, acknowledged, declared, first-outreach, first-reached, restored, verified, relapsed, stood-down]",
            ],
        ),
        ("title: Scope\n", "title: Scope\n        milestone: acknowledged\n", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn a_step_has_one_form() {
    for (from, to, expected) in [
        (
            "due: 15m",
            "collect: {a: A?}\n        message: {template: first}",
            &["25:9 a step cannot have both `collect` and `message` [make two steps of it]"][..],
        ),
        ("due: 15m", "collect: {a: A?}", &[]),
        ("due: 15m", "message: {template: first}", &[]),
        (
            "due: 15m",
            "message: {template: frist}",
            &["24:29 template \"frist\" is not defined [did you mean \"first\"?]"],
        ),
        ("due: 15m", "message: {}", &["24:9 `template` is missing"]),
        ("due: 15m", "outreach: {segment: urgent, script: Say}", &[]),
        ("due: 15m", "outreach: {script: Say}", &["24:9 `segment` is missing"]),
        (
            "due: 15m",
            "outreach: {segment: refills}",
            &["24:29 segment \"refills\" is not defined [defined are \"urgent\"]"],
        ),
        ("due: 15m", "check: {probe: mx}", &[]),
        ("due: 15m", "check: {command: [dig, MX]}", &[]),
        (
            "due: 15m",
            "check: {command: []}",
            &[
                "24:17 `command` is empty [write the program and its arguments: `[dig, MX, example.org]`]",
            ],
        ),
        ("due: 15m", "check: {}", &["24:9 a check needs either `probe` or `command`"]),
        (
            "due: 15m",
            "check: {probe: mx, command: [dig]}",
            &["24:9 a check cannot have both `probe` and `command`"],
        ),
        (
            "due: 15m",
            "check: {command: dig MX}",
            &["24:26 `command` should be a list, not a text [put the value in brackets: `[...]`]"],
        ),
        (
            "        decision:",
            "        decison:",
            &["28:9 the key `decison` is not known here [did you mean `decision`?]"],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn collected_answers_have_a_kind() {
    for (from, to, expected) in [
        ("due: 15m", "collect: {}", &["24:9 `collect` needs at least one question"][..]),
        ("due: 15m", "collect: {a: {ask: A?, type: number, required: false}}", &[]),
        ("due: 15m", "collect: {a: {ask: A?, type: number, count: reached}}", &[]),
        (
            "due: 15m",
            "collect: {a: {ask: A?, type: number, count: reachd}}",
            &["24:53 there is no count \"reachd\" [did you mean \"reached\"?]"],
        ),
        (
            "due: 15m",
            "collect: {a: {ask: A?, count: listed}}",
            &["24:39 only a number has a `count` [write `type: number`, or take the count out]"],
        ),
        ("due: 15m", "collect: {a: {type: number}}", &["24:19 `ask` is missing"]),
        (
            "due: 15m",
            "collect: {a: {ask: A?, type: nmber}}",
            &["24:38 there is no type \"nmber\" [did you mean \"number\"?]"],
        ),
        (
            "due: 15m",
            "collect: {a: {ask: A?, type: date}}",
            &["24:38 there is no type \"date\" [write one of text, number, time, yes-no, choice]"],
        ),
        ("due: 15m", "collect: {a: {ask: A?, type: choice}}", &["24:19 `options` is missing"]),
        (
            "due: 15m",
            "collect: {a: {ask: A?, type: choice, options: [x]}}",
            &["24:46 a choice needs at least two options"],
        ),
        ("due: 15m", "collect: {a: {ask: A?, type: choice, options: [x, y]}}", &[]),
        (
            "due: 15m",
            "collect: {a: {ask: A?, type: choice, options: [x, x]}}",
            &["24:59 \"x\" stands in this list twice [delete one of them]"],
        ),
        (
            "due: 15m",
            "collect: {a: {ask: A?, type: text, options: [x, y]}}",
            &["24:44 only a choice has `options` [write `type: choice`, or take the options out]"],
        ),
        (
            "due: 15m",
            "collect: {a: {ask: A?, options: [x, y]}}",
            &["24:32 only a choice has `options` [write `type: choice`, or take the options out]"],
        ),
        (
            "due: 15m",
            "collect: {Ticket No: A?}",
            &[
                "24:19 \"Ticket No\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write ticket-no]",
            ],
        ),
        ("due: 15m", "collect: [a]", &["24:18 `collect` should be a map of keys, not a list"]),
    ] {
        check(from, to, expected);
    }
}
