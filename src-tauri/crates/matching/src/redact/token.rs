//! Tokens of clouds and forges, which begin with a word of their maker.

use super::{
    scan::{Scan, is_base64url, is_word},
    span::{Found, Sensitive},
};
use crate::lines::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// What a token begins with, how long it is from there on at least, and which signs it has.
struct Form(&'static str, usize, Signs);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Signs {
    /// Capitals and digits, just as many as said.
    Capitals,
    Hex,
    Letters,
    /// And `_`, `-`.
    Url,
    /// And dots.
    Dotted,
}

impl Signs {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Letters => byte.is_ascii_alphanumeric(),
            Self::Url => is_base64url(byte),
            Self::Dotted => is_base64url(byte) || byte == b'.',
        }
    }
}

const FORMS: &[Form] = &[
    // Amazon
    Form("AKIA", 16, Signs::Capitals),
    Form("ASIA", 16, Signs::Capitals),
    Form("ABIA", 16, Signs::Capitals),
    Form("ACCA", 16, Signs::Capitals),
    // Google
    Form("AIza", 35, Signs::Url),
    Form("ya29.", 20, Signs::Dotted),
    Form("GOCSPX-", 20, Signs::Url),
    Form("1//0", 30, Signs::Url),
    // GitHub
    Form("ghp_", 30, Signs::Letters),
    Form("gho_", 30, Signs::Letters),
    Form("ghu_", 30, Signs::Letters),
    Form("ghs_", 30, Signs::Letters),
    Form("ghr_", 30, Signs::Letters),
    Form("github_pat_", 22, Signs::Url),
    // GitLab
    Form("glpat-", 18, Signs::Dotted),
    Form("gldt-", 18, Signs::Url),
    Form("glrt-", 18, Signs::Dotted),
    Form("glcbt-", 18, Signs::Url),
    Form("glptt-", 18, Signs::Url),
    Form("glft-", 18, Signs::Url),
    Form("glsoat-", 18, Signs::Url),
    Form("glagent-", 18, Signs::Url),
    // Slack
    Form("xoxa-", 10, Signs::Url),
    Form("xoxb-", 10, Signs::Url),
    Form("xoxe-", 10, Signs::Url),
    Form("xoxe.", 10, Signs::Dotted),
    Form("xoxo-", 10, Signs::Url),
    Form("xoxp-", 10, Signs::Url),
    Form("xoxr-", 10, Signs::Url),
    Form("xoxs-", 10, Signs::Url),
    Form("xapp-", 10, Signs::Url),
    // Stripe
    Form("sk_live_", 16, Signs::Letters),
    Form("sk_test_", 16, Signs::Letters),
    Form("rk_live_", 16, Signs::Letters),
    Form("rk_test_", 16, Signs::Letters),
    Form("whsec_", 16, Signs::Letters),
    // Packages
    Form("npm_", 30, Signs::Letters),
    Form("pypi-", 40, Signs::Url),
    Form("rubygems_", 40, Signs::Hex),
    Form("dckr_pat_", 20, Signs::Url),
    // Others that people paste
    Form("sk-ant-", 20, Signs::Url),
    Form("sk-proj-", 20, Signs::Url),
    Form("sk-", 40, Signs::Letters),
    Form("hf_", 30, Signs::Letters),
    Form("SG.", 40, Signs::Dotted),
    Form("ATATT3x", 40, Signs::Url),
    Form("shpat_", 32, Signs::Hex),
    Form("shpss_", 32, Signs::Hex),
    Form("dop_v1_", 60, Signs::Hex),
    Form("dapi", 32, Signs::Hex),
    Form("lin_api_", 30, Signs::Letters),
    Form("glsa_", 30, Signs::Url),
    Form("hvs.", 20, Signs::Url),
    Form("AGE-SECRET-KEY-1", 50, Signs::Capitals),
];

static START: LazyLock<Regex> = LazyLock::new(|| {
    let starts: Vec<_> = FORMS.iter().map(|Form(start, ..)| regex::escape(start)).collect();
    pattern(&starts.join("|"))
});

/// Where the secret that belongs to a key id may stand.
const NEAR: usize = 240;

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    let mut done = 0;
    for hit in START.find_iter(scan.text) {
        let Some(Form(start, least, signs)) = FORMS.iter().find(|form| form.0 == hit.as_str()) else { continue };
        let (at, from) = (hit.start(), hit.start() + start.len());
        if at < done || is_word(scan.before(at)) {
            continue;
        }
        let end = scan.run(from, usize::MAX, |byte| signs.has(byte));
        done = end;
        // A sentence may end behind it.
        let end = from + scan.slice(from, end).trim_end_matches(['.', '-']).len();
        let fits = match signs {
            Signs::Capitals if *least == 16 => end - from == 16 && !is_word(scan.at(end)),
            _ => end - from >= *least,
        };
        if !fits {
            continue;
        }
        found.push(Found::new(Sensitive::Token, at, end));
        if *least == 16 && *signs == Signs::Capitals {
            amazon_secret(scan, end, found);
        }
    }
    azure(scan, found);
}

/// The forty signs that stand behind an Amazon key id, with or without a name.
fn amazon_secret(scan: &Scan<'_>, after: usize, found: &mut Vec<Found>) {
    let is = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'/' || byte == b'+';
    let near = Scan::new(scan.ahead(after, NEAR));
    for (start, end) in near.runs(is) {
        let secret = near.slice(start, end);
        let is_hex = secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        let has_digit = secret.bytes().any(|byte| byte.is_ascii_digit());
        if secret.len() == 40 && !is_hex && has_digit && super::scan::looks_random(secret) {
            found.push(Found::new(Sensitive::Token, after + start, after + end));
        }
    }
}

/// Secrets of Azure applications have their mark inside; signatures of storage links stand in their query.
fn azure(scan: &Scan<'_>, found: &mut Vec<Found>) {
    let is = |byte: u8| is_base64url(byte) || byte == b'.' || byte == b'~';
    for (at, mark) in scan.text.match_indices("Q~") {
        let Some(start) = at.checked_sub(4) else { continue };
        let head = scan.slice(start, at);
        let end = scan.run(at + mark.len(), 64, is);
        let fits = head.len() == 4 && head.bytes().all(is) && (31..=40).contains(&(end - at - mark.len()));
        if fits && !is_base64url(scan.before(start)) {
            found.push(Found::new(Sensitive::Token, start, end));
        }
    }
    for (at, mark) in scan.text.match_indices("sig=") {
        let start = at + mark.len();
        let end = scan.run(start, 128, |byte| byte.is_ascii_alphanumeric() || b"%+/=".contains(&byte));
        if matches!(scan.before(at), b'&' | b'?' | b';') && end - start >= 40 {
            found.push(Found::new(Sensitive::Token, start, end));
        }
    }
    for (at, mark) in scan.text.match_indices("hooks.slack.com/services/") {
        let start = at + mark.len();
        let end = scan.run(start, 128, |byte| byte.is_ascii_alphanumeric() || byte == b'/');
        if end - start >= 20 {
            found.push(Found::new(Sensitive::Token, start, end));
        }
    }
}
