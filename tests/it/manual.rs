//! `completions`, `man`: what a packager takes along.

use crate::support::Sandbox;

#[test]
fn completions_for_every_shell() {
    let sandbox = Sandbox::bare();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.ok(&format!("completions {shell}"));
        assert!(script.contains("false-alarm"), "{shell}");
    }
    assert_eq!(sandbox.run("completions csh").code, Some(2));
}

#[test]
fn one_page_for_each_verb() {
    let sandbox = Sandbox::bare();
    sandbox.ok("man pages");
    let names: Vec<String> = std::fs::read_dir(sandbox.cwd().join("pages"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for verb in super::help::verbs() {
        assert!(names.contains(&format!("runbook-{verb}.1")), "{verb}: {names:?}");
    }
}
