//! GitHub's `Link` header. Only queries are taken from it: which server and which path is asked is ours to say.

/// Of `rel="next"`.
pub(super) fn next_query(link: Option<&str>) -> Option<String> {
    query(link?, "next").map(str::to_owned)
}

/// The page number of `rel="last"`, which newer interfaces leave out.
pub(super) fn last_page(link: &str) -> Option<u64> {
    query(link, "last")?.split('&').find_map(|pair| pair.strip_prefix("page="))?.parse().ok()
}

fn query<'a>(link: &'a str, rel: &str) -> Option<&'a str> {
    let wanted = format!("rel=\"{rel}\"");
    let part = link.split(",").find(|part| part.split(';').skip(1).any(|name| name.trim() == wanted))?;
    let address = part.split(';').next()?.trim().strip_prefix('<')?.strip_suffix('>')?;
    let (_, query) = address.split_once('?')?;
    let sayable = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte);
    (!query.is_empty() && query.bytes().all(sayable)).then_some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_kinds_of_links_are_read() {
        let link = r#"<https://api.github.com/repositories/7/issues?per_page=1&page=2>; rel="next", <https://api.github.com/repositories/7/issues?per_page=1&page=13>; rel="last""#;
        assert_eq!(next_query(Some(link)).as_deref(), Some("per_page=1&page=2"));
        assert_eq!(last_page(link), Some(13));
        let cursor = r#"<https://api.github.com/repositories/7/issues?state=all&after=Y3Vyc29y&page=2>; rel="next""#;
        assert_eq!(next_query(Some(cursor)).as_deref(), Some("state=all&after=Y3Vyc29y&page=2"));
        assert_eq!(last_page(cursor), None);
        for none in [
            r#"<https://developer.github.com/changes>; rel="deprecation"; type="text/html""#,
            r#"<https://api.github.com/x{?page}>; rel="first", <https://api.github.com/x?page=0>; rel="prev""#,
            r#"<https://api.github.com/x>; rel="next""#,
            "nonsense",
            "",
        ] {
            assert_eq!(next_query(Some(none)), None, "{none}");
        }
    }
}
