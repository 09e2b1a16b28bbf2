//! Each vendor's server: an answer to any request, from a stranger. The first line says which kind, which stream, which
//! status; the second is a `link` header, the third the cursor; the rest is the body.
#![no_main]

use connect::{
    http::Response,
    pull::{Connector, KINDS, Setup},
};
use domain::Cursor;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const STATUSES: [u16; 8] = [200, 204, 304, 403, 404, 410, 429, 500];

static CONNECTORS: LazyLock<Vec<Box<dyn Connector>>> =
    LazyLock::new(|| KINDS.iter().map(|kind| connector(kind)).collect());

/// At an address that its kind takes.
fn connector(kind: &str) -> Box<dyn Connector> {
    let addresses = [
        "https://forge.example/owner/name",
        "https://tracker.example/projects/name",
        "https://tracker.example",
        "https://monitor.example/organizations/name",
    ];
    let at = |url: &&str| Setup { kind: kind.into(), url: (*url).into(), ..Setup::default() }.connector().ok();
    addresses.iter().find_map(at).unwrap_or_else(|| panic!("no address suits {kind}"))
}

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(4, |byte| *byte == b'\n');
    let (Some(head), Some(link), Some(cursor)) = (parts.next(), parts.next(), parts.next()) else { return };
    let body = parts.next().unwrap_or_default().to_vec();
    let pick = |at: usize, among: usize| head.get(at).map_or(0, |byte| usize::from(*byte) % among);
    let connector = &CONNECTORS[pick(0, CONNECTORS.len())];
    let stream = connector.streams()[pick(1, connector.streams().len())];
    let link = String::from_utf8_lossy(link).into_owned();
    let response = Response { status: STATUSES[pick(2, STATUSES.len())], headers: vec![("link".into(), link)], body };
    let cursor = Some(String::from_utf8_lossy(cursor).into_owned()).filter(|text| !text.is_empty()).map(Cursor);

    let asks = |path: &str| assert!(path.starts_with('/') && !path.starts_with("//"), "asked for {path}");
    asks(&connector.request(stream, cursor.as_ref()).path);
    if let Ok(page) = connector.read(stream, cursor.as_ref(), &response) {
        assert!(page.bad.iter().all(|bad| !bad.reason.is_empty()));
        assert!(!page.more || page.next.is_some(), "there is more, and nowhere to go on");
        asks(&connector.request(stream, page.next.as_ref()).path);
    }
    if let Ok(roll) = connector.rolled(cursor.as_ref().map(|cursor| cursor.0.as_str()), &response) {
        asks(&connector.roll(roll.next.as_deref()).path);
        roll.ids.iter().take(3).for_each(|id| asks(&connector.one(id).path));
    }
    let _ = (connector.tested(&response), connector.counted(&response), connector.found("7", &response));
    let smaller = connector.smaller(stream, cursor.as_ref());
    asks(&connector.request(stream, smaller.as_ref().or(cursor.as_ref())).path);
});
