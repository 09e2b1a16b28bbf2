//! One file of the folder: what its front matter and its sections say.

use crate::{
    CodeLink,
    document::Document,
    sections::{self, Section},
};
use domain::{Article, Audience, KnownError, KnownErrorState, Millis};
use serde::Deserialize;

/// By the folder that it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    KnownError,
    Article,
    Runbook,
    Concept,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::KnownError, Self::Article, Self::Runbook, Self::Concept];

    pub fn folder(self) -> &'static str {
        match self {
            Self::KnownError => "known-errors",
            Self::Article => "articles",
            Self::Runbook => "runbooks",
            Self::Concept => "concepts",
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::KnownError => "known_error",
            Self::Article => "article",
            Self::Runbook => "runbook",
            Self::Concept => "concept",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text || kind.folder() == text)
    }
}

/// How sure an article is (KCS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Confidence {
    WorkInProgress,
    #[default]
    NotValidated,
    Validated,
    Archived,
}

impl Confidence {
    pub const ALL: [Self; 4] = [Self::WorkInProgress, Self::NotValidated, Self::Validated, Self::Archived];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::WorkInProgress => "work_in_progress",
            Self::NotValidated => "not_validated",
            Self::Validated => "validated",
            Self::Archived => "archived",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|confidence| confidence.as_str() == text)
    }
}

/// The fields that mean something to us, as they are written. Others stay in the file and mean nothing.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Front {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) confidence: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) product: Option<String>,
    pub(crate) components: Vec<String>,
    pub(crate) affected_versions: Vec<String>,
    pub(crate) fix_versions: Vec<String>,
    pub(crate) owner: Option<String>,
    pub(crate) eta: Option<String>,
    pub(crate) eta_by: Option<String>,
    pub(crate) tickets: Vec<String>,
    pub(crate) code: Vec<String>,
    pub(crate) concepts: Vec<String>,
    pub(crate) error_text: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) created: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) escalate: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    /// As the front matter says it, or else the file's name.
    pub id: String,
    pub title: String,
    /// Below the folder, with `/`.
    pub path: String,
    pub document: Document,
    pub(crate) front: Front,
}

impl Entry {
    /// The reason in words where the front matter cannot be read.
    pub fn read(kind: Kind, path: &str, text: &str) -> Result<Self, String> {
        let document = Document::parse(text);
        let front = document.front();
        let front: Front = if front.trim().is_empty() {
            Front::default()
        } else {
            serde_saphyr::from_str(&front).map_err(|error| unreadable(&error.to_string()))?
        };
        let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
        let said =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let heading = || sections::first_heading(&document.body).map(str::to_owned);
        Ok(Self {
            kind,
            id: said(&front.id).unwrap_or_else(|| stem.into()),
            title: said(&front.title).or_else(heading).unwrap_or_else(|| stem.into()),
            path: path.into(),
            front,
            document,
        })
    }

    pub fn section(&self, section: Section) -> Option<&str> {
        sections::of(&self.document.body, section).filter(|text| !text.is_empty())
    }

    /// What it says to a customer below *Reply (de)* or *Reply*, and the language where it is that of a heading. `de-AT` is
    /// looked for as it is, then as `de`.
    pub fn reply(&self, language: &str) -> Option<(&str, Option<String>)> {
        let whole = language.trim().replace('_', "-").to_lowercase();
        let general = whole.split('-').next().unwrap_or_default().to_owned();
        let below = |heading: &str| sections::under(&self.document.body, heading).filter(|text| !text.is_empty());
        let asked = [whole, general].into_iter().filter(|language| !language.is_empty());
        let mut theirs = asked.filter_map(|language| Some((below(&format!("Reply ({language})"))?, Some(language))));
        theirs.next().or_else(|| Some((below("Reply")?, None)))
    }

    /// The numbered steps of its workaround.
    pub fn workaround(&self) -> Vec<String> {
        self.section(Section::Workaround).map(sections::steps).unwrap_or_default()
    }

    pub fn confidence(&self) -> Confidence {
        self.front.confidence.as_deref().and_then(Confidence::parse).unwrap_or_default()
    }

    /// Internal, where it does not say.
    pub fn audience(&self) -> Audience {
        self.front.audience.as_deref().and_then(Audience::parse).unwrap_or_default()
    }

    /// As written; empty where it does not say, and of what is no known error.
    pub fn state(&self) -> &str {
        self.front.state.as_deref().unwrap_or_default()
    }

    /// Ids of tickets that it is about, as written.
    pub fn tickets(&self) -> &[String] {
        &self.front.tickets
    }

    /// The code that it is about, as far as its links can be read.
    pub fn code(&self) -> Vec<CodeLink> {
        self.front.code.iter().filter_map(|link| CodeLink::parse(link)).collect()
    }

    /// When somebody last said that they had changed it, or else when it was made.
    pub fn written_at(&self) -> Option<Millis> {
        self.front.updated.as_deref().or(self.front.created.as_deref()).and_then(time)
    }

    /// An article that says when to escalate and what a package has to hold: the facts, as it names them. `None` of any other.
    pub fn escalate(&self) -> Option<&[String]> {
        (self.kind == Kind::Article && self.confidence() != Confidence::Archived)
            .then_some(self.front.escalate.as_deref())
            .flatten()
    }

    pub fn product(&self) -> Option<&str> {
        self.front.product.as_deref()
    }

    /// An article or a concept, its text as Markdown; `None` of anything else, and of an archived one.
    pub fn article(&self) -> Option<Article> {
        if !matches!(self.kind, Kind::Article | Kind::Concept) || self.confidence() == Confidence::Archived {
            return None;
        }
        let front = &self.front;
        Some(Article {
            path: self.path.clone(),
            id: self.id.clone(),
            title: self.title.clone(),
            body: self.document.body.clone(),
            resolution: self.section(Section::Resolution).unwrap_or_default().to_owned(),
            product: front.product.clone(),
            components: front.components.clone(),
            confidence: self.confidence().as_str().into(),
            audience: self.audience(),
            url: None,
            created_at: front.created.as_deref().and_then(time),
            updated_at: self.written_at(),
        })
    }

    /// `None` of what is none, and of an archived one.
    pub fn known_error(&self) -> Option<KnownError> {
        if self.kind != Kind::KnownError || self.confidence() == Confidence::Archived {
            return None;
        }
        let front = &self.front;
        let created = front.created.as_deref().and_then(time).unwrap_or_default();
        Some(KnownError {
            id: self.id.clone(),
            title: self.title.clone(),
            state: front.state.as_deref().and_then(KnownErrorState::parse).unwrap_or_default(),
            cause: self.section(Section::Cause).map(str::to_owned),
            product: front.product.clone(),
            components: front.components.clone(),
            affected_versions: front.affected_versions.clone(),
            fix_versions: front.fix_versions.clone(),
            workaround: self.workaround(),
            workaround_worked: 0,
            workaround_tried: 0,
            eta_at: front.eta.as_deref().and_then(time),
            eta_by: front.eta_by.clone(),
            owner: front.owner.clone(),
            tickets: front.tickets.clone(),
            concepts: front.concepts.clone(),
            error_text: front.error_text.clone().or_else(|| self.section(Section::Issue).and_then(fenced)),
            url: front.url.clone(),
            audience: Some(self.audience()),
            created_at: created,
            updated_at: front.updated.as_deref().and_then(time).unwrap_or(created),
        })
    }
}

/// What readers outside of the house are told beside the text. Everything else, also what the team made up itself, is for
/// the house.
const FOR_READERS: [&str; 12] = [
    "id", "title", "state", "confidence", "audience", "product", "components", "affected_versions", "fix_versions",
    "eta", "created", "updated",
];

impl Entry {
    /// Its file without the fields that are for the house alone.
    pub(crate) fn for_outside(&self) -> String {
        let mut document = self.document.clone();
        let keys: Vec<String> = document.fields().iter().map(|field| field.key.clone()).collect();
        for key in keys.iter().filter(|key| !FOR_READERS.contains(&key.as_str())) {
            document.unset(key);
        }
        document.to_string()
    }
}

/// A day, or a moment with its zone. A day begins at midnight UTC, the same on every laptop.
pub(crate) fn time(text: &str) -> Option<Millis> {
    // A bare number would be read as seconds, which nobody writes by hand.
    Millis::parse(text).ok().filter(|_| text.contains('-'))
}

/// The first block of code.
fn fenced(section: &str) -> Option<String> {
    let (_, rest) = section.split_once("```")?;
    let (_, rest) = rest.split_once('\n')?;
    let (code, _) = rest.split_once("```")?;
    Some(code.trim_end().to_owned()).filter(|code| !code.trim().is_empty())
}

/// The first line: what follows draws the place in the file, which would be drawn twice.
fn unreadable(said: &str) -> String {
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or(said).trim();
    let first: String = first.trim_start_matches("error:").trim().chars().take(200).collect();
    format!("its front matter cannot be read: {first}")
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const FILE: &str = "---
id: KE-7
title: Import stalls at row 4096
state: workaround_available
product: Harbor
affected_versions: [5.10, \">=5.2 <5.4\"]
fix_versions:
  - 5.20
eta: 2026-12-01
eta_by: Ben
tickets: [\"zendesk:12\", AMQ-1]
created: 2026-11-01
colour: blue
---
# Import stalls

## Issue
It stops:
```
java.lang.IllegalStateException: lock
```

## Cause
A lock is never given back.

## Workaround
1. Stop the import
2. Start it again
";

    #[test]
    fn a_known_error_is_read_from_its_fields_and_sections() {
        let entry = Entry::read(Kind::KnownError, "known-errors/x.md", FILE).unwrap();
        let error = entry.known_error().unwrap();
        assert_eq!((error.id.as_str(), error.title.as_str()), ("KE-7", "Import stalls at row 4096"));
        assert_eq!(error.state, KnownErrorState::WorkaroundAvailable);
        assert_eq!(error.cause.as_deref(), Some("A lock is never given back."));
        assert_eq!(error.workaround, ["Stop the import", "Start it again"]);
        assert_eq!(error.error_text.as_deref(), Some("java.lang.IllegalStateException: lock"));
        assert_eq!(error.eta_at, Some(Millis(1_796_083_200_000)));
        assert_eq!(error.tickets, ["zendesk:12", "AMQ-1"]);
        assert_eq!(entry.document.to_string(), FILE);
    }

    #[test]
    fn a_version_that_looks_like_a_number_stays_as_it_was_written() {
        let error = Entry::read(Kind::KnownError, "known-errors/x.md", FILE).unwrap().known_error().unwrap();
        assert_eq!(error.affected_versions, ["5.10", ">=5.2 <5.4"]);
        assert_eq!(error.fix_versions, ["5.20"]);
    }

    #[test]
    fn a_file_without_fields_is_called_by_its_heading_and_its_name() {
        let entry = Entry::read(Kind::Article, "articles/how-to-log-in.md", "# Log in\ntext").unwrap();
        assert_eq!((entry.id.as_str(), entry.title.as_str()), ("how-to-log-in", "Log in"));
        assert_eq!((entry.audience(), entry.confidence()), (Audience::Internal, Confidence::NotValidated));
        assert!(entry.known_error().is_none());
    }

    #[test]
    fn an_archived_known_error_is_told_to_nobody() {
        let text = FILE.replace("state:", "confidence: archived\nstate:");
        assert!(Entry::read(Kind::KnownError, "known-errors/x.md", &text).unwrap().known_error().is_none());
    }

    #[test]
    fn front_matter_that_is_no_yaml_or_unpacks_without_end_is_told_in_one_line() {
        let bomb = format!(
            "---\na: &a [{}]\n{}id: x\n---\n",
            "1,".repeat(9),
            (b'b'..b'l')
                .map(|c| format!("{}: &{} [{}]\n", c as char, c as char, format!("*{},", (c - 1) as char).repeat(9)))
                .collect::<String>()
        );
        for text in ["---\nid: [1\n---\n", "---\ntickets: 7\n---\n", bomb.as_str(), "---\nid: {a: b}\n---\n"] {
            let reason = Entry::read(Kind::Article, "articles/x.md", text).unwrap_err();
            assert!(reason.starts_with("its front matter cannot be read: ") && !reason.contains('\n'), "{reason}");
        }
    }
}
