use crate::{Host, failed::Failed, output, passphrase};
use engine::OpenOptions;
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Where the key of this workspace lies.
    Status,
    /// Make a recovery key and show it once. An earlier one opens nothing any more.
    Recovery,
    /// Open the workspace with its recovery key, read from standard input, and put a fresh key where keys are kept.
    Restore,
    /// Let a passphrase open the workspace from now on, and no key in a keyring or file. Asked for at a terminal, read
    /// from standard input otherwise. A workspace that is not there yet is made under it.
    Passphrase,
    /// Put a fresh key in the place of the old one, or of a passphrase.
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
        // Answered before the workspace is opened: they are what opens it.
        Args::Restore | Args::Passphrase => Ok(()),
    }
}

/// Under a passphrase again where one is given, as servers without a keyring need.
pub(crate) fn restore(options: OpenOptions, json: bool) -> anyhow::Result<()> {
    let words = crate::read_input(None)?.into();
    let OpenOptions { home, secrets, passphrase, clock, .. } = options;
    engine::restore(&home, secrets, &words, passphrase.as_ref(), clock.now().0).map_err(Failed::from)?;
    output::print(json, &json!({ "restored": true }), || {
        let under = if passphrase.is_some() { "the passphrase" } else { "a fresh key" };
        format!("The workspace opens again, under {under}.")
    })
}

pub(crate) fn choose_passphrase(options: OpenOptions, json: bool) -> anyhow::Result<()> {
    let words = passphrase::new()?.into();
    let OpenOptions { home, secrets, passphrase, clock, .. } = options;
    let choose =
        |present: Option<&_>| engine::choose_passphrase(&home, secrets.clone(), present, &words, clock.now().0);
    match choose(passphrase.as_ref()) {
        Err(error) if error.code() == "passphrase_needed" && passphrase::can_ask() => {
            choose(Some(&passphrase::present()?)).map_err(Failed::from)?;
        }
        chosen => chosen.map_err(Failed::from)?,
    }
    output::print(json, &json!({ "kind": "passphrase" }), || {
        "The passphrase opens the workspace from now on, and nothing else does but a recovery key.".into()
    })
}

fn status(host: &Host, command: &str) -> anyhow::Result<()> {
    let status = output::call(host, command, &json!({}))?;
    output::print(host.json, &status, || {
        let place = status.get("place").and_then(Value::as_str).unwrap_or_default();
        let recovery = match status.get("recovery_made_at").and_then(Value::as_i64) {
            Some(at) => format!("A recovery key was made {}.", host.when.ago(at)),
            None => "There is no recovery key: `precedent key recovery` makes one.".into(),
        };
        match status.get("kind").and_then(Value::as_str) {
            Some("passphrase") => {
                let tokens = status.get("tokens").and_then(Value::as_str).unwrap_or_default();
                format!("Encrypted under a passphrase. Tokens lie in {tokens}.\n{recovery}")
            }
            _ => format!("Encrypted. The key lies in {place}.\n{recovery}"),
        }
    })
}
