//! A file as its lines: the fields of its front matter, each with the lines it was written in, and the text below.

use crate::sections::{self, Section};
use std::fmt;

const FENCE: &str = "---";

/// Lossless: [`Document::to_string`] gives back the very bytes that [`Document::parse`] took.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    /// Both fences, as written, where there is a front matter.
    fences: Option<(String, String)>,
    fields: Vec<Field>,
    /// Below the front matter, as written.
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Empty for lines before the first field.
    pub(crate) key: String,
    /// With everything that belongs to it: values on lines of their own, comments that follow.
    pub(crate) lines: String,
}

impl Document {
    pub fn parse(text: &str) -> Self {
        let mut lines = text.split_inclusive('\n');
        // Some editors begin a file with a mark of its encoding.
        let Some(open) = lines.next().filter(|line| line.trim_start_matches('\u{feff}').trim_end() == FENCE) else {
            return Self::bare(text);
        };
        let mut fields: Vec<Field> = Vec::new();
        let mut at = open.len();
        for line in lines {
            at += line.len();
            if line.trim_end() == FENCE {
                let body = text.get(at..).unwrap_or_default().into();
                return Self { fences: Some((open.into(), line.into())), fields, body };
            }
            match (key_of(line), fields.last_mut()) {
                (Some(key), _) => fields.push(Field { key: key.into(), lines: line.into() }),
                (None, Some(last)) => last.lines.push_str(line),
                (None, None) => fields.push(Field { key: String::new(), lines: line.into() }),
            }
        }
        // A rule across the page, and no front matter.
        Self::bare(text)
    }

    /// All of it text, whatever it begins with.
    pub(crate) fn bare(text: &str) -> Self {
        Self { body: text.into(), ..Self::default() }
    }

    /// What a field says in plain words, where it says it on one line.
    pub fn said(&self, key: &str) -> Option<String> {
        let field = self.fields.iter().find(|field| field.key == key)?;
        let (_, value) = field.lines.trim_end().split_once(':')?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        Some(value.to_owned()).filter(|value| !value.is_empty() && !value.contains('\n'))
    }

    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Both, as written.
    pub(crate) fn fences(&self) -> Option<&(String, String)> {
        self.fences.as_ref()
    }

    /// Those of a file that has none yet, where it has none.
    pub(crate) fn some_fences(&self) -> (String, String) {
        self.fences.clone().unwrap_or_else(fences)
    }

    /// What stands between the fences.
    pub(crate) fn front(&self) -> String {
        self.fields.iter().map(|field| field.lines.as_str()).collect()
    }

    /// Sets a field to one value, where it stands or as the last one. The value is quoted as JSON, which YAML reads too.
    pub fn set(&mut self, key: &str, value: &serde_json::Value) {
        let lines = format!("{key}: {value}\n");
        match self.fields.iter_mut().find(|field| field.key == key) {
            Some(field) => field.lines = lines,
            None => self.fields.push(Field { key: key.into(), lines }),
        }
        self.fences.get_or_insert_with(fences);
    }

    /// Takes a field out, where it stands.
    pub fn unset(&mut self, key: &str) {
        self.fields.retain(|field| field.key != key);
    }

    /// Writes another text below a heading, which is added where there is none.
    pub fn set_section(&mut self, section: Section, text: &str) {
        self.body = sections::with(&self.body, section, text);
    }
}

fn fences() -> (String, String) {
    (format!("{FENCE}\n"), format!("{FENCE}\n"))
}

/// The name before a colon, at the very start of a line.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let named = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    (named && (rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))).then_some(key)
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((open, close)) = &self.fences else { return f.write_str(&self.body) };
        f.write_str(open)?;
        for (number, field) in self.fields.iter().enumerate() {
            f.write_str(&field.lines)?;
            // Of files that were put together from two: a field that was the last line of its file.
            if !field.lines.ends_with('\n') && number + 1 < self.fields.len() {
                f.write_str("\n")?;
            }
        }
        f.write_str(close)?;
        f.write_str(&self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const FILE: &str = "---\n# ours\nid: KE-1\ntitle: \"Stalls\" # so\nsteps:\n  - one\n\n  - two\n---\n\n# Issue\nText: no field\n---\nmore";

    #[test]
    fn a_field_has_all_of_its_lines_and_the_rest_is_the_body() {
        let document = Document::parse(FILE);
        let fields: Vec<_> = document.fields().iter().map(|f| (f.key.as_str(), f.lines.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("", "# ours\n"),
                ("id", "id: KE-1\n"),
                ("title", "title: \"Stalls\" # so\n"),
                ("steps", "steps:\n  - one\n\n  - two\n")
            ]
        );
        assert_eq!(document.body, "\n# Issue\nText: no field\n---\nmore");
        assert_eq!(document.to_string(), FILE);
    }

    #[test]
    fn setting_a_field_changes_its_lines_alone() {
        let mut document = Document::parse(FILE);
        document.set("title", &json!("a \"b\": c"));
        document.set("owner", &json!("Anna"));
        let text = document.to_string();
        assert!(text.starts_with("---\n# ours\nid: KE-1\ntitle: \"a \\\"b\\\": c\"\nsteps:\n  - one\n\n  - two\nowner: \"Anna\"\n---\n\n# Issue"), "{text}");
        let mut bare = Document::parse("only text\n");
        bare.set("id", &json!("A-1"));
        assert_eq!(bare.to_string(), "---\nid: \"A-1\"\n---\nonly text\n");
    }

    #[test]
    fn a_rule_across_a_page_opens_no_front_matter_that_nothing_closes() {
        for text in ["---\nno end\n", "--\nid: 1\n---\n", "", "---", "text\n---\nid: x\n---\n"] {
            let document = Document::parse(text);
            assert!(document.fields().is_empty(), "{text:?}");
            assert_eq!(document.body, text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_written_back_as_it_was(text in "(---\r?\n)?([a-z]{1,3}:( [^\n]{0,6})?\r?\n|[^\n]{0,9}\n|---\n|\u{feff}){0,12}[^\n]{0,4}") {
            prop_assert_eq!(Document::parse(&text).to_string(), text);
        }
    }
}
