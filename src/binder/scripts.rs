//! What is said and sent: the playbook's messages and scripts, and wordings to start from.

use super::Sheets;
use super::markup::Html;
use crate::playbook::{Form, Outreach, Role, Step, Template};
use crate::reference::{Message, MessageKind};

/// The wordings that no playbook has of its own, in this order.
const KINDS: [MessageKind; 4] =
    [MessageKind::PhoneScript, MessageKind::Staff, MessageKind::Partner, MessageKind::Public];

impl Sheets<'_> {
    /// All of them, or those that the steps of the only role need.
    pub(super) fn scripts(&self, html: &mut Html) {
        let role = self.binder.role;
        let templates: Vec<&Template> =
            self.binder.book.templates.iter().filter(|one| self.sends(role, one)).collect();
        let calls: Vec<(&Step, &Outreach)> = self
            .binder
            .book
            .steps()
            .filter(|(_, step)| role.is_none_or(|role| role.id == step.role))
            .filter_map(|(_, step)| Some((step, script(step)?)))
            .collect();
        if role.is_some() && templates.is_empty() && calls.is_empty() {
            return;
        }
        html.within("section", if role.is_some() { "joined" } else { "" }, |html| {
            self.heading(html, "Messages and scripts");
            self.messages(html, &templates);
            if !calls.is_empty() {
                html.leaf("h2", "", "Scripts of the playbook");
            }
            for (step, outreach) in calls {
                self.call(html, step, outreach);
            }
            if role.is_none() {
                self.wordings(html);
            }
        });
    }

    fn sends(&self, role: Option<&Role>, template: &Template) -> bool {
        role.is_none_or(|role| {
            let sends = |step: &Step| step.form == Form::Message(template.id.clone());
            self.steps_of(&role.id).any(sends)
        })
    }

    fn messages(&self, html: &mut Html, templates: &[&Template]) {
        if templates.is_empty() {
            return;
        }
        html.leaf("h2", "", "Messages of the playbook");
        html.leaf("p", "note", "Only to patients with consent on record, 8:00 to 21:00 their time. Sent is not reached.");
        html.within("table", "", |html| {
            for width in ["20%", "13%", "47%", "20%"] {
                html.void("col", &[("width", width)]);
            }
            html.within("thead", "", |html| {
                html.within("tr", "", |html| {
                    for head in ["Message", "By, else", "Words", "Approved by, time"] {
                        html.leaf("th", "", head);
                    }
                });
            });
            html.within("tbody", "", |html| {
                for template in templates {
                    self.message(html, template);
                }
            });
        });
    }

    fn message(&self, html: &mut Html, template: &Template) {
        let fallback = template.fallback.as_ref().map(|to| format!(", else {to}"));
        let approved = template.approved.as_ref().map_or_else(
            || "not yet: ".to_owned(),
            |approved| {
                let until = approved.until.map(|day| format!(", until {day}")).unwrap_or_default();
                format!("{} on {}{until}", approved.by, approved.on)
            },
        );
        html.within("tr", "", |html| {
            html.leaf("td", "", template.id.as_str());
            html.leaf("td", "", &format!("{}{}", template.channel, fallback.unwrap_or_default()));
            html.within("td", "", |html| self.filled(html, &template.text));
            html.leaf("td", "", &approved);
        });
    }

    fn call(&self, html: &mut Html, step: &Step, outreach: &Outreach) {
        html.within("div", "script", |html| {
            let segment = self.binder.book.segments.iter().find(|one| one.id == outreach.segment);
            let title = segment.map_or(outreach.segment.as_str(), |one| one.title.as_str());
            html.leaf("div", "title", &format!("{} {}: {title}", step.code, step.title));
            self.lines(html, &outreach.script);
        });
    }

    fn wordings(&self, html: &mut Html) {
        for kind in KINDS {
            let all: Vec<&Message> =
                self.binder.reference.messages().filter(|one| one.kind == kind).collect();
            if all.is_empty() {
                continue;
            }
            html.leaf("h2", "", &format!("{}, to start from (not approved)", plural(kind)));
            html.within("div", "two", |html| {
                for message in all {
                    self.wording(html, message);
                }
            });
        }
    }

    fn wording(&self, html: &mut Html, message: &Message) {
        let stamp = if message.is_unreviewed() { "TRANSLATION NOT REVIEWED: " } else { "" };
        let language = Some(message.language.as_str()).filter(|one| *one != "en");
        let language = language.map(|one| format!(" ({one})")).unwrap_or_default();
        html.element("div", &[("class", "script"), ("lang", &message.language)], |html| {
            html.leaf("div", "title", &format!("{stamp}{}{language}", message.title));
            self.lines(html, &message.text);
        });
    }

    fn lines(&self, html: &mut Html, text: &str) {
        for line in text.lines() {
            html.within("div", "line", |html| self.filled(html, line));
        }
    }
}

/// What the caller says, where a step has words of its own.
fn script(step: &Step) -> Option<&Outreach> {
    match &step.form {
        Form::Outreach(outreach) if !outreach.script.is_empty() => Some(outreach),
        Form::Action
        | Form::Decision(_)
        | Form::Collect(_)
        | Form::Message(_)
        | Form::Outreach(_)
        | Form::Check(_) => None,
    }
}

const fn plural(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Sms => "Text messages",
        MessageKind::Ivr => "Automated calls",
        MessageKind::PhoneScript => "Phone scripts",
        MessageKind::Staff => "To staff",
        MessageKind::Partner => "To partners",
        MessageKind::Public => "Public notices",
    }
}
