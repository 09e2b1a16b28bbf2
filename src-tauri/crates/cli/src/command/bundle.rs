use crate::{
    Host, output,
    words::fields::{flat, list, number, text, time},
};
use engine::api::args::{BundleOpenArgs, BundleSaveArgs, LimitArgs, NameArgs};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Save an escalation that was handed over before.
    Save {
        /// Its number, as `precedent bundle list` shows it.
        id: i64,
        file: String,
        /// Who hands it over; remembered.
        #[arg(long = "as", value_name = "NAME")]
        author: Option<String>,
    },
    /// Open one: proven whole, from somebody who is known, and newer than what is here, before anything is written.
    Open {
        file: String,
        /// The author's code, as they told it: from now on their bundles are taken.
        #[arg(long, value_name = "CODE")]
        trust: Option<String>,
    },
    /// Everything that was handed over, here or in a bundle.
    List,
    /// This workspace's own code: tell it to whoever opens its bundles.
    Code,
    /// Whose bundles are taken.
    Authors,
    /// Take no more bundles of an author.
    Forget { code: String },
    /// What left in files, and what was let in or refused.
    Log,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    match args {
        Args::Save { id, file, author } => {
            let args = BundleSaveArgs { id: *id, path: whole(file), author: author.clone() };
            let done = output::call(host, "bundle_save", &args)?;
            output::print(host.json, &done, || saved(&done))
        }
        Args::Open { file, trust } => {
            let opened =
                output::call(host, "bundle_open", &BundleOpenArgs { path: whole(file), trust: trust.clone() })?;
            output::print(host.json, &opened, || text(&opened, "/markdown/text").trim_end().to_owned())?;
            output::note(&format!("It is escalation {} here.", number(&opened, "/row/id")));
            Ok(())
        }
        Args::List => {
            let all = output::call(host, "escalation_list", &json!({}))?;
            output::print(host.json, &all, || listed(&all))
        }
        Args::Code => {
            let own = output::call(host, "bundle_own", &json!({}))?;
            output::print(host.json, &own, || author(&own))
        }
        Args::Authors => {
            let all = output::call(host, "bundle_authors", &json!({}))?;
            output::print(host.json, &all, || lines(&all, "Nobody is known yet.", author))
        }
        Args::Forget { code } => {
            let done = output::call(host, "bundle_author_forget", &NameArgs { name: code.clone() })?;
            output::print(host.json, &done, || "Their bundles are taken no more. What came from them stays.".into())
        }
        Args::Log => {
            let all = output::call(host, "audit_list", &LimitArgs { limit: 200 })?;
            let listed = all.get("lines").cloned().unwrap_or_default();
            output::print(host.json, &all, || {
                lines(&listed, "Nothing left, and nothing came in.", |line| audit(line, host))
            })
        }
    }
}

/// The engine is told a whole path: only a host knows what it is relative to.
pub(super) fn whole(file: &str) -> String {
    std::path::absolute(file).map_or_else(|_| file.to_owned(), |path| path.display().to_string())
}

pub(super) fn saved(done: &Value) -> String {
    format!(
        "Saved {} ({} bytes). Whoever opens it asks for your code: {}",
        flat(text(done, "/path")),
        number(done, "/bytes"),
        text(done, "/code")
    )
}

pub(super) fn listed(all: &Value) -> String {
    lines(all, "Nothing was handed over yet.", row)
}

fn lines(all: &Value, none: &str, line: impl Fn(&Value) -> String) -> String {
    let lines: Vec<String> = list(all, "").map(line).collect();
    if lines.is_empty() { none.into() } else { lines.join("\n") }
}

fn row(row: &Value) -> String {
    let from = match text(row, "/author/code") {
        "" => String::new(),
        code => format!("  from {} ({code})", flat(text(row, "/author/name"))),
    };
    format!(
        "{:>4}  {:<13} {:>2}/{:<2} {}  {}{from}",
        number(row, "/id"),
        text(row, "/state").replace('_', " "),
        number(row, "/filled"),
        number(row, "/needed"),
        flat(text(row, "/ticket")),
        flat(text(row, "/title"))
    )
}

fn author(author: &Value) -> String {
    format!("{}  {}", text(author, "/code"), flat(text(author, "/name"))).trim_end().to_owned()
}

fn audit(line: &Value, host: &Host) -> String {
    let at = time(line, "/at").map(|at| host.when.exact(at)).unwrap_or_default();
    let what = text(line, "/what").replace('_', " ");
    format!("{at}  {what:<12} {:<24} {}", text(line, "/outcome").replace('_', " "), flat(text(line, "/detail")))
}
