//! Stock: what has to be ordered again.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "lead-time-key",
        product: Product::Stock,
        components: &["replenishment"],
        class: ResolutionClass::CodeFix,
        seen: 29,
        to_l2: 55,
        to_l3: 35,
        since: Some("2.13.0"),
        fixed_in: &["2.13.1", "2.14.0"],
        titles: &[
            "Replenishment job fails",
            "No order proposals since the update",
            "KeyError 'lead_time' in nightly job",
            "Purchase proposals are empty",
            "Nightly replenishment aborted",
            "Stock: job \"proposals\" red every night",
            "proposal list empty, log says lead_time",
        ],
        told: &[
            "The nightly job that makes purchase proposals has failed for {n} nights. There are no proposals in \
             the list.",
            "We do not get any order proposals any more. Buyers work with paper lists. The log file says KeyError: \
             'lead_time'.",
            "replenishment broken after update to {version}, traceback:",
            "Since the weekend update the proposals are empty. It might have to do with suppliers for whom we have \
             not entered delivery times.",
            "Job \"proposals\" ends with status failed after {n} minutes. Other jobs are fine. Please see the \
             attached part of the log.",
            "Our buyers miss the suggestions for about {many} articles. We checked the parameters and could not \
             find a mistake.",
        ],
        facts: &[
            "We have suppliers without a lead time; that was never a problem.",
            "The job stops at a different article each night.",
        ],
        error: Some(
            "\
Traceback (most recent call last):
  File \"/opt/halvern/stock-{version}/stock/jobs/proposals.py\", line {line}, in run
    plan = planner.plan(article, supplier)
  File \"/opt/halvern/stock-{version}/stock/replenish/planner.py\", line {line}, in plan
    days = self.terms[supplier.id][\"lead_time\"] + self.buffer
KeyError: 'lead_time'",
        ),
        solved: &[
            "Fixed in {fix}: suppliers without a lead time use the default of the warehouse. The job ran through \
             the night after the update.",
            "Customer updated to {fix}; proposals are complete again.",
        ],
        until_fixed: &[
            "Entered a lead time for all suppliers that had none (list under Suppliers > Check). The job ran. With \
             {fix} this is not necessary any more.",
            "Set the default lead time to 7 days with the mass change on suppliers, then started the job by hand. \
             Proposals are there.",
        ],
        notes: &["Suppliers > Check lists suppliers without a lead time. Mass change, start job, done."],
        engineers: &[
            "planner reads terms without a default since the rewrite in 2.13.0. STK-912, fixed on both lines.",
        ],
        question: Some("Could you open Suppliers > Check and tell us how many suppliers have no lead time?"),
        known: Some(Known {
            title: "Replenishment job stops at suppliers without a lead time",
            state: KnownErrorState::FixReleased,
            cause: "The planner of 2.13.0 reads the lead time of each supplier and has no default for those that \
                    have none.",
            workaround: &[
                "Open Suppliers > Check and select \"without lead time\".",
                "Set a lead time for all of them with \"Mass change\".",
                "Start the job \"proposals\" by hand.",
            ],
            worked: 19,
            tried: 19,
            eta: None,
            owner: "Lena Fischer",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "minimum-stock-mail",
        product: Product::Stock,
        components: &["alerts", "mail"],
        class: ResolutionClass::Configuration,
        seen: 17,
        to_l2: 20,
        to_l3: 5,
        titles: &[
            "No mail when minimum stock is reached",
            "Stock alerts do not arrive",
            "Minimum stock notification missing",
            "Alert mails stopped",
            "Buyer gets no warnings any more",
            "Low stock warning not sent",
        ],
        told: &[
            "We no longer get a mail when an article falls below its minimum stock. It went out of stock unnoticed.",
            "Alert mails stopped some days ago. The minimum of {sku} is {many} and we have {n}.",
            "Who gets the low stock mails? A colleague left and since then nobody does.",
            "no low stock alerts since {day}",
            "In the settings alerts are on. But neither I nor my colleague receive anything, spam folder checked.",
        ],
        solved: &[
            "The recipient was a user who has been deactivated. Entered the purchasing group under Alerts > \
             Recipients; test mail arrived.",
            "Alerts are sent once until the article is above its minimum again. Explained it, and switched \
             \"repeat daily\" on.",
            "The warehouse had no calendar for this year, so that no alert day was found. Assigned the calendar; \
             mails go out.",
        ],
        notes: &["Check recipients first, then the calendar of the warehouse."],
        ..Issue::BLANK
    },
    Issue {
        key: "unit-conversion",
        product: Product::Stock,
        components: &["units"],
        class: ResolutionClass::DataFix,
        seen: 6,
        to_l2: 60,
        to_l3: 35,
        titles: &[
            "Cartons and pieces mixed up",
            "Conversion factor wrong, stock 12 times too high",
            "Unit of measure changed by itself",
            "Quantities in wrong unit after import",
            "Box counted as piece",
            "Stock of {sku} multiplied",
        ],
        told: &[
            "Since the import the stock of {sku} is twelve times too high. Cartons were taken for pieces.",
            "Someone changed the conversion from 6 to 12 pieces per carton, and all old stock was recalculated.",
            "We ordered pieces and received cartons: the unit in the article changed with the last upload.",
        ],
        solved: &[
            "Restored the factor and corrected the stock of the articles concerned (DF-{id}). A new factor should \
             be entered with a date, then old stock is left alone.",
            "Reversed the import and loaded it again with the column \"unit\". Quantities agree.",
        ],
        notes: &["Get the import file before you touch anything, so that we know which articles were hit."],
        engineers: &["Script for unit corrections is in the toolbox (fix-units). Ran it for the list in the ticket."],
        ..Issue::BLANK
    },
];
