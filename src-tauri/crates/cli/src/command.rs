//! One module per command: its arguments, one call, its output.

pub(crate) mod demo;
pub(crate) mod health;
pub(crate) mod import;
pub(crate) mod rpc;
pub(crate) mod search;
pub(crate) mod seen;
pub(crate) mod ticket;
