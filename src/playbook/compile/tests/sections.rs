//! Roles, channels, segments, templates, targets, exercises, services, phases.

use super::check;

#[test]
fn roles_are_needed_and_complete() {
    for (from, to, expected) in [
        (
            "roles:\n  lead: {title: Lead}\n  tech: {title: Tech, required: true}\n",
            "",
            &["1:1 `roles` is missing"][..],
        ),
        ("  lead: {title: Lead}\n", "  lead: {duty: x}\n", &["8:3 `title` is missing"]),
        (
            "  lead: {title: Lead}\n",
            "  lead: Lead\n",
            &["8:9 `lead` should be a map of keys, not a text"],
        ),
        (
            "  lead: {title: Lead}\n",
            "  lead: {title: Lead}\n  Head Nurse: {title: N}\n",
            &[
                "9:3 \"Head Nurse\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write head-nurse]",
            ],
        ),
        (
            "  lead: {title: Lead}\n",
            "  lead: {title: Lead}\n  deputy: {title: D}\n",
            &["9:3 \"deputy\" already means the deputies of any role [choose another id]"],
        ),
        (
            "  lead: {title: Lead}\n",
            "  lead: {title: Lead}\n  scribe: {title: S, required: true}\n",
            &[],
        ),
        (
            "  lead: {title: Lead}\n",
            "  lead: {title: Lead}\n  scribe: {title: S, required: false, hics: Documentation, duty: Writes}\n",
            &[],
        ),
        (
            "required: true",
            "required: yes",
            &["9:33 `required` is neither true nor false [write true]"],
        ),
        (
            "required: true",
            "required: \"true\"",
            &["9:33 `required` is neither true nor false [write true or false, without quotes]"],
        ),
        (
            "required: true",
            "required: True",
            &["9:33 `required` is neither true nor false [write true]"],
        ),
        (
            "required: true",
            "required: 1",
            &["9:33 `required` is neither true nor false [write true or false]"],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn channels_carry_a_level() {
    for (from, to, expected) in [
        ("{phi: 1}", "{}", &["11:3 `phi` is missing"][..]),
        ("{phi: 1}", "{phi: 4}", &["11:14 `phi` should be a whole number from 0 to 3, not \"4\""]),
        (
            "{phi: 1}",
            "{phi: -1}",
            &["11:14 `phi` should be a whole number from 0 to 3, not \"-1\""],
        ),
        (
            "{phi: 1}",
            "{phi: one}",
            &["11:14 `phi` should be a whole number from 0 to 3, not \"one\""],
        ),
        ("{phi: 1}", "{phi: 3, consent: true, max_chars: 160, title: SMS}", &[]),
        (
            "{phi: 1}",
            "{phi: 1, max_chars: 0}",
            &["11:28 `max_chars` should be a whole number from 1 to 1000000, not \"0\""],
        ),
        (
            "{phi: 1}",
            "{phi: 1, consent: no}",
            &["11:26 `consent` is neither true nor false [write false]"],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn segments_have_a_title_and_a_length() {
    for (from, to, expected) in [
        ("{title: Urgent, reach_within: 12h}", "{}", &["13:3 `title` is missing"][..]),
        (
            "reach_within: 12h",
            "reach_within: 12",
            &[
                "13:41 `reach_within`: the unit is missing [write `12m` for minutes or `12h` for hours]",
            ],
        ),
        (
            "reach_within: 12h",
            "reach_within: 0h",
            &["13:41 `reach_within` should be longer than nothing"],
        ),
        (
            "reach_within: 12h",
            "order: first",
            &["13:34 `order` should be a whole number from 0 to 1000000, not \"first\""],
        ),
        ("reach_within: 12h", "order: 2", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn templates_point_at_what_is_defined() {
    for (from, to, expected) in [
        (
            "segment: urgent, channel",
            "segment: urgnt, channel",
            &["15:20 segment \"urgnt\" is not defined [did you mean \"urgent\"?]"][..],
        ),
        (
            "channel: sms",
            "channel: fax",
            &["15:37 channel \"fax\" is not defined [defined are \"sms\"]"],
        ),
        (
            "channel: sms",
            "channel: sms, fallback: smss",
            &["15:52 channel \"smss\" is not defined [did you mean \"sms\"?]"],
        ),
        ("channel: sms", "channel: sms, fallback: sms", &[]),
        (
            "text: Call us",
            "text: ''",
            &["15:48 `text` is empty [write a value, or leave the key out]"],
        ),
        (", text: Call us", "", &["15:3 `text` is missing"]),
        (
            "text: Call us",
            "text: Call, approved: {by: Ann, on: 2026-06-01, until: 2026-05-31}",
            &["15:97 `until` lies before `on`"],
        ),
        (
            "text: Call us",
            "text: Call, approved: {by: Ann, on: 2026-06-01, until: 2026-06-01}",
            &[],
        ),
        (
            "text: Call us",
            "text: Call, approved: {}",
            &["15:54 `by` is missing", "15:54 `on` is missing"],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn targets_fit_their_figure() {
    for (from, to, expected) in [
        (
            "declare_within: 30m",
            "declare_within: 0m",
            &["6:25 `declare_within` should be longer than nothing"][..],
        ),
        (
            "declare_within: 30m",
            "declare_witin: 30m",
            &["6:9 the key `declare_witin` is not known here [did you mean `declare_within`?]"],
        ),
        (
            "clock: {declare_within: 30m}",
            "clock: {}",
            &["6:1 `clock` sets no target [write a target such as `declare_within: 30m`]"],
        ),
        (
            "target: 90%",
            "target: 30m",
            &[
                "42:37 \"step_on_time_rate\" is a share, not a time [write a percentage, such as `95%`]",
            ],
        ),
        (
            "target: 90%",
            "target: 101%",
            &["42:37 \"101%\" is not a share from 0% to 100% [write it as `95%`]"],
        ),
        (
            "target: 90%",
            "target: inf%",
            &["42:37 \"inf%\" is not a share from 0% to 100% [write it as `95%`]"],
        ),
        ("target: 90%", "target: 99.5%", &[]),
        (
            "{id: step_on_time_rate, target: 90%}",
            "{id: downtime, target: 90%}",
            &["42:28 \"downtime\" is a time, not a share [write a length of time, such as `30m`]"],
        ),
        ("{id: step_on_time_rate, target: 90%}", "{id: downtime, target: 4h}", &[]),
        (
            "{id: step_on_time_rate, target: 90%}",
            "{id: time_to_declare, target: 4h}",
            &[
                "42:10 \"time_to_declare\" has two targets [the first one is on line 6: keep one of them]",
            ],
        ),
        (
            "{id: step_on_time_rate, target: 90%}",
            "{id: time_to_declair, target: 4h}",
            &["42:10 there is no figure \"time_to_declair\" [did you mean \"time_to_declare\"?]"],
        ),
        ("{id: step_on_time_rate, target: 90%}", "{id: downtime}", &["42:5 `target` is missing"]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn exercises_point_at_what_is_defined() {
    for (from, to, expected) in [
        (
            "to: lead",
            "to: led",
            &["44:63 role \"led\" is not defined [did you mean \"lead\"?]"][..],
        ),
        (
            "expect: [look]",
            "expect: [lok]",
            &["44:88 step \"lok\" is not defined [did you mean \"look\"?]"],
        ),
        (
            "expect: [look]",
            "expect: [look, look]",
            &["44:94 \"look\" stands in this list twice [delete one of them]"],
        ),
        (
            "at: 5m",
            "at: soon",
            &[
                "44:55 `at`: \"soon\" is not a length of time [write it as `15m`, `2h`, `1h30m` or `3d`]",
            ],
        ),
        ("at: 5m, ", "", &["44:41 `at` is missing"]),
        (", text: Go", "", &["44:41 `text` is missing"]),
        ("{id: one, at", "{at", &["44:41 `id` is missing"]),
        (
            "expect: [look]}",
            "expect: [look]}, {id: one, at: 6m, text: Go}",
            &[
                "44:101 inject \"one\" is defined twice [the first one is on line 44: rename one of them]",
            ],
        ),
        (
            "expect: [look]}",
            "expect: [look]}, {id: two, at: 6m, text: Go, from: Ann, mode: phone, objective: x}",
            &[],
        ),
        (
            "{id: drill,",
            "{id: Drill,",
            &[
                "44:10 \"Drill\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write drill]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn services_have_a_title() {
    for (from, to, expected) in [
        ("channels:", "services: {email: Email, web: {title: Web}}\nchannels:", &[][..]),
        (
            "channels:",
            "services: {E-Mail: Email, web: {}}\nchannels:",
            &[
                "10:12 \"E-Mail\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write e-mail]",
                "10:27 `title` is missing",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn phases_begin_somewhere() {
    for (from, to, expected) in [
        (
            "window: 0h-2h",
            "window: 0h-2h\n    opens: verified",
            &[
                "20:12 a phase has either `window` or `opens` [keep the one that really opens the phase]",
            ][..],
        ),
        (
            "    window: 0h-2h\n",
            "",
            &[
                "17:5 neither `window` nor `opens` says when the phase begins [write `window: 0h-2h`, or `opens:` with a milestone such as `restored`]",
            ],
        ),
        (
            "window: 0h-2h",
            "window: 2h-0h",
            &["19:13 a window ends later than it begins [write it as `0h-2h`]"],
        ),
        (
            "window: 0h-2h",
            "window: 2h-2h",
            &["19:13 a window ends later than it begins [write it as `0h-2h`]"],
        ),
        ("window: 0h-2h", "window: 0h", &["19:13 \"0h\" is not a window [write it as `0h-2h`]"]),
        (
            "window: 0h-2h",
            "window: 0-2",
            &["19:13 `window`: the unit is missing [write `2m` for minutes or `2h` for hours]"],
        ),
        ("window: 0h-2h", "window: 0m-90m", &[]),
        (
            "opens: restored",
            "opens: declared",
            &[
                "35:12 \"declared\" is T+0 and opens no phase of its own [write a window that starts there, such as `window: 0h-2h`]",
            ],
        ),
        (
            "opens: restored",
            "opens: restord",
            &["35:12 there is no milestone \"restord\" [did you mean \"restored\"?]"],
        ),
        ("opens: restored", "opens: stood-down", &[]),
        (
            "opens: restored",
            "opens: restored\n    steps: []\n    steps: []",
            &[
                "36:5 a phase needs at least one step",
                "37:5 the key `steps` stands here twice [the first one is on line 36: keep one of them]",
                "38:5 the key `steps` stands here twice [the first one is on line 36: keep one of them]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn a_phase_has_steps_and_its_own_name() {
    for (from, to, expected) in [
        (
            "id: later",
            "id: now",
            &[
                "33:9 phase \"now\" is defined twice [the first one is on line 17: rename one of them]",
            ][..],
        ),
        (
            "id: later",
            "id: LATER",
            &[
                "33:9 \"LATER\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write later]",
            ],
        ),
        (
            "  - id: later\n",
            "  - ",
            &[
                "34:5 the indentation does not match the lines above [put keys that belong together in the same column]",
            ],
        ),
        ("    title: Later\n", "", &["33:5 `title` is missing"]),
    ] {
        check(from, to, expected);
    }
}
