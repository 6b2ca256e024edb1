//! `hotwash`: findings and the words of the report, typed as options and asked at a terminal.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// A live incident that was closed a while ago.
fn closed() -> Sandbox {
    let sandbox = Sandbox::started();
    sandbox.ok("close --anyway --reason \"Shut for good\" --at 2025-01-22T18:00Z");
    sandbox
}

#[test]
fn findings_are_taken_after_the_end_and_stand_in_the_report() {
    let sandbox = closed();
    let sponsor = "hotwash --set \"sponsor=Riverside Pharmacy\" --at 2025-01-23T09:00Z";
    assert_data_eq!(
        sandbox
            .run("hotwash --strength \"Call-back numbers were at hand\" --reference F-01")
            .shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ana Diaz: finding (strength): Call-back numbers were at hand — reference F-01
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox
            .run("hotwash latest --improve \"The list of numbers was old\" --capability Planning --analysis \"Nobody renews it\"")
            .shown(),
        str![[r#"
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: finding (improvement): The list of numbers was old — capability Planning; analysis Nobody renews it
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run(sponsor).shown(),
        str![[r#"
Saved 7@wWWW (HHHH-HHHH) by Ana Diaz: for the report, sponsor: Riverside Pharmacy [happened 23 Jan 09:00]
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run(sponsor).shown(),
        str![[r#"
Already recorded at 23 Jan 09:00 as 7@wWWW; nothing was added.
--- exit 0
"#]]
    );
    let report = sandbox.json("report");
    let findings = report["findings"].as_array().unwrap();
    let said: Vec<(&str, &str)> = findings
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["statement"].as_str().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            ("strength", "Call-back numbers were at hand"),
            ("improvement", "The list of numbers was old")
        ]
    );
    assert_eq!(report["report_fields"]["sponsor"]["text"], "Riverside Pharmacy");
    assert_eq!(report["conflicts"].as_array().unwrap().len(), 0);
    sandbox.ok("verify");
}

#[test]
fn a_finding_said_by_mistake_is_withdrawn_after_the_end() {
    let sandbox = closed();
    sandbox.ok("hotwash --improve \"said twice\"");
    sandbox.ok("correct 5 --withdraw --note \"said twice\" --incident latest");
    assert_eq!(sandbox.json("report")["findings"].as_array().unwrap().len(), 0);
    let again = sandbox.run("correct 5 --withdraw --note x --incident latest");
    assert_eq!(again.code, Some(1), "{again:?}");
}

#[test]
fn a_name_in_a_finding_is_flagged() {
    let sandbox = closed();
    let ran = sandbox.run("hotwash --improve \"Ana had no list\"");
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("Note: it names Ana Diaz; a review looks at plans"), "{ran:?}");
    let none = sandbox.run("hotwash --improve \"The lead had no list\"");
    assert!(!none.out.contains("Note:"), "{none:?}");
}

#[test]
fn long_words_come_from_standard_input() {
    use std::io::Write as _;
    let sandbox = closed();
    let words = ["hotwash", "--set", "executive-summary=-"];
    let mut command = sandbox.command(&words);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("Mail was down.\nNobody was harmed.\n".as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    let text = sandbox.json("report")["report_fields"]["executive-summary"]["text"].clone();
    assert_eq!(text, "Mail was down.\nNobody was harmed.");
}

#[test]
fn what_cannot_be_recorded_is_refused_and_nothing_is_written() {
    let sandbox = closed();
    let before = sandbox.everything();
    for (line, code, words) in [
        ("hotwash --improve \"\"", 2, "the finding cannot be recorded: it may not be empty"),
        ("hotwash --strength", 2, "a value is required"),
        ("hotwash --reference x", 2, "required arguments"),
        ("hotwash --strength a --improve b", 2, "cannot be used with"),
        ("hotwash --strength a --objective reach", 1, "only an exercise has that"),
        ("hotwash --strength a --objective \"Not An Id\"", 2, "objective \"Not An Id\""),
        ("hotwash --set sponsor", 2, "--set takes PLACE=TEXT"),
        ("hotwash --set budget=none", 2, "the report has no place \"budget\""),
        ("hotwash --set sponsor=", 2, "the sponsor cannot be recorded: it may not be empty"),
        ("hotwash --improve \"MRN 12345678 was called late\"", 1, "the finding is not recorded"),
        ("hotwash", 7, "needs a terminal"),
        ("hotwash nowhere --strength a", 2, "there is no incident \"nowhere\""),
    ] {
        let ran = sandbox.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(ran.err.contains(words), "{line}: {ran:?}");
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn the_after_action_report_of_an_incident_in_every_form() {
    let sandbox = closed();
    sandbox.ok("hotwash --improve \"The list of numbers was old\"");
    let page = sandbox.ok("report --format aar-markdown");
    assert!(page.starts_with("# After-Action Report/Improvement Plan: Every form"), "{page}");
    assert!(page.contains("## Incident Overview"), "{page}");
    let cms = sandbox.ok("report --format aar-markdown --outline cms");
    assert!(cms.contains("## Section 2: Response Summary"), "{cms}");
    assert_data_eq!(
        sandbox.run("report --format aar-html -o aar.html").shown(),
        str![[r#"
Wrote aar.html
--- exit 0
"#]]
    );
    let html = std::fs::read_to_string(sandbox.cwd().join("aar.html")).unwrap();
    assert!(html.starts_with("<!doctype html>") && !html.contains("EXERCISE"), "{html}");
    assert_data_eq!(
        sandbox.run("report --format aar-html -o aar.html").shown(),
        str![[r#"
--- stderr
error: aar.html is there already
  → nothing is written over: choose another name
--- exit 1
"#]]
    );
    let csv = sandbox.ok("report --format aar-csv");
    assert_eq!(csv.lines().count(), 2, "{csv}");
    for (line, words) in [
        ("report --outline cms", "--outline belongs to"),
        ("report --format aar-csv --outline cms", "--outline belongs to"),
        ("report --format aar-pdf", "invalid value"),
    ] {
        let ran = sandbox.run(line);
        assert_eq!((ran.code, ran.err.contains(words)), (Some(2), true), "{ran:?}");
    }
}

#[cfg(unix)]
mod asked {
    use super::closed;
    use crate::support::Sandbox;
    use crate::support::terminal::Terminal;

    fn statements(sandbox: &Sandbox) -> Vec<String> {
        let report = sandbox.json("report");
        let findings = report["findings"].as_array().unwrap().iter();
        findings.map(|one| one["statement"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn it_goes_on_where_it_stopped() {
        let sandbox = closed();
        let mut terminal = Terminal::run(&sandbox, "hotwash");
        terminal.wait_for_prompt_after("Enter = the first question");
        terminal.answer("");
        terminal.wait_for_prompt_after("What went well");
        terminal.answer("");
        terminal.wait_for_prompt_after("What got in the way");
        terminal.answer("The list of numbers was old");
        terminal.wait_for_prompt_after("Core capability");
        terminal.answer("");
        terminal.wait_for_prompt_after("Held against");
        terminal.answer("F-01");
        terminal.wait_for_prompt_after("Why was it so");
        terminal.answer("");
        terminal.wait_for_prompt_after("What is to be done about it?");
        assert_eq!(statements(&sandbox), ["The list of numbers was old"], "saved at once");
        terminal.press(&[3]);
        let ended = terminal.ended();
        assert!(terminal.shown().contains("goes on where you stopped"), "{ended:?}");
        assert!(terminal.is_restored());

        let mut terminal = Terminal::run(&sandbox, "hotwash");
        terminal.wait_for_prompt_after("Enter = the first question");
        terminal.answer("");
        let shown = terminal.wait_for_prompt_after("What got in the way");
        assert!(shown.contains("- The list of numbers was old"), "{shown}");
        terminal.answer("q");
        terminal.wait_for("runbook actions list");
        assert!(terminal.ended().success());
        assert_eq!(statements(&sandbox).len(), 1);
    }

    #[test]
    fn an_area_gets_its_action_with_owner_and_day() {
        let sandbox = closed();
        sandbox.ok("hotwash --strength calm");
        let mut terminal = Terminal::run(&sandbox, "hotwash");
        terminal.wait_for_prompt_after("Enter = the first question");
        for (question, answer) in [
            ("Enter = the first question", ""),
            ("What went well", ""),
            ("What got in the way", "The list of numbers was old"),
            ("Core capability", "Planning"),
            ("Held against", ""),
            ("Why was it so", ""),
            ("What is to be done about it?", "Print it weekly"),
            ("Who answers for it?", "Ben Ito"),
            ("Until when?", "31.2.2099"),
            ("Type a day such as", "2099-02-28"),
            ("Which capability element?", "1"),
            ("Anything else?", "q"),
        ] {
            terminal.wait_for_prompt_after(question);
            terminal.answer(answer);
        }
        assert!(terminal.ended().success());
        let csv = sandbox.ok("report --format aar-csv");
        let line = "\"Planning\",\"The list of numbers was old\",\"A-01: Print it weekly\",\"Planning\",\"\",\"Ben Ito\",\"\",\"2099-02-28\"";
        assert!(csv.contains(line), "{csv}");
    }

    #[test]
    fn a_name_is_kept_only_on_purpose() {
        let sandbox = closed();
        let mut terminal = Terminal::run(&sandbox, "hotwash");
        terminal.wait_for_prompt_after("Enter = the first question");
        terminal.answer("");
        terminal.wait_for_prompt_after("What went well");
        terminal.answer("Ana kept calm");
        terminal.wait_for_prompt_after("It names Ana Diaz");
        terminal.answer("");
        terminal.wait_until(|shown| shown.matches("What went well").count() == 2);
        terminal.answer("The lead kept calm");
        terminal.wait_for_prompt_after("Core capability");
        terminal.press(&[4]);
        terminal.wait_for("What was saved stays");
        assert!(terminal.ended().success());
        assert_eq!(statements(&sandbox), [""; 0], "the finding was not complete");
    }

    #[test]
    fn the_end_of_it_is_said_by_whoever_held_it() {
        let sandbox = closed();
        sandbox.ok("hotwash --set executive-summary=short --by \"Ana Diaz\"");
        let mut terminal = Terminal::run(&sandbox, "hotwash");
        terminal.wait_for_prompt_after("Enter = the first question");
        for question in [
            "Enter = the first question",
            "What went well",
            "What got in the way",
            "What was needed",
            "Who was told too late",
            "Where did it come close",
            "Where did the playbook not fit",
            "Which organization",
            "Whom may readers ask",
        ] {
            terminal.wait_for_prompt_after(question);
            terminal.answer("");
        }
        terminal.wait_for_prompt_after("Is the hot wash over?");
        terminal.answer("All five roles");
        terminal.wait_for_prompt_after("Over, then: nothing more is asked. Right?");
        terminal.answer("y");
        terminal.wait_for("runbook actions list");
        assert!(terminal.ended().success());
        let log = sandbox.ok("log");
        assert!(log.contains("hot wash finished: All five roles"), "{log}");
    }
}
