//! Billing: invoices and what is printed on them.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "pdf-boxes",
        product: Product::Billing,
        components: &["invoice documents"],
        class: ResolutionClass::CodeFix,
        seen: 20,
        to_l2: 40,
        to_l3: 25,
        fixed_in: &["3.7.1"],
        tags: &["pdf"],
        titles: &[
            "Invoice PDF shows boxes instead of letters",
            "Polish characters missing in invoice",
            "PDF invoice unreadable for customers in Bulgaria",
            "Question marks in printed invoices",
            "Font problem in documents",
            "Special characters broken on credit notes",
        ],
        told: &[
            "On invoices for our customers in Poland, letters like ł and ę are printed as empty boxes. On the \
             screen the name is right.",
            "The PDF of {invoice} has little squares in the address. Cyrillic text is not shown at all.",
            "pdf broken for names with accents, html preview fine",
            "A customer in Sofia refuses our invoice because the company name is not readable. It worked with the \
             old template.",
            "Since we use the new document template, some characters are replaced by boxes. It is the same on all \
             PCs, so it must be in the file itself.",
        ],
        facts: &["Western European accents are fine.", "We use our own template with the font of our brand."],
        solved: &[
            "Fixed in {fix}, which embeds a fallback font for every script. Rendered {invoice} again, all letters \
             are there.",
            "Update to {fix} solves it. Old documents can be rendered again under Documents > Render again.",
        ],
        until_fixed: &[
            "Set the template's font to \"Halvern Sans Full\" until the update to {fix}. It has all European \
             scripts; the customer checked three invoices.",
            "The brand font of the customer has no Cyrillic letters. Chose \"Halvern Sans Full\" for the address \
             block in the template.",
        ],
        notes: &["Look which font the template uses before asking anything. Brand fonts are the usual reason."],
        engineers: &["The renderer takes the first font only. 3.7.1 has a fallback chain. BIL-1420."],
        known: Some(Known {
            title: "Letters outside Western Europe are printed as boxes in PDF documents",
            state: KnownErrorState::Closed,
            cause: "The PDF renderer used the first font of a template and had no fallback for letters that the \
                    font lacks.",
            workaround: &[
                "Open Documents > Templates and choose \"Halvern Sans Full\" for the blocks concerned.",
                "Render the document again.",
            ],
            worked: 12,
            tried: 12,
            eta: None,
            owner: "Henrik Dahl",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "tax-cent",
        product: Product::Billing,
        components: &["tax", "invoices"],
        class: ResolutionClass::CodeFix,
        seen: 31,
        to_l2: 50,
        to_l3: 30,
        since: Some("3.7.0"),
        fixed_in: &["3.8.1"],
        tags: &["tax"],
        titles: &[
            "Tax on invoice is one cent off",
            "VAT rounding wrong",
            "Sum of lines does not match total tax",
            "Invoice {invoice}: tax {amount} instead of one cent less",
            "Rounding difference in tax report",
            "Our ERP rejects invoices because of rounding",
            "cent differences",
        ],
        told: &[
            "On invoices with many lines the VAT is one cent higher than what we calculate. Our customer's ERP \
             rejects such invoices.",
            "The tax on {invoice} is wrong by 0.01. I know it is only a cent, but the big retailers send the \
             invoice back.",
            "VAT total <> sum of line VAT. Since 3.7. See {invoice}.",
            "Our accountant noticed rounding differences between the tax report and the single invoices of the \
             month. Together they come to {n}.{n} for {many} invoices.",
            "Hello, we get rejections from the e-invoicing network: \"tax amount does not equal basis times \
             rate\". Looking at it the tax is one cent too high.",
            "When there are two tax rates on one invoice, the tax of the reduced rate is rounded up although it \
             should be rounded down.",
        ],
        facts: &[
            "Invoices with one line are always right.",
            "It only concerns gross price lists.",
            "We cannot correct them one by one, there are too many.",
        ],
        solved: &[
            "Fixed in {fix}: tax is calculated from the sum for each rate and rounded once. Customer updated; the \
             e-invoicing network accepts the documents.",
            "Update to {fix}. Invoices already sent stay as they are; for rejected ones a correction can be made \
             with Billing > Correct > Tax rounding.",
            "In {fix} the rounding follows the rule of the e-invoicing standard. Recalculated the rejected \
             invoices with the customer.",
        ],
        until_fixed: &[
            "Until {fix} is installed: Settings > Tax > Rounding to \"by rate\". New invoices are right, old ones \
             need a correction.",
            "Changed the tax rounding to \"by rate\" for the company. The customer sent {n} corrected invoices \
             which were accepted.",
        ],
        notes: &["Gross price list plus several lines means the rounding issue. Setting \"by rate\" helps at once."],
        engineers: &[
            "TaxCalculator rounds each line and adds up. The standard wants one rounding for each rate. Done for \
             3.8.1, BIL-1502.",
        ],
        question: Some("Which value does Settings > Tax > Rounding have, and is the price list gross or net?"),
        known: Some(Known {
            title: "Tax of an invoice with several lines differs by one cent",
            state: KnownErrorState::FixVerified,
            cause: "Tax was rounded for each line and added up; the e-invoicing standard rounds once for each rate.",
            workaround: &[
                "Set Settings > Tax > Rounding to \"by rate\".",
                "Correct rejected invoices with Billing > Correct > Tax rounding.",
            ],
            worked: 21,
            tried: 22,
            eta: None,
            owner: "Henrik Dahl",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "number-series",
        product: Product::Billing,
        components: &["numbering"],
        class: ResolutionClass::HowTo,
        seen: 7,
        to_l2: 15,
        to_l3: 0,
        titles: &[
            "New invoice number series for next year",
            "Change prefix of invoice numbers",
            "Numbers of the new branch",
            "Invoice number range exhausted",
            "How to start at 1 again",
            "Two number ranges for two companies",
        ],
        told: &[
            "How can we start a new number range for the new financial year? We want another prefix too.",
            "The system says that the number range is used up. What do we have to do?",
            "We open a branch in another country and need a separate series of invoice numbers there.",
            "Is it possible to have invoices start at 1 again on the first of the month?",
        ],
        solved: &[
            "Explained Settings > Numbering: add a range with the new prefix and its first day; it becomes active \
             by itself. Numbers cannot be used twice.",
            "Created the new range together with the customer. The old one is kept for corrections.",
        ],
        notes: &["Never change a range that is in use, always add one."],
        ..Issue::BLANK
    },
];
