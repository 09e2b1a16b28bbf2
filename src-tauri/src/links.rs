//! What may leave the window, and what may be shown in it.

use engine::api::view::ApiErrorView;
use tauri::Url;

/// Opens a page in the person's own browser. Only `https`: any other scheme may start a program on this machine.
pub fn open(text: &str) -> Result<(), ApiErrorView> {
    let url = parse(text)?;
    open::that_detached(url.as_str()).map_err(|error| ApiErrorView {
        code: "browser_unavailable".into(),
        message: format!("The browser could not be started: {error}."),
        hint: Some("Copy the address and open it by hand.".into()),
        retryable: true,
    })
}

/// The page itself, under the two names that Tauri gives it. Whatever a ticket holds, the window never leaves it.
pub fn is_our_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn parse(text: &str) -> Result<Url, ApiErrorView> {
    let url = Url::parse(text.trim()).ok();
    let url = url.filter(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none());
    url.ok_or_else(|| ApiErrorView {
        code: "link_refused".into(),
        message: "This link was not opened: only plain https addresses are.".into(),
        hint: Some("Copy it if you trust where it leads.".into()),
        retryable: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_leaves() {
        assert_eq!(parse("https://example.com/a?b=c").unwrap().as_str(), "https://example.com/a?b=c");
        let refused =
            ["http://example.com", "file:///etc/passwd", "javascript:alert(1)", "-a", "", "https://", "smb://x/y"];
        for text in refused {
            assert_eq!(parse(text).unwrap_err().code, "link_refused", "{text}");
        }
    }

    #[test]
    fn an_address_that_hides_its_host_behind_a_name_is_refused() {
        assert!(parse("https://github.com@evil.example/").is_err());
        assert!(parse("https://github.com:pw@evil.example/").is_err());
    }

    #[test]
    fn the_window_shows_its_own_page_only() {
        let ours = |text: &str| is_our_page(&Url::parse(text).unwrap());
        assert!(ours("tauri://localhost/index.html") && ours("http://tauri.localhost/"));
        assert!(!ours("https://example.com/") && !ours("http://localhost:1420/") && !ours("data:text/html,x"));
    }
}
