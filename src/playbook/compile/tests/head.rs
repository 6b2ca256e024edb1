//! Whole files: the head, unknown keys, days.

use super::check;

#[test]
fn the_head_is_complete() {
    for (from, to, expected) in [
        ("id: base\n", "", &["1:1 `id` is missing"][..]),
        ("title: Base\n", "", &["1:1 `title` is missing"]),
        ("version: \"1\"\n", "", &["1:1 `version` is missing"]),
        ("runbook: 1\n", "", &["1:1 `runbook` is missing [write `runbook: 1` on top]"]),
        ("review_by: 2027-05-31\n", "", &[]),
        (
            "id: base",
            "id: Base Plan",
            &[
                "2:5 \"Base Plan\" is no id: an id is written with a-z, 0-9 and '-', and starts with a letter or digit [write base-plan]",
            ],
        ),
        (
            "id: base",
            "id: con",
            &["2:5 \"con\" is no id: this word is reserved by Windows for a device"],
        ),
        ("id: base", "id: ''", &["2:5 \"\" is no id: an id may not be empty"]),
        ("id: base", "id: base-2", &[]),
        (
            "title: Base",
            "title: ' '",
            &["3:8 `title` is empty [write a value, or leave the key out]"],
        ),
        ("title: Base", "title: \"a\\nb\"", &["3:8 `title` should be one line without tabs"]),
        (
            "title: Base",
            &format!("title: {}", "x".repeat(201)),
            &["3:8 `title` has 201 bytes, and at most 200 fit [say it shorter]"],
        ),
        ("title: Base", &format!("title: {}", "x".repeat(200)), &[]),
        ("version: \"1\"", "version: 1.10", &[]),
        ("title: Base", "title: no", &[]),
        ("title: Base", "title: [a]", &["3:8 `title` should be a text, not a list"]),
        ("title: Base", "title:", &["3:1 `title` is empty [write a value, or leave the key out]"]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn the_format_is_one() {
    for (from, to, expected) in [
        (
            "runbook: 1",
            "runbook: 2\nnew_key: x",
            &[
                "1:10 this playbook needs a newer runbook: this one reads format 1 [install a newer runbook, or use an older version of the playbook]",
            ][..],
        ),
        (
            "runbook: 1",
            "runbook: 99999999999",
            &[
                "1:10 this playbook needs a newer runbook: this one reads format 1 [install a newer runbook, or use an older version of the playbook]",
            ],
        ),
        (
            "runbook: 1",
            "runbook: one",
            &["1:10 `runbook` is the number of the format [write `runbook: 1`]"],
        ),
        (
            "runbook: 1",
            "runbook: 0",
            &["1:10 `runbook` is the number of the format [write `runbook: 1`]"],
        ),
        ("runbook: 1", "runbook: \"1\"", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn days_are_written_in_full() {
    for (from, to, expected) in [
        (
            "2027-05-31",
            "31.05.2027",
            &["5:12 \"31.05.2027\" is not a day [write it as YYYY-MM-DD, such as 2027-05-31]"][..],
        ),
        (
            "2027-05-31",
            "2027-5-31",
            &["5:12 \"2027-5-31\" is not a day [write it as YYYY-MM-DD, such as 2027-05-31]"],
        ),
        (
            "2027-05-31",
            "2027-02-29",
            &["5:12 \"2027-02-29\" is not a day [write it as YYYY-MM-DD, such as 2027-05-31]"],
        ),
        ("2027-05-31", "2028-02-29", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn unknown_keys_get_a_suggestion() {
    for (from, to, expected) in [
        (
            "review_by",
            "reviewby",
            &["5:1 the key `reviewby` is not known here [did you mean `review_by`?]"][..],
        ),
        ("due: 15m", "deu: 15m", &["24:9 the key `deu` is not known here [did you mean `due`?]"]),
        (
            "due: 15m",
            "colour: red",
            &[
                "24:9 the key `colour` is not known here [the keys here are id, role, title, do, due, required, critical, escalate, needs, when, repeat, milestone, approval, decision, collect, message, outreach, check]",
            ],
        ),
        (
            "title: Lead}",
            "title: Lead, dutty: x}",
            &["8:23 the key `dutty` is not known here [did you mean `duty`?]"],
        ),
        ("due: 15m", "do: x", &[]),
        (
            "title: Base",
            "titel: ' '",
            &[
                "3:1 the key `titel` is not known here [did you mean `title`?]",
                "3:8 `title` is empty [write a value, or leave the key out]",
            ],
        ),
        ("roles:", "rolls:", &["7:1 the key `rolls` is not known here [did you mean `roles`?]"]),
    ] {
        check(from, to, expected);
    }
}
