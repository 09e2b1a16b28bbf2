//! Orders: what comes in from elsewhere.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "reservation-released",
        product: Product::Orders,
        components: &["order import", "reservations"],
        class: ResolutionClass::CodeFix,
        seen: 34,
        to_l2: 60,
        to_l3: 45,
        since: Some("5.3.0"),
        fixed_in: &["5.4.1"],
        tags: &["import"],
        titles: &[
            "Order import stops with \"reservation already released\"",
            "Marketplace orders not imported",
            "Import job fails every morning",
            "IllegalStateException during order import",
            "Orders from yesterday evening missing",
            "nightly import hangs on one order",
            "Reservation {id} is already released",
        ],
        told: &[
            "The import of marketplace orders stops in the middle. The job log says that a reservation is already \
             released, and all orders after that one are missing until somebody restarts it.",
            "Every morning we have to delete one order from the import queue by hand, otherwise nothing comes in. \
             Today it was {order}.",
            "We see only part of yesterday's orders. {many} should have arrived, a few hundred did. Log attached \
             below.",
            "import job red again, same error as last week, pls check",
            "An order was cancelled at the marketplace and paid again a few minutes later. Since then the import \
             cannot get past it.",
            "Please have a look at the order import. It started at the usual time and failed after {n} minutes. We \
             restarted it twice and it fails at the same order each time.",
        ],
        facts: &[
            "The orders concerned were cancelled and then reactivated by the buyer.",
            "Restarting the job skips nothing, it stops at the same place.",
            "We import every 15 minutes from two marketplaces.",
            "Stock is reserved correctly for the orders that did come in.",
        ],
        error: Some(
            "\
{time} ERROR [order-import-{n}] c.h.orders.imports.ImportJob - Import stopped at order {order}
java.lang.IllegalStateException: Reservation {id} is already released
    at com.halvern.orders.reservations.ReservationLedger.release(ReservationLedger.java:{line})
    at com.halvern.orders.imports.OrderWriter.replace(OrderWriter.java:{line})
    at com.halvern.orders.imports.ImportJob.next(ImportJob.java:{line})
    at org.springframework.scheduling.support.DelegatingErrorHandlingRunnable.run(DelegatingErrorHandlingRunnable.java:54)
    at java.base/java.lang.Thread.run(Thread.java:1583)",
        ),
        solved: &[
            "Fixed in {fix}. Releasing a reservation twice is no longer an error, the import goes on with the next \
             order. Customer updated, backlog was imported within the hour.",
            "Updated to {fix} and restarted the import from the last good order. All missing orders are there; \
             compared the count with the marketplace.",
            "The customer's system is on {fix} now, which tolerates orders that were cancelled and paid again. \
             Import ran clean for two days, closing.",
        ],
        until_fixed: &[
            "Moved the blocking order to the parking queue (Imports > Queue > Park) and restarted the job. The \
             parked order was entered by hand afterwards. Fix is planned for {fix}.",
            "Parked {order}, import continues. Explained the steps to the customer in case it happens again before \
             the update to {fix}.",
        ],
        notes: &[
            "Park the order, restart the job, then enter it by hand. Do not delete it from the queue: the \
             marketplace would send it again.",
            "Same pattern as before, cancelled and reactivated order.",
        ],
        engineers: &[
            "The second payment releases a reservation that the cancellation has released. ReservationLedger must \
             treat that as done. ORD-2174.",
        ],
        question: Some(
            "Which order does the job stop at, and was it cancelled and paid again at the marketplace?",
        ),
        known: Some(Known {
            title: "Order import stops at an order that was cancelled and paid again",
            state: KnownErrorState::FixVerified,
            cause: "Cancelling releases the reservation; the reactivated order releases it a second time, and \
                    ReservationLedger treats that as an illegal state. One such order blocks the whole import.",
            workaround: &[
                "In Imports > Queue select the order that the log names and choose \"Park\".",
                "Restart the import; it goes on with the next order.",
                "Enter the parked order by hand and mark it as imported.",
            ],
            worked: 18,
            tried: 18,
            eta: None,
            owner: "Tomasz Wilk",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "order-csv-empty",
        product: Product::Orders,
        components: &["order import"],
        class: ResolutionClass::HowTo,
        seen: 30,
        to_l2: 15,
        to_l3: 3,
        tags: &["import"],
        titles: &[
            "CSV import: 0 rows imported",
            "Order upload does nothing",
            "Import of orders from Excel not working",
            "File accepted but no orders",
            "CSV upload \"0 of {many} rows\"",
            "Uploading orders with a spreadsheet",
            "import file format?",
        ],
        told: &[
            "I upload our order file, it says \"0 rows imported, 0 errors\", and there is no order in the system.",
            "The CSV import finishes in a second and imports nothing. The file has {many} lines.",
            "How must the file look? I saved the sheet as CSV, the upload says OK, but nothing happens.",
            "We used to import orders with a file from our ERP. Since they changed something over there, no rows \
             are read. No error message either.",
            "Upload ok, zero orders. File is attached to the first mail. Thanks",
            "Zero rows. Opened it in Notepad, looks fine to me, columns separated by semicolons.",
        ],
        facts: &[
            "The file comes from the German version of Excel.",
            "Column names are the same as in your template.",
            "A colleague could import the same file last year.",
        ],
        solved: &[
            "The file was separated by semicolons, the import profile expected commas. Changed the profile \
             (Imports > Profiles > Separator: semicolon). All rows were read.",
            "Explained the separator setting in the import profile. With \"detect\" it reads both kinds of files.",
            "Header line had a different name for the order number. Mapped it in the import profile; {many} rows \
             imported.",
            "File was saved as UTF-16 text. Saved as \"CSV UTF-8\" it works; also set the separator to \"detect\".",
        ],
        notes: &[
            "Nearly always the separator. Ask for the first two lines of the file.",
        ],
        question: Some(
            "Could you paste the first two lines of the file as text? Then we see the separator and the column \
             names.",
        ),
        ..Issue::BLANK
    },
];
