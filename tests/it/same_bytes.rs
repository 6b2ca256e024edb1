//! The same answers give the same bytes, ids and real times aside: one exercise by script, in two homes,
//! with real processes; then every file and every report of the two, side by side.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::support::Sandbox;
use crate::support::redact::redact;

/// From the beginning to the end. The clock is moved by hand: after the first jump every time on it is
/// given here.
const SCRIPT: [(&str, &str); 46] = [
    ("Faye Roth", "drill jump 2099-01-22T09:00Z --far"),
    ("Faye Roth", "assign lead \"Ana Diaz\""),
    ("Faye Roth", "assign tech \"Ben Ito\" --deputy"),
    ("Ana Diaz", "mark onset --at 2099-01-22T08:30Z"),
    ("Ana Diaz", "mark detected --at 2099-01-22T08:45Z"),
    ("Ana Diaz", "mark declared"),
    ("Faye Roth", "drill deliver"),
    ("Ana Diaz", "begin confirm"),
    ("Faye Roth", "drill jump +4m"),
    ("Ana Diaz", "done confirm --note \"Front counter and pharmacy\""),
    (
        "Faye Roth",
        "drill observe \"Both sat at one desk\" --objective confirm-first --inject first",
    ),
    ("Faye Roth", "drill jump +6m"),
    ("Faye Roth", "drill hold second --reason \"They are behind\""),
    ("Ana Diaz", "decide scope corporate --because \"Other branches call\""),
    ("Ben Ito", "done corporate-line"),
    ("Ana Diaz", "done tell-branches"),
    (
        "Faye Roth",
        "drill add --text \"A reporter calls\" --to lead --from Paper --due +3m --name press",
    ),
    ("Faye Roth", "drill jump +5m"),
    ("Faye Roth", "drill deliver"),
    ("Faye Roth", "drill deliver second"),
    (
        "Ben Ito",
        "done ticket --set number=7 --set people=3 --set called=2099-01-22T09:10Z --set known=yes --set level=p1",
    ),
    ("Ana Diaz", "done freeze --initials AD"),
    ("Ben Ito", "done words --note \"=1+1\""),
    ("Cleo Marsh", "assign officer \"Cleo Marsh\""),
    ("Cleo Marsh", "approve words"),
    ("Ana Diaz", "handover lead --to \"Ben Ito\" --note \"Branches are told\""),
    ("Ben Ito", "defer briefing --until 2099-01-22T10:30Z --reason \"All are on the phone\""),
    ("Ben Ito", "fail first-call --reason \"Nobody picks up\""),
    ("Ben Ito", "reopen first-call --reason again"),
    ("Faye Roth", "drill add --text \"The lights go out\" --due +5h --name power"),
    ("Faye Roth", "drill jump +45m"),
    ("Ben Ito", "done first-call --at 2099-01-22T09:50Z"),
    ("Ben Ito", "note \"The list was out of date\" --kind improvement"),
    ("Ben Ito", "classify --cause certificate --service email"),
    ("Ben Ito", "mark restored"),
    ("Ben Ito", "done test-mail"),
    ("Ben Ito", "mark verified"),
    ("Ben Ito", "correct 12 --note \"It was later\" --occurred 2099-01-22T09:05Z"),
    ("Faye Roth", "drill skip power --reason late"),
    ("Faye Roth", "drill end --reason \"The hour is over\""),
    ("Eva Lund", "drill rate confirm-first S --why \"One desk\""),
    ("Eva Lund", "drill rate list-frozen M --why \"Late\""),
    ("Eva Lund", "hotwash --strength \"Numbers were at hand\" --objective confirm-first"),
    ("Eva Lund", "hotwash --improve \"No second list\" --analysis \"Nobody renews it\""),
    ("Eva Lund", "hotwash --set sponsor=\"Riverside Pharmacy\""),
    (
        "Eva Lund",
        "actions add \"A second list\" --owner \"Ivo Brandt\" --due 2099-03-01 --element planning",
    ),
];

/// What the program says in the end, in every form.
const FORMS: [&str; 12] = [
    "report",
    "report --json",
    "report --format markdown",
    "report --format aar-markdown",
    "report --format aar-markdown --outline cms",
    "report --format aar-html",
    "report --format aar-csv",
    "drill evaluate --eeg text",
    "log",
    "log --json",
    "status --json",
    "verify",
];

/// One run: what was said to each line of the script, every form, every file of the exercise.
fn run() -> BTreeMap<String, String> {
    let sandbox = Sandbox::new();
    // Its injects hang on the declaration, whose time the script gives.
    let exercise = include_str!("fixtures/every-form-tabletop.yaml")
        .replace("begins: declared\n", "")
        .replace("at: 0m", "after: \"milestone:declared\"")
        .replace("at: 5m", "after: {what: \"milestone:declared\", delay: 5m}");
    sandbox.write("playbooks/exercises/two-objectives.yaml", exercise);
    let mut all = BTreeMap::new();
    let start =
        "drill every-form --scenario two-objectives --step --facilitator \"Faye Roth\" --no-walk";
    all.insert("00 start".to_owned(), sandbox.ok(start));
    for (number, (by, line)) in SCRIPT.iter().enumerate() {
        let said = sandbox.ok(&format!("{line} --by \"{by}\" --incident latest-exercise"));
        all.insert(format!("{:02} {line}", number + 1), said);
    }
    for form in FORMS {
        all.insert(form.to_owned(), sandbox.ok(form));
    }
    sandbox.ok("export files");
    files(&sandbox.cwd().join("files"), "files", &mut all);
    files(&sandbox.home().join("exercises"), "exercises", &mut all);
    all.into_iter().map(|(what, text)| (timeless(&what), timeless(&text))).collect()
}

fn files(folder: &Path, name: &str, all: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &name, all);
        } else {
            all.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Without ids, hashes and whatever rests on the real time. Times of 2099 stay.
fn timeless(text: &str) -> String {
    static RULES: LazyLock<[(Regex, &str); 6]> = LazyLock::new(|| {
        [
            // The envelope of a record.
            (r#""hlc":\[[0-9]+,[0-9]+\]"#, "\"hlc\":[]"),
            (r#""boot":"[^"]*""#, "\"boot\":\"\""),
            (r#""mono":[0-9]+"#, "\"mono\":0"),
            // A writer where no marks stand around it.
            (r"\bw[0-9a-f]{3}\b", "wWWW"),
            // The end of an id, behind an action's number.
            (r"@[0-9a-hjkmnp-tv-z]{4}\b", "@RRRR"),
            // Between now and 2099.
            (r"[0-9]{6,}(\.[0-9])?", "MINUTES"),
        ]
        .map(|(pattern, to)| (Regex::new(pattern).unwrap(), to))
    });
    let mut text = redact(text);
    for (rule, to) in RULES.iter() {
        text = rule.replace_all(&text, *to).into_owned();
    }
    text
}

#[test]
fn the_same_answers_give_the_same_bytes() {
    let (one, two) = (run(), run());
    let names = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    let journal = one.iter().find(|(name, _)| name.contains("/journal/")).unwrap().1;
    assert!(journal.lines().count() > 45, "{journal}");
    let times = one.values().flat_map(|text| text.matches("2099-01-22")).count();
    assert!(times > 500, "the exercise's own times are compared: {times}");
    for (name, text) in &one {
        for (number, (here, there)) in text.lines().zip(two[name].lines()).enumerate() {
            assert_eq!(here, there, "{name}, line {}", number + 1);
        }
        assert_eq!(text, &two[name], "{name}");
    }
}
