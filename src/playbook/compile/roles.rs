//! Roles, and the services they keep alive.

use super::super::findings::{Findings, quoted};
use super::super::id::ServiceId;
use super::super::model::Role;
use super::super::yaml::{self, Short};
use super::names::Names;
use super::scope::Scope;
use super::values;

/// The word that an escalation uses for the deputies of a step's own role.
pub(super) const DEPUTY: &str = "deputy";

/// All roles, in the order of the file.
pub(super) fn compile(
    book: &yaml::Book<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Role> {
    let Some(roles) = book.roles.required("roles", book.at, findings) else { return Vec::new() };
    if roles.value.is_empty() {
        findings.error(roles.span, "a playbook needs at least one role");
    }
    let mut all = Vec::with_capacity(roles.value.len());
    for (name, raw) in &roles.value {
        if name.value == DEPUTY {
            let message = format!("{} already means the deputies of any role", quoted(DEPUTY));
            findings.error_help(name.span, message, "choose another id".to_owned());
        }
        let Some(raw) = raw else { continue };
        let title = raw.title.required("title", raw.at, findings);
        let title = title.and_then(|title| values::line(title, "title", findings));
        let duty = values::optional_prose(&raw.duty, "duty", findings);
        let hics = values::optional_line(&raw.hics, "hics", findings);
        let required = raw.required.given().is_some_and(|flag| flag.value);
        if let (Some(id), Some(title)) = (scope.roles.get(name), title) {
            all.push(Role { id, title, duty, required, hics });
        }
    }
    all
}

/// Checks the services. The model has no place for them yet.
pub(super) fn services(book: &yaml::Book<'_>, findings: &mut Findings<'_>) {
    let _: Names<'_, ServiceId> = Names::of_keys("service", "services", &book.services, findings);
    let Some(services) = book.services.given() else { return };
    for (_, service) in &services.value {
        let title = match service {
            None => None,
            Some(Short::Words(title)) => Some(title),
            Some(Short::Full(service)) => service.title.required("title", service.at, findings),
        };
        if let Some(title) = title {
            values::line(title, "title", findings);
        }
    }
}
