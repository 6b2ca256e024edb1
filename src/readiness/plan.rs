//! The 90-day plan: a playbook of its own, which a standing log pins.

/// Its text.
pub const PLAN: &str = include_str!("plan.yaml");

#[cfg(test)]
mod tests {
    use super::PLAN;
    use crate::playbook::{Due, compile};

    #[test]
    fn the_plan_is_a_sound_playbook_of_thirteen_items_in_ninety_days() {
        let compiled = compile(PLAN).unwrap_or_else(|found| panic!("{found:#?}"));
        let book = compiled.playbook;
        let per_phase: Vec<usize> = book.phases.iter().map(|phase| phase.steps.len()).collect();
        assert_eq!(per_phase, [4, 4, 5]);
        for (_, step) in book.steps() {
            let Some(Due::AfterStart(due)) = step.due else { panic!("{step:?}") };
            assert!([30, 60, 90].contains(&due.num_days()), "{step:?}");
        }
    }
}
