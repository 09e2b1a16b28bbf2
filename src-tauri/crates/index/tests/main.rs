//! Facts about the index, seen from outside.
#![cfg(test)]

mod candidates;
mod corruption;
mod fixture;
mod highlight;
mod life;
mod search;
