//! Reports: schedules and printing.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "empty-schedule",
        product: Product::Reports,
        components: &["scheduled reports"],
        class: ResolutionClass::CodeFix,
        seen: 23,
        to_l2: 50,
        to_l3: 35,
        since: Some("7.2.0"),
        fixed_in: &["7.2.1", "7.3.0"],
        titles: &[
            "Scheduled report is empty",
            "Monthly report without data",
            "Report mail arrives without attachment",
            "NoMethodError undefined method `zone'",
            "Automatic reports are not sent",
            "Report by schedule empty, by hand OK",
            "morning report blank",
        ],
        told: &[
            "The report that comes every morning is empty since {day}. If I start it by hand the figures are there.",
            "Our scheduled reports are no longer sent. In the job list they are red.",
            "Report mail without attachment since the update to {version}.",
            "Sales report of {day} shows the header only. Management is not amused.",
            "The scheduler ends with an error for reports of users who have left the company.",
            "report job fails, log:",
        ],
        facts: &[
            "The schedule was made by a colleague who is no longer with us.",
            "It concerns {n} of our reports, others are fine.",
        ],
        error: Some(
            "\
NoMethodError (undefined method `zone' for nil):
  app/models/report_schedule.rb:{line}:in `window'
  app/services/run_schedule.rb:{line}:in `call'
  app/jobs/scheduled_report_job.rb:{line}:in `perform'
  vendor/bundle/ruby/3.2.0/gems/activejob-7.1.3/lib/active_job/execution.rb:53:in `perform_now'",
        ),
        solved: &[
            "Fixed in {fix}: schedules of deactivated users run in the time zone of the company. Reports arrive.",
            "Update to {fix}, then all schedules ran.",
        ],
        until_fixed: &[
            "Changed the owner of the schedules to an active user (Schedules > Owner). Reports are sent. Fix is \
             {fix}.",
            "Owner of the schedule was deactivated. Assigned a new one, started the run of today by hand.",
        ],
        notes: &["Owner deactivated. Change the owner, run again."],
        engineers: &["The window is computed in the owner's time zone and the owner is gone. RPT-512."],
        question: Some("Is the owner of the schedule still an active user?"),
        known: Some(Known {
            title: "Scheduled reports fail when their owner was deactivated",
            state: KnownErrorState::FixReleased,
            cause: "The period of a report is computed in the time zone of the schedule's owner. When the owner is \
                    deactivated there is none.",
            workaround: &[
                "Open Schedules and sort by owner.",
                "Assign an active user to the schedules concerned and start them once.",
            ],
            worked: 14,
            tried: 14,
            eta: None,
            owner: "Aiko Tanabe",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "dst-double",
        product: Product::Reports,
        components: &["scheduled reports"],
        class: ResolutionClass::CodeFix,
        seen: 2,
        to_l2: 60,
        to_l3: 60,
        fixed_in: &["7.1.1"],
        titles: &[
            "Report came twice when the clock was set back",
            "Two report mails in one night",
            "Report duplicated after time correction",
            "Night report twice",
            "Clock set back, double report",
            "Report sent at 2 and again at 2",
        ],
        told: &[
            "In the night when the clock of the server was set back our report was sent twice.",
            "The report of 02:30 came two times, with different figures. The time had been corrected by an hour.",
        ],
        solved: &["Fixed in {fix}: a schedule runs once for each local day."],
        until_fixed: &["Harmless; move the report to 03:30 to avoid it. Fixed in {fix}."],
        notes: &["Clock was set back. Nothing to repair."],
        engineers: &["02:30 exists twice in such a night. RPT-470."],
        ..Issue::BLANK
    },
    Issue {
        key: "pdf-landscape",
        product: Product::Reports,
        components: &["printing"],
        class: ResolutionClass::WontFix,
        seen: 3,
        to_l2: 30,
        to_l3: 20,
        titles: &[
            "Last column cut off in PDF",
            "Landscape printing of report",
            "PDF report too narrow",
            "Columns missing in printed report",
            "Report does not fit on the page",
            "pdf cut off",
        ],
        told: &[
            "In the PDF of the stock report the last column is missing.",
            "Can a report be printed in landscape? The right side is cut off.",
        ],
        solved: &[
            "Reports with more than 12 columns do not fit on A4; this will stay like that. Use the Excel export or \
             hide columns.",
            "Explained how to hide columns before printing. Landscape is not planned.",
        ],
        notes: &["Feature wish, noted in the product board."],
        ..Issue::BLANK
    },
];
