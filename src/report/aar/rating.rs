//! What the four ratings mean, as HSEEP has them (2020; exercise evaluation guide and AAR/IP form).

use crate::playbook::Rating;

/// What an evaluator says with a rating.
#[must_use]
pub const fn rating_definition(rating: Rating) -> &'static str {
    match rating {
        Rating::Performed => {
            "Objective met; nothing else harmed, no added safety risk, by plans and law."
        }
        Rating::SomeChallenges => "Objective met, but effectiveness could improve.",
        Rating::MajorChallenges => {
            "Objective met, but other activities harmed, risk added, or outside plans or law."
        }
        Rating::Unable => "Objective not met.",
    }
}
