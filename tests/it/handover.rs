//! `handover`: a role passes on, is read out, and is confirmed by both sides or flagged.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn holder(sandbox: &Sandbox) -> String {
    let status = sandbox.json("status");
    status["roles"][0]["holders"][0]["person"].as_str().unwrap().to_owned()
}

fn last_words(sandbox: &Sandbox) -> String {
    let log = sandbox.json("log");
    log["entries"].as_array().unwrap().last().unwrap()["what"].as_str().unwrap().to_owned()
}

#[test]
fn a_handover_prints_what_to_read_out() {
    let sandbox = Sandbox::started();
    let line = "handover lead --to Ben --note \"Carrier calls back at six\" --at 2025-01-22T18:00Z";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: hand-over lead: Ana Diaz to Ben — note Carrier calls back at six [happened 22 Jan 18:00]
Checkpoint to read out, write down or send (runbook verify --expect …):
  runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 4 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
Note: the hand-over is not confirmed by Ana Diaz, Ben; it is flagged
--- exit 0
"#]]
    );
    assert_eq!(holder(&sandbox), "Ben");
    let unheld = sandbox.run("handover officer --to Ben");
    assert_data_eq!(
        unheld.shown(),
        str![[r#"
--- stderr
error: nobody holds officer
  → runbook assign officer NAME
--- exit 1
"#]]
    );
}

#[test]
fn both_sides_confirm_with_their_initials() {
    let sandbox = Sandbox::started();
    let line = "handover lead --to Ben --from-initials ad --to-initials bi --at 2025-01-22T18:00Z";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: hand-over lead: Ana Diaz to Ben — confirmed by Ana Diaz (AD), Ben (BI) [happened 22 Jan 18:00]
Checkpoint to read out, write down or send (runbook verify --expect …):
  runbook-checkpoint 1 every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 4 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
--- exit 0
"#]]
    );
    assert_eq!(holder(&sandbox), "Ben");
}

#[test]
fn a_hand_over_without_one_side_goes_through_and_is_flagged() {
    let sandbox = Sandbox::started();
    let line = "handover lead --to Ben --to-initials BI --at 2025-01-22T18:00Z";
    let ran = sandbox.run(line);
    assert!(ran.out.contains("Note: the hand-over is not confirmed by Ana Diaz; it is flagged"));
    assert_eq!(holder(&sandbox), "Ben");
    let report = sandbox.ok("report --format text");
    let flagged = report.lines().find(|line| line.contains("NOT CONFIRMED by Ana Diaz"));
    assert!(flagged.is_some(), "{report}");
}

#[test]
fn a_repeat_says_that_neither_initials_nor_time_were_taken() {
    let sandbox = Sandbox::started();
    sandbox.ok("handover lead --to Ben --at 2025-01-22T18:00Z");
    let line = "handover lead --to Ben --from-initials AD --to-initials BI --at 2025-01-22T18:30Z";
    assert_data_eq!(
        sandbox.run(line).shown(),
        str![[r#"
Already recorded at 22 Jan 18:00 as 4@wWWW; nothing was added.
Note: the initials were not added; to add them: runbook correct 4@wWWW --note "confirmed by …"
Note: the time given now was not taken; to change it: runbook correct 4@wWWW --occurred TIME --note TEXT
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox.run("assign lead Ben --at 2025-01-22T18:30Z").shown(),
        str![[r#"
Already recorded at 22 Jan 18:00 as 4@wWWW; nothing was added.
Note: the time given now was not taken; to change it: runbook correct 4@wWWW --occurred TIME --note TEXT
--- exit 0
"#]]
    );
}

#[test]
fn initials_that_cannot_be_are_refused_and_nothing_is_written() {
    let sandbox = Sandbox::started();
    sandbox.ok("assign lead Eva --at 2025-01-22T14:06Z");
    let before = sandbox.everything();
    for line in [
        "handover lead --to Ben --to-initials B",
        "handover lead --to Ben --to-initials B1",
        "handover lead --to Ben --from-initials AD",
        "handover lead --to Ben --from-initials Cleo=CM",
        "handover lead --to Ben --from-initials \"Ana Diaz=\"",
        "handover lead --to Ben --from-initials =AD",
        "handover lead --to Ben --sheet --note words",
        "handover lead --to Ben --sheet --to-initials BI",
        "handover lead --to Ben --at 2025-01-22T14:04Z",
    ] {
        assert_ne!(sandbox.run(line).code, Some(0), "{line}");
    }
    assert_eq!(sandbox.everything(), before);
    let several = sandbox.run("handover lead --to Ben --from-initials AD");
    assert_data_eq!(
        several.shown(),
        str![[r#"
--- stderr
error: several people hold this role: say whose initials these are
  → --from-initials "Ana Diaz=XY"
  → --from-initials "Eva=XY"
--- exit 2
"#]]
    );
    let stranger = sandbox.run("handover lead --to Ben --from-initials Cleo=CM");
    assert_data_eq!(
        stranger.shown(),
        str![[r#"
--- stderr
error: Cleo neither hands lead over nor takes it, so cannot confirm it
  → these can: Ana Diaz, Eva, Ben
--- exit 1
"#]]
    );
    let early = sandbox.run("handover lead --to Ben --at 2025-01-22T14:04Z");
    assert_data_eq!(
        early.shown(),
        str![[r#"
--- stderr
error: that time is before Ana Diaz took lead on
  → that was at 22 Jan 14:05, says record 3@wWWW
  → if it was earlier: runbook correct 3@wWWW --occurred TIME --note TEXT
--- exit 1
"#]]
    );
    sandbox.ok("handover lead --to Ben --from-initials \"Ana Diaz=AD\" --from-initials Eva=EK");
    assert!(last_words(&sandbox).ends_with("confirmed by Ana Diaz (AD), Eva (EK)"));
}

/// A log in which every part of the sheet has something to say.
fn busy() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --at 2025-01-22T14:05Z --onset 2025-01-22T13:50Z --exercise \
         --assign \"lead=Ana Diaz\" --site \"Main Street\"");
    sandbox.ok("assign lead Mia --deputy --at 2025-01-22T14:06Z");
    sandbox.ok("note \"phones hold\" --at 2025-01-22T14:10Z");
    sandbox.ok("note --kind safety \"label mixed up\" --at 2025-01-22T14:11Z");
    sandbox.ok("classify --cause \"expired certificate\" --service email --at 2025-01-22T14:12Z");
    sandbox.ok("decide scope corporate --because \"three call\" --at 2025-01-22T14:13Z");
    sandbox.ok("begin confirm --at 2025-01-22T14:14Z");
    sandbox.ok("defer briefing --until 2099-01-22T16:00Z --reason asleep --at 2025-01-22T14:15Z");
    sandbox
}

#[test]
#[expect(clippy::too_many_lines, reason = "a whole sheet")]
fn the_sheet_is_read_out() {
    let sandbox = busy();
    let sheet = sandbox.run("handover lead --to \"Ben Ito\" --sheet");
    assert_data_eq!(
        sheet.shown(),
        str![[r#"
EXERCISE HAND-OVER SHEET: Lead, Ana Diaz to Ben Ito
EXERCISE Read it out from top to bottom; whoever takes over says back what they
EXERCISE heard. In the order of the incident briefing, HICS 201 / ICS 201.
EXERCISE Reading it out records nothing.
EXERCISE
EXERCISE 1. INCIDENT NAME
EXERCISE    Every form (x-every-form-YYYYMMDD-RRRR), EXERCISE - not real
EXERCISE    Site: Main Street
EXERCISE
EXERCISE 2. OPERATIONAL PERIOD
EXERCISE    Now: YYYY-MM-DD HH:MM +00:00. Times below are on this clock, 24
EXERCISE       hours.
EXERCISE    T+0: 2025-01-22 14:05 +00:00
EXERCISE    First hours: from 2025-01-22 14:05 +00:00 to 2025-01-22 16:05
EXERCISE       +00:00
EXERCISE
EXERCISE 3. SITUATION SUMMARY
EXERCISE    Declared by Ana Diaz. It runs for HHHHH h MM min now.
EXERCISE    Services:
EXERCISE    - email: DOWN since 22 Jan 2025 13:50, HHHHH h MM min in all
EXERCISE    Cause: expired certificate
EXERCISE    Scope: nothing recorded
EXERCISE    Milestones:
EXERCISE    - 22 Jan 2025 13:50 | onset
EXERCISE    Figures now:
EXERCISE    - Onset to declared: 15 min
EXERCISE    - Downtime until verified, overlaps once: MMMMMM min
EXERCISE    - Steps finished on time: 14.3 %, target missed
EXERCISE    - Required roles held by nobody, summed: 0 min
EXERCISE    Last words on the situation:
EXERCISE    - 22 Jan 2025 14:10 | phones hold
EXERCISE
EXERCISE 4. HEALTH AND SAFETY BRIEFING
EXERCISE    Patient safety:
EXERCISE    - 22 Jan 2025 14:11 | label mixed up
EXERCISE
EXERCISE 5. MAP / SKETCH
EXERCISE    None kept here.
EXERCISE
EXERCISE 6. CURRENT ORGANISATION
EXERCISE    Lead: Ana Diaz since 22 Jan 2025 14:05, HHHHH h MM min on shift,
EXERCISE       over 12 h: relief is due
EXERCISE    Lead: Mia (deputy) since 22 Jan 2025 14:06, HHHHH h MM min on
EXERCISE       shift, over 12 h: relief is due
EXERCISE    Technician: NOBODY
EXERCISE    Officer: NOBODY
EXERCISE
EXERCISE 7. INCIDENT OBJECTIVES
EXERCISE    nothing recorded
EXERCISE
EXERCISE 8. CURRENT AND PLANNED ACTIONS (time | action)
EXERCISE    Lead, OVERDUE:
EXERCISE    - due 22 Jan 2025 14:15 | F-01 Confirm it from two sources, begun
EXERCISE      by Ana Diaz
EXERCISE    - due 22 Jan 2025 14:25 | F-07 Freeze the list
EXERCISE    Lead, begun: nothing recorded
EXERCISE    Lead, due next:
EXERCISE    - no due time | F-03 Call every branch
EXERCISE    - no due time | F-04 Work through the list of branches
EXERCISE    Lead, put off and promised:
EXERCISE    - until 22 Jan 2099 16:00 | F-10 Hold a briefing: asleep
EXERCISE    Other roles, OVERDUE:
EXERCISE    - Technician: 3 steps, first due 22 Jan 2025 14:25 | F-06 Open a
EXERCISE      ticket with the vendor
EXERCISE    - Officer: 1 step due 22 Jan 2025 14:45 | F-09 Agree to the notice
EXERCISE    Decisions that stand:
EXERCISE    - 22 Jan 2025 14:13 | One branch or all of them? All branches,
EXERCISE      because: three call
EXERCISE    Last entries of Lead:
EXERCISE    - 22 Jan 2025 14:10 | Ana Diaz: note (situation): phones hold
EXERCISE    - 22 Jan 2025 14:11 | Ana Diaz: note (safety): label mixed up
EXERCISE    - 22 Jan 2025 14:12 | Ana Diaz: classified: cause expired
EXERCISE      certificate; services email
EXERCISE    - 22 Jan 2025 14:13 | Ana Diaz: decided: F-02 scope: corporate (All
EXERCISE      branches) — note three call
EXERCISE    - 22 Jan 2025 14:15 | Ana Diaz: deferred until 2099-01-22 16:00
EXERCISE      +00:00: F-10 briefing — asleep
EXERCISE
EXERCISE 9. RESOURCES SUMMARY
EXERCISE    Contacts, vendors and services: see runbook contacts.
EXERCISE
EXERCISE 10. PREPARED BY
EXERCISE    Ana Diaz, YYYY-MM-DD HH:MM +00:00
EXERCISE    Handed over by Ana Diaz. Initials: ______ Time: ______
EXERCISE    Taken over by Ben Ito. Initials: ______ Time: ______
EXERCISE    Then type: runbook handover lead --to "Ben Ito" --from-initials XX
EXERCISE       --to-initials YY
EXERCISE    The log as it stands before this hand-over:
EXERCISE    record 11@wWWW, head code HHHH-HHHH, in full
EXERCISE      HHHH HHHH HHHH HHHH HHHH HHHH HHHH HHHH
EXERCISE      HHHH HHHH HHHH HHHH HHHH HHHH HHHH HHHH
EXERCISE    To check it, read the head codes out. To prove it, send or copy
EXERCISE       each line below whole, from the word runbook-checkpoint on:
EXERCISE       runbook verify --expect takes nothing shorter.
EXERCISE runbook-checkpoint 1 x-every-form-YYYYMMDD-RRRR wWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW 11 HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
--- exit 0
"#]]
    );
}

#[test]
fn the_sheet_fits_any_page_and_records_nothing() {
    let sandbox = busy();
    let before = sandbox.everything();
    let sheet = sandbox.run("handover lead --to \"Ben Ito\" --sheet");
    assert_eq!(sandbox.everything(), before);
    let unwrapped = |line: &&str| !line.contains("runbook-checkpoint");
    let wide = sheet.out.lines().filter(unwrapped).find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
    assert!(sheet.out.lines().all(|line| line.starts_with("EXERCISE")), "{}", sheet.out);
    let json = sandbox.json("handover lead --to Ben --sheet");
    assert_eq!((&json["format"], &json["mode"]), (&1.into(), &"exercise".into()));
    assert!(json["lines"][0].as_str().unwrap().starts_with("HAND-OVER SHEET: Lead"), "{json}");
}

#[test]
fn the_checkpoint_of_the_sheet_is_one_that_verify_takes() {
    let sandbox = Sandbox::started();
    let sheet = sandbox.ok("handover lead --to Ben --sheet");
    let line = sheet.lines().find(|line| line.starts_with("runbook-checkpoint")).unwrap();
    sandbox.ok("handover lead --to Ben");
    assert_eq!(sandbox.run(&format!("verify --expect \"{line}\"")).code, Some(0));
    let grouped = sheet.lines().rfind(|line| line.starts_with("     ")).unwrap().trim();
    assert_ne!(sandbox.run(&format!("verify --expect \"{grouped}\"")).code, Some(0));
}

#[cfg(unix)]
mod at_a_terminal {
    use super::{Sandbox, holder, last_words};
    use crate::support::terminal::Terminal;

    #[test]
    fn both_are_asked_one_after_the_other() {
        let sandbox = Sandbox::started();
        let mut terminal = Terminal::run(&sandbox, "handover lead --to \"Ben Ito\"");
        terminal.wait_for_prompt_after("Initials of Ana Diaz, who hands over");
        terminal.answer("1");
        terminal.wait_for_prompt_after("2 to 5 letters");
        terminal.answer("ad");
        terminal.wait_for_prompt_after("Initials of Ben Ito, who takes over");
        terminal.answer("bi");
        assert!(terminal.ended().success());
        assert!(last_words(&sandbox).ends_with("confirmed by Ana Diaz (AD), Ben Ito (BI)"));
    }

    #[test]
    fn a_bare_enter_confirms_nothing() {
        let sandbox = Sandbox::started();
        let mut terminal = Terminal::run(&sandbox, "handover lead --to \"Ben Ito\"");
        terminal.wait_for_prompt_after("Initials of Ana Diaz, who hands over");
        terminal.answer("");
        terminal.wait_for_prompt_after("Initials of Ben Ito, who takes over");
        terminal.answer("");
        let shown = terminal.wait_for("not confirmed by Ana Diaz, Ben Ito");
        assert!(terminal.ended().success(), "{shown}");
        assert_eq!(holder(&sandbox), "Ben Ito");
        assert_eq!(last_words(&sandbox), "hand-over lead: Ana Diaz to Ben Ito");
    }

    #[test]
    fn whoever_has_left_the_terminal_hands_nothing_over() {
        let sandbox = Sandbox::started();
        let mut terminal = Terminal::run(&sandbox, "handover lead --to \"Ben Ito\"");
        terminal.wait_for_prompt_after("Initials of Ana Diaz, who hands over");
        terminal.kill();
        assert_eq!(holder(&sandbox), "Ana Diaz");
    }

    #[test]
    fn whoever_gives_initials_or_wants_json_is_asked_nothing() {
        for options in ["--from-initials AD", "--json"] {
            let sandbox = Sandbox::started();
            let line = format!("handover lead --to Ben {options}");
            assert!(Terminal::run(&sandbox, &line).ended().success(), "{options}");
            assert_eq!(holder(&sandbox), "Ben");
        }
    }
}
