//! Steps put in their places: bytes in, bytes out, and where each finding is told.

use proptest::prelude::*;

use super::*;
use crate::playbook::{Step, builtin, builtin_files, compile};

const SET: &str = "\
runbook-steps: 1
id: core
title: Core
version: \"1\"
steps:
  # In front of a step: not a part of it.
  - id: tell
    # A part of it.
    role: lead
    title: Tell
    do: |
      First line.

        More, indented.

  # Behind it.
  -   id: ask
      role: lead
      title: Ask # why not
      decision: {question: Sure?, options: {
        yes: Yes,
          no: No} }
  - id: last
    role: lead
    title: >-
      In two
      lines
";

const HEAD: &str = "\
runbook: 1
id: book
title: Book
version: \"1\"
review_by: 2027-05-31
roles: {lead: {title: Lead}}
phases:
  - id: now
    title: Now
    window: 0h-2h
    steps:
";

const OWN: &str = "      - {id: own, role: lead, title: Own}\n";

fn file(name: &str, text: &str) -> Draft {
    Draft::of(SourceFile { name: name.to_owned(), text: text.to_owned() })
}

fn sets_used(text: &str) -> usize {
    file("book.yaml", text).sets().len()
}

/// The built-in sets with these before them, each a name and what it says.
fn sets(found: &[(&str, &str)]) -> Sets {
    let set = |(id, text): &(&str, &str)| SetFile {
        origin: format!("sets/{id}.yaml"),
        id: (*id).to_owned(),
        text: Ok((*text).to_owned()),
    };
    Sets::new(found.iter().map(set).collect(), vec!["elsewhere".to_owned()])
}

#[track_caller]
fn whole(text: &str, set: &str) -> Assembled {
    assemble(file("book.yaml", text), &sets(&[("core", set)]))
        .unwrap_or_else(|unusable| panic!("{:#?}", unusable.found))
}

/// Everything that is reported, one line each: `file:line:column message [help] (use)`.
fn reported(text: &str, found: &[(&str, &str)]) -> Vec<String> {
    let Err(Unusable { sources, found }) = assemble(file("book.yaml", text), &sets(found)) else {
        return Vec::new();
    };
    let line = |one: &Located| {
        let source = &sources[one.file];
        let place = one.finding.place(&source.text);
        let message = &one.finding.message;
        let help = one.finding.help.as_ref().map_or(String::new(), |help| format!(" [{help}]"));
        let used = one.used.map_or(String::new(), |at| format!(" ({}:{})", at.line, at.column));
        format!("{}:{}:{} {message}{help}{used}", source.name, place.line, place.column)
    };
    found.iter().map(line).collect()
}

#[test]
fn the_block_of_the_step_stands_where_it_is_used() {
    let tell = "      - id: tell
        # A part of it.
        role: lead
        title: Tell
        do: |
          First line.

            More, indented.
";
    let ask = "      -   id: ask
          role: lead
          title: Ask # why not
          decision: {question: Sure?, options: {
            yes: Yes,
              no: No} }
";
    let last = "      - id: last
        role: lead
        title: >-
          In two
          lines
";
    for (name, uses, expected) in [
        ("one", "      - use: core/tell\n".to_owned(), tell.to_owned()),
        (
            "spaces, quotes, a comment",
            "      -  use :  \"core/tell\"  # why\n".to_owned(),
            tell.to_owned(),
        ),
        ("a quoted key", "      - 'use': 'core/tell'#\n".replace('#', ""), tell.to_owned()),
        ("brackets over lines", "      - use: core/ask\n".to_owned(), ask.to_owned()),
        (
            "what stands around it stays",
            format!("      # Why.\n\n      - use: core/last\n\n{OWN}# End\n"),
            format!("      # Why.\n\n{last}\n{OWN}# End\n"),
        ),
        (
            "several, in any order",
            "      - use: core/last\n      - use: core/tell\n".to_owned(),
            format!("{last}{tell}"),
        ),
        (
            "no line feed at the end",
            format!("{OWN}      - use: core/last"),
            format!("{OWN}{}", last.trim_end()),
        ),
    ] {
        let found = whole(&format!("{HEAD}{uses}"), SET);
        assert_eq!(found.text, format!("{HEAD}{expected}"), "{name}");
        assert_eq!(found.sources.len(), 2, "{name}");
    }
}

#[test]
fn lines_end_as_those_of_the_playbook() {
    let text = format!("{HEAD}      - use: core/last\n{OWN}");
    let plain = whole(&text, SET).text;
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(whole(&text, &windows(SET)).text, plain);
    assert_eq!(whole(&windows(&text), SET).text, windows(&plain));
    assert_eq!(whole(&windows(&text), &windows(SET)).text, windows(&plain));
    let at_end = windows(&format!("{HEAD}      - use: core/last"));
    assert!(whole(&at_end, SET).text.ends_with("In two\r\n          lines"));
}

/// A step in every notation that indentation could hurt.
const ODD: &str = "\
- id: odd
  role: lead
# A comment in the first column.
  title: \"A title
   over \\
     lines\"
  do: |2-
      Indented by two more.

    Then not.
    \t
    # No comment.
  due: 15m
  collect:
   plain: One
    question
   folded: >
     Two
     lines
   quoted: {ask: 'Three:
          and more',
     required: false
   }
   last: |+
     Kept

";

/// The same text at another place of its lines.
fn moved(block: &str, by: usize) -> String {
    let line = |line: &str| match line {
        "" => String::new(),
        _ => format!("{}{line}", " ".repeat(by)),
    };
    block.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn only_step(text: &str) -> Step {
    let found = compile(text).unwrap_or_else(|found| panic!("{found:#?}\n{text}"));
    found.playbook.phases[0].steps[0].clone()
}

#[test]
fn a_step_means_the_same_wherever_it_is_written_and_used() {
    let head = HEAD.replace("    steps:\n", "");
    let by_hand = only_step(&format!("{head}    steps:\n{}", moved(ODD, 4)));
    assert_eq!(by_hand.instructions, "Indented by two more.\n\nThen not.\n\t\n# No comment.");
    for written in [0, 1, 2, 7] {
        let set = format!(
            "runbook-steps: 1\nid: core\ntitle: C\nversion: 1\nsteps:\n{}",
            moved(ODD, written)
        );
        for used in [4, 5, 6, 12] {
            let place = " ".repeat(used);
            let text = format!("{head}    steps:\n{place}- use: core/odd\n");
            let found = whole(&text, &set);
            assert_eq!(only_step(&found.text), by_hand, "{written} to {used}\n{}", found.text);
        }
    }
}

#[test]
fn each_use_that_cannot_be_followed_is_told_where_it_stands() {
    let usual = "[write `- use: SET/STEP` in a line of its own, such as `- use: command/briefing`]";
    let own_line = "a step of a step set is used in a line of its own";
    let all = "clinical, command, communications, core, elsewhere, lines, mail, records, technical";
    for (uses, expected) in [
        ("      - use: cor/tell\n", vec!["book.yaml:12:14 there is no step set \"cor\" [did you mean \"core\"?]".to_owned()]),
        ("      - use: elsewher/tell\n", vec!["book.yaml:12:14 there is no step set \"elsewher\" [did you mean \"elsewhere\"?]".to_owned()]),
        ("      - use: quite-another/tell\n", vec![format!("book.yaml:12:14 there is no step set \"quite-another\" [step sets here are {all}]")]),
        ("      - use: core/tel\n", vec!["book.yaml:12:14 the step set sets/core.yaml has no step \"tel\" [did you mean \"tell\"?]".to_owned()]),
        ("      - use: core/reconcile\n", vec!["book.yaml:12:14 the step set sets/core.yaml has no step \"reconcile\" [its steps are tell, ask, last]".to_owned()]),
        ("      - use: core\n", vec![format!("book.yaml:12:14 \"core\" is no step of a step set {usual}")]),
        ("      - use: Core/tell\n", vec![format!("book.yaml:12:14 \"Core/tell\" is no step of a step set {usual}")]),
        ("      - use: core/tell/more\n", vec![format!("book.yaml:12:14 \"core/tell/more\" is no step of a step set {usual}")]),
        ("      - use:\n", vec![format!("book.yaml:12:9 `use` should name a step of a step set {usual}")]),
        ("      - use: [core/tell]\n", vec![format!("book.yaml:12:9 `use` should name a step of a step set {usual}")]),
        ("      - {use: core/tell}\n", vec![format!("book.yaml:12:10 {own_line} {usual}")]),
        ("      -\n        use: core/tell\n", vec![format!("book.yaml:13:9 {own_line} {usual}")]),
        ("      - use: >-\n          core/tell\n", vec![format!("book.yaml:12:9 {own_line} {usual}")]),
        ("      - ? use\n        : core/tell\n", vec![format!("book.yaml:12:11 {own_line} {usual}")]),
        ("      - use: core/tell\n        due: 1h\n", vec!["book.yaml:13:9 `due` cannot stand beside `use` [the whole step comes from the step set: delete this line, or write the whole step out here]".to_owned()]),
        ("      - use: core/tell\n      - use: core/tell\n", vec!["book.yaml:13:14 `core/tell` is used twice [the first one is on line 12: delete one of them]".to_owned()]),
        ("      - {id: tell, role: lead, title: Own}\n      - use: core/tell\n", vec!["sets/core.yaml:7:9 step \"tell\" is defined twice [the first one is on line 12 of book.yaml: rename one of them] (13:9)".to_owned()]),
        ("      - use: core/tell\n      - {id: tell, role: lead, title: Own}\n", vec!["book.yaml:13:14 step \"tell\" is defined twice [the first one is on line 7 of sets/core.yaml: rename one of them]".to_owned()]),
    ] {
        assert_eq!(reported(&format!("{HEAD}{uses}"), &[("core", SET)]), expected, "{uses}");
    }
}

#[test]
fn what_stands_in_a_line_that_is_replaced_is_not_overlooked() {
    for (uses, expected) in [
        (
            "      - use: core/tell # a\u{202e}b\n",
            "book.yaml:12:27 the unprintable character U+202E stands here [delete it, or type the line again]",
        ),
        (
            "      - use: !set core/tell\n",
            "book.yaml:12:14 tags (`!`) are not allowed [put a value that starts with `!` in double quotes]",
        ),
        (
            "      - use: &one core/tell\n",
            "book.yaml:12:14 anchors (`&`) are not allowed [put a value that starts with `&` in double quotes]",
        ),
    ] {
        assert_eq!(reported(&format!("{HEAD}{uses}"), &[("core", SET)]), [expected], "{uses}");
    }
}

#[test]
fn everything_is_told_at_once_in_the_order_of_the_playbook() {
    let other = SET.replace("id: core", "id: other").replace("role: lead", "role: boss");
    let broken = "runbook-steps: 1\nid: broken\ntitle: B\nversion: 1\nsteps:\n- {id: a, role: b}\n";
    let text = format!(
        "{}      - use: broken/a\n      - use: other/ask\n{OWN}      - use: core/tel\n        needs: [ask, nothing]\n",
        HEAD.replace("title: Now", "titel: Now"),
    );
    assert_eq!(
        reported(&text, &[("broken", broken), ("other", &other), ("core", SET)]),
        [
            "book.yaml:9:5 the key `titel` is not known here [did you mean `title`?]",
            "sets/broken.yaml:6:3 `title` is missing (12:9)",
            "sets/other.yaml:18:13 role \"boss\" is not defined [defined are \"lead\"] (13:9)",
            "book.yaml:15:14 the step set sets/core.yaml has no step \"tel\" [did you mean \"tell\"?]",
            "book.yaml:16:9 `needs` cannot stand beside `use` [the whole step comes from the step set: delete this line, or write the whole step out here]",
        ]
    );
}

#[test]
fn a_set_that_cannot_be_used_says_why_once() {
    let text = format!("{HEAD}      - use: core/tell\n      - use: core/ask\n");
    for (set, expected) in [
        (
            "runbook-steps: 1\nsteps: [\n",
            "sets/core.yaml:2:8 this [ is never closed [write ] where it ends] (12:9)",
        ),
        (
            "runbook-steps: 7\nlater: true\n",
            "sets/core.yaml:1:16 this step set needs a newer runbook: this one reads format 1 [install a newer runbook, or use an older version of the step set] (12:9)",
        ),
        (
            &SET.replace("id: core", "id: kern"),
            "sets/core.yaml:2:5 this step set is used as \"core\" and calls itself otherwise [write `id: core`, or rename the file] (12:9)",
        ),
        (
            &SET.replace("  - id: last", "  - use: mail/gave-up\n  - id: last"),
            "sets/core.yaml:23:5 a step set cannot use another one [write the step itself here, or use both step sets in the playbook] (12:9)",
        ),
    ] {
        assert_eq!(reported(&text, &[("core", set)]), [expected]);
    }
    let unreadable = SetFile {
        origin: "sets/core.yaml".to_owned(),
        id: "core".to_owned(),
        text: Err("sets/core.yaml: larger than 262144 bytes".to_owned()),
    };
    let found = assemble(file("book.yaml", &text), &Sets::new(vec![unreadable], Vec::new()));
    let messages: Vec<String> =
        found.unwrap_err().found.into_iter().map(|one| one.finding.message).collect();
    let why = "the step set \"core\" cannot be read: sets/core.yaml: larger than 262144 bytes";
    assert_eq!(messages, [why, why]);
}

#[test]
fn a_pinned_copy_needs_no_set_and_holds_no_use() {
    let text = format!("{HEAD}      - use: core/tell\n");
    let found = compile(&text).unwrap_err();
    let all: Vec<_> = found.iter().map(|one| (one.place(&text).line, &*one.message)).collect();
    assert_eq!(all, [(12, "`use` was not replaced by its step")]);
    assert_eq!(sets_used(&whole(&text, SET).text), 0);
    for (id, text) in builtin() {
        assert_eq!(sets_used(text), 0, "{id}");
    }
}

#[test]
fn a_playbook_that_grows_too_large_is_refused() {
    let line = format!("      {}\n", "x".repeat(7_000));
    let step = |n: usize| format!("  - id: s{n}\n    role: lead\n    title: T\n    do: |\n{line}");
    let set = format!(
        "runbook-steps: 1\nid: core\ntitle: C\nversion: 1\nsteps:\n{}",
        (0..36).map(step).collect::<Vec<_>>().concat()
    );
    let uses: Vec<String> = (0..36).map(|n| format!("      - use: core/s{n}\n")).collect();
    let uses = uses.concat();
    let filler = format!("# {}\n", "y".repeat(20_000));
    assert_eq!(reported(&format!("{HEAD}{uses}"), &[("core", &set)]), Vec::<String>::new());
    let found = reported(&format!("{filler}{HEAD}{uses}"), &[("core", &set)]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("book.yaml:1:1 the file has "), "{found:?}");
}

#[test]
fn no_shipped_step_is_written_twice_and_none_in_vain() {
    let blocks = |text: &str| -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for line in text.lines() {
            let first = line.trim_start().starts_with("- id: ");
            let deeper = line.is_empty() || line.starts_with("        ");
            match all.last_mut() {
                Some(last) if !first && deeper => *last = format!("{last}\n{line}"),
                _ => all.push(line.to_owned()),
            }
        }
        all.retain(|block| block.starts_with("      - id: "));
        all.into_iter().map(|block| block.trim_end().to_owned()).collect()
    };
    let mut written = std::collections::HashMap::new();
    let mut used = std::collections::BTreeMap::new();
    for (id, text) in builtin_files() {
        for block in blocks(text) {
            if let Some(first) = written.insert(block.clone(), id) {
                panic!("{first} and {id} both hold this step, which belongs in a set:\n{block}");
            }
        }
        for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("- use: ")) {
            *used.entry(line.to_owned()).or_insert(0) += 1;
        }
    }
    assert!(written.len() > 100, "{}", written.len());
    let mut known = Vec::new();
    for (id, text) in crate::playbook::builtin_sets() {
        let set = crate::playbook::compile_set(text).unwrap_or_else(|found| panic!("{found:#?}"));
        assert_eq!(set.id.as_str(), *id);
        known.extend(set.steps.iter().map(|step| format!("{id}/{step}")));
    }
    for step in known {
        assert!(
            used.get(&step).is_some_and(|times| *times > 1),
            "{step} is used in one place only"
        );
    }
}

proptest! {
    /// A text without `use` comes out as it went in, whatever it is, and every byte is told where it
    /// stands.
    #[test]
    fn nothing_used_nothing_changed(text in "([a-z:{}\\[\\]\"'#|> \t\r\n-]{0,4}(use|steps|phases|- id: )?){0,40}") {
        prop_assume!(sets_used(&text) == 0);
        let outcome = expand::expand(file("book.yaml", &text), &sets(&[]));
        prop_assert_eq!(outcome.expanded.text(), &*text);
        for at in 0..=text.len() {
            let written = outcome.expanded.written(&(at..text.len()));
            prop_assert_eq!((written.file, written.span), (0, at..text.len()));
        }
    }

    /// Every byte of a step set that came along is told where it was written.
    #[test]
    fn what_came_along_is_told_where_it_was_written(order in Just(vec!["tell", "ask", "last"]).prop_shuffle(), indent in 4usize..9) {
        let place = " ".repeat(indent);
        let uses: Vec<String> = order.iter().map(|id| format!("{place}- use: core/{id}
")).collect();
        let uses = uses.concat();
        let text = format!("{HEAD}{uses}");
        let outcome = expand::expand(file("book.yaml", &text), &sets(&[("core", SET)]));
        let whole = outcome.expanded.text().to_owned();
        let sources = outcome.expanded.sources().to_vec();
        for (at, byte) in whole.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace()) {
            let written = outcome.expanded.written(&(at..at + 1));
            prop_assert_eq!(sources[written.file].text.as_bytes()[written.span.start], byte);
            prop_assert_eq!(written.used_at.is_some(), written.file == 1);
        }
    }
}
