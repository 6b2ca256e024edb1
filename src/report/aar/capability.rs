//! The core capabilities of the National Preparedness Goal (second edition, September 2015) and the
//! mission areas that each belongs to. A site may name others, such as those of the Health Care
//! Preparedness and Response Capabilities (ASPR, 2016): they belong to no mission area here.

/// A mission area of the Goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mission {
    Prevention,
    Protection,
    Mitigation,
    Response,
    Recovery,
}

use Mission::{Mitigation, Prevention, Protection, Recovery, Response};

impl Mission {
    const fn title(self) -> &'static str {
        match self {
            Prevention => "Prevention",
            Protection => "Protection",
            Mitigation => "Mitigation",
            Response => "Response",
            Recovery => "Recovery",
        }
    }
}

const ALL: &[Mission] = &[Prevention, Protection, Mitigation, Response, Recovery];

/// All 32, by the mission area under which the Goal lists them first.
const CORE: [(&str, &[Mission]); 32] = [
    ("Planning", ALL),
    ("Public Information and Warning", ALL),
    ("Operational Coordination", ALL),
    ("Intelligence and Information Sharing", &[Prevention, Protection]),
    ("Interdiction and Disruption", &[Prevention, Protection]),
    ("Screening, Search, and Detection", &[Prevention, Protection]),
    ("Forensics and Attribution", &[Prevention]),
    ("Access Control and Identity Verification", &[Protection]),
    ("Cybersecurity", &[Protection]),
    ("Physical Protective Measures", &[Protection]),
    ("Risk Management for Protection Programs and Activities", &[Protection]),
    ("Supply Chain Integrity and Security", &[Protection]),
    ("Community Resilience", &[Mitigation]),
    ("Long-term Vulnerability Reduction", &[Mitigation]),
    ("Risk and Disaster Resilience Assessment", &[Mitigation]),
    ("Threats and Hazards Identification", &[Mitigation]),
    ("Infrastructure Systems", &[Response, Recovery]),
    ("Critical Transportation", &[Response]),
    ("Environmental Response/Health and Safety", &[Response]),
    ("Fatality Management Services", &[Response]),
    ("Fire Management and Suppression", &[Response]),
    ("Logistics and Supply Chain Management", &[Response]),
    ("Mass Care Services", &[Response]),
    ("Mass Search and Rescue Operations", &[Response]),
    ("On-scene Security, Protection, and Law Enforcement", &[Response]),
    ("Operational Communications", &[Response]),
    ("Public Health, Healthcare, and Emergency Medical Services", &[Response]),
    ("Situational Assessment", &[Response]),
    ("Economic Recovery", &[Recovery]),
    ("Health and Social Services", &[Recovery]),
    ("Housing", &[Recovery]),
    ("Natural and Cultural Resources", &[Recovery]),
];

/// The mission areas that these core capabilities point to, in the Goal's order. A capability of every
/// mission area points to none: it does not say which one was exercised.
pub(super) fn mission_areas<'a>(
    capabilities: impl IntoIterator<Item = &'a str>,
) -> Vec<&'static str> {
    let mut areas: Vec<Mission> = capabilities
        .into_iter()
        .filter_map(of)
        .filter(|areas| areas.len() < ALL.len())
        .flatten()
        .copied()
        .collect();
    areas.sort_unstable();
    areas.dedup();
    areas.into_iter().map(Mission::title).collect()
}

fn of(capability: &str) -> Option<&'static [Mission]> {
    let same = |(name, _): &&(&str, _)| name.eq_ignore_ascii_case(capability.trim());
    CORE.iter().find(same).map(|(_, areas)| *areas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::{builtin, builtin_exercises, compile, compile_exercise, outline};

    #[test]
    fn capabilities_point_to_their_mission_areas() {
        for (capabilities, areas) in [
            (&["Operational Communications"][..], &["Response"][..]),
            (&["operational communications "], &["Response"]),
            (&["Infrastructure Systems", "Cybersecurity"], &["Protection", "Response", "Recovery"]),
            (&["Planning"], &[]),
            (&["Planning", "Situational Assessment"], &["Response"]),
            (&["Continuity of Health Care Service Delivery"], &[]),
            (&[], &[]),
        ] {
            assert_eq!(mission_areas(capabilities.iter().copied()), areas, "{capabilities:?}");
        }
    }

    #[test]
    fn the_shipped_exercises_name_what_the_goal_names() {
        let mut named = 0;
        for (name, text) in builtin_exercises() {
            let id = outline(text).unwrap().playbook;
            let (_, book) = builtin().iter().find(|(name, _)| *name == id.as_str()).unwrap();
            let exercise =
                compile_exercise(text, &compile(book).unwrap().playbook).unwrap().exercise;
            for capability in exercise.objectives.iter().filter_map(|one| one.capability.as_ref()) {
                assert!(of(capability).is_some(), "{name}: {capability}");
                named += 1;
            }
        }
        assert!(named > 60, "{named}");
    }

    #[test]
    fn the_goal_names_thirty_two() {
        let names: std::collections::BTreeSet<&str> = CORE.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), 32);
    }
}
