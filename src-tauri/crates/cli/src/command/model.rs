use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{flag, number, text},
};
use engine::api::args::ModelInstallArgs;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Whether one is installed, what it costs, and how much of the workspace it has read.
    Status,
    /// Check a pack, put a copy of it into the workspace, and read the cases with it. `cargo xtask model` makes one.
    Install {
        /// The pack's file.
        #[arg(value_name = "FILE")]
        path: String,
        /// Leave the reading to the window, which does it while nothing else goes on, or to `precedent model read`.
        #[arg(long)]
        later: bool,
    },
    /// Read the cases that are not read yet. It may be stopped at any time, and goes on where it was.
    Read,
    /// Take it away, with all that it made: cases are found by their words alone again.
    Remove,
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Status => status(host),
        Args::Install { path, later } => {
            let path = std::path::absolute(&path).map_or(path, |path| path.display().to_string());
            output::call(host, "model_install", &ModelInstallArgs { path })?;
            if !later {
                read(host)?;
            }
            status(host)
        }
        Args::Read => {
            read(host)?;
            status(host)
        }
        Args::Remove => {
            let done = output::call(host, "model_remove", &json!({}))?;
            output::print(host.json, &done, || {
                "The semantic pack is gone: cases are found by their words alone.".into()
            })
        }
    }
}

fn read(host: &Host) -> anyhow::Result<()> {
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} {eta}")?);
    let progress = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
        true
    };
    host.engine.read_meanings(&progress, &engine::embed).map_err(Failed::from)?;
    bar.finish_and_clear();
    Ok(())
}

fn status(host: &Host) -> anyhow::Result<()> {
    let status = output::call(host, "model_status", &json!({}))?;
    output::print(host.json, &status, || words(&status))
}

fn words(status: &Value) -> String {
    if !flag(status, "/installed") {
        return match text(status, "/error/message") {
            "" => {
                "No semantic pack is installed: cases are found by their words alone. `precedent model install FILE` \
                   adds one."
                    .into()
            }
            message => format!("{message} {}", text(status, "/error/hint")),
        };
    }
    let megabytes = |pointer: &str| (number(status, pointer) + 500_000) / 1_000_000;
    let (read, documents) = (number(status, "/read"), number(status, "/documents"));
    let how_far = match documents.saturating_sub(read) {
        0 => "All cases are read.".to_owned(),
        left => format!("{left} of {documents} cases are not read yet, and are found by their words alone."),
    };
    format!(
        "{} ({}): {} MB on disk, {} MB of memory while it is in use.\n{how_far}",
        text(status, "/model"),
        text(status, "/licence"),
        megabytes("/bytes"),
        megabytes("/memory")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_the_reading_is_and_what_is_wrong_are_said_in_words() {
        let mut status = json!({
            "installed": true, "model": "tiny", "licence": "MIT", "bytes": 45_362_604, "memory": 67_000_000,
            "read": 3, "documents": 5, "error": null,
        });
        assert_eq!(
            words(&status),
            "tiny (MIT): 45 MB on disk, 67 MB of memory while it is in use.\n2 of 5 cases are not read yet, and are \
             found by their words alone."
        );
        status["read"] = json!(5);
        assert!(words(&status).ends_with("All cases are read."));
        let bad = json!({ "installed": false, "error": { "message": "It is damaged.", "hint": "Fetch it again." } });
        assert_eq!(words(&bad), "It is damaged. Fetch it again.");
    }
}
