//! What a review of the incident found, and what people wrote for its report.

use serde::{Deserialize, Serialize};

use super::{Moment, State};
use crate::engine::finding::Finding;
use crate::engine::record::RecordRef;
use crate::engine::text::Text;
use crate::playbook::ReportField;

/// In merged order; what was withdrawn is gone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Found {
    pub(super) findings: Vec<(Moment, Finding)>,
    pub(super) fields: Vec<(Moment, ReportField, Text)>,
}

impl Found {
    pub(super) fn rests_on(&self, record: &RecordRef) -> bool {
        self.findings.iter().any(|(moment, _)| moment.record == *record)
            || self.fields.iter().any(|(moment, ..)| moment.record == *record)
    }

    pub(super) fn withdraw(&mut self, record: &RecordRef) {
        self.findings.retain(|(moment, _)| moment.record != *record);
        self.fields.retain(|(moment, ..)| moment.record != *record);
    }
}

impl State {
    /// Strengths and areas for improvement, in the order of the log.
    #[must_use]
    pub fn findings(&self) -> &[(Moment, Finding)] {
        &self.found.findings
    }

    /// What stands at a place of the after-action report: the last words that were written for it.
    #[must_use]
    pub fn report_field(&self, field: ReportField) -> Option<(&Moment, &Text)> {
        let of_field = |(_, one, _): &&(Moment, ReportField, Text)| *one == field;
        self.found.fields.iter().rfind(of_field).map(|(moment, _, text)| (moment, text))
    }
}
