//! Facts about the index, seen from outside.
#![cfg(test)]

mod candidates;
mod corruption;
mod fields;
mod fixture;
mod highlight;
mod life;
mod living;
mod pages;
mod search;
mod tiers;
