//! Everything but the steps.

use super::super::id::ServiceId;
use super::super::model::Playbook;
use super::{Changes, Subject, notation};

pub(super) fn head(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let of = Subject::Playbook;
    changes.text(&of, "id", old.id.as_str(), new.id.as_str());
    changes.text(&of, "title", &old.title, &new.title);
    changes.text(&of, "version", &old.version, &new.version);
    let day = |book: &Playbook| book.review_by.map(|day| day.to_string());
    changes.value(&of, "review_by", day(old), day(new));
    changes.words(&of, "summary", &old.summary, &new.summary);
}

pub(super) fn targets(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    changes.each(
        (&old.targets, &new.targets),
        |(kpi, _)| kpi,
        |(kpi, target)| (Subject::Target(*kpi), notation::target(*target)),
        |changes, (kpi, was), (_, now)| {
            let (was, now) = (notation::target(*was), notation::target(*now));
            changes.value(&Subject::Target(*kpi), "target", Some(was), Some(now));
        },
    );
}

pub(super) fn roles(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let both = (&*old.roles, &*new.roles);
    changes.each(
        both,
        |role| &role.id,
        |role| (Subject::Role(role.id.clone()), role.title.clone()),
        |changes, was, now| {
            let of = Subject::Role(now.id.clone());
            changes.text(&of, "title", &was.title, &now.title);
            changes.words(&of, "duty", &was.duty, &now.duty);
            changes.flag(&of, "required", was.required, now.required);
            changes.value(&of, "hics", was.hics.clone(), now.hics.clone());
        },
    );
    changes.order(&Subject::Playbook, "roles", both, |role| &role.id);
}

pub(super) fn channels(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let both = (&*old.channels, &*new.channels);
    changes.each(
        both,
        |channel| &channel.id,
        |channel| (Subject::Channel(channel.id.clone()), channel.title.clone()),
        |changes, was, now| {
            let of = Subject::Channel(now.id.clone());
            changes.text(&of, "title", &was.title, &now.title);
            changes.text(&of, "phi", &was.phi.to_string(), &now.phi.to_string());
            changes.flag(&of, "consent", was.consent, now.consent);
            let chars = |limit: Option<u32>| limit.map(|chars| chars.to_string());
            changes.value(&of, "max_chars", chars(was.max_chars), chars(now.max_chars));
            let [before, after] =
                [was, now].map(|one| one.needs.iter().map(ServiceId::as_str).collect::<Vec<_>>());
            changes.names(&of, "needs", &before, &after);
        },
    );
    changes.order(&Subject::Playbook, "channels", both, |channel| &channel.id);
}

pub(super) fn segments(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let both = (&*old.segments, &*new.segments);
    changes.each(
        both,
        |segment| &segment.id,
        |segment| (Subject::Segment(segment.id.clone()), segment.title.clone()),
        |changes, was, now| {
            let of = Subject::Segment(now.id.clone());
            changes.text(&of, "title", &was.title, &now.title);
            let within = [was, now].map(|one| one.reach_within.map(notation::length));
            let [before, after] = within;
            changes.value(&of, "reach_within", before, after);
            changes.text(&of, "order", &was.order.to_string(), &now.order.to_string());
        },
    );
    changes.order(&Subject::Playbook, "segments", both, |segment| &segment.id);
}

pub(super) fn templates(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let both = (&*old.templates, &*new.templates);
    changes.each(
        both,
        |template| &template.id,
        |template| (Subject::Template(template.id.clone()), template.text.clone()),
        |changes, was, now| {
            let of = Subject::Template(now.id.clone());
            changes.text(&of, "segment", was.segment.as_str(), now.segment.as_str());
            changes.text(&of, "channel", was.channel.as_str(), now.channel.as_str());
            let [before, after] =
                [was, now].map(|one| one.fallback.as_ref().map(ToString::to_string));
            changes.value(&of, "fallback", before, after);
            changes.words(&of, "text", &was.text, &now.text);
            let [before, after] =
                [was, now].map(|one| one.approved.as_ref().map(notation::approved));
            changes.value(&of, "approved", before, after);
        },
    );
    changes.order(&Subject::Playbook, "templates", both, |template| &template.id);
}

pub(super) fn phases(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let both = (&*old.phases, &*new.phases);
    changes.each(
        both,
        |phase| &phase.id,
        |phase| (Subject::Phase(phase.id.clone()), phase.title.clone()),
        |changes, was, now| {
            let of = Subject::Phase(now.id.clone());
            changes.text(&of, "title", &was.title, &now.title);
            let [before, after] = [was, now].map(|one| notation::opening(one.opening));
            changes.text(&of, "window", &before, &after);
        },
    );
    changes.order(&Subject::Playbook, "phases", both, |phase| &phase.id);
}

pub(super) fn exercises(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let both = (&*old.exercises, &*new.exercises);
    changes.each(
        both,
        |exercise| &exercise.id,
        |exercise| (Subject::Exercise(exercise.id.clone()), exercise.title.clone()),
        |changes, was, now| {
            let of = Subject::Exercise(now.id.clone());
            changes.text(&of, "title", &was.title, &now.title);
            let [before, after] = [was, now].map(|one| Some(one.injects.len().to_string()));
            changes.value(&of, "number of injects", before, after);
        },
    );
    changes.order(&Subject::Playbook, "exercises", both, |exercise| &exercise.id);
}

/// Whoever has to agree to a new version has to agree to what its author answers for.
pub(super) fn accepted(changes: &mut Changes, old: &Playbook, new: &Playbook) {
    let said = |book: &Playbook| book.accepted.iter().map(notation::accepted).collect::<Vec<_>>();
    let (was, now) = (said(old), said(new));
    let words = [&was, &now].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
    changes.names(&Subject::Playbook, "accept", &words[0], &words[1]);
    changes.order(&Subject::Playbook, "acceptances", (&was, &now), |one| one);
}
