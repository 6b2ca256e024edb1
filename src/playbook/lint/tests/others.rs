//! Texts of steps, and the head.

use super::*;
use Rule::{
    ContactNeedsService, NoReviewDate, PlaceholderInStep, ReadableExercise, ReviewOverdue,
    StepNeedsService, TwelveHourTime,
};

/// What the step `tell` says to do.
const DO: &str = "Tell all staff by phone.";

pub(super) fn cases() -> Vec<Case> {
    vec![
        fault(
            StepNeedsService,
            DO,
            "Send all staff an e-mail.",
            "62:26 this is done with \"email\", which is down",
        ),
        fault(
            StepNeedsService,
            "title: Wait for news",
            "title: Email the vendor",
            "74:16 this is done with \"email\", which is down",
        ),
        fault(
            StepNeedsService,
            DO,
            "Post it on paper. Tell the others by\n          email at once.",
            "62:45 this is done with \"email\", which is down",
        ),
        miss(StepNeedsService, DO, "Tell all staff never to send it by email."),
        miss(
            StepNeedsService,
            DO,
            "Email is down. Mail that came by email is late. Send a test email.",
        ),
        // When the service is back, so is its use.
        miss(StepNeedsService, "title: Test it", "title: Send an email"),
        miss(StepNeedsService, DO, "Post it in Teams."),
        fault(
            ContactNeedsService,
            "title: Base",
            "title: B",
            "8:3 somebody of role \"lead\" can only be reached by \"email\", which is down",
        )
        .where_the_lead_has("lead@example.org, on weekdays"),
        miss(ContactNeedsService, "title: Base", "title: B")
            .where_the_lead_has("pager 12, by the mail room"),
        miss(ContactNeedsService, "title: Base", "title: B").where_the_lead_has("a chat in Teams"),
        fault(NoReviewDate, "review_by: 2027-05-31\n", "", "1:1 `review_by` is missing"),
        miss(NoReviewDate, "review_by: 2027-05-31", "review_by: 2099-05-31"),
        fault(
            ReviewOverdue,
            "review_by: 2027-05-31",
            "review_by: 2026-11-24",
            "5:12 this should have been read again by 2026-11-24",
        ),
        miss(ReviewOverdue, "review_by: 2027-05-31", "review_by: 2026-11-25"),
        fault(
            TwelveHourTime,
            DO,
            "Tell them until 7:30 p.m.",
            "62:29 \"30 p.m\" is a time of the 12-hour clock",
        ),
        fault(
            TwelveHourTime,
            "title: Look around",
            "title: Look around at 7pm",
            "43:31 \"7pm\" is a time of the 12-hour clock",
        ),
        miss(TwelveHourTime, DO, "I am here, 24 of us, until 19:30. Room 7 PMs. Ask 100 am."),
        fault(
            PlaceholderInStep,
            DO,
            "Say that {site} is open.",
            "62:20 {site} is not filled in here: only templates are",
        ),
        miss(PlaceholderInStep, DO, "Say that {this place} is open, {as ever}, {openly}."),
        fault(
            ReadableExercise,
            "version: \"7\"",
            "version: \"7\"\nexercises:\n  - {id: hour, title: An hour, injects: [{id: i1, at: 1m, text: It is on.}]}",
            "6:10 players can read this exercise in the copy of the playbook that they play by",
        ),
        miss(ReadableExercise, "version: \"7\"", "version: \"7\"\nexercises: []"),
    ]
}

#[test]
fn office_suites_have_tools_of_their_own() {
    let source = changed("services: {email: Email}", "services: {m365: Office}");
    for (text, expected) in [
        ("Post it in Teams.", Some("62:19 D02 this is done with \"m365\", which is down")),
        ("Tell them by email.", Some("62:21 D02 this is done with \"m365\", which is down")),
        ("Look at it in SharePoint.", Some("62:22 D02 this is done with \"m365\", which is down")),
        ("Tell both teams.", None),
        ("Post it, not in Teams.", None),
    ] {
        let found = said(&source.replace(DO, text));
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{text}");
    }
}
