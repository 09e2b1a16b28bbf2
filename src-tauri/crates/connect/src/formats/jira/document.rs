//! Prose of an issue: wiki markup from version 2 of the API, a document tree from version 3.

use super::super::{fields::Loose, lenient};
use domain::BodyFormat;
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use std::{borrow::Cow, fmt};

#[derive(Debug, Default)]
pub(super) enum Prose<'a> {
    #[default]
    Nothing,
    Wiki(Cow<'a, str>),
    Document(String),
}

impl Prose<'_> {
    pub(super) fn format(&self) -> BodyFormat {
        match self {
            Self::Wiki(_) => BodyFormat::Jira,
            Self::Nothing | Self::Document(_) => BodyFormat::Text,
        }
    }

    pub(super) fn into_text(self) -> Option<String> {
        let text = match self {
            Self::Nothing => return None,
            Self::Wiki(text) => text.into_owned(),
            Self::Document(text) => text,
        };
        (!text.trim().is_empty()).then_some(text)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Prose<'a> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Prose<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a document")
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Prose::Nothing)
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Prose::Wiki(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Prose::Wiki(Cow::Owned(text.into())))
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Prose::Nothing)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Prose::Wiki(number.to_string().into()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Prose::Wiki(number.to_string().into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Prose::Wiki(number.to_string().into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Prose::Nothing)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let node = Node::deserialize(MapAccessDeserializer::new(map))?;
                let mut text = String::new();
                node.write(&mut text);
                text.truncate(text.trim_end().len());
                Ok(Prose::Document(text))
            }
        }
        input.deserialize_any(Either)
    }
}

/// A node of the document format. The reader's own limit on depth (128) holds for it too.
#[derive(Deserialize)]
struct Node<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    content: Option<Vec<Node<'a>>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    attrs: Option<Attributes<'a>>,
}

#[derive(Deserialize)]
struct Attributes<'a> {
    /// Of mentions, emoji and status lozenges.
    #[serde(borrow, default)]
    text: Loose<'a>,
    #[serde(borrow, default)]
    url: Loose<'a>,
}

impl Node<'_> {
    fn write(&self, out: &mut String) {
        match self.kind.as_str() {
            "text" => out.push_str(self.text.as_str()),
            "hardBreak" => out.push('\n'),
            "rule" => out.push_str("\n---\n"),
            "listItem" | "taskItem" => {
                out.push_str("- ");
                self.inside(out);
                return;
            }
            "tableCell" | "tableHeader" => {
                self.inside(out);
                out.truncate(out.trim_end().len());
                out.push_str(" | ");
                return;
            }
            _ => {
                if let Some(attrs) = &self.attrs {
                    out.push_str(attrs.text.as_str());
                    out.push_str(attrs.url.as_str());
                }
            }
        }
        self.inside(out);
        if matches!(self.kind.as_str(), "paragraph" | "heading" | "codeBlock" | "blockquote" | "tableRow" | "panel")
            && !out.ends_with('\n')
        {
            out.push('\n');
        }
    }

    fn inside(&self, out: &mut String) {
        for node in self.content.iter().flatten() {
            node.write(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_reads_as_its_text() {
        let json = r#"{"type":"doc","version":1,"content":[
            {"type":"paragraph","content":[{"type":"text","text":"Broker "},{"type":"text","text":"stops","marks":[{"type":"strong"}]},
              {"type":"mention","attrs":{"id":"1","text":"@ann"}}]},
            {"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"one"}]}]}]},
            {"type":"codeBlock","content":[{"type":"text","text":"at a.B.c(B.java:1)\nat d"}]}]}"#;
        let prose: Prose<'_> = serde_json::from_str(json).unwrap();
        assert_eq!(prose.format(), BodyFormat::Text);
        assert_eq!(prose.into_text().unwrap(), "Broker stops@ann\n- one\nat a.B.c(B.java:1)\nat d");
    }
}
