//! The decisions of a role, drawn as trees: the question, its answers, and what follows from each.

use super::markup::Html;
use super::{Sheets, say};
use crate::playbook::{Choice, Decision, Form, Playbook, Role, Step};

impl Sheets<'_> {
    /// All trees of one role, below its steps.
    pub(super) fn trees(&self, html: &mut Html, role: &Role) {
        let decisions: Vec<(&Step, &Decision)> =
            self.steps_of(&role.id).filter_map(|step| Some((step, decision(step)?))).collect();
        if decisions.is_empty() {
            return;
        }
        html.leaf("h2", "", &format!("Decision trees: {}", role.title));
        html.within("div", "trees", |html| {
            for (step, decision) in decisions {
                tree(html, self.binder.book, step, decision);
            }
        });
    }
}

fn decision(step: &Step) -> Option<&Decision> {
    match &step.form {
        Form::Decision(decision) => Some(decision),
        Form::Action | Form::Collect(_) | Form::Message(_) | Form::Outreach(_) | Form::Check(_) => {
            None
        }
    }
}

fn tree(html: &mut Html, book: &Playbook, step: &Step, decision: &Decision) {
    html.within("div", "tree", |html| {
        html.leaf("div", "root", &format!("{} {}", step.code, decision.question));
        html.within("ul", "", |html| {
            for choice in &decision.options {
                branch(html, book, step, choice);
            }
        });
    });
}

fn branch(html: &mut Html, book: &Playbook, step: &Step, choice: &Choice) {
    let opened: Vec<&Step> = book.opened_by(&step.id, &choice.id).collect();
    let closed: Vec<&str> =
        book.closed_by(&step.id, &choice.id).map(|step| step.code.as_str()).collect();
    html.within("li", "", |html| {
        html.leaf("b", "", choice.id.as_str());
        html.text(&format!(": {}", choice.title));
        if opened.is_empty() && closed.is_empty() && choice.leads_to.is_none() {
            return;
        }
        html.within("ul", "", |html| {
            for step in opened {
                let who = say::title(book, step.role.as_str());
                html.leaf("li", "", &format!("do {} {} ({who})", step.code, step.title));
            }
            if !closed.is_empty() {
                html.leaf("li", "", &format!("leave out {}", closed.join(", ")));
            }
            if let Some(playbook) = &choice.leads_to {
                html.leaf("li", "", &format!("go on with the playbook {playbook}"));
            }
        });
    });
}
