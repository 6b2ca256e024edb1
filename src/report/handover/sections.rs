//! Sections 1 to 6 and 10: what the incident is, how it stands, who works on it.

use std::fmt::Write as _;

use super::Briefing;
use super::sheet::Sheet;
use crate::engine::{Life, Mode, Person, confirms, phase_opened, phases_open};
use crate::playbook::{Mark, NoteKind, Opening, Phase};
use crate::report::document::{amount, figure_label};
use crate::report::number::hours;
use crate::report::on_shift::RELIEF_DUE;
use crate::report::people::{Holder, RoleLine};
use crate::report::services::ServiceStatus;
use crate::report::status::one_person;
use crate::report::story::said;
use crate::report::words::NoteLine;

/// As many notes as somebody can listen to.
const NOTES: usize = 5;

impl Briefing<'_> {
    pub(super) fn head(&self, sheet: &mut Sheet) {
        let title = self.role_title(self.role);
        sheet.words(&format!("HAND-OVER SHEET: {title}, {} to {}", self.outgoing(), self.to));
        sheet.words(
            "Read it out from top to bottom; whoever takes over says back what they heard. In the \
             order of the incident briefing, HICS 201 / ICS 201. Reading it out records nothing.",
        );
        for problem in self.reading.story.problems {
            sheet.words(&format!("INTEGRITY PROBLEM: {problem}"));
        }
    }

    pub(super) fn incident(&self, sheet: &mut Sheet) {
        sheet.heading("1. INCIDENT NAME");
        let mode = match self.status.mode {
            Mode::Live => "live incident",
            Mode::Exercise => "EXERCISE - not real",
        };
        let title = self.status.title.as_deref().unwrap_or("no title");
        sheet.line(&format!("{title} ({}), {mode}", self.status.incident));
        let opened = self.reading.story.state.opened();
        if let Some(site) = opened.and_then(|opened| opened.site.as_ref()) {
            sheet.line(&format!("Site: {}", said(site)));
        }
    }

    pub(super) fn period(&self, sheet: &mut Sheet) {
        sheet.heading("2. OPERATIONAL PERIOD");
        let now = self.reading.computed(self.reading.story.until);
        sheet.line(&format!("Now: {now}. Times below are on this clock, 24 hours."));
        let Some(t0) = self.status.t0 else {
            return sheet.line("Not declared: no period has begun.");
        };
        sheet.line(&format!("T+0: {t0}"));
        let story = &self.reading.story;
        for phase in phases_open(story.book, story.state, story.until) {
            let text = self.phase(phase);
            sheet.line(&text);
        }
    }

    fn phase(&self, phase: &Phase) -> String {
        let opened = phase_opened(self.reading.story.state, phase);
        let from = opened.map(|at| self.reading.computed(at).to_string()).unwrap_or_default();
        match phase.opening {
            Opening::Window { to, .. } => {
                let end = self.reading.t0.map(|t0| self.reading.computed(t0 + to).to_string());
                format!("{}: from {from} to {}", phase.title, end.unwrap_or_default())
            }
            Opening::On(mark) => format!("{}: since {mark} at {from}", phase.title),
        }
    }

    pub(super) fn situation(&self, sheet: &mut Sheet) {
        sheet.heading("3. SITUATION SUMMARY");
        sheet.line(&self.life());
        let services: Vec<String> =
            self.status.services.iter().map(|service| service_line(service, sheet)).collect();
        sheet.listed("Services", &services);
        let known = self.reading.story.state.classification();
        for (what, text) in [("Cause", known.cause.as_ref()), ("Scope", known.scope.as_ref())] {
            let text = text.map_or("nothing recorded".to_owned(), said);
            sheet.line(&format!("{what}: {text}"));
        }
        let reached = self.status.milestones.0.iter().filter_map(|(mark, when)| {
            when.filter(|_| *mark != Mark::Declared).map(|when| (*mark, when))
        });
        let reached: Vec<String> =
            reached.map(|(mark, when)| format!("{} | {mark}", sheet.clock(when))).collect();
        sheet.listed("Milestones", &reached);
        let figures = self.status.kpis.iter().filter_map(|figure| {
            let met = match (figure.met, figure.doubt()) {
                (_, Some(doubt)) => format!(", {doubt}"),
                (Some(true), None) => ", in target".to_owned(),
                (Some(false), None) => ", target missed".to_owned(),
                (None, None) => String::new(),
            };
            figure
                .value
                .map(|v| format!("{}: {}{met}", figure_label(figure.id), amount(figure.unit, v)))
        });
        sheet.listed("Figures now", &figures.collect::<Vec<_>>());
        sheet.listed("Last words on the situation", &last(&self.notes, NoteKind::Situation, sheet));
        let conflicts = self.status.conflicts.len();
        if conflicts > 0 {
            sheet
                .line(&format!("Records that contradict others: {conflicts}, see runbook report."));
        }
    }

    fn life(&self) -> String {
        let state = self.reading.story.state;
        let by = state.declared().and_then(|moment| moment.by.as_ref());
        let by = by.map_or(String::new(), |person| format!(" by {person}"));
        let minutes = self.reading.t_plus(self.reading.end).unwrap_or_default();
        match self.status.state {
            Life::Suspected => "Suspected: nobody has declared it yet.".to_owned(),
            Life::Declared => format!("Declared{by}. It runs for {} now.", hours(minutes)),
            Life::Closed => format!("Closed. It had been declared{by}."),
            Life::FalseAlarm => "Ended as a false alarm.".to_owned(),
        }
    }

    pub(super) fn safety(&self, sheet: &mut Sheet) {
        sheet.heading("4. HEALTH AND SAFETY BRIEFING");
        sheet.listed("Patient safety", &last(&self.notes, NoteKind::Safety, sheet));
    }

    pub(super) fn organisation(&self, sheet: &mut Sheet) {
        sheet.heading("6. CURRENT ORGANISATION");
        for role in &self.status.roles {
            if role.holders.is_empty() {
                sheet.line(&format!("{}: NOBODY{}", role.title, unheld(role)));
            }
            for holder in &role.holders {
                let gap = if holder.deputy { String::new() } else { lacks(role) };
                let text = format!("{}: {}{gap}", role.title, held(holder, sheet));
                sheet.line(&text);
            }
        }
        for group in &self.status.likely_same_people {
            sheet.line(&one_person(group));
        }
    }

    pub(super) fn prepared(&self, sheet: &mut Sheet) {
        sheet.heading("10. PREPARED BY");
        let from = self.outgoing();
        let now = self.reading.computed(self.reading.story.until);
        sheet.line(&format!("{from}, {now}"));
        for (what, who) in [("Handed over", &*from), ("Taken over", self.to.as_str())] {
            sheet.line(&format!("{what} by {who}. Initials: ______ Time: ______"));
        }
        sheet.line(&self.command());
        sheet.line("The log as it stands before this hand-over:");
        for head in self.reading.story.state.heads() {
            sheet.line(&format!("record {}, head code {}, in full", head.short(), head.code()));
            let hex = head.h.hex();
            for half in [&hex[..32], &hex[32..]] {
                sheet.line(&format!("  {}", fours(half)));
            }
        }
        if !self.reading.story.checkpoint.is_empty() {
            sheet.line(
                "To check it, read the head codes out. To prove it, send or copy each line below \
                 whole, from the word runbook-checkpoint on: runbook verify --expect takes \
                 nothing shorter.",
            );
        }
        for line in self.reading.story.checkpoint {
            sheet.whole(line);
        }
    }

    /// What makes it a fact.
    fn command(&self) -> String {
        let (role, to) = (self.role, typed(self.to));
        if confirms(self.reading.story.state, role, self.to).is_empty() {
            return format!("Nobody hands it over. To take it on: runbook assign {role} {to}");
        }
        format!("Then type: runbook handover {role} --to {to} --from-initials XX --to-initials YY")
    }
}

/// A name as it can be typed; one that means something to a shell is left to whoever types.
fn typed(person: &Person) -> String {
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\'');
    if person.as_str().chars().all(harmless) { format!("\"{person}\"") } else { "NAME".to_owned() }
}

/// `e3b0 c442 98fc …`.
fn fours(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The last notes of a kind, the newest first, and how many more there are.
fn last(notes: &[NoteLine], kind: NoteKind, sheet: &Sheet) -> Vec<String> {
    let of_kind: Vec<&NoteLine> = notes.iter().filter(|note| note.kind == kind).collect();
    let shown = of_kind.iter().rev().take(NOTES);
    let mut lines: Vec<String> = shown
        .map(|note| format!("{} | {}", sheet.clock(note.origin.occurred_at), note.text))
        .collect();
    if of_kind.len() > NOTES {
        lines.push(format!("and {} earlier: runbook log", of_kind.len() - NOTES));
    }
    lines
}

fn service_line(service: &ServiceStatus, sheet: &Sheet) -> String {
    let name = service.service.as_ref().map_or("the service".to_owned(), ToString::to_string);
    let minutes = service.down_minutes.map(hours).unwrap_or_default();
    let since = service.down.last().map(|down| sheet.clock(down.from)).unwrap_or_default();
    let mut text = match service.down_now {
        None => format!("{name}: since when it is down is not recorded"),
        Some(true) => format!("{name}: DOWN since {since}, {minutes} in all"),
        Some(false) => format!("{name}: works again, was down {minutes} in all"),
    };
    let words = [
        ("restored, says the vendor", service.restored),
        ("verified by the site", service.verified),
    ];
    for (what, when) in words {
        if let Some(when) = when {
            let _ = write!(text, "; {what} {}", sheet.clock(when));
        }
    }
    text
}

fn unheld(role: &RoleLine) -> String {
    match role.unheld_minutes {
        Some(minutes) if minutes > 0.0 => format!("; held by nobody for {}", hours(minutes)),
        Some(_) | None => String::new(),
    }
}

/// What a role that is held lacks all the same.
fn lacks(role: &RoleLine) -> String {
    let deputy = role.holders.iter().any(|holder| holder.deputy);
    let deputy = if role.required && !deputy { "; no deputy" } else { "" };
    format!("{deputy}{}", unheld(role))
}

fn held(holder: &Holder, sheet: &Sheet) -> String {
    let deputy = if holder.deputy { " (deputy)" } else { "" };
    let relief = if holder.relief_due { format!(", {RELIEF_DUE}") } else { String::new() };
    format!(
        "{}{deputy} since {}, {} on shift{relief}",
        holder.person,
        sheet.clock(holder.since),
        hours(holder.on_shift_minutes)
    )
}
