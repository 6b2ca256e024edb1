//! The whole text of a step: its instructions, and the message or script that goes with it.

use crate::engine::StepView;
use crate::playbook::{Channel, ChannelId, Form, Playbook, Template};
use crate::site::{Site, Unfilled};
use crate::ui::flow;

/// Everything there is to read about a step, with the site's own name and number in its message.
pub(in crate::walk) fn whole_text(
    view: &StepView<'_>,
    book: &Playbook,
    site: Option<&Site>,
) -> Vec<String> {
    let step = view.step;
    let mut lines = vec![format!("{}  {}", step.code, step.title)];
    lines.extend(flow(&step.instructions));
    match &step.form {
        Form::Message(id) => {
            let template = book.templates.iter().find(|template| template.id == *id);
            lines.extend(template.iter().flat_map(|template| message(template, book, site)));
        }
        Form::Outreach(outreach) => {
            let segment = book.segments.iter().find(|segment| segment.id == outreach.segment);
            let title = segment.map_or(outreach.segment.as_str(), |segment| &segment.title);
            lines.push(format!("Patients: {title}. What to say:"));
            lines.extend(outreach.script.lines().map(|line| format!("  {}", own(line, site))));
            lines.push("Work through the list on paper, and record it here.".to_owned());
        }
        Form::Check(_) => lines.push("Look by hand, and record it here.".to_owned()),
        Form::Collect(fields) => {
            lines.push("It asks for:".to_owned());
            lines.extend(fields.iter().map(|field| format!("  {}: {}", field.id, field.ask)));
        }
        Form::Action | Form::Decision(_) => {}
    }
    if !step.needs.is_empty() {
        let needs: Vec<&str> = step.needs.iter().map(crate::playbook::StepId::as_str).collect();
        lines.push(format!("Ought to come first: {}", needs.join(", ")));
    }
    lines
}

/// A script is read by a person, who says the name where the file has none.
fn own(line: &str, site: Option<&Site>) -> String {
    let Some(site) = site else { return line.to_owned() };
    let mut own = site.fill(line).unwrap_or_else(|_| line.to_owned());
    if !site.name.is_empty() {
        own = own.replace("(our name)", &site.name);
    }
    if let Some(phone) = &site.callback {
        own = own.replace("(our number)", phone.as_str());
    }
    own
}

/// The words, how they go out, and what still stands in the way.
fn message(template: &Template, book: &Playbook, site: Option<&Site>) -> Vec<String> {
    let mut lines = vec![format!("Message {} by {}:", template.id, by(&template.channel, book))];
    match site.map(|site| site.fill(template.text.trim())) {
        Some(Ok(words)) => lines.push(format!("  {words}")),
        Some(Err(Unfilled(names))) => {
            lines.push(format!("  {}", template.text.trim()));
            let names = names.join(", ");
            lines.push(format!(
                "  Not ready: the site file does not say {names} (runbook site set)."
            ));
        }
        None => {
            lines.push(format!("  {}", template.text.trim()));
            lines.push("  Not ready: there is no site file (runbook site init).".to_owned());
        }
    }
    if let Some(fallback) = &template.fallback {
        lines.push(format!("  If that does not work: {}", by(fallback, book)));
    }
    lines.push(template.approved.as_ref().map_or_else(
        || "  Not approved yet: your own leads approve it before it goes out.".to_owned(),
        |approved| format!("  Approved by {} on {}", approved.by, approved.on),
    ));
    lines.push("Send it by your own means, and record it here.".to_owned());
    lines
}

/// A channel's title, and whether patients have to agree to it.
fn by(id: &ChannelId, book: &Playbook) -> String {
    let channel: Option<&Channel> = book.channels.iter().find(|channel| channel.id == *id);
    let title = channel.map_or(id.as_str(), |channel| channel.title.as_str());
    let consent = channel.is_some_and(|channel| channel.consent);
    if consent { format!("{title}, only with consent") } else { title.to_owned() }
}
