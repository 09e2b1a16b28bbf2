//! A path with its query, written so that no value can add a parameter of its own.

use url::form_urlencoded::Serializer;

pub(super) struct Query {
    path: String,
    pairs: Serializer<'static, String>,
    empty: bool,
}

impl Query {
    pub(super) fn of(path: impl Into<String>) -> Self {
        Self { path: path.into(), pairs: Serializer::new(String::new()), empty: true }
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.pairs.append_pair(name, value);
        self.empty = false;
        self
    }

    pub(super) fn with_number(self, name: &str, value: usize) -> Self {
        self.with(name, &value.to_string())
    }

    pub(super) fn write(mut self) -> String {
        if self.empty { self.path } else { format!("{}?{}", self.path, self.pairs.finish()) }
    }
}

/// One part of a path, where it comes from outside.
pub(super) fn part(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.as_bytes()
        .iter()
        .map(|byte| if plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_break_out_of_its_place() {
        let path = Query::of("/issues.json").with("updated_on", ">=2026-01-01T00:00:00Z").with("q", "a&b=c#d").write();
        assert_eq!(path, "/issues.json?updated_on=%3E%3D2026-01-01T00%3A00%3A00Z&q=a%26b%3Dc%23d");
        assert_eq!(part("../a b?c/ü"), "..%2Fa%20b%3Fc%2F%C3%BC");
        assert_eq!(Query::of("/x").write(), "/x");
    }
}
