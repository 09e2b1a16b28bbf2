//! The code that an entry is about, as it is written in its front matter: `REPOSITORY:PATH#SYMBOL@VERSION`, of which only
//! the path must be there.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeLink {
    /// As the product's repositories are called here; any of them where it does not say.
    pub repo: Option<String>,
    /// Below the repository's root, with `/`.
    pub path: String,
    /// A function, a method or a class in it.
    pub symbol: Option<String>,
    /// The release at which somebody last saw that the entry is right.
    pub version: Option<String>,
}

impl CodeLink {
    /// `None` of what names no file, or one outside of a repository.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // A path has colons and at-signs of its own: a repository's name and a version have no slash.
        let (repo, rest) = match text.split_once(':') {
            Some((repo, rest)) if !repo.contains('/') => (said(repo), rest),
            _ => (None, text),
        };
        let (rest, version) = match rest.rsplit_once('@') {
            Some((rest, version)) if !version.contains('/') => (rest, said(version)),
            _ => (rest, None),
        };
        let (path, symbol) = match rest.split_once('#') {
            Some((path, symbol)) => (path, said(symbol)),
            None => (rest, None),
        };
        let path = path.trim();
        let inside =
            !path.is_empty() && !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        inside.then(|| Self { repo, path: path.into(), symbol, version })
    }

    pub fn at(&self, version: &str) -> Self {
        Self { version: Some(version.into()), ..self.clone() }
    }
}

fn said(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl fmt::Display for CodeLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(repo) = &self.repo {
            write!(f, "{repo}:")?;
        }
        f.write_str(&self.path)?;
        if let Some(symbol) = &self.symbol {
            write!(f, "#{symbol}")?;
        }
        if let Some(version) = &self.version {
            write!(f, "@{version}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_as_much_as_somebody_knew_and_is_written_as_it_was_read() {
        let whole = CodeLink::parse("ledger:src/pay/Card.java#charge@v2.3.0").unwrap();
        let parts = (whole.repo.as_deref(), whole.path.as_str(), whole.symbol.as_deref(), whole.version.as_deref());
        assert_eq!(parts, (Some("ledger"), "src/pay/Card.java", Some("charge"), Some("v2.3.0")));
        for text in [
            "src/a.rs",
            "src/a.rs#run",
            "src/a.rs@release-5.4",
            "web:packages/@acme/ui/a.ts@1.2",
            "packages/@acme/a.ts",
        ] {
            assert_eq!(CodeLink::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(CodeLink::parse("packages/@acme/a.ts").unwrap().version, None);
        assert_eq!(whole.at("v2.4.0").to_string(), "ledger:src/pay/Card.java#charge@v2.4.0");
    }

    #[test]
    fn what_names_no_file_of_a_repository_is_no_link() {
        for text in ["", "ledger:", "#charge", "/etc/passwd", "../a.rs", "src/../../a.rs", "src//a.rs", "@v2"] {
            assert_eq!(CodeLink::parse(text), None, "{text}");
        }
    }
}
