//! What answers mean where no connector knows better, and how tokens are shown.

use crate::http::{Failure, Response, Site, base64};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

/// A good answer, else what it means. `what` is the thing that was asked for.
pub(crate) fn good<'r>(site: &Site, what: &str, response: &'r Response) -> Result<&'r [u8], Failure> {
    let host = site.authority();
    match response.status {
        200..=299 => Ok(&response.body),
        401 => Err(Failure::TokenRefused { host }),
        403 => Err(Failure::AccessDenied { host, said: said(response) + &wanted(response) }),
        404 | 410 | 451 => Err(Failure::NotThere { what: format!("{what} on {host}") }),
        status => Err(Failure::Unexpected { host, status, said: said(response) }),
    }
}

/// A good answer, read.
pub(super) fn json<'r, T: Deserialize<'r>>(site: &Site, body: &'r [u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| unreadable(site, &error))
}

/// As [`json`], of what may be missing: an answer that means something else is none. One that is cut off or no JSON is
/// unreadable all the same, and is asked for again.
pub(super) fn optional<'r, T: Deserialize<'r> + Default>(site: &Site, body: &'r [u8]) -> Result<T, Failure> {
    match serde_json::from_slice(body) {
        Err(error) if error.is_data() => Ok(T::default()),
        read => read.map_err(|error| unreadable(site, &error)),
    }
}

pub(super) fn unreadable(site: &Site, error: &serde_json::Error) -> Failure {
    Failure::Unreadable { host: site.authority(), reason: crate::formats::reason(error) }
}

/// What an error's body says, shortened: it is a stranger's text.
pub(crate) fn said(response: &Response) -> String {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let words = ["message", "description", "detail", "error_description", "error", "errorMessages", "errors"]
        .into_iter()
        .find_map(|key| words(body.get(key)?));
    let words = words.unwrap_or_else(|| "it gave no reason".into());
    words.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

/// The permission that a token lacks, where the server names it.
fn wanted(response: &Response) -> String {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let named = ["x-accepted-github-permissions", "x-accepted-oauth-scopes"].into_iter();
    let named = named.filter_map(|name| response.header(name)).chain(body.get("scope").and_then(Value::as_str));
    let named: Option<&str> = named.map(str::trim).find(|named| !named.is_empty());
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || " _:=,;-".contains(*letter);
    named.map_or_else(String::new, |named| {
        format!(" (the token needs: {})", named.chars().filter(plain).take(100).collect::<String>())
    })
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => items.first().and_then(words),
        Value::Object(fields) => ["message", "detail", "title"].iter().find_map(|key| words(fields.get(*key)?)),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

pub(super) fn bearer(token: &SecretString) -> SecretString {
    format!("Bearer {}", token.expose_secret().trim()).into()
}

pub(super) fn basic(pair: &str) -> SecretString {
    format!("Basic {}", base64(pair.as_bytes())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_permission_that_is_missing_where_the_server_does() {
        let site = Site::parse("https://forge.example", false).unwrap();
        let refused = |headers: &[(&str, &str)], body: &str| {
            let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let response = Response { status: 403, headers, body: body.as_bytes().to_vec() };
            good(&site, "it", &response).unwrap_err().to_string()
        };
        let github = refused(
            &[("x-accepted-github-permissions", "issues=read")],
            r#"{"message":"Resource not accessible by personal access token"}"#,
        );
        assert!(github.ends_with("by personal access token (the token needs: issues=read)"), "{github}");
        let gitlab = refused(
            &[],
            r#"{"error":"insufficient_scope","error_description":"More is needed.","scope":"api read_api"}"#,
        );
        assert!(gitlab.ends_with("More is needed. (the token needs: api read_api)"), "{gitlab}");
        assert!(refused(&[], r#"{"message":"no"}"#).ends_with(": no"));
    }

    #[test]
    fn the_reason_of_a_refusal_is_found_wherever_a_service_puts_it() {
        let reason = |body: &str| said(&Response { body: body.as_bytes().to_vec(), ..Response::default() });
        for (body, expected) in [
            (r#"{"message":"Not Found"}"#, "Not Found"),
            (r#"{"error":"Forbidden","description":"You do not have access"}"#, "You do not have access"),
            (r#"{"error":{"title":"Forbidden","message":"No admin"}}"#, "No admin"),
            (r#"{"errorMessages":["The value 'X' does not exist"],"errors":{}}"#, "The value 'X' does not exist"),
            (r#"{"errors":["Invalid"]}"#, "Invalid"),
            ("<html>", "it gave no reason"),
        ] {
            assert_eq!(reason(body), expected, "{body}");
        }
    }
}
