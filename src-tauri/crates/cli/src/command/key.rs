use crate::{Host, failed::Failed, output};
use serde_json::{Value, json};
use std::path::Path;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Where the key of this workspace lies.
    Status,
    /// Make a recovery key and show it once. An earlier one opens nothing any more.
    Recovery,
    /// Open the workspace with its recovery key, read from standard input, and put a fresh key where keys are kept.
    Restore,
    /// Put a fresh key in the place of the old one.
    Rotate,
    /// Destroy the key: nobody can ever read this workspace again.
    Forget {
        /// Without it nothing is destroyed.
        #[arg(long)]
        yes: bool,
    },
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    match args {
        Args::Status => status(host, "key_status"),
        Args::Rotate => status(host, "key_rotate"),
        Args::Recovery => {
            let made = output::call(host, "key_recovery_make", &json!({}))?;
            output::print(host.json, &made, || {
                let words = made.get("words").and_then(Value::as_str).unwrap_or_default();
                format!(
                    "{words}\n\nWrite it down and keep it away from this machine. It is shown once and kept nowhere."
                )
            })
        }
        Args::Forget { yes } => {
            let status = output::call(host, "workspace_status", &json!({}))?;
            let home = status.get("home").cloned().unwrap_or_default();
            if !yes {
                let words = format!("This destroys the key of {home}: nobody can ever read it again.");
                return Err(Failed::usage(words, "Add --yes to do it.").into());
            }
            let done = output::call(host, "workspace_forget", &json!({ "home": home }))?;
            output::print(host.json, &done, || {
                format!("The key of {home} is destroyed. What is left in the folder is unreadable and can be deleted.")
            })
        }
        // Answered before the workspace is opened: this is what opens it.
        Args::Restore => Ok(()),
    }
}

/// The only command on a workspace that does not open.
pub(crate) fn restore(home: &Path, json: bool, now: i64) -> anyhow::Result<()> {
    let words = crate::read_input(None)?.into();
    engine::restore(home, engine::default_secrets(), &words, now).map_err(Failed::from)?;
    output::print(json, &json!({ "restored": true }), || "The workspace opens again, under a fresh key.".into())
}

fn status(host: &Host, command: &str) -> anyhow::Result<()> {
    let status = output::call(host, command, &json!({}))?;
    output::print(host.json, &status, || {
        let place = status.get("place").and_then(Value::as_str).unwrap_or_default();
        let recovery = match status.get("recovery_made_at").and_then(Value::as_i64) {
            Some(at) => format!("A recovery key was made {}.", host.when.ago(at)),
            None => "There is no recovery key: `precedent key recovery` makes one.".into(),
        };
        format!("Encrypted. The key lies in {place}.\n{recovery}")
    })
}
