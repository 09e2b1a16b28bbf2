//! Orders: parcels and deliveries.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "carrier-timeout",
        product: Product::Orders,
        components: &["shipping", "labels"],
        class: ResolutionClass::ThirdParty,
        seen: 44,
        to_l2: 35,
        to_l3: 12,
        tags: &["shipping"],
        outbreak: Some(96),
        today: 2,
        titles: &[
            "No shipping labels",
            "Label printing: carrier did not answer",
            "Labels cannot be created since {clock}",
            "\"Carrier gateway timeout\" when we close a parcel",
            "HTTP 504 from the carrier service",
            "Parcels cannot be labelled, packing station stands still",
            "shipping labels very slow today",
            "504 Gateway Timeout on label request",
        ],
        told: &[
            "At the packing station the label does not come. After about half a minute the screen shows \"Carrier \
             did not answer (HTTP 504)\".",
            "We cannot print labels for parcels right now. Pallet labels work. It started around {clock}.",
            "label request fails, 504, every second parcel, warehouse is waiting!!",
            "Since this morning creating a shipment takes forever and then fails. The customers' orders are packed \
             but we cannot hand them over.",
            "Our shift lead reports that about half of the label requests end in a timeout. Repeating it two or \
             three times helps.",
            "Log of the packing PC: POST /labels answered HTTP 504 after 30 s for {order}. It is the same with all \
             parcel services we have with you.",
            "Is there a problem with the label interface? We have {many} parcels standing here and the truck comes \
             at five.",
        ],
        facts: &[
            "Repeating the request sometimes works.",
            "The internet connection is fine, other pages are fast.",
            "Only domestic parcels are affected as far as we can see.",
            "We had the same thing some weeks ago and it went away by itself.",
        ],
        error: Some(
            "\
{time} WARN  c.h.orders.shipping.CarrierClient - Label request for parcel {id} failed: HTTP 504 after 30000 ms",
        ),
        solved: &[
            "Outage at the carrier's gateway, confirmed on their status page. Labels have been running normally \
             again since {clock}; failed parcels can be closed again with \"Repeat\".",
            "The carrier had a disturbance. Until it was over the customer used the second gateway (Shipping > \
             Carriers > Route: backup). Switched back afterwards.",
            "Not on our side: the carrier's service answered too slowly. Set the route to \"backup\", labels came \
             at once. Nothing else to do.",
        ],
        notes: &[
            "Check the status page of the carrier first, then Shipping > Carriers > Response times. Above 20 s it \
             is theirs.",
            "Route set to backup for this account, remember to set it back tomorrow.",
        ],
        engineers: &[
            "CarrierClient waits 30 s and does not retry. We want to make the route switch by itself, ORD-2240, \
             not planned yet.",
        ],
        question: Some("Does it concern one carrier or all of them, and does \"Repeat\" on the parcel help?"),
        known: Some(Known {
            title: "Labels fail with HTTP 504 when the carrier's gateway is slow",
            state: KnownErrorState::WorkaroundAvailable,
            cause: "The carrier's gateway answers later than the 30 s that CarrierClient waits. There is no \
                    automatic switch to the second gateway.",
            workaround: &[
                "Open Shipping > Carriers and look at the response times; above 20 s the gateway is disturbed.",
                "Set the route of the carrier to \"backup\".",
                "Close the failed parcels again with \"Repeat\"; set the route back the next day.",
            ],
            worked: 39,
            tried: 41,
            eta: None,
            owner: "Ines Albrecht",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "double-shipment",
        product: Product::Orders,
        components: &["fulfilment"],
        class: ResolutionClass::DataFix,
        seen: 14,
        to_l2: 85,
        to_l3: 60,
        since: Some("5.2.4"),
        fixed_in: &["5.3.2"],
        titles: &[
            "Order shipped twice",
            "Two delivery notes for one order",
            "Goods sent double to customer",
            "Duplicate shipment {order}",
            "Delivery created twice within a second",
            "Stock booked out two times",
        ],
        told: &[
            "{order} has two delivery notes with the same items, created within one second. The warehouse sent the \
             goods twice.",
            "A customer received everything double. In the system both shipments look regular.",
            "Stock for {sku} was booked out twice, there are two shipments on one order. Please correct the \
             bookings.",
            "We found {n} orders with duplicate deliveries this week. The packers say they pressed the button only \
             once.",
        ],
        facts: &["The handheld had a bad connection at that moment.", "Both delivery notes have the same time stamp."],
        solved: &[
            "Cancelled the second delivery and booked the stock back with script ship-dedupe. The cause, a request \
             repeated by the handheld, is fixed in {fix}.",
            "Corrected the bookings for the orders in the list (data fix DF-{id}). From {fix} on a repeated \
             request is recognised.",
            "Second shipment removed, stock right again. Customer plans the update to {fix}, so it cannot come back.",
        ],
        notes: &["Use ship-dedupe in dry-run mode first and paste the list here before you let it write."],
        engineers: &[
            "Repeated POST without an idempotency key creates a second delivery. Fixed, data has to be corrected \
             by script.",
            "Ran ship-dedupe for this tenant: deliveries removed, stock bookings reversed. ORD-1998.",
        ],
        ..Issue::BLANK
    },
];
