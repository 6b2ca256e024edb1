//! Errors with a code, steps, roles and phases.

use super::*;
use Rule::{
    CircularSteps, DueBeforeNeed, DueOutsidePhase, IdleRole, LeadRepairs, NeverEscalates,
    NeverVerified, NoAttackQuestion, NoDeputy, NoReconciliation, NoRecovery, NobodyStepsIn,
    TwoOpeners, UnknownAnswer, UnknownPlaybook, UnreachableStep, WindowGap, WindowOverlap,
};

pub(super) fn cases() -> Vec<Case> {
    let mut all = errors();
    all.extend(gates());
    all.extend(times());
    all.extend(roles());
    all.extend(phases());
    all
}

fn errors() -> Vec<Case> {
    vec![
        fault(
            CircularSteps,
            "due: 15m\n",
            "due: 15m\n        needs: [tell]\n",
            "45:17 steps need each other in a circle: \"look\" → \"tell\" → \"look\"",
        ),
        fault(CircularSteps, "needs: [look]", "needs: [tell]", "60:17 a step cannot need itself"),
        miss(CircularSteps, "needs: [look]", "needs: [look, scope]"),
        fault(
            UnknownAnswer,
            "title: Restore it\n",
            "title: Restore it\n        when: {scope: [local, wyde]}\n",
            "67:31 option \"wyde\" is not defined",
        ),
        fault(
            UnknownAnswer,
            "title: Restore it\n",
            "title: Restore it\n        when: {look: local}\n",
            "67:16 step \"look\" is no decision",
        ),
        miss(
            UnknownAnswer,
            "title: Restore it\n",
            "title: Restore it\n        when: {scope: [local, wide]}\n",
        ),
    ]
}

fn gates() -> Vec<Case> {
    const SECOND: &str = "title: Wait for news\n        decision: {question: Well?, options: {no: No, \
                          yes: {title: Yes, opens: [tell]}}}\n";
    vec![
        fault(
            UnreachableStep,
            "title: Restore it\n",
            "title: Restore it\n        when: {scope: attack}\n",
            "64:13 step \"fix\" never opens: no answer to \"scope\" is left that would open it",
        ),
        // A decision that only one answer opens, and a step that needs another answer and it.
        fault(
            UnreachableStep,
            "title: Restore it\n        due: 2h\n",
            "title: Restore it\n        due: 2h\n        when: {scope: wide, sub: a}\n      \
             - {id: sub, role: tech, title: S, when: {scope: local}, \
             decision: {question: Q, options: {a: A, b: B}}}\n",
            "64:13 step \"fix\" never opens: no answer to \"scope\" is left that would open it",
        ),
        miss(
            UnreachableStep,
            "title: Restore it\n",
            "title: Restore it\n        when: {scope: [attack, local]}\n",
        ),
        // What only a step that never opens would open is not named again.
        fault(
            UnreachableStep,
            "title: Restore it\n        due: 2h\n",
            "title: Restore it\n        due: 2h\n        when: {scope: attack}\n        \
             decision: {question: Q, options: {a: A, b: {title: B, opens: [child]}}}\n      \
             - {id: child, role: tech, title: C}\n",
            "64:13 step \"fix\" never opens: no answer to \"scope\" is left that would open it",
        ),
        fault(
            TwoOpeners,
            "title: Wait for news\n",
            SECOND,
            "56:13 step \"tell\" opens only after both \"scope\" and \"wait\" were answered so",
        ),
        miss(TwoOpeners, "local: Here\n", "local: {title: Here, opens: [tell]}\n"),
        fault(
            NeverEscalates,
            "title: Restore it\n        due: 2h\n",
            "title: Restore it\n        escalate: {after: 5m, to: lead}\n",
            "67:9 a step without `due` never escalates",
        ),
        miss(
            NeverEscalates,
            "title: Restore it\n        due: 2h\n",
            "title: Restore it\n        repeat: {every: 1h}\n        escalate: {after: 5m, to: lead}\n",
        ),
        fault(
            UnknownPlaybook,
            "leads_to: ransomware",
            "leads_to: ransomwear",
            "55:50 there is no playbook \"ransomwear\"",
        ),
        miss(UnknownPlaybook, "leads_to: ransomware", "leads_to: base"),
    ]
}

fn times() -> Vec<Case> {
    vec![
        fault(
            DueOutsidePhase,
            "due: phase+1h",
            "due: 1h",
            "75:14 the step is due before its phase opens",
        ),
        fault(
            DueOutsidePhase,
            "due: 2h\n  - id: later",
            "due: 121m\n  - id: later",
            "67:14 the step is due after its phase is over",
        ),
        fault(
            DueOutsidePhase,
            "due: 2h\n  - id: later",
            "due: phase+3h\n  - id: later",
            "67:14 the step is due after its phase is over",
        ),
        miss(DueOutsidePhase, "due: 2h\n  - id: later", "due: 120m\n  - id: later"),
        // The last window has no end.
        miss(DueOutsidePhase, "due: phase+1h", "due: 3d"),
        miss(DueOutsidePhase, "due: phase+1h", "due: 2h"),
        fault(
            DueBeforeNeed,
            "due: 15m",
            "due: 61m",
            "60:17 this step is due before \"look\", which it needs",
        ),
        fault(
            DueBeforeNeed,
            "title: Restore it\n",
            "title: Restore it\n        needs: [wait]\n",
            "67:17 this step is due before \"wait\", which it needs",
        ),
        fault(
            DueBeforeNeed,
            "due: 1h\n        milestone: verified",
            "due: 3h\n        milestone: verified",
            "91:17 this step is due before \"test\", which it needs",
        ),
        miss(DueBeforeNeed, "due: 15m", "due: 1h"),
        // Hours after the service is back say nothing about hours after T+0.
        miss(DueBeforeNeed, "needs: [test]", "needs: [test, wait]"),
    ]
}

fn roles() -> Vec<Case> {
    vec![
        fault(
            IdleRole,
            "tech: {title: Tech}\n",
            "tech: {title: Tech}\n  scribe: {title: Scribe, required: true}\n",
            "10:3 role \"scribe\" is required and has nothing to do",
        ),
        miss(IdleRole, "tech: {title: Tech}\n", "tech: {title: Tech}\n  scribe: {title: Scribe}\n"),
        fault(
            NobodyStepsIn,
            "        escalate: {after: 5m, to: deputy}\n",
            "",
            "8:3 nobody steps in for role \"lead\": none of its steps escalates",
        ),
        miss(NobodyStepsIn, "escalate: {after: 5m, to: deputy}", "escalate: {after: 5m, to: tech}"),
        fault(
            NoDeputy,
            "title: Look around",
            "title: Look",
            "8:3 a step turns to a deputy of role \"lead\", and the site file plans none",
        )
        .at_a_site(),
        miss(NoDeputy, "escalate: {after: 5m, to: deputy}", "escalate: {after: 5m, to: tech}")
            .at_a_site(),
        fault(
            LeadRepairs,
            "role: tech\n        title: Restore it",
            "role: lead\n        title: Restore it",
            "65:15 a repair is no work for role \"lead\", which leads",
        ),
        fault(
            LeadRepairs,
            "title: Look around\n",
            "title: Look around\n        check: {command: [ping, example.org]}\n",
            "42:15 a technical check is no work for role \"lead\", which leads",
        ),
        miss(LeadRepairs, "title: Look around", "title: Ask who can restore it"),
    ]
}

fn phases() -> Vec<Case> {
    vec![
        fault(
            WindowGap,
            "2h-12h",
            "3h-12h",
            "70:13 no phase covers the time between the end of \"now\" and this window",
        ),
        fault(
            WindowGap,
            "0h-2h",
            "10m-2h",
            "39:13 no phase covers the time between T+0 and this window",
        ),
        miss(WindowGap, "2h-12h", "120m-12h"),
        fault(
            WindowOverlap,
            "2h-12h",
            "1h-12h",
            "70:13 this window begins before the end of \"now\"",
        ),
        miss(WindowOverlap, "2h-12h", "2h-3h"),
        fault(
            NoRecovery,
            "opens: restored",
            "opens: stood-down",
            "36:1 no phase opens when the service is back",
        ),
        miss(NoRecovery, "opens: restored", "opens: verified"),
        fault(
            NoReconciliation,
            "        required: true\n        needs: [test]",
            "        needs: [test]",
            "76:9 no required step of recovery enters or reconciles what was done without the system",
        ),
        fault(
            NoReconciliation,
            "- id: catch-up\n        role: tech\n        title: Back-enter the paper",
            "- id: tidy\n        role: tech\n        title: Tidy up",
            "76:9 no required step of recovery enters or reconciles what was done without the system",
        ),
        miss(
            NoReconciliation,
            "- id: catch-up\n        role: tech\n        title: Back-enter the paper",
            "- id: tidy\n        role: tech\n        title: Reconcile every sheet",
        ),
        fault(
            NeverVerified,
            "        milestone: verified\n",
            "",
            "76:9 no step reaches the milestone `verified`",
        ),
        miss(
            NeverVerified,
            "        milestone: verified\n        check: {probe: mx}\n",
            "        collect: {when: {ask: When?, type: time, mark: verified}}\n",
        ),
        fault(
            NoAttackQuestion,
            "question: Could it be an attack?\n          options:\n            local: Here\n            \
             wide: {title: All, opens: [tell]}\n            attack: {title: An attack, leads_to: ransomware, \
             closes: [fix]}\n",
            "question: How far?\n          options:\n            local: Here\n            \
             wide: {title: All, opens: [tell], closes: [fix]}\n",
            "6:1 nobody decides whether this could be an attack",
        ),
        miss(
            NoAttackQuestion,
            "question: Could it be an attack?\n          options:\n            local: Here\n            \
             wide: {title: All, opens: [tell]}\n            attack: {title: An attack, leads_to: ransomware, \
             closes: [fix]}\n",
            "question: Did somebody do it on purpose?\n          options:\n            local: Here\n            \
             wide: {title: All, opens: [tell], closes: [fix]}\n",
        ),
    ]
}
