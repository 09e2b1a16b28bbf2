//! Addresses of machines, and not versions, clocks or paths of programs. Those that every machine has are left alone.

use super::{
    scan::{Scan, is_word},
    span::{Found, Sensitive},
};
use std::net::{Ipv4Addr, Ipv6Addr};

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    for (start, end) in scan.runs(|byte| byte.is_ascii_digit() || byte == b'.') {
        if let Some((start, end)) = v4(scan, start, end) {
            found.push(Found::new(Sensitive::Ip, start, end));
        }
    }
    for (start, end) in scan.runs(|byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.') {
        if let Some((start, end)) = v6(scan, start, end) {
            found.push(Found::new(Sensitive::Ip, start, end));
        }
    }
}

fn v4(scan: &Scan<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    if end - start > 24 {
        return None;
    }
    let text = scan.slice(start, end).trim_end_matches('.');
    let end = start + text.len();
    let address: Ipv4Addr = text.parse().ok()?;
    let [first, _, _, fourth] = address.octets();
    // A whole network is nobody's machine.
    let everywhere = address.is_loopback() || first == 0 || first >= 224 || (fourth == 0 && scan.at(end) != b'/');
    let apart = !is_word(scan.before(start)) && scan.before(start) != b'-' && !is_word(scan.at(end));
    if everywhere || !apart || (scan.at(end) == b'-' && is_word(scan.at(end + 1)) && !scan.at(end + 1).is_ascii_digit())
    {
        return None;
    }
    let has_port = scan.at(end) == b':' && scan.at(end + 1).is_ascii_digit();
    if has_port {
        return Some((start, end));
    }
    let lead = scan.back(start, 24).to_ascii_lowercase();
    let low = address.octets().iter().all(|part| *part < 100);
    if is_version(&lead, low) {
        return None;
    }
    // A number of four small parts names a version as often as a machine.
    let small = first < 10 && low;
    (!small || names_a_machine(&lead)).then_some((start, end))
}

fn last_word(lead: &str) -> &str {
    let lead = lead.trim_end_matches(|c: char| !c.is_alphanumeric());
    lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn is_version(lead: &str, low: bool) -> bool {
    let word = last_word(lead);
    let named = matches!(
        word,
        "version"
            | "versions"
            | "ver"
            | "v"
            | "release"
            | "build"
            | "revision"
            | "rev"
            | "update"
            | "patch"
            | "firmware"
            | "chrome"
            | "firefox"
            | "safari"
            | "edge"
            | "edg"
            | "opr"
            | "opera"
            | "chromium"
            | "java"
            | "jdk"
            | "jre"
            | "jvm"
            | "tomcat"
            | "jetty"
            | "oracle"
            | "driver"
            | "upgrade"
            | "upgraded"
            | "schema"
    );
    // `see 4.2.1.3` is a place in a document, `see 34.168.105.72` is none.
    let named = named || (low && matches!(word, "see" | "section" | "chapter"));
    // `upgraded to 5.3.0.4` and `from 5.3.0.4 to 5.3.0.5`, but `connected to 10.1.2.3`.
    named
        || (low
            && (word == "to" || word == "from")
            && ["version", "upgrad", "updat", "migrat", "release"].iter().any(|sign| lead.contains(sign)))
}

fn names_a_machine(lead: &str) -> bool {
    let word = last_word(lead);
    // `//1.2.3.4` and `refused: /1.2.3.4`, but not `cglib/3.0.0.1`.
    let after_slash = lead.strip_suffix('/').is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()));
    after_slash
        || lead.ends_with('@')
        || matches!(
            word,
            "ip" | "address"
                | "addr"
                | "host"
                | "client"
                | "from"
                | "to"
                | "at"
                | "via"
                | "proxy"
                | "gateway"
                | "ping"
                | "peer"
                | "remote"
                | "dns"
                | "node"
                | "machine"
                | "connect"
                | "connected"
                | "on"
                | "ips"
                | "vpn"
                | "firewall"
        )
}

fn v6(scan: &Scan<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    // The longest has 45 signs; a path of C++ or a hash ends elsewhere.
    if end - start > 46 || is_word(scan.before(start)) || is_word(scan.at(end)) || scan.before(start) == b'-' {
        return None;
    }
    let text = scan.slice(start, end).trim_end_matches(['.', ':']);
    // `::` at the end belongs to the address.
    let text = if scan.slice(start, end).starts_with(text) && scan.slice(start + text.len(), end).starts_with("::") {
        scan.slice(start, start + text.len() + 2)
    } else {
        text
    };
    let address: Ipv6Addr = text.parse().ok()?;
    let segments = address.segments();
    let written = text.split(':').filter(|part| !part.is_empty()).count();
    let telling = match segments {
        [0, 0, 0, 0, 0, 0, ..] => text.contains('.'),
        // `1:1:1:1:1:1:1:1` counts something; a whole address has long parts.
        _ if !text.contains("::") => text.split(':').filter(|part| part.len() >= 3).count() >= 2,
        [first, ..] => first >= 0x1000 && written >= 2,
    };
    (!address.is_loopback() && !address.is_multicast() && telling).then(|| (start, start + text.len()))
}
