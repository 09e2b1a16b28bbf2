//! Every key figure: what it divides by what, and what is well.

use super::{Definition, Of, Unit};

const fn share(name: &'static str, formula: &'static str, base: &'static str) -> Definition {
    Definition {
        name,
        formula,
        base,
        unit: Unit::Share,
        of: Of::Tickets,
        target: None,
        at_least: false,
        with: &[],
        by_rule: true,
    }
}

pub const FIGURES: [Definition; 23] = [
    Definition {
        target: Some(0.30),
        by_rule: false,
        ..share(
            "l1_l2",
            "tickets handed from the first tier to the second or third ÷ tickets that entered the first tier",
            "tickets that entered the first tier",
        )
    },
    Definition {
        target: Some(0.15),
        by_rule: false,
        ..share(
            "l2_l3",
            "tickets handed from the second tier to the third ÷ tickets that entered the second tier",
            "tickets that entered the second tier",
        )
    },
    Definition {
        target: Some(0.20),
        ..share(
            "engineering",
            "tickets that engineering had, by the rule ÷ all tickets; those that reached it directly count",
            "all tickets",
        )
    },
    Definition {
        target: Some(0.0),
        ..share(
            "repeat_l3",
            "escalated tickets whose error or known error engineering had solved in another ticket before ÷ escalated tickets",
            "escalated tickets",
        )
    },
    Definition {
        with: &["answer_accuracy"],
        at_least: true,
        ..share(
            "avoidable",
            "escalated tickets that had an answer in the base when they were raised, as the newest exam found and nobody denied ÷ escalated tickets that it asked, without those of errors that always need engineering",
            "escalated tickets that the newest exam asked, without those that always need engineering",
        )
    },
    share(
        "answer_accuracy",
        "escalated tickets whose answer, as the newest exam found it, somebody confirmed ÷ those of which somebody confirmed or denied it",
        "escalated tickets whose answer somebody looked at",
    ),
    Definition {
        with: &["reopened", "recontact"],
        ..share("independent", "solved tickets that engineering never had ÷ solved tickets", "solved tickets")
    },
    Definition {
        by_rule: false,
        ..share(
            "reopened",
            "tickets that were solved and are open again, or were by their source's own count ÷ tickets that were ever solved",
            "tickets that were ever solved",
        )
    },
    Definition {
        by_rule: false,
        ..share(
            "recontact",
            "solved tickets after which the same requester came with the same error or known error within 7 days ÷ solved tickets",
            "solved tickets",
        )
    },
    Definition {
        by_rule: false,
        at_least: true,
        ..share(
            "csat",
            "tickets whose customer said that they were satisfied ÷ tickets whose customer said whether they were",
            "tickets that a customer judged",
        )
    },
    Definition {
        by_rule: false,
        with: &["link_accuracy"],
        ..share(
            "linked",
            "solved tickets tied to another ticket, a known error or an article ÷ solved tickets",
            "solved tickets",
        )
    },
    Definition {
        by_rule: false,
        at_least: true,
        ..share(
            "link_accuracy",
            "solved tickets of a sample of which everything fits that was looked at of what they are tied to ÷ solved tickets of which somebody looked at it",
            "solved tickets of which somebody looked at what they are tied to",
        )
    },
    Definition {
        unit: Unit::Hours,
        by_rule: false,
        ..share("hours_all", "last solution − first word, in calendar hours and in hours at work", "solved tickets")
    },
    Definition {
        unit: Unit::Hours,
        ..share(
            "hours_escalated",
            "last solution − first word, in calendar hours and in hours at work, of tickets that engineering had",
            "solved tickets that engineering had",
        )
    },
    Definition {
        unit: Unit::Hours,
        ..share(
            "hours_alone",
            "last solution − first word, in calendar hours and in hours at work, of tickets that engineering never had",
            "solved tickets that engineering never had",
        )
    },
    Definition {
        unit: Unit::Count,
        target: Some(1.0),
        ..share(
            "bounces",
            "handovers from one group of the third tier to another, of each escalated ticket",
            "escalated tickets",
        )
    },
    Definition {
        unit: Unit::Count,
        of: Of::Problems,
        ..share(
            "types_handled",
            "errors and known errors of which support alone solved so many tickets or more: {tickets}, none of the error open again, within the last {days} days of the period",
            "errors and known errors of solved tickets",
        )
    },
    Definition {
        unit: Unit::Hours,
        with: &["reopened", "recontact", "csat"],
        by_rule: true,
        ..share(
            "deflection",
            "Σ over tickets on which somebody used a suggestion, that support alone solved and that stayed solved, of max(0, median of escalated tickets of the same error − own hours); without such a ticket 0, at most the median of all escalated ones",
            "tickets on which somebody used a suggestion",
        )
    },
    Definition {
        by_rule: false,
        ..share(
            "known",
            "tied tickets of which something they are tied to was here before them ÷ tickets tied to another ticket, a known error or an article",
            "tickets tied to something known",
        )
    },
    Definition {
        of: Of::Problems,
        by_rule: false,
        ..share(
            "found_before",
            "errors and known errors that a monitor or a known error told of before the first customer did ÷ errors and known errors first seen in the period",
            "errors and known errors first seen in the period",
        )
    },
    Definition {
        unit: Unit::Hours,
        of: Of::Escalations,
        by_rule: false,
        ..share(
            "acknowledge",
            "engineering's first move (taken, begun, asked back or answered) − handed over, in calendar hours and in hours at work",
            "packages handed over in the period that engineering moved",
        )
    },
    Definition {
        of: Of::Escalations,
        by_rule: false,
        ..share(
            "question_back",
            "packages about which engineering asked back ÷ packages handed over",
            "packages handed over in the period",
        )
    },
    Definition {
        of: Of::Facts,
        target: Some(0.9),
        at_least: true,
        by_rule: false,
        ..share(
            "completeness",
            "facts that packages had when they were first handed over ÷ facts that they needed",
            "facts needed by packages handed over in the period",
        )
    },
];
