//! Portal: lists, figures and mails.

use super::Issue;
use crate::sample::company::Product;
use domain::ResolutionClass;

pub(super) const ISSUES: [Issue; 4] = [
    Issue {
        key: "mail-spam",
        product: Product::Portal,
        components: &["notifications", "mail"],
        class: ResolutionClass::Configuration,
        seen: 19,
        to_l2: 35,
        to_l3: 10,
        titles: &[
            "Portal mails land in spam",
            "Order confirmations not received",
            "Mails from the portal rejected",
            "SPF / DKIM for portal mails",
            "Customers get no notification mails",
            "550 message rejected by recipient",
        ],
        told: &[
            "Confirmation mails of the portal end up in the spam folder of our customers.",
            "The mail server of our biggest customer rejects mails from the portal: 550 5.7.1 SPF check failed.",
            "Since we use our own sender address, nobody receives notifications.",
            "What do we have to enter in our DNS so that your mails are accepted?",
            "notification mails not delivered, bounce says DMARC",
        ],
        facts: &["Mails with your standard sender arrive.", "Our IT says that they changed nothing."],
        solved: &[
            "SPF and DKIM records for the own sender were missing. Sent the two entries; after the customer's IT \
             had added them, the test mail passed.",
            "DKIM key had not been published. Now \"valid\" under Portal > Mail > Sender, mails arrive.",
            "Switched back to the standard sender until the DNS entries exist. Mails are delivered.",
        ],
        notes: &["Portal > Mail > Sender shows which record is missing."],
        question: Some(
            "Which sender address is set under Portal > Mail > Sender, and what does the check beside it say?",
        ),
        ..Issue::BLANK
    },
    Issue {
        key: "export-limit",
        product: Product::Portal,
        components: &["exports"],
        class: ResolutionClass::HowTo,
        seen: 22,
        to_l2: 10,
        to_l3: 2,
        titles: &[
            "Excel export stops at 10,000 rows",
            "Export incomplete",
            "Not all orders in the export",
            "How to export more than 10000 lines",
            "List export cut off",
            "Missing rows in spreadsheet",
        ],
        told: &[
            "The export of the order list has exactly 10,000 rows. We have more.",
            "Export is not complete, the last months are missing.",
            "We need all orders of the year as a file. The export ends after ten thousand lines without a message.",
            "export cuts at 10000, is that on purpose?",
            "My spreadsheet does not have the same number of rows as the list in the portal ({many} are missing).",
        ],
        solved: &[
            "The direct export is limited to 10,000 rows. For more use \"Export in background\": the file comes by \
             mail. Showed it to the customer.",
            "Explained the background export (Exports > New > In background). No limit there.",
            "Split by month or use the background export. Customer uses the latter.",
        ],
        notes: &["How-to, link the help page \"Large exports\"."],
        ..Issue::BLANK
    },
    Issue {
        key: "saved-searches",
        product: Product::Portal,
        components: &["lists"],
        class: ResolutionClass::FeatureFlag,
        seen: 8,
        to_l2: 50,
        to_l3: 30,
        since: Some("11.2.0"),
        titles: &[
            "Saved searches are gone",
            "My filters have disappeared",
            "Saved views missing after update",
            "Where are my saved lists?",
            "Filters not saved any more",
            "saved search lost",
        ],
        told: &[
            "All my saved searches are gone since the update. I had about {n}0 of them.",
            "The button for saving a filter is missing.",
            "Our team's shared views are not there any more. Can they be restored?",
        ],
        solved: &[
            "The new list view was switched on for the account and has its own views. Switched the flag lists.v2 \
             off until the old views are taken over; all searches are back.",
            "Flag lists.v2 was on. After the migration of the views (POR-3205) it was switched on again with all \
             saved searches.",
        ],
        notes: &["Flag lists.v2. Do not let the user make the searches again, they are still stored."],
        engineers: &[
            "Views of the old list are not copied when the flag is switched on. Ran the copy for this account.",
        ],
        ..Issue::BLANK
    },
    Issue {
        key: "widgets-spin",
        product: Product::Portal,
        components: &["dashboard"],
        class: ResolutionClass::FeatureFlag,
        seen: 13,
        to_l2: 40,
        to_l3: 25,
        since: Some("11.2.0"),
        titles: &[
            "Dashboard widgets keep loading",
            "Start page shows spinners only",
            "Widgets never finish",
            "Key figures on the dashboard missing",
            "dashboard spinning",
            "Turnover tile does not load",
        ],
        told: &[
            "On the start page the tiles turn for ever. Only the news tile shows something.",
            "The dashboard does not show any figures. After {n} minutes I gave up.",
            "Widgets load endlessly for users with many companies.",
            "Tiles on the dashboard stay grey with a spinner. Everything else is fast.",
        ],
        solved: &[
            "Switched the flag dashboard.live off for the account: the tiles now use the figures of the last hour \
             and load at once.",
            "Live figures take too long with this many companies. With dashboard.live off the page is there in a \
             second.",
        ],
        notes: &["Flag dashboard.live off helps at once above 50 companies."],
        engineers: &["Live tiles ask each company one after the other. Needs a redesign, POR-3260."],
        ..Issue::BLANK
    },
];
