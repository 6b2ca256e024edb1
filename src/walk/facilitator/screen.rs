//! What the facilitator sees: where the exercise is, who plays, what is due, and what comes next.

use crate::drill::{Line, Standing, due};
use crate::engine::{Person, Timestamp, due_next, phases_open, views};
use crate::session::Session;
use crate::ui::{
    BAD, HEAD, QUIET, WARN, clock_line, cut, inject_details, near_time, paint, safe, t_plus, wrap,
};
use crate::world::Zone;

/// What is looked at.
pub(super) struct View<'a> {
    pub(super) session: &'a Session,
    pub(super) lines: &'a [Line<'a>],
    pub(super) now: Timestamp,
    pub(super) zone: Zone,
    pub(super) width: usize,
}

/// The whole screen in at most `height` lines, one of them left for the answer. What was said last and
/// what is due come first; what comes later gives way.
pub(super) fn lay_out(
    view: &View<'_>,
    person: &Person,
    messages: &[String],
    height: usize,
) -> Vec<String> {
    let mut lines = head(view, person);
    let keys = wrap(KEYS, view.width);
    let mut room = height.saturating_sub(lines.len() + keys.len() + 2);
    if !messages.is_empty() {
        let shown = messages.len().min(room.saturating_sub(6).max(3));
        let first = messages.len() - shown;
        lines.push(String::new());
        lines.extend(messages[first..].iter().cloned());
        room = room.saturating_sub(shown + 1);
    }
    let due = due_lines(view, room.saturating_sub(1).max(2));
    room = room.saturating_sub(due.len() + 1);
    lines.push(String::new());
    lines.extend(due);
    let next = next_lines(view, room);
    if !next.is_empty() {
        lines.extend(next);
    }
    lines.push(String::new());
    lines.extend(keys.iter().map(|line| paint(QUIET, line)));
    lines
}

const KEYS: &str = "d deliver · h hold · k leave out · a add · o observe · p pause · j jump · x speed · \
                    m injects · s steps · e end · i REAL OUTAGE · q leave · ? all keys";

fn head(view: &View<'_>, person: &Person) -> Vec<String> {
    let (state, book) = (view.session.state(), view.session.book());
    let title = state.opened().and_then(|opened| opened.title.words()).unwrap_or(&book.title);
    let mark = paint(WARN, "EXERCISE - not real - EXERCISE");
    let title = cut(&safe(title), view.width.saturating_sub(34).max(10));
    let mut lines = vec![format!("{} · {mark}", paint(HEAD, &title))];
    lines.push(format!("{} · facilitator {}", view.session.id(), safe(person.as_str())));
    let clock = clock_line(state, view.now, view.zone.offset_at(view.now));
    let since = match state.t0() {
        Some(t0) => format!("{} since the declaration", t_plus(view.now - t0)),
        None => "not declared yet".to_owned(),
    };
    let began = state.exercise().began().map_or(view.now, |began| began);
    let elapsed = t_plus(view.now - began).replacen("T+", "", 1);
    let clock = clock.unwrap_or_else(|| "the real clock".to_owned());
    lines.extend(wrap(&format!("{clock} · {elapsed} into the exercise · {since}"), view.width));
    lines.extend(wrap(&players(view), view.width));
    lines.extend(work(view));
    lines
}

fn players(view: &View<'_>) -> String {
    let state = view.session.state();
    let held = state.tenures().iter().filter(|tenure| tenure.to.is_none());
    let shown: Vec<String> =
        held.map(|tenure| format!("{}: {}", tenure.role, safe(tenure.person.as_str()))).collect();
    if shown.is_empty() {
        return "nobody holds a role yet".to_owned();
    }
    shown.join(" · ")
}

/// How far behind the players are.
fn work(view: &View<'_>) -> Option<String> {
    let (book, state) = (view.session.book(), view.session.state());
    let all = views(book, state, view.now);
    let open = phases_open(book, state, view.now);
    let next = due_next(&all, &open, None, view.now);
    let overdue = next.iter().filter(|one| one.overdue).count();
    let first = next.first()?;
    let late = match overdue {
        0 => String::new(),
        1 => "1 step OVERDUE · ".to_owned(),
        several => format!("{several} steps OVERDUE · "),
    };
    let line = format!("players: {late}next {} {}", first.step.code, safe(&first.step.title));
    Some(cut(&line, view.width - 1))
}

fn due_lines(view: &View<'_>, room: usize) -> Vec<String> {
    let due = due(view.lines);
    let Some(first) = due.first() else {
        return vec!["Nothing is due.".to_owned()];
    };
    let count = match due.len() {
        1 => "1 inject is DUE (d delivers it)".to_owned(),
        count => format!("{count} injects are DUE (d delivers them all)"),
    };
    let mut lines = vec![paint(BAD, &count)];
    let named = |line: &&Line<'_>| format!("{} {}", line.number, line.delivery.inject);
    if due.len() > 1 {
        let all: Vec<String> = due.iter().map(named).collect();
        lines.extend(wrap(&format!("due: {}", all.join(" · ")), view.width));
    }
    let offset = |at| view.zone.offset_at(at);
    lines.extend(inject_details(first, view.now, &offset, view.width));
    if lines.len() > room {
        lines.truncate(room.saturating_sub(1).max(1));
        lines.push(paint(QUIET, &format!("  … (m {} = the whole of it)", first.number)));
    }
    lines
}

/// What comes next by the clock, and what hangs on the players.
fn next_lines(view: &View<'_>, room: usize) -> Vec<String> {
    let mut planned: Vec<(Timestamp, &Line<'_>)> = view
        .lines
        .iter()
        .filter_map(|line| match line.standing {
            Standing::Planned(at) => Some((at, line)),
            Standing::Delivered(_)
            | Standing::Held(_)
            | Standing::Skipped(_)
            | Standing::Needless(_)
            | Standing::Due(_)
            | Standing::Waits => None,
        })
        .collect();
    planned.sort_by_key(|(at, _)| *at);
    let shown = |(at, line): &(Timestamp, &Line<'_>)| {
        let at = near_time(*at, view.now, view.zone.offset_at(*at));
        let kind = line.delivery.kind;
        format!("next {at}  {}  {} ({kind})", line.number, line.delivery.inject)
    };
    let held = |line: &&Line<'_>| matches!(line.standing, Standing::Held(_));
    let held: Vec<String> = view
        .lines
        .iter()
        .filter(held)
        .map(|line| format!("{} {}", line.number, line.delivery.inject))
        .collect();
    // What was held comes only by hand: whoever forgets it loses it.
    let held = (!held.is_empty()).then(|| format!("held: {} (d and its number)", held.join(" · ")));
    let next = planned.iter().map(shown).take(3);
    held.into_iter().chain(next).take(room).map(|line| cut(&line, view.width - 1)).collect()
}
