//! The one way in which this program talks to another machine.
//!
//! A [`Client`] asks one [`Site`], which a person named. Before it connects it checks the very address that it connects
//! to; it follows no redirect to another host, has no switch that would ignore a certificate, and writes each request
//! into the ledger before the first byte leaves. Bytes are counted where they pass: on the socket, TLS included.
//!
//! What reads may be asked again; what writes ([`Client::write`]) is sent once, and says whether it may have arrived.
//!
//! Deliberately absent: cookies, HTTP/2, anything but GET, POST and PUT of JSON, a proxy for plain `http`.

mod address;
mod body;
mod client;
mod connection;
mod failure;
mod ledger;
mod limits;
mod pace;
mod proxy;
mod quota;
mod redirect;
mod retry;
mod sign;
mod tls;
mod wire;

pub use address::{Reach, Site};
pub use client::{Asks, Client, ClientOptions, Request, Response, Wrote};
pub use connection::{Deadlines, Resolve, system_resolver};
pub use failure::Failure;
pub use ledger::{Entry, Ledger, Outcome};
pub use limits::Hosts;
pub use pace::{Pace, SystemPace};
pub use proxy::Proxy;
pub(crate) use proxy::base64;
pub use retry::Patience;
#[cfg(test)]
pub(crate) use retry::{Verdict, judge};
