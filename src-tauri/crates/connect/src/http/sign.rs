//! Where the secret stands in a request.

use super::Failure;
use hyper::{header::HeaderValue, http::request::Builder};
use secrecy::{ExposeSecret, SecretString};

/// As the value of `authorization`; a secret of several lines, `NAME: VALUE` each, as headers of those names.
pub(super) fn sign(mut head: Builder, secret: &SecretString, host: &str) -> Result<Builder, Failure> {
    let text = secret.expose_secret();
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    let headers: Vec<(&str, &str)> = if text.contains('\n') { lines.collect() } else { vec![("authorization", text)] };
    for (name, value) in headers {
        let value = HeaderValue::from_str(value);
        let mut value = value.map_err(|_| Failure::TokenRefused { host: host.to_owned() })?;
        value.set_sensitive(true);
        head = head.header(name, value);
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_stands_in_one_header_or_in_the_ones_that_its_lines_name() {
        let signed = |secret: &str| {
            let head = sign(hyper::Request::builder(), &secret.to_owned().into(), "x").unwrap();
            let request = head.body(()).unwrap();
            let headers = request.headers().iter();
            assert!(request.headers().values().all(HeaderValue::is_sensitive));
            headers.map(|(name, value)| format!("{name}={}", value.to_str().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(signed("Bearer a: b"), ["authorization=Bearer a: b"]);
        assert_eq!(signed("dd-api-key: a\ndd-application-key: b"), ["dd-api-key=a", "dd-application-key=b"]);
    }
}
