//! How a ticket was served, as its helpdesk measured it: replies, promises about time, what the customer thought of it.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// What comes with a ticket and is counted, not said.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Milliseconds from its first word to the first answer, on the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_reply: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopens: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// What the customer asked for in a portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_type: Option<String>,
    /// With whom the customer shared it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<String>,
}

impl Service {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the customer thought of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rating {
    /// As the source has it: `good`, `4 of 5`.
    pub score: String,
    pub satisfied: bool,
    /// In the customer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// One promise about time, and what became of it. What is not known is left as it was.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Promise {
    /// The ticket's id in the same source.
    pub ticket: String,
    /// What is measured: `first reply`, `time to resolution`.
    pub measure: String,
    /// Which time round: a ticket that is opened again begins another one.
    pub round: i64,
    /// The policy that says so.
    pub policy: Option<String>,
    /// Milliseconds that were promised.
    pub goal: Option<i64>,
    /// They are counted in hours at work.
    pub at_work: Option<bool>,
    pub started_at: Option<Millis>,
    /// When it breaks unless it is met before.
    pub due_at: Option<Millis>,
    pub met_at: Option<Millis>,
    pub broken_at: Option<Millis>,
    /// It was thought to break, and did not.
    pub spared: bool,
    /// Its clock stands still, since the customer is asked for something.
    pub paused: Option<bool>,
    /// Milliseconds that were left when it was last told, of one whose clock stands still.
    pub left: Option<i64>,
}

/// What a source calls somebody or something that its records tell by number.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Name {
    /// As records tell it: `group 42`.
    pub number: String,
    pub name: String,
}

const ACCOUNT_OF: &str = "account of contact ";

impl Name {
    /// What stands for an account where records tell alone who somebody is: it is called by the number of the account, or by
    /// nothing where there is none. Nobody ever sees it.
    pub fn account_of(contact: &str) -> String {
        format!("{ACCOUNT_OF}{contact}")
    }

    pub fn is_account_of(number: &str) -> bool {
        number.starts_with(ACCOUNT_OF)
    }
}
