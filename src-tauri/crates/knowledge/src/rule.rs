//! Rules: what tickets look like that are a known error, or a case that was solved before, and which lane, labels and queue
//! tickets belong to when they come in.

mod edit;
mod fold;
mod load;
mod pattern;
mod triage;

pub use fold::{Phrase, fold};
pub use pattern::Pattern;
pub use triage::{Lane, Triage};

use domain::{Version, VersionRange};
use serde::Deserialize;
use std::cell::OnceCell;

/// Whether a rule speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RuleState {
    #[default]
    Draft,
    Enabled,
    /// It was enabled once, and somebody silenced it.
    Muted,
}

impl RuleState {
    pub const ALL: [Self; 3] = [Self::Draft, Self::Enabled, Self::Muted];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Enabled => "enabled",
            Self::Muted => "muted",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A field of a ticket that a rule may ask for. Those that say how a case ended are not among them: a new ticket has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleField {
    Priority,
    Group,
    Account,
    Tag,
    Source,
}

impl RuleField {
    pub const ALL: [Self; 5] = [Self::Priority, Self::Group, Self::Account, Self::Tag, Self::Source];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Group => "group",
            Self::Account => "account",
            Self::Tag => "tag",
            Self::Source => "source",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub title: String,
    /// Below the folder, with `/`.
    pub path: String,
    pub state: RuleState,
    /// The known error that it raises.
    pub known_error: Option<String>,
    /// The case that it was made from.
    pub ticket: Option<String>,
    /// What it suggests for a ticket that comes in.
    pub triage: Option<Triage>,
    pub owner: Option<String>,
    pub note: Option<String>,
    /// What its last backtest measured, of this text or an earlier one.
    pub backtest: Option<Backtested>,
    pub products: Vec<String>,
    pub components: Vec<String>,
    pub versions: Vec<VersionRange>,
    /// Of each field one of its values.
    pub fields: Vec<(RuleField, Vec<String>)>,
    /// Any of them is enough; none of a rule that asks for something else alone.
    pub looks: Vec<Look>,
    /// Of everything but its state: the same text has the same hash, wherever it was enabled.
    pub hash: String,
}

/// What a rule would have done in the past, as its file keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backtested {
    /// The hash of the text that was tested.
    pub of: String,
    /// RFC 3339.
    pub at: String,
    /// Tickets that were looked at, and those of them that the rule fits.
    pub n: u64,
    pub hits: u64,
    /// Of the hits, those that are known to be the same problem; and all that are.
    pub right: u64,
    pub gold: u64,
}

/// What has to be in a ticket. Everything that it names has to hold.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// One of these errors: `7F3K-9Q2M`.
    pub signatures: Vec<String>,
    /// So many of these phrases.
    pub phrases: Vec<Phrase>,
    pub at_least: usize,
    /// All of these.
    pub patterns: Vec<Pattern>,
}

/// Something that is wrong with a rule's file: where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// From 1; both 0 where it is about the whole file.
    pub line: u32,
    pub column: u32,
    pub what: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.line, self.column) {
            (0, _) => f.write_str(&self.what),
            (line, 0) => write!(f, "line {line}: {}", self.what),
            (line, column) => write!(f, "line {line}, column {column}: {}", self.what),
        }
    }
}

/// What is told of a ticket beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Codes of the errors in its text.
    pub signatures: &'a [String],
    pub product: Option<&'a str>,
    pub components: &'a [String],
    pub versions: &'a [String],
    pub fields: &'a [(RuleField, &'a str)],
}

/// A ticket, as a rule sees it: what was known when it came in.
pub struct Incoming<'a> {
    text: &'a str,
    folded: OnceCell<String>,
    about: About<'a>,
}

impl<'a> Incoming<'a> {
    /// Nobody's rule is about what stands behind this many bytes.
    pub const LONGEST: usize = 256 << 10;

    pub fn new(text: &'a str, about: About<'a>) -> Self {
        let text = text.get(..text.floor_char_boundary(Self::LONGEST)).unwrap_or(text);
        Self { text, folded: OnceCell::new(), about }
    }

    /// A text alone: what it does not tell rules nothing out.
    pub fn text(text: &'a str) -> Self {
        Self::new(text, About::default())
    }

    fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(self.text))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// With what of it was there.
    Fits(Vec<Found>),
    Not,
    /// No time was left to look.
    TooSlow,
}

/// A part of a rule that a ticket has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Signature(String),
    Phrase(String),
    Pattern(String),
    /// `priority: blocker`.
    Field(String),
    /// Tickets with the same error that came in shortly before.
    CameBefore(usize),
    /// The known error that a rule raises for it.
    KnownError(String),
}

impl Rule {
    /// How long a rule may look at one ticket, in milliseconds. Whoever asks measures.
    pub const BUDGET_MS: u64 = 50;

    /// Whether it was backtested as it is now.
    pub fn is_backtested(&self) -> bool {
        self.backtest.as_ref().is_some_and(|backtest| backtest.of == self.hash)
    }

    /// Whether it is told to whoever reads a ticket: it is enabled, and was backtested as it is now.
    pub fn speaks(&self) -> bool {
        self.state == RuleState::Enabled && self.is_backtested()
    }

    /// `out_of_time` is asked every few hundred bytes.
    pub fn fits(&self, ticket: &Incoming<'_>, out_of_time: &dyn Fn() -> bool) -> Fit {
        if !self.may_concern(ticket) {
            return Fit::Not;
        }
        if self.looks.is_empty() {
            return Fit::Fits(Vec::new());
        }
        for look in &self.looks {
            match look.fits(ticket, out_of_time) {
                Fit::Not => {}
                told => return told,
            }
        }
        Fit::Not
    }

    /// Bytes of memory that its patterns may hold.
    pub(crate) fn weight(&self) -> usize {
        self.looks.iter().flat_map(|look| &look.patterns).map(Pattern::weight).sum()
    }

    /// What it asks for in fields and a ticket has.
    pub fn fields_of(&self, ticket: &Incoming<'_>) -> Vec<Found> {
        let told = ticket.about.fields.iter();
        let asked = |field: RuleField, told: &str| {
            self.fields.iter().any(|(own, wanted)| *own == field && wanted.iter().any(|wanted| same(wanted, told)))
        };
        let asked = told.filter(|(field, told)| asked(*field, told));
        asked.map(|(field, told)| Found::Field(format!("{}: {told}", field.as_str()))).collect()
    }

    /// By everything but its text. A product or version that nobody told does not rule it out; a field does.
    fn may_concern(&self, ticket: &Incoming<'_>) -> bool {
        let one_of = |wanted: &[String], told: &[&str]| {
            wanted.is_empty()
                || told.is_empty()
                || wanted.iter().any(|wanted| told.iter().any(|told| same(wanted, told)))
        };
        let components: Vec<&str> = ticket.about.components.iter().map(String::as_str).collect();
        let versions: Vec<Version> =
            ticket.about.versions.iter().filter_map(|version| Version::parse(version)).collect();
        one_of(&self.products, ticket.about.product.as_slice())
            && one_of(&self.components, &components)
            && (self.versions.is_empty()
                || versions.is_empty()
                || versions.iter().any(|version| self.versions.iter().any(|range| range.holds(version))))
            && self.fields.iter().all(|(field, wanted)| {
                let mut told = ticket.about.fields.iter().filter(|(told, _)| told == field);
                told.any(|(_, told)| wanted.iter().any(|wanted| same(wanted, told)))
            })
    }
}

impl Look {
    fn fits(&self, ticket: &Incoming<'_>, out_of_time: &dyn Fn() -> bool) -> Fit {
        let mut found = Vec::new();
        if !self.signatures.is_empty() {
            let Some(code) = self.signatures.iter().find(|code| ticket.about.signatures.contains(code)) else {
                return Fit::Not;
            };
            found.push(Found::Signature(code.clone()));
        }
        if !self.phrases.is_empty() {
            let there = self.phrases.iter().filter(|phrase| phrase.is_in(ticket.folded()));
            let there: Vec<Found> = there.map(|phrase| Found::Phrase(phrase.written.clone())).collect();
            if there.len() < self.at_least {
                return Fit::Not;
            }
            found.extend(there);
        }
        for pattern in &self.patterns {
            match pattern.is_in(ticket.text, out_of_time) {
                Some(true) => found.push(Found::Pattern(pattern.written.clone())),
                Some(false) => return Fit::Not,
                None => return Fit::TooSlow,
            }
        }
        Fit::Fits(found)
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

#[cfg(test)]
mod tests;
