//! Reports: figures and who may see them.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "query-timeout",
        product: Product::Reports,
        components: &["report engine"],
        class: ResolutionClass::Configuration,
        seen: 20,
        to_l2: 55,
        to_l3: 30,
        since: Some("7.1.0"),
        tags: &["performance"],
        titles: &[
            "Report runs into a timeout",
            "Year report cannot be opened",
            "PG::QueryCanceled statement timeout",
            "Report takes forever",
            "Big report aborts after five minutes",
            "canceling statement due to statement timeout",
            "article report fails",
        ],
        told: &[
            "The report over the whole year breaks off after five minutes.",
            "Opening the article report gives an error about a statement timeout. For a single month it works.",
            "Report too slow, aborted. We have {many} articles and {n} years of data.",
            "PG::QueryCanceled when running the turnover report. Is our database too small?",
            "Our management report cannot be created since the data has grown. Could you raise the limit?",
        ],
        facts: &[
            "At night it sometimes works.",
            "The filter on the warehouse makes it faster.",
        ],
        error: Some(
            "\
PG::QueryCanceled (ERROR:  canceling statement due to statement timeout):
  app/queries/turnover_query.rb:{line}:in `rows'
  app/services/build_report.rb:{line}:in `call'
  app/controllers/reports_controller.rb:{line}:in `show'
  vendor/bundle/ruby/3.2.0/gems/actionpack-7.1.3/lib/action_controller/metal/basic_implicit_render.rb:6:in `send_action'",
        ),
        solved: &[
            "Switched the report to the nightly summary tables (Report > Source: summary). Opens in four seconds.",
            "Run it in the background (Reports > Run > In background), there the limit is one hour. Customer gets \
             the result by mail.",
            "The summary tables had not been built since the upgrade. `reports-admin summaries build` took an \
             hour, afterwards the year report needs ten seconds.",
        ],
        notes: &[
            "Check whether the summaries are current. If not, build them.",
        ],
        engineers: &[
            "The limit of 300 s is on purpose. Summaries are the answer; we should use them without being asked. \
             RPT-498.",
        ],
        question: Some(
            "Which period is chosen, and is \"Source\" set to live or summary?",
        ),
        known: Some(Known {
            title: "Reports over long periods end in a statement timeout",
            state: KnownErrorState::WorkaroundAvailable,
            cause: "Live reports read all lines of the period and may take 300 s. Above a few million lines that \
                    is not enough.",
            workaround: &[
                "Set the report's Source to \"summary\".",
                "If the summaries are not current, run `reports-admin summaries build`.",
                "For live data use Reports > Run > In background.",
            ],
            worked: 16,
            tried: 18,
            eta: None,
            owner: "Aiko Tanabe",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "totals-differ",
        product: Product::Reports,
        components: &["key figures"],
        class: ResolutionClass::HowTo,
        seen: 20,
        to_l2: 25,
        to_l3: 8,
        titles: &[
            "Turnover in report differs from Billing",
            "Figures do not match",
            "Report total is not the invoice total",
            "Sales report wrong?",
            "Difference between report and accounting",
            "numbers differ",
        ],
        told: &[
            "The turnover in the report is {amount} lower than the sum of the invoices in Billing.",
            "Our controller compared the sales report with the accounting, and they differ. Which one is right?",
            "Report of last month does not agree with the invoices.",
            "numbers in the report are different every time I open it",
            "For {day} the report shows fewer orders than the order list.",
        ],
        solved: &[
            "The report counts by delivery date, Billing by invoice date. With \"Date: invoice\" in the filter \
             both agree to the cent.",
            "Report works with the figures of 02:00. What was booked later is in the next day's. Explained, \
             customer agrees.",
            "Credit notes were left out by the filter. With them the sums agree.",
        ],
        notes: &[
            "First ask for the date field of the report, then for the cut-off.",
        ],
        ..Issue::BLANK
    },
    Issue {
        key: "role-missing",
        product: Product::Reports,
        components: &["report permissions"],
        class: ResolutionClass::Configuration,
        seen: 12,
        to_l2: 15,
        to_l3: 3,
        titles: &[
            "Report not visible for colleague",
            "User cannot see the sales report",
            "Reports missing in the menu",
            "Access to reports",
            "Folder of reports is empty",
            "who may see which report?",
        ],
        told: &[
            "A new colleague does not see our reports. She has the same role as I do.",
            "The folder with our shared reports is empty for the branch managers.",
            "How do I share a report with another team?",
            "Menu item Reports is missing for user {user}.",
        ],
        solved: &[
            "Shared the folder with the role (Folder > Share > Roles). The colleague sees all reports.",
            "The role lacked the right \"Reports: read\". Added by the customer's administrator.",
            "Reports in \"My reports\" are private. Moved them to the shared folder.",
        ],
        notes: &[
            "Private folder or missing right, nothing else.",
        ],
        ..Issue::BLANK
    },
];
