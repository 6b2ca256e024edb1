//! The site file is replaced as a whole: after a kill at any system call of `site set` it says what it
//! said before or what it was meant to say, comments and all, and never anything in between.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::Scope;
use super::desk::Desk;
use super::scenes::SITE;
use super::trace::reference;

const BEFORE: &str = "\
# Dial these once a quarter.
runbook-site: 1
site:
  name: Riverside Pharmacy
  callback: \"860 555 0100\"  # the front desk
";

const AFTER: &str = "860 555 0199";

/// Every call that leaves something behind, killed at its entry.
pub(crate) fn section(scope: Scope) -> Result<String> {
    let desk = Desk::new()?;
    let path = desk.home.join("site.yaml");
    fs::create_dir_all(&desk.home)?;
    fs::write(&path, BEFORE)?;
    desk.save()?;
    let meant = BEFORE.replace("860 555 0100", AFTER);
    let home = desk.home.to_string_lossy().into_owned();
    let (mut fired, mut old, mut new) = (0, 0, 0);
    for call in reference(&desk, &SITE)? {
        let keeps = call.rest.contains(&home) || call.name == "exit_group";
        if call.name == "execve" || (scope == Scope::Short && !keeps) {
            continue;
        }
        desk.restore()?;
        let at = || format!("killed at {} number {}", call.name, call.nth);
        let inject = format!("inject={}:signal=SIGKILL:when={}", call.name, call.nth);
        let trace = format!("trace={}", call.name);
        let ran = desk.injected(&["-e", &trace, "-e", &inject], SITE.words).with_context(at)?;
        fired += usize::from(ran.killed());
        let there = fs::read_to_string(&path).with_context(at)?;
        ensure!(there == BEFORE || there == meant, "{}: half a file:\n{there}", at());
        if there == meant {
            new += 1
        } else {
            old += 1
        }
        ensure!(ran.code != Some(0) || there == meant, "{}: called saved", at());
        desk.must(SITE.words).with_context(at)?;
        ensure!(fs::read_to_string(&path)? == meant, "{}: not changed by the repeat", at());
    }
    ensure!(fired >= 10 && old > 0 && new > 0, "{fired} fired, {old} old, {new} new");
    Ok(format!("{fired} kills fired; {old} times as before, {new} times as meant, never between"))
}
