//! `decide`, `approve`: answers that open and close other steps, or agree to them.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn word(sandbox: &Sandbox, step: &str, key: &str) -> String {
    let status = sandbox.json("status");
    let steps = status["steps"].as_array().unwrap();
    let line = steps.iter().find(|line| line["id"] == step).unwrap();
    line[key].to_string().replace('"', "")
}

#[test]
fn an_answer_opens_some_steps_and_closes_others() {
    let sandbox = Sandbox::started();
    assert_eq!(word(&sandbox, "tell-branches", "waits_for"), "scope");
    let decide = "decide scope local --because \"Only the north branch\" --at 2025-01-22T14:20Z";
    assert_data_eq!(
        sandbox.run(decide).shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Ana Diaz: decided: F-02 scope: local (One branch) — note Only the north branch [happened 22 Jan 14:20]
--- exit 0
"#]]
    );
    for (step, status) in [
        ("scope", "done"),
        ("tell-branches", "closed"),
        ("all-branches", "closed"),
        ("corporate-line", "closed"),
        ("ticket", "open"),
    ] {
        assert_eq!(word(&sandbox, step, "status"), status, "{step}");
    }
    let closed = sandbox.run("done all-branches");
    assert_data_eq!(
        closed.shown(),
        str![[r#"
--- stderr
error: all-branches is closed: the decision scope was answered "local"
  → if the decision has changed: runbook reopen scope --reason TEXT, then decide again
--- exit 1
"#]]
    );
}

#[test]
fn a_decision_is_taken_again_after_it_was_reopened() {
    let sandbox = Sandbox::started();
    sandbox.ok("decide scope local --at 2025-01-22T14:20Z");
    assert_data_eq!(
        sandbox.run("decide scope corporate").shown(),
        str![[r#"
--- stderr
error: you answered scope before, with other words or another time
  → to add to it: runbook correct 4@wWWW --note TEXT
  → to do it again: runbook reopen scope --reason TEXT
--- exit 1
"#]]
    );
    sandbox.ok("reopen scope --reason \"Two more branches call\" --at 2025-01-22T14:30Z");
    sandbox.ok("decide scope corporate --at 2025-01-22T14:31Z");
    for step in ["tell-branches", "all-branches", "corporate-line"] {
        assert_eq!(word(&sandbox, step, "status"), "open", "{step}");
    }
}

#[test]
fn done_is_no_answer_to_a_decision_nor_a_decision_to_a_step() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("done scope").shown(),
        str![[r#"
--- stderr
error: scope is a decision: choose an answer
  → runbook decide scope local|corporate
--- exit 1
"#]]
    );
    assert_data_eq!(
        sandbox.run("decide confirm local").shown(),
        str![[r#"
--- stderr
error: confirm is not a decision
  → runbook done confirm
--- exit 1
"#]]
    );
}

#[test]
fn another_role_agrees() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("approve words").shown(),
        str![[r#"
--- stderr
error: words is not done yet: tech does it first, then it can be approved
  → runbook done words
--- exit 1
"#]]
    );
    sandbox.ok("done words --by Ivo --at 2025-01-22T14:30Z");
    assert_eq!(word(&sandbox, "words", "awaits_approval"), "true");
    let approve = sandbox.run("approve words --by Cleo --at 2025-01-22T14:35Z");
    assert_data_eq!(
        approve.shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Cleo: approved: F-08 words [happened 22 Jan 14:35]
--- exit 0
"#]]
    );
    assert_eq!(word(&sandbox, "words", "awaits_approval"), "false");
}

#[test]
fn ones_own_work_takes_a_reason_and_is_flagged() {
    let sandbox = Sandbox::started();
    sandbox.ok("done words --by Ivo --at 2025-01-22T14:30Z");
    assert_data_eq!(
        sandbox.run("approve words --by Ivo").shown(),
        str![[r#"
--- stderr
error: Ivo did words; approving one's own work takes a reason
  → somebody else approves it: runbook approve words --by NAME
  → or, if there is nobody: runbook approve words --reason TEXT (it is flagged)
--- exit 1
"#]]
    );
    let alone = "approve words --by Ivo --reason \"Nobody else is here\" --at 2025-01-22T14:40Z";
    assert_data_eq!(
        sandbox.run(alone).shown(),
        str![[r#"
Saved 5@wWWW (HHHH-HHHH) by Ivo: approved: F-08 words — own work; note Nobody else is here [happened 22 Jan 14:40]
Note: Ivo approved their own work; it is flagged
--- exit 0
"#]]
    );
    assert!(sandbox.ok("report").contains("own work"));
}

#[test]
fn where_agreeing_is_the_step_nothing_else_answers_it() {
    let sandbox = Sandbox::started();
    assert_data_eq!(
        sandbox.run("done agree").shown(),
        str![[r#"
--- stderr
error: agree is an approval: approve it
  → runbook approve agree
--- exit 1
"#]]
    );
    let approve = sandbox.run("approve agree --by Cleo --at 2025-01-22T14:40Z");
    assert_data_eq!(
        approve.shown(),
        str![[r#"
Saved 4@wWWW (HHHH-HHHH) by Cleo: approved: F-09 agree [happened 22 Jan 14:40]
--- exit 0
"#]]
    );
    assert_eq!(word(&sandbox, "agree", "status"), "done");
    assert_data_eq!(
        sandbox.run("approve confirm").shown(),
        str![[r#"
--- stderr
error: confirm needs no approval
  → runbook done confirm
--- exit 1
"#]]
    );
}
