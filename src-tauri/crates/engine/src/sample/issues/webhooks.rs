//! Connect: events and the API.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "webhook-panic",
        product: Product::Connect,
        components: &["webhooks"],
        class: ResolutionClass::CodeFix,
        seen: 26,
        to_l2: 60,
        to_l3: 50,
        since: Some("1.21.0"),
        fixed_in: &["1.21.1"],
        titles: &[
            "Webhooks stopped",
            "No events since {day}",
            "Webhook worker crashes",
            "panic: assignment to entry in nil map",
            "Events are not delivered any more",
            "Delivery queue grows",
            "webhook service restarting all the time",
        ],
        told: &[
            "We have not received any webhook since {day}. In the monitor the queue has {many} entries and grows.",
            "The webhook worker restarts every few seconds. Container log below.",
            "Events of our shop are not delivered. After a restart it works for some minutes.",
            "webhooks dead again. 3rd time this week.",
            "Since the update to {version} the delivery of webhooks stops as soon as one of our endpoints answers \
             with an error.",
            "Our warehouse system gets no order events. On your side the status is green, but the delivery log \
             ends at {clock}.",
        ],
        facts: &[
            "One of our endpoints was down for maintenance at that time.",
            "API calls work, only webhooks do not.",
        ],
        error: Some(
            "\
panic: assignment to entry in nil map

goroutine {n}1 [running]:
halvern.example/connect/webhooks.(*Backoff).Note(0xc000{hash}, 0xc000{hash})
\t/build/connect/webhooks/backoff.go:{line} +0x1d4
halvern.example/connect/webhooks.(*Worker).deliver(0xc000{hash}, 0xc000{hash})
\t/build/connect/webhooks/worker.go:{line} +0x3a8
created by halvern.example/connect/webhooks.(*Pool).Start
\t/build/connect/webhooks/pool.go:{line} +0x9f",
        ),
        solved: &[
            "Fixed in {fix}. After the update the queue was worked off, no event was lost.",
            "Updated Connect to {fix}; worker is stable, all waiting events delivered.",
            "{fix} has the fix. Watched the queue for an hour, stays empty.",
        ],
        until_fixed: &[
            "Deactivated the endpoint that answers with errors (Webhooks > Endpoints > Pause). The worker is \
             stable and the queue empties. Fix comes with {fix}.",
            "Paused the dead endpoint and restarted the worker. Events are delivered; they are kept for seven \
             days, so nothing is lost.",
        ],
        notes: &["One failing endpoint kills the worker on 1.21.0. Pause it, restart, then plan the update."],
        engineers: &["Backoff map is not made when the worker starts with an empty table. CON-771."],
        question: Some("Does one of your endpoints answer with an error at the moment?"),
        known: Some(Known {
            title: "Webhook worker crashes when an endpoint fails for the first time",
            state: KnownErrorState::Closed,
            cause: "The table of waiting times is not made when a worker starts with no failures. The first \
                    failure writes into it and ends the worker.",
            workaround: &[
                "Pause the endpoint that answers with errors under Webhooks > Endpoints.",
                "Restart the worker; waiting events are kept for seven days.",
            ],
            worked: 17,
            tried: 17,
            eta: None,
            owner: "Priya Raman",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "rate-limit",
        product: Product::Connect,
        components: &["API"],
        class: ResolutionClass::HowTo,
        seen: 38,
        to_l2: 20,
        to_l3: 6,
        tags: &["api"],
        titles: &[
            "HTTP 429 from your API",
            "Too many requests",
            "API rate limit reached",
            "Our integration gets 429 Too Many Requests",
            "API blocks us at night",
            "Raise API limit?",
            "sync stops with status code 429",
        ],
        told: &[
            "Our integration gets HTTP 429 when we synchronise articles. What is the limit, and can you raise it?",
            "Since yesterday the API answers 429 Too Many Requests for about a third of the calls.",
            "Request failed with status code 429. We send one request for each article, {many} in total.",
            "we get 429 all the time, please unblock our key",
            "Is there a limit for API calls? Our developer says the nightly run is stopped by it.",
            "We are a partner and synchronise the stock every five minutes. Your API throttles us since this week.",
        ],
        facts: &[
            "We do not use the bulk endpoint.",
            "We have three programs that use the same key.",
            "We retry at once when a call fails.",
        ],
        solved: &[
            "Explained the limit (600 calls a minute for each key) and the header Retry-After. With the bulk \
             endpoint /articles/batch the nightly run needs 40 calls.",
            "Three programs shared one key. Made a key for each; no 429 since.",
            "The client retried without waiting. With a pause as given in Retry-After the run goes through.",
            "Limit raised to 1,200 for two weeks for the initial load; afterwards the bulk endpoint is to be used.",
        ],
        notes: &[
            "Look at the usage graph of the key. Mostly single requests in a loop, then point to /articles/batch.",
        ],
        engineers: &[
            "The limit is right, but Retry-After was missing on HTTP 429 of the stock endpoint. Added, CON-802.",
        ],
        question: Some("Do you use the bulk endpoint, and how many programs use the same key?"),
        ..Issue::BLANK
    },
    Issue {
        key: "event-order",
        product: Product::Connect,
        components: &["webhooks"],
        class: ResolutionClass::WontFix,
        seen: 5,
        to_l2: 40,
        to_l3: 40,
        titles: &[
            "Webhooks arrive in wrong order",
            "order.updated before order.created",
            "Sequence of events not guaranteed?",
            "Events out of order",
            "Status goes backwards because of webhook order",
            "Older event after newer one",
        ],
        told: &[
            "We receive order.updated before order.created. Our system cannot handle that.",
            "The sequence of your webhooks is not the sequence of what happened. Please correct that.",
            "Sometimes an older event arrives after a newer one, and the status in our system goes back.",
        ],
        solved: &[
            "Order of delivery is not guaranteed and will not be. Each event has a sequence number; an older one \
             than the last seen should be ignored. Sent the example code.",
            "Explained the field \"sequence\". The customer's developer adds the check.",
        ],
        notes: &["Documented behaviour, link the page \"Delivery guarantees\"."],
        engineers: &["Parallel delivery is on purpose. A strict order would stop all events behind one slow endpoint."],
        known: Some(Known {
            title: "Webhooks may arrive in another order than things happened",
            state: KnownErrorState::WontFix,
            cause: "Events are delivered in parallel so that one slow endpoint does not hold the others up. The \
                    sequence number in each event tells the order.",
            workaround: &["Keep the last sequence number of each object and ignore events with a lower one."],
            worked: 4,
            tried: 5,
            eta: None,
            owner: "Priya Raman",
        }),
        ..Issue::BLANK
    },
];
