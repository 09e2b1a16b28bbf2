//! What a text means, as numbers: texts that say the same in other words lie near one another. Reads a *pack* (one file
//! with a small language model), turns texts into vectors, and finds the vectors that are nearest to one.
//!
//! Deliberately absent: any network, any knowledge of tickets beyond their ids, threads, clocks, and a decision about
//! what a likeness is worth (that is `matching`). Without a pack nothing here runs, and nothing else needs it.
//!
//! Entry point: [`Model::open`], then [`Model::embed`]; [`Near`] keeps vectors and finds the nearest.

mod arithmetic;
mod error;
mod half;
mod layer;
mod model;
mod near;
mod pack;
mod text;
mod tokens;
mod vector;

pub use error::Error;
pub use model::Model;
pub use near::{Near, Neighbour, Place};
pub use pack::{Header, Shape, write};
pub use text::{Text, TextId};
pub use tokens::MOST_TOKENS;
pub use vector::Vector;

pub type Result<T> = std::result::Result<T, Error>;
