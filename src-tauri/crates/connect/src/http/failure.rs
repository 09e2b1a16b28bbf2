//! What can go wrong between here and another machine. No variant carries a header, a body or a query.

use super::retry::Wait;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{address} cannot be a source: {because}")]
    BadAddress { address: String, because: &'static str },
    #[error("{address} lies in a private network, and nobody said that it is meant; nothing was sent")]
    OwnNetwork { address: String },
    #[error("{host} turned out to be {ip}, where this source may not reach; nothing was sent")]
    Forbidden { host: String, ip: std::net::IpAddr },
    #[error("{host} sent us on to {to}, which is another server; nothing was sent there")]
    SentElsewhere { host: String, to: String },
    #[error("{host} sent us in circles")]
    Circles { host: String },
    #[error("the name {host} could not be looked up: {cause}")]
    NoName { host: String, cause: std::io::Error },
    #[error("{host} could not be reached: {cause}")]
    NoConnection { host: String, cause: std::io::Error },
    #[error("the proxy {proxy} did not pass the connection to {host} on: {reason}")]
    Proxy { proxy: String, host: String, reason: String },
    #[error("{host} could not prove who it is: {reason}; nothing was sent")]
    Certificate { host: String, reason: String },
    #[error("the certificates in {path} cannot be read: {reason}")]
    CaFile { path: String, reason: String },
    #[error("{host} was silent for too long")]
    Silent { host: String },
    #[error("{host} broke off in the middle of an answer")]
    BrokenOff { host: String },
    #[error("{host} sent an answer that cannot be read: {reason}")]
    Unreadable { host: String, reason: String },
    #[error("{host} sent more than {limit} MB at once")]
    TooLarge { host: String, limit: u64 },
    #[error("{host} has trouble of its own (it answered {status})")]
    Server { host: String, status: u16 },
    /// A limit whose end lies further off than anybody waits.
    #[error("{host} takes no more requests for now")]
    Limited { host: String, wait: Wait },
    #[error("{host} answers nobody without a token, and none was sent")]
    NoToken { host: String },
    #[error("{host} no longer accepts the token")]
    TokenRefused { host: String },
    #[error("signing in to {host} did not work: {said}")]
    SignIn { host: String, said: String },
    /// What it gave cannot be renewed any more.
    #[error("the sign-in to {host} has ended")]
    SignedOut { host: String },
    #[error("port {port} of this machine, where the browser comes back to, is taken by another program")]
    PortTaken { port: u16 },
    #[error("{host} does not allow this any more: {said}")]
    AccessDenied { host: String, said: String },
    #[error("{what} is not there (any more), or not for this account")]
    NotThere { what: String },
    #[error("{host} answered {status}, which cannot be gone on from: {said}")]
    Unexpected { host: String, status: u16, said: String },
    #[error("{host} gives the same page again and again; what came before it is stored")]
    Loop { host: String },
    #[error("the request could not be noted in the ledger, so it was not made")]
    NotNoted,
    /// A mistake of ours: what writes was to be asked like a question.
    #[error("what is written to {host} is sent once and was not sent")]
    NotRepeated { host: String },
    #[error("it was cancelled")]
    Cancelled,
}

impl Failure {
    /// Stable; the hosts' words are keyed by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadAddress { .. } => "address_refused",
            Self::OwnNetwork { .. } => "address_private",
            Self::Forbidden { .. } => "address_forbidden",
            Self::SentElsewhere { .. } | Self::Circles { .. } => "redirect_refused",
            Self::NoName { .. } => "name_unknown",
            Self::NoConnection { .. } => "unreachable",
            Self::Proxy { .. } => "proxy_failed",
            Self::Certificate { .. } => "certificate_refused",
            Self::CaFile { .. } => "certificate_file",
            Self::Silent { .. } => "timed_out",
            Self::BrokenOff { .. } => "broken_off",
            Self::Unreadable { .. } => "answer_unreadable",
            Self::TooLarge { .. } => "answer_too_large",
            Self::Server { .. } => "server_trouble",
            Self::Limited { .. } => "rate_limited",
            Self::NoToken { .. } => "token_needed",
            Self::TokenRefused { .. } => "token_refused",
            Self::SignIn { .. } => "sign_in_failed",
            Self::SignedOut { .. } => "signed_out",
            Self::PortTaken { .. } => "port_taken",
            Self::AccessDenied { .. } => "access_denied",
            Self::NotThere { .. } => "not_there",
            Self::Unexpected { .. } => "answer_unexpected",
            Self::Loop { .. } => "endless_pages",
            Self::NotNoted => "ledger_failed",
            Self::NotRepeated { .. } => "unexpected",
            Self::Cancelled => "cancelled",
        }
    }

    /// The same request cannot work before somebody changed something.
    pub fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::BadAddress { .. }
                | Self::OwnNetwork { .. }
                | Self::Forbidden { .. }
                | Self::SentElsewhere { .. }
                | Self::Circles { .. }
                | Self::Certificate { .. }
                | Self::CaFile { .. }
                | Self::TooLarge { .. }
                | Self::NoToken { .. }
                | Self::TokenRefused { .. }
                | Self::SignIn { .. }
                | Self::SignedOut { .. }
                | Self::AccessDenied { .. }
                | Self::NotThere { .. }
                | Self::Unexpected { .. }
                | Self::Loop { .. }
                | Self::NotRepeated { .. }
        )
    }

    /// What servers answer that worked too long on one page.
    pub fn is_overload(&self) -> bool {
        matches!(self, Self::Server { status: 502 | 504, .. })
    }

    /// Trying again at once, a few times, may well help.
    pub(super) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::NoName { .. }
                | Self::NoConnection { .. }
                | Self::Proxy { .. }
                | Self::Silent { .. }
                | Self::BrokenOff { .. }
                | Self::Unreadable { .. }
                | Self::Server { .. }
        )
    }
}
