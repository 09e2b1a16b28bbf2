//! What crosses to the hosts. Shapes only: words belong to the hosts, domain types stay behind. Times are UTC
//! milliseconds. Ids are `source:id`, except where a field says otherwise.

mod case;
mod code;
mod code_exam;
mod curation;
mod deploy;
mod escalation;
mod exam;
mod insight;
mod knowledge;
mod known;
mod line;
mod model;
mod outbox;
mod privacy;
mod rule;
mod runbook;
mod search;
mod seen;
mod source;
mod team;
mod why_not;
mod work;

pub use case::*;
pub use code::*;
pub use code_exam::*;
pub use curation::*;
pub use deploy::*;
pub use escalation::*;
pub use exam::*;
pub use insight::*;
pub use knowledge::*;
pub use known::*;
pub use line::*;
pub use model::*;
pub use outbox::*;
pub use privacy::*;
pub use rule::*;
pub use runbook::*;
pub use search::*;
pub use seen::*;
pub use source::*;
pub use team::*;
pub use why_not::*;
pub use work::*;
