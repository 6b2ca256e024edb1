//! What the sheets of every shipped playbook hold, and that no text of a file becomes markup.

use std::sync::LazyLock;

use super::*;
use crate::engine::{Offset, Timestamp};
use crate::playbook::{Form, builtin, compile};
use crate::reference::shelf;
use crate::site;

const SITE: &str = "runbook-site: 1\nsite: {name: Riverside Pharmacy, callback: \"860 555 0100\"}\n\
                    roles:\n  it-lead:\n    holder: {name: Ivo Brandt, phone: \"860 555 0115\"}\n";

/// Read once: there are many sheets to look at.
static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::of(shelf(Vec::new())).0);

fn books() -> Vec<Playbook> {
    builtin().iter().map(|(_, text)| compile(text).unwrap().playbook).collect()
}

fn printed(book: &Playbook, role: Option<&Role>, site: Option<&Site>) -> String {
    let at = Timestamp::parse("2026-11-25T14:05:00Z").unwrap();
    let printed = When { at, offset: Offset::UTC };
    let (incident, exercise, paper) = (None, false, None);
    let reference = &*REFERENCE;
    binder(&Binder { book, role, site, reference, incident, exercise, printed, paper }).html
}

/// How often a step has a line of its own.
fn lines_of(html: &str, code: &str) -> usize {
    let cell = |rows: u32| format!("<td class=\"code\" rowspan=\"{rows}\">{code}</td>");
    (1..=8).map(|rows| html.matches(&cell(rows)).count()).sum()
}

#[test]
fn every_step_has_one_line_on_the_sheet_of_its_role() {
    for book in books() {
        let whole = printed(&book, None, None);
        for (_, step) in book.steps() {
            assert_eq!(lines_of(&whole, &step.code), 1, "{} {}", book.id, step.code);
        }
        for role in &book.roles {
            let sheet = printed(&book, Some(role), None);
            for (_, step) in book.steps() {
                let own = usize::from(step.role == role.id);
                assert_eq!(lines_of(&sheet, &step.code), own, "{} {}", role.id, step.code);
                let agrees = step.role != role.id
                    && step.approval.as_ref().is_some_and(|it| it.by == role.id);
                let line = format!("<td class=\"code\">{}</td>", step.code);
                assert_eq!(sheet.contains(&line), agrees, "{} {}", role.id, step.code);
            }
        }
    }
}

#[test]
fn the_columns_never_change_their_order() {
    let heads = "<tr><th>Code</th><th>Action</th><th>Due</th><th>Time</th><th>Initials</th></tr>";
    for book in books() {
        let html = printed(&book, None, None);
        let tables = html.matches("<table class=\"steps\">").count();
        assert_eq!(html.matches(heads).count(), tables, "{}", book.id);
        // Each sheet that was torn off says what it belongs to.
        let sheets = html.matches("<h1>").count() - 1;
        let which = format!("<p class=\"sub\">{} {}</p>", book.id, book.version);
        assert_eq!(html.matches(&which).count(), sheets, "{}", book.id);
    }
}

#[test]
fn a_job_action_sheet_is_in_the_order_of_hics() {
    let order = [
        "<h1>Job Action Sheet: ",
        "Mission",
        "Position reports to",
        "Command location",
        "Position contact information",
        "Phone ",
        "Radio channel ",
        "Hospital Command Center",
        "Fax ",
        "<th>Position assigned to</th><th>Date</th><th>Start</th><th>Signature</th><th>Initials</th><th>End</th>",
        "<th class=\"phase\" colspan=\"5\">",
    ];
    for book in books() {
        for role in &book.roles {
            let html = printed(&book, Some(role), None);
            let mut rest = html.as_str();
            for part in order {
                let Some((_, after)) = rest.split_once(part) else {
                    panic!("{} {}: {part}", book.id, role.id);
                };
                rest = after;
            }
            let blank = "<tr><td></td><td></td><td></td><td></td><td></td><td></td></tr>";
            assert_eq!(html.matches(blank).count(), 3, "{} {}", book.id, role.id);
        }
    }
}

#[test]
fn every_decision_is_a_tree_and_every_answer_a_box() {
    for book in books() {
        let html = printed(&book, None, None);
        for (_, step) in book.steps() {
            let Form::Decision(decision) = &step.form else { continue };
            let root = escaped(&format!("{} {}", step.code, decision.question));
            assert_eq!(html.matches(&format!("<div class=\"root\">{root}</div>")).count(), 1);
            for choice in &decision.options {
                let branch = format!("<b>{}</b>: {}", choice.id, escaped(&choice.title));
                // Once to tick, once in the tree; several decisions may have the same answer.
                assert!(html.matches(&branch).count() >= 2, "{} {branch}", book.id);
                if let Some(playbook) = &choice.leads_to {
                    assert!(html.contains(&format!("go on with the playbook {playbook}")));
                }
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[test]
fn every_message_and_script_is_there_in_the_sites_own_words() {
    let site = site::read(SITE).unwrap().site;
    for book in books() {
        let html = printed(&book, None, Some(&site));
        for template in &book.templates {
            let words = escaped(&site.fill(&template.text).unwrap());
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(html.contains(&words), "{} {}: {words}", book.id, template.id);
        }
        for (_, step) in book.steps() {
            let Form::Outreach(outreach) = &step.form else { continue };
            for line in outreach.script.lines() {
                assert!(html.contains(&escaped(line.trim())), "{} {line}", book.id);
            }
        }
        assert!(html.contains("Ivo Brandt") && html.contains("PRIVATE"));
    }
}

#[test]
fn every_collected_answer_has_a_place_to_write() {
    for book in books() {
        let html = printed(&book, None, None);
        for (_, step) in book.steps() {
            let Form::Collect(fields) = &step.form else { continue };
            for field in fields {
                let ask = format!("<b>{}</b>: {}", field.id, escaped(&field.ask));
                assert!(html.contains(&ask), "{} {ask}", book.id);
            }
        }
    }
}

#[test]
fn the_forms_have_the_fields_of_their_originals() {
    let html = printed(&books()[0], None, None);
    for (form, fields) in [
        (
            "HICS 213 General Message",
            &[
                "1. Incident name",
                "2. To (name, position)",
                "3. From (name, position)",
                "4. Subject",
                "5. Date",
                "6. Time",
                "7. Priority",
                "URGENT - HIGH",
                "NON URGENT - MEDIUM",
                "INFORMATIONAL - LOW",
                "8. Message",
                "RESPONSE REQUIRED",
                "9. Approved by",
                "10. Reply / action taken",
                "11. Replied by (name, position)",
                "Facility",
                "Signature",
                "Date / time",
            ][..],
        ),
        (
            "HICS 214 Activity Log",
            &[
                "1. Incident name",
                "2. Operational period (#)",
                "DATE from / to",
                "TIME from / to",
                "3. Name",
                "4. Hospital Incident Management Team (HIMT) position",
                "5. Activity log: date / time",
                "Notable activities",
                "6. Prepared by: PRINT NAME",
                "SIGNATURE",
                "DATE / TIME",
                "FACILITY",
            ],
        ),
        (
            "ICS 214 Activity Log",
            &[
                "1. Incident name",
                "2. Operational period: date from / to",
                "Time from / to",
                "3. Name",
                "4. ICS position",
                "5. Home agency (and unit)",
                "6. Resources assigned: name",
                "ICS position",
                "Home agency (and unit)",
                "7. Activity log: date / time",
                "Notable activities",
                "8. Prepared by: name",
                "Position / title",
                "Signature",
                "Date / time",
            ],
        ),
        (
            "Outreach sheet",
            &["Token", "Time", "Staff", "Channel", "Outcome", "Charted?", "reached_patient"],
        ),
    ] {
        let (_, rest) = html.split_once(&format!("<h1>{form}</h1>")).unwrap();
        let mut sheet = rest.split("</section>").next().unwrap();
        for field in fields {
            let Some((_, after)) = sheet.split_once(field) else { panic!("{form}: {field}") };
            sheet = after;
        }
    }
    assert!(OUTCOMES.iter().all(|(code, _)| html.contains(&format!("<b>{code}</b>"))));
}

#[test]
fn a_step_that_comes_again_has_a_line_for_each_time() {
    let text = include_str!("../playbook/compile/tests/base.yaml");
    let mut book = compile(text).unwrap().playbook;
    let step = &mut book.phases[0].steps[0];
    let code = step.code.clone();
    step.due = Some(crate::playbook::Due::AfterStart(chrono::TimeDelta::minutes(60)));
    for (minutes, rows, last) in [(60, 6, "T+6:00"), (240, 5, "T+17:00"), (1440, 3, "T+49:00")] {
        let every = chrono::TimeDelta::minutes(minutes);
        book.phases[0].steps[0].repeat = Some(crate::playbook::Repeat { every, until: None });
        let html = printed(&book, None, None);
        let (_, sheet) = html.split_once(&format!("rowspan=\"{rows}\">{code}</td>")).unwrap();
        let sheet = sheet.split("</tbody>").next().unwrap();
        assert_eq!(sheet.matches("<td class=\"box\">").count(), 2 * rows, "{minutes}");
        assert!(sheet.contains(last), "{minutes}: {sheet}");
    }
}

/// Ends elements, attributes, style sheets and strings, wherever they would stand.
const HOSTILE: &str = "</title></style><script>x</script>\"' & <b onclick=x> */ } @import";

#[test]
fn no_text_of_a_file_becomes_markup() {
    let mut book = books().remove(0);
    let words = || HOSTILE.to_owned();
    (book.title, book.version, book.summary) = (words(), words(), words());
    for role in &mut book.roles {
        (role.title, role.duty, role.hics) = (words(), words(), Some(words()));
    }
    for phase in &mut book.phases {
        phase.title = words();
        for step in &mut phase.steps {
            (step.title, step.instructions) = (words(), words());
            match &mut step.form {
                Form::Decision(decision) => {
                    decision.question = words();
                    decision.options.iter_mut().for_each(|one| one.title = words());
                }
                Form::Collect(fields) => fields.iter_mut().for_each(|one| one.ask = words()),
                Form::Outreach(outreach) => outreach.script = words(),
                Form::Action | Form::Message(_) | Form::Check(_) => {}
            }
        }
    }
    book.templates.iter_mut().for_each(|one| one.text = format!("{{site}} {HOSTILE} {{more}}"));
    let mut site = site::read(SITE).unwrap().site;
    site.name = words();
    site.values.push(("more".to_owned(), words()));
    let html = printed(&book, None, Some(&site));
    let plain = printed(&books()[0], None, None);
    for tag in ["<script", "<b ", "</style>", "</title>", "onclick=x>", "</script>"] {
        assert_eq!(html.matches(tag).count(), plain.matches(tag).count(), "{tag}");
    }
    // The style sheet ends where ours does.
    let (_, style) = html.split_once("<style>").unwrap();
    let style = style.split("</style>").next().unwrap();
    assert!(style.trim_end().ends_with("height: 6mm; }") && !style.contains("@import"), "{style}");
    // What is shown is what was written.
    assert!(html.contains(
        "&lt;/style&gt;&lt;script&gt;x&lt;/script&gt;&quot;&#39; &amp; &lt;b onclick=x&gt;"
    ));
}

#[test]
fn a_missing_value_is_a_line_and_has_a_name() {
    let mut book = books().remove(0);
    book.templates[0].text = "{site} {hours} {_} {hours} {phone}".to_owned();
    let at = Timestamp::parse("2026-11-25T14:05:00Z").unwrap();
    let of = |site: Option<&Site>| {
        let (book, reference) = (&book, &*REFERENCE);
        let printed = When { at, offset: Offset::UTC };
        let (role, incident, exercise, paper) = (None, None, false, None);
        binder(&Binder { book, role, site, reference, incident, exercise, printed, paper }).unfilled
    };
    let site = site::read(SITE).unwrap().site;
    assert_eq!(of(Some(&site)), ["hours"]);
    assert_eq!(of(None), ["hours", "phone", "site"]);
}
