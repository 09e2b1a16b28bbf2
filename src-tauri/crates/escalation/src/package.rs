//! The package itself: facts under the headings that an engineer looks for.

use crate::{Fact, Reason};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Of the JSON form. A reader takes this one and every earlier one.
pub const FORMAT: u32 = 1;

/// Everything that is handed over. Texts are as the ticket has them until they are redacted; times are UTC
/// milliseconds where they are numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Package {
    pub format: u32,
    pub ticket: TicketFacts,
    pub reason: Option<Reason>,
    /// In words: what `other` stands for, or what to know besides.
    pub reason_text: String,
    /// A team, a person or a repository.
    pub to: String,
    pub reproduction: Reproduction,
    pub errors: Vec<ErrorFact>,
    pub customer: Customer,
    /// What the customer did before it happened.
    pub actions: Vec<Noted>,
    /// Files of the ticket that tell what happened.
    pub evidence: Vec<FileFact>,
    pub environment: Environment,
    pub tried: Vec<Noted>,
    pub similar: Vec<Similar>,
    /// Cases that could have been alike: with none of them similar, how many were looked through.
    pub searched: u64,
    pub code: Vec<CodeLine>,
    pub suspects: Vec<Suspect>,
    pub fixes: Vec<FixFact>,
    pub hops: Vec<HopFact>,
    pub owner: Option<Owner>,
    /// Others who may know.
    pub knowing: Vec<Owner>,
    /// What this package has to hold: less where there is no repository or no stack trace.
    pub needed: Vec<Fact>,
    /// What somebody said does not apply here.
    pub waived: Vec<Fact>,
    /// The question to the customer that would tell the similar cases apart best; empty where none would.
    pub ask: String,
    /// The team's guideline by which it was made, and which edition of it; empty without one.
    pub guideline: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TicketFacts {
    /// `source:id`.
    pub id: String,
    pub url: Option<String>,
    pub subject: String,
    pub status: String,
    pub priority: Option<String>,
    pub created_at: i64,
    /// As it was written, markup gone.
    pub body: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reproduction {
    pub steps: Vec<String>,
    pub expected: String,
    pub actual: String,
}

/// One error, as it was printed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorFact {
    /// Of its signature: `7F3K-9Q2M`; empty where it has none.
    pub code: String,
    pub text: String,
    pub times: Vec<Stamp>,
}

/// When something happened, as it is written and as it is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stamp {
    pub written: String,
    /// RFC 3339; empty where nobody says which zone is meant.
    pub utc: String,
    /// On the customer's clock; empty where their zone is not known.
    pub local: String,
}

/// A file, with as much of its text as goes along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileFact {
    /// Its name, or where a recording lies.
    pub name: String,
    /// `log`, `har`, `sentry`, `otel`, `picture` or `replay`.
    pub kind: String,
    /// Bytes of the file itself.
    pub size: u64,
    /// Empty: it stays where it is.
    pub text: String,
    /// That is all of it.
    pub whole: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    pub requester: String,
    pub account: String,
    pub plan: String,
    pub role: String,
    pub permissions: String,
    /// As the tz database calls it: `Europe/Berlin`.
    pub zone: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Environment {
    pub product: String,
    pub components: Vec<String>,
    pub version: String,
    /// What that is called in the repository.
    pub release: String,
    pub system: String,
}

/// Something that was said, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    pub at: Option<i64>,
    pub text: String,
}

/// A case that looks alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Similar {
    pub id: String,
    pub title: String,
    /// What was done there.
    pub answer: String,
    /// The release that has its fix.
    pub fixed_in: String,
    /// What tells the two apart, in words; empty: it was not ruled out.
    pub why_not: String,
    /// Why it is here, strongest first: kind of evidence and points.
    pub receipt: Vec<(String, f64)>,
}

/// A line that ran.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeLine {
    pub repo: String,
    pub at: String,
    pub commit: String,
    pub path: String,
    pub line: Option<u32>,
    pub symbol: String,
    /// The lines around it and the line itself, with their numbers.
    pub near: Vec<(u32, String)>,
    pub permalink: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suspect {
    pub repo: String,
    pub commit: String,
    pub subject: String,
    pub author: String,
    pub release: String,
    /// How near it comes to a frame: `same_line`, `same_symbol`, `same_file`, `same_directory`; else empty.
    pub near: String,
    pub url: String,
}

/// Where the fix of a similar case is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FixFact {
    pub case: String,
    pub state: String,
    pub first_releases: Vec<String>,
    /// For what the customer runs; empty where that is not known.
    pub verdict: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HopFact {
    pub at: i64,
    pub from: String,
    pub to: String,
}

/// Who may know, and why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Owner {
    pub name: String,
    pub because: String,
}

impl Package {
    pub fn has(&self, fact: Fact) -> bool {
        let said = |text: &str| !text.trim().is_empty();
        match fact {
            Fact::Steps => self.reproduction.steps.iter().filter(|step| said(step)).count() >= 2,
            Fact::Expected => said(&self.reproduction.expected),
            Fact::Actual => said(&self.reproduction.actual),
            Fact::ErrorText => self.errors.iter().any(|error| said(&error.text)),
            Fact::ErrorTime => self.errors.iter().any(|error| error.times.iter().any(|time| said(&time.written))),
            Fact::Account => said(&self.customer.account),
            Fact::Plan => said(&self.customer.plan),
            Fact::Role => said(&self.customer.role),
            Fact::Permissions => said(&self.customer.permissions),
            Fact::Actions => self.actions.iter().any(|action| said(&action.text)),
            Fact::Product => said(&self.environment.product),
            Fact::Version => said(&self.environment.version),
            Fact::Release => said(&self.environment.release),
            Fact::Tried => self.tried.iter().any(|tried| said(&tried.text)),
            Fact::Similar => self.similar.iter().any(|case| said(&case.id)) || self.searched > 0,
            Fact::CodeLane => self.code.iter().any(|line| said(&line.path)),
            Fact::Suspects => self.suspects.iter().any(|change| said(&change.commit)),
            Fact::Owner => self.owner.as_ref().is_some_and(|owner| said(&owner.name)),
        }
    }

    /// Changes its texts, whichever field they stand in: no field can be forgotten, not even one that comes later.
    /// Their order is always the same.
    #[must_use]
    pub fn map_texts(&self, change: impl FnOnce(&mut [&mut String])) -> Self {
        let mut value = serde_json::to_value(self).expect("a struct of texts and numbers has no failing serialiser");
        let mut texts = Vec::new();
        gather(&mut value, &mut texts);
        change(&mut texts);
        serde_json::from_value(value).expect("texts stay texts")
    }

    /// As it leaves in machine-readable form.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a struct of texts and numbers has no failing serialiser")
    }
}

fn gather<'a>(value: &'a mut Value, into: &mut Vec<&'a mut String>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(list) => list.iter_mut().for_each(|one| gather(one, into)),
        Value::Object(fields) => {
            // These hold words of ours, which have to read back.
            let theirs = fields.iter_mut().filter(|(name, _)| !["reason", "needed", "waived"].contains(&name.as_str()));
            theirs.for_each(|(_, one)| gather(one, into));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::generated;

    #[test]
    fn every_text_is_handed_to_whoever_changes_texts_and_what_it_means_stays() {
        let package = generated::full(7);
        let mut seen = Vec::new();
        let same = package.map_texts(|texts| seen.extend(texts.iter().map(|text| text.to_string())));
        assert_eq!(same, package);
        for planted in generated::words(7) {
            assert!(seen.iter().any(|text| text.contains(&planted)), "{planted} was passed over");
        }
        let blank = package.map_texts(|texts| texts.iter_mut().for_each(|text| text.clear()));
        assert_eq!((blank.reason, &blank.needed), (package.reason, &package.needed));
        assert!(Fact::ALL.iter().all(|fact| *fact == Fact::Similar || !blank.has(*fact)));
    }

    #[test]
    fn a_package_reads_back_what_it_writes_and_takes_an_older_one_with_fewer_fields() {
        let package = generated::full(3);
        assert_eq!(serde_json::from_str::<Package>(&package.to_json()).unwrap(), package);
        let old: Package = serde_json::from_str(r#"{"format":1,"ticket":{"id":"a:1"},"unknown":2}"#).unwrap();
        assert_eq!(old.ticket.id, "a:1");
    }
}
