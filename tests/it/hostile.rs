//! Playbook files that want to do harm, through the real program: a clear answer, exit code 3, no panic,
//! nothing written, and no more than 100 MB of address space. Nothing is timed here.

use std::fmt::Write as _;
use std::process::{Command, Output, Stdio};

use crate::support::Sandbox;
use crate::support::sandbox::{EVERY_FORM, program};

/// A name, what is in the file, and what the answer has to say.
type Hostile = (&'static str, Vec<u8>, &'static str);

/// The largest file that is read at all.
const LIMIT: usize = 256 * 1024;

/// What the shell may give to the program, in KiB: 100 MB.
const MEMORY: usize = 97_656;

fn text(name: &'static str, text: impl Into<String>, said: &'static str) -> Hostile {
    (name, text.into().into_bytes(), said)
}

/// The test playbook with something else in one place.
fn with(name: &'static str, from: &str, to: &str, said: &'static str) -> Hostile {
    assert!(EVERY_FORM.contains(from), "{from}");
    text(name, EVERY_FORM.replacen(from, to, 1), said)
}

/// The same with another title.
fn titled(name: &'static str, title: &str, said: &'static str) -> Hostile {
    with(name, "title: Every form", &format!("title: {title}"), said)
}

/// The test playbook with something behind its last step.
fn and_then(name: &'static str, more: &str, said: &'static str) -> Hostile {
    text(name, format!("{EVERY_FORM}{more}"), said)
}

/// So many pieces, one after the other.
fn each(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

fn bombs() -> Vec<Hostile> {
    let laughs = (1..9).fold("a0: &a0 [lol]\n".to_owned(), |mut all, n| {
        let before = format!("*a{}, ", n - 1).repeat(9);
        writeln!(all, "a{n}: &a{n} [{before}]").unwrap();
        all
    });
    let aliases = format!("a: &a {}\nb: [{}]", "x".repeat(9_000), "*a,".repeat(9_000));
    let merged = each(2_000, |n| format!("k{n}: {{<<: *a}}\n"));
    let unicode = format!("title: \"{}\"", "\\u0041".repeat(40_000));
    vec![
        text("billion laughs", laughs, "anchors (`&`) are not allowed"),
        text("many aliases of a long text", aliases, "aliases (`*`) are not allowed"),
        text(
            "merge keys",
            format!("a: &a {{b: c}}\n{merged}"),
            "merge keys (`<<`) are not allowed",
        ),
        text("an alias in itself", "a: &a [*a]", "aliases (`*`) are not allowed"),
        text("an alias of nothing", "a: *nobody", "aliases (`*`) are not allowed"),
        text("many anchors", "&a ".repeat(80_000), "anchors (`&`) are not allowed"),
        text("many values", format!("a: [{}]", "a,".repeat(120_000)), "more than 100000 values"),
        text("many entries", "-\n".repeat(120_000), "more than 100000 values"),
        text("many findings", "a: b\n".repeat(40_000), "more findings are not shown"),
        text(
            "a long key",
            format!("{}: a", "k".repeat(200_000)),
            "a second `: ` stands in this line",
        ),
        text("a long escaped text", unicode, "bytes, and at most 200 fit"),
        text(
            "a long line",
            format!("title: {}", "a ".repeat(120_000)),
            "bytes, and at most 200 fit",
        ),
        text("many documents", "--- a\n".repeat(40_000), "a second document starts here"),
        text("many colons", ": ".repeat(120_000), "the key in front of this colon is missing"),
        text("many quotation marks", "\"".repeat(250_000), "behind the closing quotation mark"),
        text("many question marks", "? a\n".repeat(60_000), "stands here twice"),
    ]
}

fn depths() -> Vec<Hostile> {
    const DEEP: &str = "nested more than 16 levels deep";
    let block = each(300, |n| format!("{}a:\n", " ".repeat(n)));
    let below = format!("{}1{}", "{a: ".repeat(20), "}".repeat(20));
    vec![
        text("deep lists", "[".repeat(200_000), DEEP),
        text("deep maps", "{a: ".repeat(60_000), DEEP),
        text("deep dashes", "- ".repeat(100_000), DEEP),
        text("deep question marks", "? ".repeat(100_000), DEEP),
        text("deep lists of maps", "[{a: ".repeat(40_000), DEEP),
        text("deep indentation", block, DEEP),
        text("seventeen levels", format!("{}{}", "[".repeat(17), "]".repeat(17)), DEEP),
        with("deep inside a step", "due: 10m", &format!("collect: {below}"), DEEP),
    ]
}

fn sizes() -> Vec<Hostile> {
    let step =
        |n: usize| format!("      - {{id: s{n}x, role: nobody, title: T, needs: [t{n}x]}}\n");
    let steps = each(3_000, step);
    let circle = each(3_000, |n| {
        format!("      - {{id: s{n}, role: tech, title: T, needs: [s{}]}}\n", (n + 1) % 3_000)
    });
    let same = "      - {id: same, role: tech, title: T}\n".repeat(5_000);
    vec![
        text("nothing", "", "the file is empty"),
        text("only spaces", " \n".repeat(100_000), "the file is empty"),
        text("only comments", "#\n".repeat(100_000), "the file is empty"),
        text("a byte too many", "a".repeat(LIMIT + 1), "larger than 262144 bytes"),
        text("ten megabytes", "a: b\n".repeat(2_000_000), "larger than 262144 bytes"),
        text("a list", "[]", "should be a map of keys, not a list"),
        text("a word", "~", "should be a map of keys"),
        and_then("many wrong steps", &steps, "more findings are not shown"),
        and_then("a circle of all steps", &circle, "steps need each other in a circle"),
        and_then("one step many times", &same, "step \"same\" is defined twice"),
    ]
}

fn signs() -> Vec<Hostile> {
    let utf16 = |little: bool| -> Vec<u8> {
        let marked = std::iter::once('\u{feff}').chain(EVERY_FORM.chars()).collect::<String>();
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let silent: Vec<u8> = EVERY_FORM.bytes().flat_map(|byte| [byte, 0]).collect();
    let marks = |c: char| format!("a{c}b");
    vec![
        text("a tag", "title: !!python/object/apply:os.system [id]", "tags (`!`) are not allowed"),
        text("a local tag", "title: !secret x", "tags (`!`) are not allowed"),
        text("many tags", "!".repeat(250_000), "tags (`!`) are not allowed"),
        text("a directive", "%YAML 1.1\n---\na: b", "directives (`%`) are not allowed"),
        text(
            "a tag directive",
            "%TAG ! tag:x,2000:\n---\na: !b c",
            "directives (`%`) are not allowed",
        ),
        text("a key twice", format!("{EVERY_FORM}id: again\n"), "the key `id` stands here twice"),
        with(
            "a role twice",
            "  tech: {",
            "  lead: {title: L}\n  tech: {",
            "the key `lead` stands here twice",
        ),
        with("a tab for indentation", "  tech: {", "\ttech: {", "a tab stands where only spaces"),
        text("many tabs", "\t".repeat(200_000), "the file is empty"),
        ("UTF-16, little end first", utf16(true), "not UTF-8 text"),
        ("UTF-16, big end first", utf16(false), "not UTF-8 text"),
        ("UTF-16 without a mark", silent, "U+0000"),
        ("Latin-1", b"title: caf\xE9\n".to_vec(), "bytes.yaml:1:11: not UTF-8 text"),
        ("half a surrogate", b"title: \xED\xA0\x80\n".to_vec(), "not UTF-8 text"),
        ("an overlong slash", b"title: \xC0\xAF\n".to_vec(), "not UTF-8 text"),
        ("random bytes", (0..=255_u8).rev().collect(), "not UTF-8 text"),
        titled("NUL", &marks('\0'), "U+0000"),
        text("many NULs", "\0".repeat(100_000), "U+0000"),
        text("two byte order marks", format!("\u{feff}\u{feff}{EVERY_FORM}"), "U+FEFF"),
        titled("a byte order mark inside", &marks('\u{feff}'), "U+FEFF"),
        titled("an escape sequence", &marks('\u{1b}'), "U+001B"),
        titled("an escaped escape", "\"a\\e[2Jb\"", "U+001B"),
        titled("an escaped NUL", "\"a\\0b\"", "U+0000"),
        titled("a C1 control", &marks('\u{9b}'), "U+009B"),
        titled("text from right to left", &marks('\u{202e}'), "U+202E"),
        titled("isolated text", &marks('\u{2066}'), "U+2066"),
        titled("an escaped direction", "\"a\\u202eb\"", "U+202E"),
        titled("tag characters", &marks('\u{e0041}'), "U+E0041"),
        titled("a line separator", &marks('\u{2028}'), "U+2028"),
        titled("an unknown escape", "\"a\\qb\"", "there is no such escape"),
        with("a direction in a comment", "# Small", "# \u{202e}Small", "U+202E"),
        text("returns without line feeds", EVERY_FORM.replace('\n', "\r"), "U+000D"),
    ]
}

/// What can be used, and gives the rules of lint as much to do as fits.
fn laborious() -> Vec<Hostile> {
    let filled = |all: &mut dyn Iterator<Item = String>| {
        let mut text = String::new();
        while let Some(next) = all.next().filter(|next| text.len() + next.len() < 8_000) {
            text += &next;
        }
        text
    };
    let template = |n: usize, text: &str| {
        format!("  t{n}: {{segment: all, channel: sms, fallback: sms, text: \"{text}\"}}\n")
    };
    let templates = |text: &str| -> String {
        let head = "channels: {sms: {phi: 0}}\nsegments: {all: {title: All}}\ntemplates:\n";
        let all = each(28, |n| template(n, text));
        format!("{EVERY_FORM}{head}{all}")
    };
    let letters = |n: usize| -> String {
        (0..4)
            .map(|at| char::from(b'a' + u8::try_from(n / 26_usize.pow(at) % 26).unwrap()))
            .collect()
    };
    let drugs = filled(&mut (0..).map(|n| format!("{}cillin ", letters(n))));
    let braces = filled(&mut (0..).map(|n| format!("{{{}}}", letters(n))));
    let times = filled(&mut std::iter::repeat_n("8pm ".to_owned(), 8_000));
    let step = |n: usize| format!("      - {{id: s{n}, role: tech, title: T, do: {times}}}\n");
    let clocks = each(25, step);
    let decision = |n: usize| {
        let before = format!("when: {{d{}: a}}, ", n.saturating_sub(1));
        let when = if n == 0 { "" } else { &before };
        format!(
            "      - {{id: d{n}, role: tech, title: T, {when}decision: {{question: Q, options: {{a: A, b: B}}}}}}\n"
        )
    };
    let chain = each(2_200, decision);
    let accept = each(5_000, |n| format!("  - {{rule: M03, at: x{n}, reason: R}}\n"));
    vec![
        text("many medicines", templates(&drugs), "names a medicine"),
        text("many placeholders", templates(&braces), "nothing fills"),
        text("a character outside the table", templates(&"á".repeat(3_900)), "makes it UCS-2"),
        and_then("many times", &clocks, "is a time of the 12-hour clock"),
        and_then("a long chain of decisions", &chain, "no step reaches the milestone"),
        and_then("many acceptances", &format!("accept:\n{accept}"), "finds nothing at"),
    ]
}

fn all() -> Vec<Hostile> {
    [bombs(), depths(), sizes(), signs()].into_iter().flatten().collect()
}

/// The program with little room, where the system can give it little.
fn lint(sandbox: &Sandbox, file: &str) -> Output {
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        let line = format!("ulimit -v {MEMORY} && exec \"$0\" lint \"$1\"");
        shell.args(["-c", &line]).arg(program()).arg(file);
        shell
    } else {
        let mut bare = Command::new(program());
        bare.args(["lint", file]);
        bare
    };
    command.env_clear().envs(sandbox.env()).current_dir(sandbox.cwd()).stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn each_gets_a_clear_answer_in_little_room() {
    let sandbox = Sandbox::bare();
    let all = all();
    assert!(all.len() >= 50, "{}", all.len());
    for (name, bytes, said) in all {
        sandbox.write("bytes.yaml", bytes);
        let output = lint(&sandbox, "bytes.yaml");
        let (out, err) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
        let (out, err) = (out.unwrap(), err.unwrap());
        assert_eq!(output.status.code(), Some(3), "{name}: {out}{err:.2000}");
        assert!(err.contains(said), "{name}: {err:.2000}");
        assert!(err.starts_with("error: ") || err.starts_with("error["), "{name}: {err:.200}");
        let raw = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(err.chars().chain(out.chars()).find(|c| raw(*c)), None, "{name}");
        assert!(
            !err.contains("panicked") && !err.contains("a bug in runbook"),
            "{name}: {err:.2000}"
        );
    }
}

#[test]
fn what_can_be_used_is_doubted_in_little_room() {
    let sandbox = Sandbox::bare();
    for (name, bytes, said) in laborious() {
        assert!(bytes.len() <= LIMIT, "{name}: {}", bytes.len());
        sandbox.write("bytes.yaml", bytes);
        let output = lint(&sandbox, "bytes.yaml");
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}: {err:.2000}");
        assert!(err.contains(said), "{name}: {err:.2000}");
    }
}

#[test]
fn none_of_them_starts_an_incident() {
    let sandbox = Sandbox::bare();
    for (name, bytes, _) in signs() {
        sandbox.write("bytes.yaml", bytes);
        assert_eq!(sandbox.run("start ./bytes.yaml --no-walk").code, Some(3), "{name}");
    }
    assert!(!sandbox.home().exists());
}
