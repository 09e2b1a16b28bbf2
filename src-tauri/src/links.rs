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
    let ours = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    ours && url.port().is_none() && ["", "/", "/index.html"].contains(&url.path())
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
        let refused = [
            "http://example.com",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\0javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "tauri://localhost/",
            "ipc://localhost/rpc",
            "asset://localhost/x",
            "blob:https://example.com/x",
            "view-source:https://example.com",
            "mailto:a@example.com",
            "ms-msdt:/id PCWDiagnostic",
            "\\\\server\\share",
            "//example.com",
            "/etc/passwd",
            "-a",
            "--help",
            "",
            "https://",
            "https:",
            "smb://x/y",
        ];
        for text in refused {
            assert_eq!(parse(text).unwrap_err().code, "link_refused", "{text}");
        }
    }

    #[test]
    fn what_the_browser_gets_is_the_address_as_browsers_read_it() {
        assert_eq!(parse(" HTTPS:\\\\Exam\tple.com ").unwrap().as_str(), "https://example.com/");
        assert_eq!(parse("https://bücher.example/ü").unwrap().as_str(), "https://xn--bcher-kva.example/%C3%BC");
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
        for other in [
            "https://example.com/",
            "http://localhost:1420/",
            "http://tauri.localhost:8080/",
            "tauri://localhost/assets/x.js",
            "tauri://example.com/",
            "asset://localhost/etc/passwd",
            "ipc://localhost/rpc",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "about:blank",
            "about:srcdoc",
            "blob:tauri://localhost/x",
        ] {
            assert!(!ours(other), "{other}");
        }
    }
}
