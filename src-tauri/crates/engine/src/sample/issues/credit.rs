//! Billing: credit notes and reminders.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "credit-note-null",
        product: Product::Billing,
        components: &["credit notes"],
        class: ResolutionClass::CodeFix,
        seen: 35,
        to_l2: 60,
        to_l3: 40,
        since: Some("3.8.0"),
        fixed_in: &["3.8.2", "3.9.0"],
        titles: &[
            "Credit note cannot be created",
            "NullReferenceException when crediting an invoice",
            "Error 500 on \"Create credit note\"",
            "Credit notes broken since 3.8",
            "Cannot refund customer",
            "Crash when I cancel an invoice",
            "\"Unexpected error\" in credit note dialog",
        ],
        told: &[
            "Pressing \"Create credit note\" on {invoice} gives \"An unexpected error occurred\". Other invoices \
             work.",
            "We cannot make credit notes for some invoices. As far as we can see it hits invoices without a cost \
             centre.",
            "NullReferenceException when I try to credit {invoice}. Trace below.",
            "Since the update to {version} our accounting cannot cancel invoices. About every third one fails. \
             Month end is on Friday.",
            "refund not possible, dialog closes with an error, pls help",
            "Good afternoon, we need to refund a customer {amount} and the credit note dialog only says \
             \"unexpected error, please contact support\". So here I am.",
            "Creating a credit note from an invoice fails. Creating one without reference to an invoice is \
             possible, but then the link is missing.",
        ],
        facts: &[
            "The invoices concerned come from the interface, not from manual entry.",
            "We do not use cost centres at all.",
            "It happens for every user, also for administrators.",
        ],
        error: Some(
            "\
System.NullReferenceException: Object reference not set to an instance of an object.
   at Halvern.Billing.CreditNotes.CostCentreCopy.From(Invoice invoice) in /src/Billing/CreditNotes/CostCentreCopy.cs:line {line}
   at Halvern.Billing.CreditNotes.CreditNoteBuilder.Build(Invoice invoice, Reason reason) in /src/Billing/CreditNotes/CreditNoteBuilder.cs:line {line}
   at Halvern.Billing.Web.CreditNoteController.Create(Int64 invoiceId) in /src/Billing/Web/CreditNoteController.cs:line {line}
   at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.SyncActionResultExecutor.Execute(ActionContext actionContext)",
        ),
        solved: &[
            "Fixed in {fix}. Invoices without a cost centre can be credited again; tested with {invoice}.",
            "Update to {fix}, then the credit note can be created. No data has to be changed.",
            "Installed {fix} at the customer's site, all open credit notes were made the same day.",
        ],
        until_fixed: &[
            "Enter any cost centre on the invoice (Invoice > More > Cost centre), then the credit note can be \
             created. Fix comes with {fix}.",
            "Assigned the default cost centre to the invoices concerned, customer could create the credit notes.",
        ],
        notes: &[
            "Cost centre is empty on the invoice. Put in the default one, works at once.",
        ],
        engineers: &[
            "CostCentreCopy assumes that a cost centre is there. One-line fix, BIL-1518.",
        ],
        question: Some(
            "Does the invoice have a cost centre under Invoice > More?",
        ),
        known: Some(Known {
            title: "Credit note fails for invoices without a cost centre",
            state: KnownErrorState::FixReleased,
            cause: "CostCentreCopy reads the cost centre of the invoice without asking whether there is one. \
                    Invoices from interfaces often have none.",
            workaround: &[
                "Open the invoice and enter the default cost centre under More > Cost centre.",
                "Create the credit note again.",
            ],
            worked: 22,
            tried: 22,
            eta: None,
            owner: "Henrik Dahl",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "dunning-twice",
        product: Product::Billing,
        components: &["dunning", "mail"],
        class: ResolutionClass::CodeFix,
        seen: 22,
        to_l2: 65,
        to_l3: 50,
        since: Some("3.8.0"),
        fixed_in: &["3.8.2"],
        tags: &["mail"],
        this_week: 3,
        titles: &[
            "Reminders sent twice",
            "Customers get two dunning letters",
            "Duplicate payment reminders",
            "dunning run executed two times",
            "Second reminder although first one was sent today",
            "Angry customers because of double reminders",
        ],
        told: &[
            "Our customers receive each payment reminder twice, a minute apart. This is embarrassing, please stop \
             it.",
            "The dunning run of {day} was carried out two times. {many} customers got two mails.",
            "Duplicate reminder mails again. Fee was charged twice as well.",
            "In the log of the dunning run I see two runs with the same number, started by two different servers.",
            "One of our best customers called: two reminders for {invoice} on the same day, the second with a fee. \
             How can that be?",
        ],
        facts: &[
            "We have two application servers.",
            "The dunning fee was booked twice too, we had to reverse it.",
            "It was fine until the last update.",
        ],
        error: Some(
            "\
{time} ERROR Halvern.Billing.Dunning.DunningRun - Run {id} is already marked as started by node {host}, continuing anyway",
        ),
        solved: &[
            "Fixed in {fix}: a run takes a lock before it starts. Customer updated both servers, the next run went \
             out once.",
            "After the update to {fix} only one node carries out the run. Fees booked twice were reversed with \
             Dunning > Reverse run.",
        ],
        until_fixed: &[
            "Switched the scheduler off on the second server (Settings > Nodes > Jobs: off). Only one run since \
             then.",
            "Set \"Jobs: off\" for the second node and reversed the duplicate fees. Update to {fix} is planned.",
        ],
        notes: &[
            "Two nodes, both with jobs on. Switch one off, then reverse the fees with Dunning > Reverse run.",
            "This one is on a version that should have the fix. Reopened the known error.",
        ],
        engineers: &[
            "The lock of 3.8.2 is not taken when the run is started by hand while the scheduled one is waiting. So \
             the fix is incomplete. BIL-1561.",
            "Seen again on 3.9.0 with a manual start. Need the log of both nodes around the start.",
        ],
        question: Some(
            "How many application servers do you have, and was the run started by hand?",
        ),
        known: Some(Known {
            title: "Dunning run is carried out twice on installations with two servers",
            state: KnownErrorState::Regressed,
            cause: "Both nodes start the scheduled run. 3.8.2 added a lock, but a run that is started by hand \
                    while the scheduled one waits does not take it; seen again on 3.9.0.",
            workaround: &[
                "Settings > Nodes: set \"Jobs\" to off on all servers but one.",
                "Reverse the duplicate fees with Dunning > Reverse run.",
                "Do not start a run by hand in the hour before the scheduled one.",
            ],
            worked: 14,
            tried: 15,
            eta: None,
            owner: "Marek Novotny",
        }),
        ..Issue::BLANK
    },
];
