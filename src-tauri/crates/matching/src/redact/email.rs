//! `jane.doe@example.org`, also with its sign escaped as in a link.

use super::{
    scan::Scan,
    span::{Found, Sensitive},
};

const LONGEST_LOCAL: usize = 256;
const LONGEST_DOMAIN: usize = 255;

/// No country and no registry has these: they are files.
const FILES: &[&str] = &[
    "class", "css", "gif", "html", "jar", "java", "jpeg", "jpg", "json", "log", "png", "properties", "svg", "txt",
    "xml",
];

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    for sign in ["@", "%40"] {
        for (at, _) in scan.text.match_indices(sign) {
            if let Some((start, end)) = address(scan, at, at + sign.len()) {
                found.push(Found::new(Sensitive::Email, start, end));
            }
        }
    }
}

fn address(scan: &Scan<'_>, at: usize, after: usize) -> Option<(usize, usize)> {
    let local = scan.back(at, LONGEST_LOCAL);
    let is_local = |c: char| c.is_alphanumeric() || "._+-'’".contains(c);
    let local = local.rsplit(|c: char| !is_local(c)).next()?.trim_start_matches(['.', '-', '\'', '’', '+']);
    let ahead = scan.ahead(after, LONGEST_DOMAIN);
    let is_domain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let domain = ahead.split(|c: char| !is_domain(c)).next()?.trim_end_matches(['.', '-']);
    if local.is_empty() || !is_host(domain) {
        return None;
    }
    let (start, end) = (at - local.len(), after + domain.len());
    // `Foo@1f2a.run()` is a call, `git@github.com:owner/name` an address of code, and what stands before the host of a link is told apart.
    let is_code = scan.at(end) == b'(' || ((local == "git" || local == "hg") && scan.at(end) == b':');
    (!is_code && !in_authority(scan, start)).then_some((start, end))
}

fn is_host(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let Some((top, rest)) = labels.split_last() else { return false };
    let is_number = |label: &&&str| label.bytes().all(|byte| byte.is_ascii_digit());
    let top_is_word =
        top.chars().count() >= 2 && top.len() <= 63 && !top.chars().any(|c| c.is_ascii_digit() || c == '-');
    // `core@5.8.0.fuse` names a version, `name@163.com` does not.
    !rest.is_empty()
        && labels.iter().all(|label| !label.is_empty())
        && rest.iter().filter(is_number).count() < 2
        && (top_is_word || top.starts_with("xn--"))
        && FILES.binary_search(&top.to_ascii_lowercase().as_str()).is_err()
}

/// Whether `scheme://` and nothing of a path stands before it.
fn in_authority(scan: &Scan<'_>, start: usize) -> bool {
    let ends = |c: char| c.is_whitespace() || "/?#\"'<>()".contains(c);
    let before = scan.back(start, LONGEST_LOCAL);
    let host = before.rsplit(ends).next().unwrap_or_default();
    before.get(..before.len() - host.len()).is_some_and(|lead| lead.ends_with("://"))
}
