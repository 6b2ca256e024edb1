//! What the format may not hold, and text that is no YAML.

use super::check;

#[test]
fn syntax_of_lines_is_explained() {
    for (from, to, expected) in [
        (
            "title: Base",
            "title: Base: plan",
            &[
                "3:12 a second `: ` stands in this line [put a value that holds `: ` in double quotes, or check the indentation]",
            ][..],
        ),
        (
            "title: Base",
            "title: 'Base",
            &[
                "4:1 a quoted text is broken by this line [indent every line of the text, or close the quotation mark]",
            ],
        ),
        (
            "title: Base",
            "title: 'Base' plan",
            &[
                "3:15 text goes on behind the closing quotation mark [put the whole value in quotes, or escape the inner quotation marks]",
            ],
        ),
        (
            "title: Base",
            "\ttitle: Base",
            &["2:5 a tab stands where only spaces may indent [replace the tab by spaces]"],
        ),
        (
            "clock: {",
            "clock: {[",
            &[
                "6:9 } stands where [ has to be closed [close brackets in the order in which they were opened]",
            ],
        ),
        (
            "clock: {declare_within: 30m}",
            "clock: {declare_within: 30m",
            &[
                "7:6 a `,` or a closing bracket is missing here [separate entries by `, ` and close the bracket]",
            ],
        ),
        (
            "title: Base",
            "title: @base",
            &["3:8 a value cannot start with @ [put the value in double quotes]"],
        ),
        (
            "title: Base",
            " title: Base",
            &[
                "3:7 a second `: ` stands in this line [put a value that holds `: ` in double quotes, or check the indentation]",
            ],
        ),
        (
            "title: Base",
            "title",
            &[
                "3:1 this line is neither `key: value` nor the continuation of a text [write a colon and a space behind the key, or indent the text]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn syntax_of_values_is_explained() {
    for (from, to, expected) in [
        (
            "title: Base",
            "title: \"\\q\"",
            &[
                "3:8 there is no such escape after the backslash [write `\\\\` for a backslash, or use single quotes]",
            ][..],
        ),
        (
            "title: Base",
            "title:Base",
            &[
                "3:1 this line is neither `key: value` nor the continuation of a text [write a colon and a space behind the key, or indent the text]",
            ],
        ),
        ("title: Base", "%TAG ! x", &["3:1 directives (`%`) are not allowed [delete the line]"]),
        (
            "title: Base",
            "- title: Base",
            &[
                "3:3 the indentation does not match the lines above [put keys that belong together in the same column]",
            ],
        ),
        (
            "title: Base",
            "title: - Base",
            &[
                "3:8 a list entry `- ` is not possible here [start the list on its own line below the key]",
            ],
        ),
        ("title: Base", "title: Base # why", &[]),
        (
            "clock: {declare_within: 30m}",
            "clock: {declare_within: 30m]",
            &[
                "6:8 ] stands where { has to be closed [close brackets in the order in which they were opened]",
            ],
        ),
        (
            "clock: {declare_within: 30m}",
            "clock: }",
            &[
                "6:8 a closing bracket stands here without an opening one [delete it, or put the value in double quotes]",
            ],
        ),
        (
            "title: Base",
            "title: |x\n  Base",
            &[
                "3:8 the text below `|` or `>` is not indented as announced [start the text on the next line, indented by spaces]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn what_yaml_could_do_and_playbooks_may_not() {
    for (from, to, expected) in [
        (
            "title: Base",
            "title: &a Base",
            &[
                "3:8 anchors (`&`) are not allowed [put a value that starts with `&` in double quotes]",
            ][..],
        ),
        (
            "title: Base",
            "title: *a",
            &[
                "3:8 aliases (`*`) are not allowed [write the value itself, in double quotes if it starts with `*`]",
            ],
        ),
        (
            "title: Base",
            "title: !x Base",
            &["3:8 tags (`!`) are not allowed [put a value that starts with `!` in double quotes]"],
        ),
        (
            "title: Base",
            "title: !!str Base",
            &["3:8 tags (`!`) are not allowed [put a value that starts with `!` in double quotes]"],
        ),
        (
            "title: Base",
            "title: !e!x Base",
            &["3:8 tags (`!`) are not allowed [put a value that starts with `!` in double quotes]"],
        ),
        (
            "title: Base",
            "title: Base\ntitle: Base",
            &[
                "4:1 the key `title` stands here twice [the first one is on line 3: keep one of them]",
            ],
        ),
        (
            "title: Base",
            "title: Base\n<<: {a: b}",
            &["4:1 merge keys (`<<`) are not allowed [write the keys out]"],
        ),
        (
            "title: Base",
            "title: Base\n? [a]\n: b",
            &[
                "4:3 a key is one word, not a list or a map [put a text that starts with `{` or `[` in double quotes]",
            ],
        ),
        ("title: Base", "title: Base\n: b", &["4:1 the key in front of this colon is missing"]),
        (
            "exercises:",
            "---\nexercises:",
            &[
                "43:1 a second document starts here [delete the line `---`, or put the second playbook in its own file]",
            ],
        ),
        (
            "runbook: 1",
            "%YAML 1.2\n---\nrunbook: 1",
            &["1:1 directives (`%`) are not allowed [delete the line]"],
        ),
        ("runbook: 1", "---\nrunbook: 1", &[]),
        (
            "  lead: {title: Lead}\n",
            "  lead: {title: Lead}\n  lead: {title: Lead}\n",
            &[
                "9:3 the key `lead` stands here twice [the first one is on line 8: keep one of them]",
            ],
        ),
        ("title: Base", "title: \"*a &b !c\"", &[]),
    ] {
        check(from, to, expected);
    }
}

#[test]
fn characters_that_deceive_are_named() {
    for (from, to, expected) in [
        (
            "title: Base",
            "title: Ba\u{202e}se",
            &[
                "3:10 the unprintable character U+202E stands here [delete it, or type the line again]",
            ][..],
        ),
        (
            "title: Base",
            "title: \"Ba\\u202Ese\"",
            &["3:8 this text holds the unprintable character U+202E [delete the escape]"],
        ),
        (
            "title: Base",
            "title: Base # \u{2066}x",
            &[
                "3:15 the unprintable character U+2066 stands here [delete it, or type the line again]",
            ],
        ),
        (
            "title: Base",
            "title: Ba\0se",
            &[
                "3:10 the unprintable character U+0000 stands here [delete it, or type the line again]",
            ],
        ),
        (
            "title: Base",
            "title: \"Ba\\0se\"",
            &["3:8 this text holds the unprintable character U+0000 [delete the escape]"],
        ),
        (
            "title: Base",
            "title: Ba\u{1b}[31mse",
            &[
                "3:10 the unprintable character U+001B stands here [delete it, or type the line again]",
            ],
        ),
        (
            "title: Base",
            "title: \"\\e[31m\"",
            &["3:8 this text holds the unprintable character U+001B [delete the escape]"],
        ),
        (
            "title: Base",
            "title: Ba\u{feff}se",
            &[
                "3:10 the unprintable character U+FEFF stands here [delete it, or type the line again]",
            ],
        ),
        (
            "title: Base",
            "title: Ba\u{200b}\u{200b}se",
            &[
                "3:10 the unprintable character U+200B stands here [delete it, or type the line again]",
            ],
        ),
        ("title: Base", "title: Base\r", &[]),
        ("title: Base", "title: Base\r\n", &[]),
        (
            "title: Base",
            "title: Ba\u{85}se",
            &[
                "3:10 the unprintable character U+0085 stands here [delete it, or type the line again]",
            ],
        ),
        (
            "title: Base",
            "title: \"Ba\\rse\"",
            &["3:8 this text holds the unprintable character U+000D [delete the escape]"],
        ),
        ("title: Base", "title: Basé 日本 😀", &[]),
        (
            "title: Base",
            "Ti\u{202e}tle: x",
            &[
                "1:1 `title` is missing",
                "3:1 the key `Ti\\u{202e}tle` is not known here [the keys here are runbook, id, title, version, review_by, summary, clock, services, roles, channels, segments, templates, phases, kpis, exercises, accept]",
                "3:3 the unprintable character U+202E stands here [delete it, or type the line again]",
            ],
        ),
    ] {
        check(from, to, expected);
    }
}
