//! `show`: each step with all that is said of it, each decision as a tree.

use outage_runbook::playbook::builtin;
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const EVERY_KEY: &str = include_str!("fixtures/every-key.yaml");

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("playbooks/every-key.yaml", EVERY_KEY);
    sandbox
}

#[test]
fn everything_that_is_said_of_a_step() {
    assert_data_eq!(
        sandbox().run("show every-key").shown(),
        str![[r#"
Every key (every-key 1)
Not for use.

Roles
ROLE  TITLE  DUTY
lead  Lead   Decides.

First hours (0 min to 2 h 00 min after T+0)
F-01 scope: Decide how far it reaches
     lead · due 1 h 30 min after the phase opens · required · critical: typed
     initials · escalates to the deputy when 10 min overdue · marks
     acknowledged
     One branch or all of them?
     |-- local: One branch
     `-- corporate: All branches
         |-- opens F-02 tell
         |-- closes F-03 look
         `-- leads to the playbook every-form
F-02 tell: Tell the others
     lead · due at T+0 · every 1 h 00 min until verified · approved by lead ·
     needs F-01 scope
     only if F-01 scope is corporate
     - ticket: What is its number? (text)
     - heard: When did they hear? (time, marks detected)
     - listed: How many are listed? (number, counts listed, may stay open)
     - level: Which priority? (p1 | p2)
F-03 look: Look whether mail goes out
     lead
     not if F-01 scope is corporate
     looks at mx
F-04 ask: Ask the server
     lead
     looks with dig MX example.org
F-05 send: Send the message
     lead
     sends urgent-1 by sms
F-06 call: Call the patients
     lead
     reaches all of urgent within 12 h 00 min

Recovery (opens when restored)
R-01 test-mail: Send a test mail
     lead · due 15 min after the phase opens

Messages
MESSAGE   CHANNEL  APPROVED                       TEXT
urgent-1  sms      by Ana Diaz on 2026-01-02,     {site}: call {phone}. Reply
                   until 2099-01-02               STOP to opt out.
--- exit 0
"#]]
    );
}

#[test]
fn a_playbook_without_messages() {
    assert_data_eq!(
        sandbox().run("show every-form").shown(),
        str![[r#"
Every form (every-form 1)
Not for use.

Roles
ROLE     TITLE       DUTY
lead     Lead        Decides.
tech     Technician  Does the work.
officer  Officer     Agrees.

First hours (0 min to 2 h 00 min after T+0)
F-01 confirm: Confirm it from two sources
     lead · due 10 min after T+0 · required · marks acknowledged
F-02 scope: Decide how far it reaches
     lead · due 15 min after T+0 · required
     One branch or all of them?
     |-- local: One branch
     |   `-- closes F-04 all-branches
     `-- corporate: All branches
         `-- opens F-03 tell-branches, F-05 corporate-line
F-03 tell-branches: Call every branch
     lead
     only if F-02 scope is corporate
F-04 all-branches: Work through the list of branches
     lead
     not if F-02 scope is local
F-05 corporate-line: Open the line for branches
     tech
     only if F-02 scope is corporate
F-06 ticket: Open a ticket with the vendor
     tech · due 20 min after T+0
     - number: What is the number of the ticket? (text)
     - people: How many people are hit? (number)
     - called: When did they pick up? (time)
     - known: Did they know already? (yes or no)
     - level: Which priority? (p1 | p2)
     - engineer: Who works on it? (text, may stay open)
F-07 freeze: Freeze the list
     lead · due 20 min after T+0 · critical: typed initials · escalates to the
     deputy when 10 min overdue · needs F-01 confirm
F-08 words: Write the words of the notice
     tech · due 30 min after the phase opens · approved by officer
F-09 agree: Agree to the notice
     officer · due 40 min after T+0 · approved by officer
F-10 briefing: Hold a briefing
     lead · due 1 h 00 min after T+0 · every 1 h 00 min until verified
F-11 first-call: Call the first patient
     tech · due 1 h 00 min after T+0 · marks first-outreach

Recovery (opens when restored)
R-01 test-mail: Send a test mail
     tech · due 15 min after the phase opens · required
--- exit 0
"#]]
    );
}

#[test]
fn only_what_a_role_does_or_approves() {
    assert_data_eq!(
        sandbox().run("show every-form --role officer").shown(),
        str![[r#"
Every form (every-form 1)
Not for use.

Roles
ROLE     TITLE    DUTY
officer  Officer  Agrees.

First hours (0 min to 2 h 00 min after T+0)
F-08 words: Write the words of the notice
     tech · due 30 min after the phase opens · approved by officer
F-09 agree: Agree to the notice
     officer · due 40 min after T+0 · approved by officer
--- exit 0
"#]]
    );
    assert_data_eq!(
        sandbox().run("show every-form --role officer --phase recovery").shown(),
        str![[r#"
Every form (every-form 1)
Not for use.

Roles
ROLE     TITLE    DUTY
officer  Officer  Agrees.

No step here is for this role.
--- exit 0
"#]]
    );
}

#[test]
fn only_a_phase_with_the_messages_it_sends() {
    assert_data_eq!(
        sandbox().run("show playbooks/every-key.yaml --phase recovery").shown(),
        str![[r#"
Every key (every-key 1)
Not for use.

Roles
ROLE  TITLE  DUTY
lead  Lead   Decides.

Recovery (opens when restored)
R-01 test-mail: Send a test mail
     lead · due 15 min after the phase opens
--- exit 0
"#]]
    );
    let shown = sandbox().ok("show every-key --phase first --role lead");
    assert!(shown.contains("Messages") && !shown.contains("R-01"), "{shown}");
}

#[test]
fn a_role_or_phase_that_is_not_there() {
    assert_data_eq!(
        sandbox().run("show every-form --role laed").shown(),
        str![[r#"
--- stderr
error: this playbook has no role "laed"
  → its roles are lead, tech, officer
--- exit 2
"#]]
    );
    assert_data_eq!(
        sandbox().run("show every-form --phase 2h").shown(),
        str![[r#"
--- stderr
error: this playbook has no phase "2h"
  → its phases are first, recovery
--- exit 2
"#]]
    );
}

#[test]
fn the_answer_as_json() {
    assert_data_eq!(
        sandbox().run("show every-form --phase recovery --json").shown(),
        str![[r#"
{
  "format": 1,
  "id": "every-form",
  "title": "Every form",
  "version": "1",
  "review_by": "2099-12-31",
  "summary": "Not for use.",
  "roles": [
    [
      "lead",
      "Lead",
      "Decides."
    ],
    [
      "tech",
      "Technician",
      "Does the work."
    ],
    [
      "officer",
      "Officer",
      "Agrees."
    ]
  ],
  "phases": [
    {
      "id": "recovery",
      "title": "Recovery",
      "from_minutes": null,
      "to_minutes": null,
      "opens": "restored"
    }
  ],
  "steps": [
    {
      "id": "test-mail",
      "code": "R-01",
      "phase": "recovery",
      "role": "tech",
      "title": "Send a test mail",
      "instructions": "",
      "required": true,
      "critical": false,
      "due": {
        "from": "phase",
        "minutes": 15
      },
      "needs": [],
      "opens_on": [],
      "closed_on": [],
      "repeat": null,
      "escalate": null,
      "approval": null,
      "milestone": null,
      "form": "action",
      "decision": null,
      "collect": null,
      "message": null,
      "outreach": null,
      "check": null
    }
  ],
  "templates": []
}
--- exit 0
"#]]
    );
}

#[test]
fn every_form_as_json() {
    let whole = sandbox().json("show every-key");
    let steps = whole["steps"].as_array().unwrap();
    let forms: Vec<&str> = steps.iter().map(|step| step["form"].as_str().unwrap()).collect();
    assert_eq!(forms, ["decision", "collect", "check", "check", "message", "outreach", "action"]);
    assert_data_eq!(
        serde_json::to_string_pretty(&[
            &steps[0]["decision"],
            &steps[1]["collect"],
            &steps[1]["due"]
        ])
        .unwrap(),
        str![[r#"
[
  {
    "options": [
      {
        "closes": [],
        "id": "local",
        "leads_to": null,
        "opens": [],
        "title": "One branch"
      },
      {
        "closes": [
          "look"
        ],
        "id": "corporate",
        "leads_to": "every-form",
        "opens": [
          "tell"
        ],
        "title": "All branches"
      }
    ],
    "question": "One branch or all of them?"
  },
  [
    {
      "ask": "What is its number?",
      "count": null,
      "id": "ticket",
      "mark": null,
      "options": null,
      "required": true,
      "type": "text"
    },
    {
      "ask": "When did they hear?",
      "count": null,
      "id": "heard",
      "mark": "detected",
      "options": null,
      "required": true,
      "type": "time"
    },
    {
      "ask": "How many are listed?",
      "count": "listed",
      "id": "listed",
      "mark": null,
      "options": null,
      "required": false,
      "type": "number"
    },
    {
      "ask": "Which priority?",
      "count": null,
      "id": "level",
      "mark": null,
      "options": [
        "p1",
        "p2"
      ],
      "required": true,
      "type": "choice"
    }
  ],
  {
    "from": "start",
    "minutes": 0
  }
]
"#]]
    );
    let escalation = &steps[0]["escalate"];
    assert_eq!((&escalation["after_minutes"], &escalation["to"]), (&10.into(), &"deputy".into()));
    assert_eq!(whole["templates"][0]["approved"]["until"], "2099-01-02");
}

#[test]
fn every_line_of_the_shipped_playbooks_fits_and_needs_no_special_font() {
    let sandbox = Sandbox::bare();
    for (name, _) in builtin() {
        let shown = sandbox.ok(&format!("show {name}"));
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
            assert!(line.chars().all(|c| c.is_ascii() || c == '·'), "{name}: {line}");
        }
    }
}

#[test]
fn what_a_stranger_wrote_steers_no_terminal() {
    let sandbox = Sandbox::bare();
    sandbox.write("odd.yaml", EVERY_KEY.replace("One branch or all of them?", "\"\\e[2J?\""));
    let ran = sandbox.run("show odd.yaml");
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{ran:?}");
}
