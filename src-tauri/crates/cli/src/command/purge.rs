use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{number, text},
};
use serde_json::{Value, json};

#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Args {
    /// The source that everything goes from.
    #[arg(conflicts_with_all = ["ticket", "scan"])]
    source: Option<String>,
    /// One ticket, because it may no longer be read.
    #[arg(long, value_name = "ID", conflicts_with = "scan")]
    ticket: Option<String>,
    /// Without it nothing is deleted.
    #[arg(long, conflicts_with = "scan")]
    yes: bool,
    /// Delete nothing: say whether a word is anywhere in the decrypted database and index.
    #[arg(long, value_name = "WORD")]
    scan: Option<String>,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    if let Some(word) = &args.scan {
        return scan(host, word);
    }
    let what = json!({ "source": args.source, "ticket": args.ticket });
    if !args.yes {
        let would = output::call(host, "purge_preview", &what)?;
        let copies = match number(&would, "/copies") {
            0 => String::new(),
            n => format!(" {n} older copies of the database go too, and a new one is made."),
        };
        let words = format!("This deletes {} for good.{copies}", held(&would));
        return Err(Failed::usage(words, "Add --yes to do it.").into());
    }
    let gone = output::call(host, "purge", &what)?;
    output::print(host.json, &gone, || {
        format!("Deleted {}, from the database, the index and what was read out of them.", held(&gone))
    })
}

fn held(view: &Value) -> String {
    let many = |field: &str, one: &str, more: &str| {
        let count = number(view, field);
        format!("{count} {}", if count == 1 { one } else { more })
    };
    // Only a help desk has some.
    let articles = match number(view, "/articles") {
        0 => String::new(),
        _ => format!(", {}", many("/articles", "article", "articles")),
    };
    format!(
        "{}: {}, {}{articles} and {}",
        text(view, "/what"),
        many("/tickets", "ticket", "tickets"),
        many("/comments", "comment", "comments"),
        many("/known_errors", "known error", "known errors")
    )
}

fn scan(host: &Host, word: &str) -> anyhow::Result<()> {
    let found = output::call(host, "scan", &json!({ "word": word }))?;
    let (pages, terms) = (number(&found, "/database"), number(&found, "/index"));
    output::print(host.json, &found, || match pages + terms {
        0 => "It is nowhere in the database or the index.".into(),
        _ => format!("It is in {pages} pages of the database and {terms} places of the index."),
    })
}
