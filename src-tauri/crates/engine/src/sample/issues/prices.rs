//! Orders: prices and numbers.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "stale-prices",
        product: Product::Orders,
        components: &["pricing", "price lists"],
        class: ResolutionClass::RestartOrCache,
        seen: 50,
        to_l2: 30,
        to_l3: 8,
        tags: &["prices"],
        titles: &[
            "Old prices after price list upload",
            "New price list not active",
            "Shop still shows last month's prices",
            "price update not visible",
            "Wrong price in order although list is correct",
            "Prices changed in the back office, customers see old ones",
            "Price list import OK but nothing changes",
            "Customer group price ignored",
        ],
        told: &[
            "We uploaded a new price list, it shows up in the back office with the right dates, but orders still \
             get the old price.",
            "Prices for {sku} were raised on {day}. The list is active, yet the shop sells at the old price. We \
             are losing money on every order.",
            "uploaded prices yesterday, still old ones in the shop. cache?",
            "Two of our {n}0 customer groups get the new prices, the others do not. All groups use the same list.",
            "The import report says {many} prices changed, 0 errors. If I open an article in the shop I still see \
             the previous price.",
            "Good morning, could you please refresh the prices in our system? We imported the new list last night \
             as usual and it has not been taken over.",
            "A customer complained about the price on {order}. The list that was valid that day has a different one.",
        ],
        facts: &[
            "The valid-from date is in the past, I checked.",
            "After some hours it corrects itself, but we cannot wait that long.",
            "It is the second month in a row.",
            "A single article that I change by hand is right at once.",
        ],
        solved: &[
            "Emptied the price cache (Pricing > Price lists > \"Rebuild prices\"); new prices are visible. Bulk \
             imports do not always trigger the rebuild, so please press it after each upload.",
            "Cleared the price cache for the sales channel. The customer now runs \"Rebuild prices\" after every \
             list.",
            "Price cache was stale. Rebuilt it with `orders-admin prices rebuild --channel all`; took four \
             minutes, prices are right.",
            "The list was right, the cache was old. \"Rebuild prices\" solved it, compared five articles with the \
             customer on the phone.",
        ],
        notes: &[
            "Classic. Rebuild prices, compare one article, close.",
            "Third time for this account, explain the button again and link the help page.",
        ],
        engineers: &[
            "The import publishes one event for each list and the cache drops events when more than 1,000 lists \
             change within a minute. Known, ORD-2087.",
        ],
        question: Some("Could you press \"Rebuild prices\" under Pricing > Price lists and look at one article again?"),
        known: Some(Known {
            title: "Prices of a bulk import become visible hours later",
            state: KnownErrorState::Identified,
            cause: "The price cache drops events when many lists change at once, and notices only at its next full \
                    run at night.",
            workaround: &[
                "Open Pricing > Price lists and press \"Rebuild prices\".",
                "Wait until the bar is through (a few minutes), then compare one article in the shop.",
            ],
            worked: 40,
            tried: 43,
            eta: None,
            owner: "Ines Albrecht",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "order-number-gaps",
        product: Product::Orders,
        components: &["numbering"],
        class: ResolutionClass::HowTo,
        seen: 20,
        to_l2: 10,
        to_l3: 2,
        titles: &[
            "Gaps in order numbers",
            "Order numbers missing, auditor asks",
            "Why do we have jumps in the numbering?",
            "Orders lost? Numbers not consecutive",
            "Missing order {order}",
            "Question about number ranges",
        ],
        told: &[
            "Our auditor found that order numbers are not consecutive, for example {order} is missing. Were orders \
             deleted?",
            "We are missing numbers in the list of orders. Please tell us where these orders are.",
            "After {order} the next number is {n} higher. Is that normal?",
            "Between two orders there is a gap. Nobody here deletes orders. Accounting needs a statement by Friday.",
            "Quick question, why does the system skip order numbers now and then?",
        ],
        facts: &[
            "Invoices are consecutive, it is only orders.",
            "It seems to happen when many people order at the same time.",
        ],
        solved: &[
            "Explained: a number is taken when the checkout starts, and abandoned checkouts leave gaps. No order \
             was deleted. Invoice numbers are without gaps, as the law asks. Sent the statement for auditors (help \
             page \"Numbering\").",
            "Works as designed. Order numbers may have gaps, invoice numbers may not. Sent the list of abandoned \
             checkouts for the numbers in question (Reports > Checkouts > Abandoned).",
            "Numbers of cancelled baskets are not used again. The customer can see them under Reports > Checkouts \
             > Abandoned; that was enough for the auditor.",
        ],
        notes: &[
            "Standard answer, text block \"numbering audit\".",
            "Auditor letter needed: template is in the shared folder of the service desk.",
        ],
        ..Issue::BLANK
    },
    Issue {
        key: "bulk-cancel",
        product: Product::Orders,
        components: &["orders list", "jobs"],
        class: ResolutionClass::CodeFix,
        seen: 16,
        to_l2: 70,
        to_l3: 55,
        since: Some("5.5.0"),
        tags: &["performance"],
        this_week: 4,
        titles: &[
            "Bulk cancel times out",
            "Cannot cancel many orders at once",
            "HTTP 503 when cancelling orders in the list",
            "Mass cancellation hangs",
            "Cancelling {many} orders stops half way",
            "Order list: \"service unavailable\" on bulk action",
        ],
        told: &[
            "I select about {many} orders and choose \"Cancel\". After a minute I get \"Service unavailable (HTTP \
             503)\". Some are cancelled, some are not.",
            "Since the upgrade to {version}, cancelling more than a few hundred orders at once does not work any \
             more.",
            "We must cancel all open orders of a recalled article. The list action breaks off, and we do not know \
             which ones are done.",
            "bulk cancel -> 503. In portions of 100 it works but takes the whole day",
            "The bulk action \"Cancel\" on the order list runs into a timeout. The log of the job server has the \
             line below.",
        ],
        facts: &[
            "Up to about 200 orders it works.",
            "Bulk \"Release\" with the same number of orders is quick.",
            "The job server is at 100 % CPU while it runs.",
        ],
        error: Some(
            "\
{time} ERROR c.h.orders.jobs.BulkCancel - Gave up after 60000 ms: 500 of {many} orders cancelled, lock on table order_line held by {id}",
        ),
        until_fixed: &[
            "Cancel in portions of at most 200 orders (filter by date), then the job ends in time. Customer got \
             through the list. Fix is being worked on.",
            "Ran the cancellation for the customer with `orders-admin cancel --file ids.txt --batch 100`. Fix \
             follows in one of the next versions.",
        ],
        notes: &["Until there is a fix: L2 can run `orders-admin cancel --batch 100` for the customer, ids as a file."],
        engineers: &[
            "5.5.0 takes one lock for the whole selection instead of one for each order. Working on it, ORD-2350.",
            "Patch is in review. It goes back to one transaction for each hundred orders.",
        ],
        question: Some("About how many orders are selected, and does it work with 200 of them?"),
        known: Some(Known {
            title: "Bulk cancel of more than 500 orders ends in HTTP 503",
            state: KnownErrorState::FixInProgress,
            cause: "From 5.5.0 on the action takes one lock for the whole selection. With many orders it outlives \
                    the 60 s limit of the job server.",
            workaround: &[
                "Filter the list so that at most 200 orders are selected, and cancel them in portions.",
                "For very long lists ask L2 to run `orders-admin cancel --batch 100` with the ids in a file.",
            ],
            worked: 9,
            tried: 10,
            eta: Some((12, "Ines Albrecht")),
            owner: "Ines Albrecht",
        }),
        ..Issue::BLANK
    },
];
