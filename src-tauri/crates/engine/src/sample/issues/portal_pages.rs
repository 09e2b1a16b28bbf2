//! Portal: pages, files and dates.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "chunk-load",
        product: Product::Portal,
        components: &["app shell"],
        class: ResolutionClass::RestartOrCache,
        seen: 42,
        to_l2: 15,
        to_l3: 5,
        tags: &["browser"],
        outbreak: Some(10),
        titles: &[
            "ChunkLoadError",
            "Portal page broken after your release",
            "Buttons do nothing since this morning",
            "Loading chunk failed",
            "Part of the portal does not open",
            "Order page stays grey",
            "\"Loading chunk {n} failed\" when opening orders",
            "portal half loaded",
        ],
        told: &[
            "When I open the order page the middle stays grey. The menu works. It says that a chunk could not be \
             loaded.",
            "After your maintenance last night some pages of the portal do not open. Everyone who had the browser \
             open overnight has it.",
            "ChunkLoadError in console, reload with F5 does not help",
            "Clicking \"Details\" does nothing. A colleague next to me can open it.",
            "Our users report that parts of the portal are missing since this morning. Some of them restarted the \
             PC and then it was fine.",
            "Page \"Documents\" cannot be opened: Loading chunk {n} failed. Error text copied from the console.",
        ],
        facts: &[
            "We have a proxy that caches web pages.",
            "In another browser it works.",
            "Happened after the last release as well.",
        ],
        error: Some(
            "\
ChunkLoadError: Loading chunk {id} failed. (error: https://portal.halvern.example/assets/orders.{hash}.js)
    at loadChunk (https://portal.halvern.example/assets/loader.{hash}.js:1:{id})
    at openRoute (https://portal.halvern.example/assets/main.{hash}.js:2:{id})
    at async Router.navigate (https://portal.halvern.example/assets/main.{hash}.js:2:{id})",
        ),
        solved: &[
            "Reload with Ctrl+F5 (empties the cache of the page) solved it. The browser still had the old version \
             open.",
            "The proxy of the customer delivered old files. Their IT excluded portal.halvern.example/assets/index \
             from the cache; all users are fine.",
            "Signed out, closed all tabs and opened the portal again: works. The files of the previous release are \
             removed after a day.",
            "Old tab. Hard reload, done.",
        ],
        notes: &["Text block \"hard reload\". If it comes back every release, ask for a proxy."],
        engineers: &[
            "Old chunks are kept for 24 hours. A tab that is older than that breaks; we want to show \"please \
             reload\", POR-3188.",
        ],
        question: Some("Could you close all tabs of the portal, press Ctrl+F5 and try again?"),
        known: Some(Known {
            title: "Pages of the portal do not open in tabs from before a release",
            state: KnownErrorState::WorkaroundAvailable,
            cause: "A tab that was opened before a release asks for files of the old version, which are removed \
                    after 24 hours. Caching proxies make it worse.",
            workaround: &[
                "Close all tabs of the portal.",
                "Open it again and press Ctrl+F5 once.",
                "If a proxy is used, exclude the start page from its cache.",
            ],
            worked: 36,
            tried: 37,
            eta: None,
            owner: "Sofia Marques",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "upload-413",
        product: Product::Portal,
        components: &["uploads"],
        class: ResolutionClass::Configuration,
        seen: 23,
        to_l2: 30,
        to_l3: 8,
        titles: &[
            "Upload fails for large files",
            "HTTP 413 when uploading a drawing",
            "File too large",
            "Attachments over 20 MB not possible",
            "Customers cannot upload PDF plans",
            "413 Payload Too Large",
        ],
        told: &[
            "Our customers want to upload drawings of {n}0 MB. The upload runs to the end and then says HTTP 413.",
            "Upload of bigger files is refused. In the settings the limit is 100 MB.",
            "Attachment cannot be uploaded, error 413 Payload Too Large. Small files work.",
            "How can we raise the limit for uploads? The file has {n}5 MB.",
            "It says file too large but it is well below what you promise in the manual.",
        ],
        facts: &[
            "Within our network it works, from outside it does not.",
            "We have our own web server in front of the portal.",
        ],
        error: Some(
            "\
{time} [error] {id}#0: *{id} client intended to send too large body: {id} bytes, client: {ip}, server: portal.halvern.example, request: \"POST /files HTTP/1.1\"",
        ),
        solved: &[
            "The reverse proxy of the customer allowed 20 MB only. After `client_max_body_size 120m;` in its \
             configuration the upload works.",
            "Raised the limit in Portal > Files > Largest upload to 100 MB. Tested with a file of 60 MB.",
            "Two limits: the portal's and that of the web server in front. Both at 100 MB now.",
        ],
        notes: &["413 with a limit of 100 MB in the portal means that a proxy is in front."],
        question: Some("Is there a web server or proxy of your own in front of the portal?"),
        ..Issue::BLANK
    },
    Issue {
        key: "dates-off-by-one",
        product: Product::Portal,
        components: &["delivery dates"],
        class: ResolutionClass::CodeFix,
        seen: 25,
        to_l2: 45,
        to_l3: 30,
        since: Some("11.1.0"),
        fixed_in: &["11.2.1"],
        titles: &[
            "Delivery date is one day early",
            "Date in portal differs from back office",
            "Wrong day shown to customers overseas",
            "Time zone problem with delivery dates",
            "Promised date off by one",
            "dates wrong for US customers",
        ],
        told: &[
            "The delivery date in the portal is one day before the one in the back office. It concerns customers \
             in America.",
            "Our customer in Vancouver sees {day} and we see the day after. The confirmation mail is right.",
            "Dates are shifted by one day for users west of us.",
            "We promise delivery on a date that our customer sees as the day before. They wait at the gate for \
             nothing.",
            "all delivery dates -1 day if browser time zone is behind UTC",
        ],
        facts: &[
            "Changing the time zone in the user's profile has no effect.",
            "Order dates are right, only delivery dates are wrong.",
        ],
        solved: &[
            "Fixed in {fix}: delivery dates are shown as dates without a time of day. Looked at {order} with the \
             customer, right on both sides.",
            "Update to {fix} solves it; the stored dates were always correct.",
        ],
        until_fixed: &[
            "Until {fix}: tick \"show dates of the warehouse\" under Portal > Display. Dates are then the same for \
             everybody.",
            "Switched the display to warehouse time for this portal. Customer agrees; update is planned.",
        ],
        notes: &["Only the display is wrong, never the data. Reassure the customer first."],
        engineers: &["A date at midnight UTC becomes the day before in America. We now send a plain date. POR-3127."],
        known: Some(Known {
            title: "Delivery dates in the portal are one day early west of Greenwich",
            state: KnownErrorState::Closed,
            cause: "The date was sent as midnight UTC and shown in the time zone of the browser.",
            workaround: &["Open Portal > Display and tick \"show dates of the warehouse\"."],
            worked: 15,
            tried: 16,
            eta: None,
            owner: "Sofia Marques",
        }),
        ..Issue::BLANK
    },
];
