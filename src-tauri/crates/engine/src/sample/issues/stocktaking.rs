//! Stock: counts and values.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "negative-stock",
        product: Product::Stock,
        components: &["stock counts"],
        class: ResolutionClass::DataFix,
        seen: 40,
        to_l2: 60,
        to_l3: 25,
        tags: &["inventory"],
        titles: &[
            "Negative stock after count",
            "Stock level is minus {n}",
            "Inventory count made quantities wrong",
            "Article {sku} shows negative quantity",
            "Wrong stock since the inventory",
            "Quantities do not match after stocktake",
            "minus quantities on three bins",
        ],
        told: &[
            "After the stock count the quantity of {sku} is negative. We counted {many} pieces.",
            "We closed the inventory on {day}. Since then several articles have negative stock, which is \
             physically not possible.",
            "stock -{n} on bin A-{n}2, counted twice, real qty is positive",
            "Counting list was posted while picking was going on. Now {n} bins are negative and orders for these \
             articles are blocked.",
            "The count differences were booked twice it seems. {sku} should be {many} and the system says it is \
             below zero.",
            "Could someone please correct our stock? Our stocktake ended with wrong figures for about {n}0 \
             articles, and the shop does not sell them any more.",
            "Hello, our auditor will be here on Monday and the inventory list contains negative values. I do not \
             know how this can be corrected, the fields are locked.",
        ],
        facts: &[
            "Picking was not stopped during the count.",
            "The count list was posted twice because the first time there was no confirmation.",
            "Only the bins of aisle A are concerned.",
            "We have a screenshot of the paper list.",
        ],
        solved: &[
            "Corrected the bins with a count correction (Stock > Counts > Correct) for the articles in the list. \
             Please stop picking on the aisle while a count is posted.",
            "The count had been posted twice. Reversed the second posting (DF-{id}); quantities agree with the \
             paper list.",
            "Ran the correction script for {n} bins. The customer compared them, all right. Advised to use \"Count \
             with pick stop\".",
        ],
        notes: &[
            "Posted twice, or picked during the count. Look at the journal of the bin, then decide between \
             reversal and correction.",
            "Journal shows two postings of the same list within a minute.",
        ],
        engineers: &[
            "A count that is posted twice is booked twice. We want to refuse the second one, STK-880, planned.",
        ],
        question: Some("Was picking stopped while the list was posted, and was it posted more than once?"),
        known: Some(Known {
            title: "Stock becomes negative when a count list is posted twice or during picking",
            state: KnownErrorState::WorkaroundAvailable,
            cause: "Posting a count books the difference to the quantity at that moment. A second posting, or \
                    picks between counting and posting, book it again.",
            workaround: &[
                "Look at Stock > Journal for the bin and find the posting that is one too many.",
                "Reverse it, or correct the bin under Stock > Counts > Correct.",
                "Use \"Count with pick stop\" for the next count.",
            ],
            worked: 27,
            tried: 30,
            eta: None,
            owner: "Lena Fischer",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "revaluation-deadlock",
        product: Product::Stock,
        components: &["valuation", "jobs"],
        class: ResolutionClass::CodeFix,
        seen: 14,
        to_l2: 80,
        to_l3: 75,
        since: Some("2.13.1"),
        tags: &["performance"],
        titles: &[
            "Nightly revaluation fails: deadlock detected",
            "Stock valuation not up to date",
            "DeadlockDetected in job \"revaluation\"",
            "Valuation job aborts two nights out of three",
            "Inventory value of yesterday missing",
            "revaluation red",
        ],
        told: &[
            "The job \"revaluation\" fails several times a week with \"deadlock detected\". On the next day the \
             values are missing in our report.",
            "Our controller needs the inventory value every morning. Today there is none again, the job was \
             aborted at {clock}.",
            "Deadlock in the database during revaluation. We run on {version}. Trace:",
            "revaluation job and the import run at the same time at our site, I think they block each other.",
        ],
        facts: &[
            "It never fails on weekends, when there is no import.",
            "Starting it by hand in the morning always works.",
        ],
        error: Some(
            "\
Traceback (most recent call last):
  File \"/opt/halvern/stock-{version}/stock/jobs/revaluation.py\", line {line}, in run
    ledger.revalue(batch)
  File \"/opt/halvern/stock-{version}/stock/valuation/ledger.py\", line {line}, in revalue
    cursor.execute(UPDATE_VALUES, rows)
psycopg2.errors.DeadlockDetected: deadlock detected
DETAIL:  Process {id} waits for ShareLock on transaction {id}; blocked by process {id}.",
        ),
        until_fixed: &[
            "Moved the job to 04:30, after the article import (Jobs > revaluation > Start). No deadlock since. A \
             fix is in work.",
            "Set the import to pause between 03:00 and 04:00. The revaluation runs through. Will inform the \
             customer when the fix is out.",
        ],
        notes: &["Check the time table first: import and revaluation must not overlap. Then link to the known error."],
        engineers: &[
            "Import and revaluation lock the rows in a different order. Sorting by id in both solves it, STK-935.",
            "The change needs a migration, so it goes into the next minor version and not into a patch.",
        ],
        question: Some("At what time do the jobs \"article import\" and \"revaluation\" start at your site?"),
        known: Some(Known {
            title: "Revaluation and article import block each other",
            state: KnownErrorState::FixInProgress,
            cause: "The two jobs lock the same rows in a different order, and the database ends one of them. \
                    Whichever started later loses.",
            workaround: &[
                "Open Jobs > revaluation and move its start to a time when no import runs.",
                "Start it once by hand for today's values.",
            ],
            worked: 10,
            tried: 12,
            eta: Some((20, "Oskar Lund")),
            owner: "Oskar Lund",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "snapshot-slow",
        product: Product::Stock,
        components: &["stock snapshots"],
        class: ResolutionClass::Configuration,
        seen: 9,
        to_l2: 65,
        to_l3: 40,
        since: Some("2.12.0"),
        titles: &[
            "Stock snapshot takes hours",
            "Snapshot page very slow",
            "Timeout when opening the snapshot of last month",
            "Performance of stock history",
            "Monthly snapshot does not finish",
            "history view slow",
        ],
        told: &[
            "The monthly snapshot takes more than {n} hours. It used to be done in twenty minutes.",
            "Opening the stock history of an article needs over a minute.",
            "Snapshot job still running at ten in the morning, everybody complains that the system is slow.",
        ],
        solved: &[
            "The index on the journal was missing after the migration. Built it with `stock-admin index journal`; \
             the snapshot takes 14 minutes now.",
            "Old snapshots were kept for ever. Set the retention to 36 months and ran the clean-up; history opens \
             in two seconds.",
        ],
        notes: &["`stock-admin check indexes` tells whether the journal index is there."],
        engineers: &[
            "The migration to 2.12 skips the index when the journal has more than 50 million rows. Documented in \
             the upgrade notes.",
        ],
        ..Issue::BLANK
    },
];
