//! `print`: the binder as a file, and everything that can go wrong with it.

use std::fs;

use outage_runbook::playbook::builtin;
use regex_lite::Regex;
use snapbox::{assert_data_eq, file, str};

use crate::support::Sandbox;
use crate::support::redact::redact;

const SITE: &str = include_str!("fixtures/site.yaml");

/// A home with a site file.
fn at_home() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write_site(SITE);
    sandbox
}

/// A file of HTML is whole: every element is closed in order, nothing runs and nothing is fetched.
#[track_caller]
pub(crate) fn is_whole(html: &str) {
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\""), "{html}");
    assert!(html.ends_with("</html>\n"));
    let tag = Regex::new(r"<(/?)([a-z0-9]+)([^>]*)>").unwrap();
    let mut open = Vec::new();
    for found in tag.captures_iter(html) {
        let name = found[2].to_owned();
        if matches!(name.as_str(), "meta" | "col" | "br") {
            continue;
        }
        if found[1].is_empty() {
            open.push(name);
        } else {
            assert_eq!(open.pop(), Some(name), "{}", &found[0]);
        }
    }
    assert_eq!(open, Vec::<String>::new());
    let lower = html.to_lowercase();
    for word in ["<script", "javascript:", "http://", "https://", "url(", "@import", "<img", "<a "]
    {
        assert!(!lower.contains(word), "{word}");
    }
    for attribute in [" on", " src=", " href="] {
        let pattern = Regex::new(&format!("<[^>]*{attribute}[a-z]*=?")).unwrap();
        assert!(!pattern.is_match(&lower), "{attribute}");
    }
}

#[test]
fn the_whole_binder_of_a_small_playbook() {
    let sandbox = at_home();
    let html = sandbox.ok("print every-form");
    is_whole(&html);
    assert_data_eq!(redact(&html), file!["paper/every-form.html"].raw());
}

#[test]
fn all_seven_print_with_and_without_a_site_file() {
    for (name, _) in builtin() {
        let (with, without) = (at_home(), Sandbox::bare());
        let (full, bare) =
            (with.ok(&format!("print {name}")), without.ok(&format!("print {name}")));
        is_whole(&full);
        is_whole(&bare);
        assert!(full.contains("860 555 0111") && full.contains("Mailhost Inc."), "{name}");
        assert!(!bare.contains("860 555"), "{name}");
        // Nothing is invented: where nobody is known there is a line to write on.
        assert!(bare.contains("<span class=\"fill\"></span>"), "{name}");
        assert!(!with.home().join("incidents").exists() && !without.home().exists());
    }
}

#[test]
fn a_role_takes_only_its_own_sheets() {
    let sandbox = at_home();
    let html = sandbox.ok("print every-form --role tech --paper a4");
    is_whole(&html);
    assert!(html.contains("<h1>Job Action Sheet: Technician</h1>"));
    assert!(html.contains("size: A4; ") && !html.contains("size: letter"));
    for other in ["Job Action Sheet: Lead", "Whom to call", "HICS 213", "860 555"] {
        assert!(!html.contains(other), "{other}");
    }
    assert!(html.contains("HICS 214 Activity Log"));
    let officer = sandbox.ok("print every-form --role officer --paper letter");
    assert!(officer.contains("Others wait for your yes") && officer.contains("size: letter; "));
}

#[test]
fn written_once_and_never_over_another() {
    let sandbox = at_home();
    assert_data_eq!(
        sandbox.run("print every-form -o paper/binder.html").shown(),
        str![[r#"
Wrote paper/binder.html: every-form. Open it in a browser and print it.
--- exit 0
"#]]
    );
    let path = sandbox.cwd().join("paper/binder.html");
    is_whole(&fs::read_to_string(&path).unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    fs::write(&path, "with notes in the margin").unwrap();
    let before = sandbox.everything();
    assert_data_eq!(
        sandbox.run("print every-form -o paper/binder.html").shown(),
        str![[r#"
--- stderr
error: paper/binder.html is there already
  → choose another name, or add --overwrite
--- exit 1
"#]]
    );
    assert_eq!(sandbox.everything(), before);
    let answer = sandbox.json("print every-form --role lead -o paper/binder.html --overwrite");
    assert_eq!(answer["file"], "paper/binder.html");
    assert_eq!((&answer["what"], &answer["mode"]), (&"every-form".into(), &"live".into()));
    assert!(answer["incident"].is_null() && answer["unfilled"].as_array().unwrap().is_empty());
    is_whole(&fs::read_to_string(&path).unwrap());
}

#[test]
fn a_dash_is_the_screen() {
    let sandbox = at_home();
    let (dash, bare) = (sandbox.ok("print every-form -o -"), sandbox.ok("print every-form"));
    assert_eq!(redact(&dash), redact(&bare));
    assert!(!sandbox.cwd().join("-").exists());
}

#[test]
fn what_is_off_is_said_with_what_to_type() {
    let sandbox = at_home();
    sandbox.write("plain", "a file");
    for (line, shown) in [
        (
            "print every-form --role pilot",
            "error: this playbook has no role \"pilot\"\n  → its roles are lead, tech, officer\n",
        ),
        (
            "print evry-form",
            "error: there is no playbook \"evry-form\"\n  → did you mean \"every-form\"?\n  → runbook list shows all playbooks\n",
        ),
        (
            "print --document door-sing",
            "error: there is no document \"door-sing\"\n  → did you mean \"door-sign\"?\n  → the documents are contact-plan, door-sign, contact-card, downtime-instructions\n",
        ),
        ("print --incident nothing", "error: there is no incident \"nothing\""),
        ("print every-form -o plain/binder.html", "error: plain/binder.html: "),
        ("print every-form -o .", "error: "),
    ] {
        let ran = sandbox.run(line);
        assert!(ran.err.starts_with(shown), "{line}\n{ran:?}");
        assert!(
            ran.code == Some(2) || line.ends_with("-o .") && ran.code == Some(1),
            "{line}: {ran:?}"
        );
        assert_eq!(ran.out, "", "{line}");
    }
    for line in [
        "print",
        "print every-form --document door-sign",
        "print every-form --incident latest",
        "print --incident latest --exercise",
        "print every-form --paper a5",
        "print every-form --json",
        "print every-form --overwrite",
    ] {
        let ran = sandbox.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{line}: {ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_stays_as_it_is() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let sandbox = at_home();
    // A link in the place of the file is replaced, never followed.
    sandbox.write("precious.txt", "precious");
    let link = sandbox.cwd().join("binder.html");
    symlink(sandbox.cwd().join("precious.txt"), &link).unwrap();
    assert_eq!(sandbox.run("print every-form -o binder.html").code, Some(1));
    sandbox.ok("print every-form -o binder.html --overwrite");
    assert_eq!(fs::read_to_string(sandbox.cwd().join("precious.txt")).unwrap(), "precious");
    assert!(link.symlink_metadata().unwrap().is_file());
    // Whoever runs as root may write everywhere: a device that takes nothing says no to everybody.
    if std::path::Path::new("/dev/full").exists() {
        let folder = sandbox.cwd().join("closed");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
        let ran = sandbox.run("print every-form -o closed/binder.html");
        let allowed = ran.code == Some(0);
        assert!(allowed || ran.err.starts_with("error: closed/binder.html: "), "{ran:?}");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[test]
fn without_a_site_file_the_lines_are_said() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run("print every-form -o binder.html");
    assert_data_eq!(
        ran.shown(),
        str![[r#"
Wrote binder.html: every-form. Open it in a browser and print it.
--- stderr
note: there is no site file: names and numbers are lines to fill in by hand; runbook site init asks for everything, in about ten minutes
--- exit 0
"#]]
    );
}

#[test]
fn a_broken_site_file_does_not_stop_the_printer() {
    let sandbox = Sandbox::new();
    sandbox.write_site(&SITE.replace("state: CT", "state: Connecticut"));
    let ran = sandbox.run("print every-form -o binder.html");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.starts_with("note: the site file has errors"), "{ran:?}");
    let html = fs::read_to_string(sandbox.cwd().join("binder.html")).unwrap();
    assert!(html.contains("860 555 0111"), "{html}");
}

#[test]
fn an_incident_comes_with_its_answers_and_its_clock() {
    let sandbox = Sandbox::started();
    sandbox.write_site(SITE);
    let id = sandbox.incident();
    for line in [
        "done confirm --at 2025-01-22T14:07Z --note \"<b>two</b> people & a \"\"log\"\"\"",
        "decide scope local --because \"one branch\" --at 2025-01-22T14:10Z",
        "assign tech \"Ivo Brandt\" --at 2025-01-22T14:11Z",
        "done ticket --set number=T-17 --set people=4 --set called=2025-01-22T14:12Z --set known=no --set level=p2 --by \"Ivo Brandt\" --at 2025-01-22T14:20Z",
        "done freeze --initials AD --at 2025-01-22T14:21Z",
        "skip first-call --reason \"nobody to call\" --at 2025-01-22T14:22Z",
        "done briefing --at 2025-01-22T15:05Z",
    ] {
        sandbox.ok(line);
    }
    // The copy of the incident counts, whatever lies in the folder now.
    sandbox.write("playbooks/every-form.yaml", "runbook: 1\n");
    let html = sandbox.ok("print --incident latest");
    is_whole(&html);
    for part in [
        &*format!("@top-right {{ content: \"{}", id.split('-').next().unwrap()),
        "<span class=\"given\">2025-01-22 14:05 +00:00</span>",
        "<td class=\"due\">14:15</td>",
        "&lt;b&gt;two&lt;/b&gt; people &amp; a",
        "<span class=\"tick\">X</span><b>local</b>: One branch",
        "<span class=\"given\">T-17</span>",
        "<span class=\"given\">14:12</span>",
        "<span class=\"tick\">X</span>no</span>",
        "<span class=\"tick\">X</span>p2</span>",
        "INITIALS</span>AD</td>",
        "N/A Ana Diaz",
        "Left out after F-02.",
        "<td>01/22/2025</td><td>14:11</td>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("EXERCISE"));
    assert_eq!(html.matches(&format!("<p class=\"sub\">{id} · every-form 1</p>")).count(), 10);
}

#[test]
fn practice_says_so_on_every_page() {
    let sandbox = Sandbox::new();
    sandbox.ok("start every-form --exercise --at 2025-01-22T14:05Z");
    let incident = sandbox.ok("print --incident latest-exercise");
    let blank = sandbox.ok("print every-form --exercise");
    for html in [&incident, &blank] {
        is_whole(html);
        assert!(html.contains("@top-center { content: \"EXERCISE\""));
        let sheets = html.matches("<p class=\"sub\">").count() - 1;
        assert_eq!(html.matches("<p class=\"sub\">EXERCISE · ").count(), sheets);
        assert!(html.contains("EXERCISE: practice."));
    }
    let said = sandbox.run("print --incident latest-exercise -o practice.html");
    assert!(said.out.starts_with("EXERCISE Wrote practice.html"), "{said:?}");
}

#[test]
fn a_log_that_does_not_verify_is_said_and_printed_all_the_same() {
    let sandbox = Sandbox::started();
    let journal = sandbox.journal();
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replacen("Ana", "Eve", 1)).unwrap();
    let ran = sandbox.run("print --incident latest -o so-far.html");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.err.contains("INTEGRITY PROBLEM"), "{ran:?}");
    assert!(sandbox.cwd().join("so-far.html").exists());
}

#[test]
fn pages_to_give_away_are_filled_from_the_site_file() {
    let sandbox = at_home();
    sandbox
        .write_site(&format!("{SITE}values: {{website: riverside.example, hours: \"8am-8pm\"}}\n"));
    let sign = sandbox.ok("print --document door-sign");
    is_whole(&sign);
    assert_data_eq!(sign, file!["paper/door-sign.html"].raw());
    let card = sandbox.ok("print --document contact-card --paper letter");
    is_whole(&card);
    assert_data_eq!(card, file!["paper/contact-card.html"].raw());
}

#[test]
fn what_the_site_has_not_said_is_a_line_and_said() {
    let sandbox = at_home();
    assert_data_eq!(
        sandbox.run("print --document contact-plan -o plan.html").shown(),
        str![[r#"
Wrote plan.html: contact-plan. Open it in a browser and print it.
--- stderr
note: nothing fills {address}: a line to fill in by hand; runbook site set values.address "…"
note: nothing fills {alternate-phone}: a line to fill in by hand; runbook site set values.alternate-phone "…"
note: nothing fills {call-back-within}: a line to fill in by hand; runbook site set values.call-back-within "…"
note: nothing fills {hours}: a line to fill in by hand; runbook site set values.hours "…"
note: nothing fills {sms-signup}: a line to fill in by hand; runbook site set values.sms-signup "…"
note: nothing fills {website}: a line to fill in by hand; runbook site set values.website "…"
--- exit 0
"#]]
    );
    let plan = fs::read_to_string(sandbox.cwd().join("plan.html")).unwrap();
    assert!(plan.contains("To sign up: <span class=\"fill\"></span>. Reply STOP"), "{plan}");
    assert!(
        !plan.contains('{') || plan.split("</style>").nth(1).is_some_and(|it| !it.contains('{'))
    );
    let instructions = sandbox.ok("print --document downtime-instructions");
    is_whole(&instructions);
    assert!(
        instructions.contains("Riverside Pharmacy, 860 555 0100, <span class=\"fill\"></span>")
    );
}

#[test]
fn a_document_of_the_site_takes_the_place_of_a_shipped_one() {
    let sandbox = at_home();
    sandbox.write(
        "playbooks/reference/documents.yaml",
        "runbook-reference: 1\ntitle: Ours\nsource: us\nchecked: 2026-01-02\ndocuments:\n  \
         cartel:\n    {title: \"Sistema caído\", audience: public, layout: sign, language: es, text: \"Llame al {phone}. <script>\"}\n",
    );
    let html = sandbox.ok("print --document cartel");
    is_whole(&html);
    assert!(
        html.contains("<html lang=\"es\">")
            && html.contains("Llame al 860 555 0100. &lt;script&gt;")
    );
    let gone = sandbox.run("print --document door-sign");
    assert!(gone.err.contains("the documents are cartel"), "{gone:?}");
}
