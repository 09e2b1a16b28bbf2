//! Where a redirect leads. It is followed on the same server only, so that a token can never end up on another one.

use super::{Failure, Site};
use url::Url;

/// As many as a renamed repository that moved twice needs, and a few more.
pub(super) const MOST: u32 = 5;

pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The path and query to ask next.
pub(super) fn target(site: &Site, path: &str, location: Option<&str>) -> Result<String, Failure> {
    let elsewhere = |to: &str| Failure::SentElsewhere { host: site.authority(), to: to.to_owned() };
    let location = location.ok_or_else(|| elsewhere("nowhere"))?;
    let here = Url::parse(&format!("{}{path}", site.origin())).map_err(|_| elsewhere("nowhere"))?;
    let to = here.join(location).map_err(|_| elsewhere("an address that is none"))?;
    if to.origin() != here.origin() || !to.username().is_empty() || to.password().is_some() {
        return Err(elsewhere(to.host_str().unwrap_or("an address without a host")));
    }
    Ok(match to.query() {
        Some(query) => format!("{}?{query}", to.path()),
        None => to.path().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(location: &str) -> Option<String> {
        let site = Site::parse("https://api.github.com", false).unwrap();
        target(&site, "/repos/a/b/issues?page=2", Some(location)).ok()
    }

    #[test]
    fn a_redirect_is_followed_on_the_same_server_only() {
        let renamed = "https://api.github.com/repositories/7/issues?page=2";
        assert_eq!(to(renamed).as_deref(), Some("/repositories/7/issues?page=2"));
        assert_eq!(to("/repositories/7/issues").as_deref(), Some("/repositories/7/issues"));
        for elsewhere in [
            "https://github.com/a/b",
            "http://api.github.com/repositories/7",
            "https://api.github.com:8443/x",
            "https://api.github.com.evil.example/x",
            "https://ann@api.github.com/x",
            "//evil.example/x",
            "http://169.254.169.254/latest",
            "http://127.0.0.1/x",
            "file:///etc/passwd",
        ] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
    }
}
