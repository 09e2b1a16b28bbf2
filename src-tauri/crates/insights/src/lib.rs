//! What support measures itself by: tiers and hops, key figures with their denominators, and what escalations cost.
//!
//! Deliberately absent: I/O, clocks, SQL, words for the screen, and any figure of a single person: nothing in here knows
//! who did something, only which group and which tier had it. The store reads the rows, the engine joins them.
//!
//! Entry point: [`figures`], every key figure of a period over [`Case`]s; [`cost`](mod@cost) says what escalations cost.

pub mod cost;

mod bursts;
mod case;
mod figure;
mod numbers;
mod path;
mod report;
mod tiers;
mod trend;
mod types;

pub use bursts::{Burst, bursts};
pub use case::{Case, Handover, Period};
pub use figure::{Definition, FIGURES, Figure, Unit, figures};
pub use numbers::{Spread, spread};
pub use path::{Raised, RaisedBy, Step, entered, raised, steps};
pub use report::{Line, csv, html, markdown};
pub use tiers::{Rule, Tiers};
pub use trend::{Month, months};
pub use types::engineer_only;
