//! What support measures itself by: tiers and hops, key figures with their denominators, and what escalations cost.
//!
//! Deliberately absent: I/O, clocks, SQL, words for the screen, and any figure of a single person: nothing in here knows
//! who did something, only which group and which tier had it. The store reads the rows, the engine joins them.
//!
//! Entry point: [`figures`], every key figure of a period over a [`Past`]; [`cost`](mod@cost) says what escalations cost.

pub mod cost;

mod bursts;
mod case;
mod figure;
mod handed;
mod heat;
mod numbers;
mod opening;
mod part;
mod path;
pub mod programme;
mod report;
mod severity;
mod shifted;
mod since;
mod stages;
mod stays;
mod tiers;
mod trend;
mod types;

pub use bursts::{Burst, bursts, usual};
pub use case::{Case, Handover, Period};
pub use figure::{
    Asked, Definition, FIGURES, Figure, HandledRule, Judged, Of, Past, Scope, Unit, cohorts, figure, figures, handled,
};
pub use handed::{Handed, Turn};
pub use heat::{Heat, heat};
pub use numbers::{Spread, spread};
pub use opening::{Opening, Week};
pub use part::{Part, highest};
pub use path::{Raised, RaisedBy, Step, entered, raised, steps};
pub use report::{Line, Pictures, Rate, Reason, Way, csv, html, markdown};
pub use severity::{Class, Hit, LEAST_USUAL, Severity, SeverityRule, severity};
pub use shifted::{Shifted, shifted};
pub use since::{LEAST, Less, REDRAWS, Since, Times, since};
pub use stages::{Moment, Stage, Stages, stages};
pub use stays::{BEFORE_A_REPLY, Stay, stays};
pub use tiers::{Rule, Tiers};
pub use trend::{Month, months};
pub use types::{Capability, capabilities, engineer_only};
