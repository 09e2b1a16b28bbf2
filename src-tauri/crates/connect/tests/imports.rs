//! Whole exports through the front door: bytes in, pages of changes out.
#![cfg(test)]

#[path = "imports/bad.rs"]
mod bad;
#[path = "imports/containers.rs"]
mod containers;
#[path = "imports/github.rs"]
mod github;
#[path = "imports/hostile.rs"]
mod hostile;
#[path = "imports/interchange.rs"]
mod interchange;
#[path = "imports/jira.rs"]
mod jira;
#[path = "imports/real.rs"]
mod real;
#[path = "imports/resume.rs"]
mod resume;
#[path = "imports/support.rs"]
mod support;
#[path = "imports/table.rs"]
mod table;
#[path = "imports/zendesk.rs"]
mod zendesk;
