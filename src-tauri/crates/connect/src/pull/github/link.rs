//! GitHub's `Link` header. Where it leads is not followed: which server and which page is asked is ours to say.

pub(super) fn has_next(link: &str) -> bool {
    query(link, "next").is_some()
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
        assert!(has_next(link));
        assert_eq!(last_page(link), Some(13));
        let cursor = r#"<https://api.github.com/repositories/7/issues?state=all&after=Y3Vyc29y&page=2>; rel="next""#;
        assert!(has_next(cursor));
        assert_eq!(last_page(cursor), None);
        for none in [
            r#"<https://developer.github.com/changes>; rel="deprecation"; type="text/html""#,
            r#"<https://api.github.com/x{?page}>; rel="first", <https://api.github.com/x?page=0>; rel="prev""#,
            r#"<https://api.github.com/x>; rel="next""#,
            "nonsense",
            "",
        ] {
            assert!(!has_next(none), "{none}");
        }
    }
}
