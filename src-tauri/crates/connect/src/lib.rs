//! Exports and servers into [`domain::Change`]s: pages to be stored one by one.
//!
//! [`pull`] asks a server over the network, [`push`] writes to it what a person sent, and [`oauth`] signs somebody in to it, all through
//! [`http`] alone. [`telemetry`] asks nobody: it reads what a text names of a monitor. The rest of this page is about files.
//!
//! [`open`] takes a file, a folder or standard input (`-`), plain or packed with gzip or zstd (told by content, not by
//! name). Nothing is ever read whole: a record is found, parsed and let go, so memory does not grow with the file. A
//! record that cannot be read is reported with its file, line and reason, and skipped.
//!
//! # The formats
//!
//! Records are JSON objects. They may stand one to a line, in an array, or in the `issues`, `tickets`, `results` or
//! `items` of a page as an API sends it; pages may follow each other. In CSV a row is a record.
//!
//! ## Interchange (`jsonl`)
//! One object to a line. `kind` says what it is; keys without a meaning are kept in [`domain::Ticket::extra`].
//!
//! | kind | keys |
//! | --- | --- |
//! | `ticket` | `id`, `subject`; one of `created_at`, `updated_at`; `body`, `body_format` (`text` `html` `markdown` `jira`), `status` (`new` `open` `pending` `on_hold` `solved` `closed`), `priority`, `product`, `component` or `components`, `version` or `affected_versions`, `fix_versions`, `environment`, `requester`, `account`, `group`, `assignee`, `tags`, `solved_at`, `resolution`, `resolution_class`, `duplicate_of`, `merged_into`, `links` (`[{"kind": "caused_by", "to": "T-9"}]`), `url` |
//! | `comment` | `ticket`, `id`, `body`, `body_format`, `author`, `author_role` (`requester` `agent` `engineer` `system`), `public` (`true` when left out), `created_at` |
//! | `hop` | `ticket`, `at`, `from_group`, `to_group`, `by` |
//! | `known_error` | `id`, `title`, `state`, `cause`, `product`, `component` or `components`, `affected_versions`, `fix_versions`, `workaround` (steps), `workaround_worked`, `workaround_tried`, `eta_at`, `eta_by`, `owner`, `tickets`, `error_text`, `url`, `created_at`, `updated_at` |
//! | `delete` | `ticket` |
//!
//! Lists may be a single text; times are RFC 3339 or what [`domain::Millis::parse`] reads; ids may be numbers.
//!
//! ## Jira, Zendesk, GitHub
//! The objects of their REST APIs, see [`Format`]. GitHub's pull requests are not tickets and leave nothing.
//!
//! ## CSV
//! The first row names the columns. Common names are known (`Issue key`, `Summary`, …), others are mapped by
//! [`Options::mapping`]; columns without a meaning are kept in `extra`. A repeated column makes a list.

mod error;
mod formats;
pub mod http;
mod import;
pub mod oauth;
pub mod pull;
pub mod push;
mod secrets;
pub mod telemetry;

pub use error::Error;
pub use formats::Format;
pub use http::Failure;
pub use import::{BadRecord, Export, Import, ImportPage, Options, exports, open, open_reader};
pub use secrets::{KeyFile, Keyring, SecretStore};
