//! `assign`, `release`: who holds which role.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn holders(sandbox: &Sandbox, role: &str) -> Vec<(String, bool)> {
    let status = sandbox.json("status");
    let line =
        status["roles"].as_array().unwrap().iter().find(|line| line["role"] == role).unwrap();
    let holder = |holder: &serde_json::Value| {
        (holder["person"].as_str().unwrap().to_owned(), holder["deputy"].as_bool().unwrap())
    };
    line["holders"].as_array().unwrap().iter().map(holder).collect()
}

#[test]
fn a_role_has_holders_and_deputies() {
    let sandbox = Sandbox::started();
    let assign = sandbox.run("assign tech \"Ivo Brandt\" --at 2025-01-22T14:10Z");
    assert_data_eq!(
        assign.shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: assigned tech: Ivo Brandt [happened 22 Jan 14:10]
--- exit 0
"#]]
    );
    sandbox.ok("assign tech Mia --deputy --at 2025-01-22T14:10Z");
    assert_eq!(
        holders(&sandbox, "tech"),
        [("Ivo Brandt".to_owned(), false), ("Mia".to_owned(), true)]
    );
    assert_data_eq!(
        sandbox.run("assign tech \"Ivo Brandt\"").shown(),
        str![[r#"
Already recorded at 22 Jan 14:10 as 4@wWWW; nothing was added.
--- exit 0
"#]]
    );
    let second = sandbox.run("assign officer \"Ivo Brandt\" --at 2025-01-22T14:11Z");
    assert_data_eq!(
        second.shown(),
        str![[r#"
Saved 6@wWWW (HHHH-HHHH) by Ana Diaz: assigned officer: Ivo Brandt [happened 22 Jan 14:11]
Note: Ivo Brandt now holds tech, officer; if somebody else is there, share them out
--- exit 0
"#]]
    );
}

#[test]
fn a_role_is_laid_down() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("release lead \"Ana Diaz\" --at 2025-01-22T15:00Z").shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: released lead: Ana Diaz [happened 22 Jan 15:00]
--- exit 0
"#]]
    );
    assert_eq!(holders(&sandbox, "lead"), []);
    assert_data_eq!(
        sandbox.run("release lead \"Ana Diaz\"").shown(),
        str![[r#"
--- stderr
error: Ana Diaz does not hold lead
  → nobody does
--- exit 1
"#]]
    );
    assert!(sandbox.ok("status").contains("NOBODY"));
}

#[test]
fn the_report_shows_when_nobody_held_a_required_role() {
    let sandbox = Sandbox::started();
    sandbox.ok("release lead \"Ana Diaz\" --at 2025-01-22T15:00Z");
    sandbox.ok("assign lead Ben --at 2025-01-22T15:30Z");
    let report = sandbox.json("report");
    let gap = report["shifts"].as_array().unwrap().iter().find(|shift| shift["person"].is_null());
    assert_eq!(gap.unwrap()["minutes"], 30, "{gap:?}");
}
