//! `https://user:password@host`: what stands before the host.

use super::{
    scan::Scan,
    span::{Found, Sensitive},
};

const LONGEST: usize = 512;

/// Names that many share: alone they tell nothing.
const SHARED: &[&str] = &["anonymous", "git", "guest", "hg", "svn", "user", "username"];

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    for (at, sign) in scan.text.match_indices("://") {
        let start = at + sign.len();
        let ends = |c: char| c.is_whitespace() || "/?#\"'<>()".contains(c);
        let authority = scan.ahead(start, LONGEST).split(ends).next().unwrap_or_default();
        let Some((info, host)) = authority.rsplit_once('@') else { continue };
        // `tcp://10.1.2.3:60895@61616` names two ports of one connection.
        let has_host = host.contains(|c: char| c.is_alphabetic() || c == '.' || c == ':');
        if has_host && scan.before(at).is_ascii_alphanumeric() && is_telling(info) {
            found.push(Found::new(Sensitive::Credentials, start, start + info.len()));
        }
    }
}

fn is_telling(info: &str) -> bool {
    match info.split_once(':') {
        Some((user, password)) => {
            let is_example =
                SHARED.contains(&user) && matches!(password, "pass" | "password" | "pwd" | "pw" | "secret");
            !password.is_empty() && !is_example && !super::secret::is_placeholder(password)
        }
        None => !info.is_empty() && !SHARED.contains(&info) && !super::secret::is_placeholder(info),
    }
}
