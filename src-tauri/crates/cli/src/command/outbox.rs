use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{flag, flat, list, number, text, time},
};
use engine::api::args::{OutboxArgs, OutboxSendArgs, OutboxWriteArgs};
use serde_json::{Value, json};
use std::{
    fmt::Write,
    io::{IsTerminal, Write as _},
};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Everything that is to leave or left, what is not done yet first.
    List,
    /// One of them: what is shown is what leaves, byte for byte.
    Show { id: i64 },
    /// Write something down as it would leave, without what belongs to somebody. Nothing leaves before it is sent.
    Write(WriteArgs),
    /// Let one leave that was shown. Without a network it waits, and leaves as soon as there is one.
    Send {
        id: i64,
        /// What `show` named, in the place of looking at it now and saying yes.
        #[arg(long)]
        seal: Option<String>,
        /// You looked there, and it did not arrive.
        #[arg(long)]
        not_there: bool,
        /// Send it although what it is written on has changed: the seal of the change that `show` showed.
        #[arg(long, value_name = "SEAL")]
        seen: Option<String>,
    },
    /// Write one down anew with another text, in the place of the one that was shown.
    Edit {
        id: i64,
        /// A file with the text, or - for standard input.
        file: Option<String>,
        /// Take nothing out.
        #[arg(long)]
        as_is: bool,
    },
    /// Keep one from leaving. It stays in the list.
    Drop { id: i64 },
}

#[derive(clap::Args)]
pub(crate) struct WriteArgs {
    /// note (internal), comment (seen by everybody who sees the record), issue, or link (to the ticket of a problem).
    kind: String,
    /// The ticket that a note, a comment or a link is for, or the source of a new issue.
    to: String,
    /// A file with the text, or - for standard input.
    file: Option<String>,
    /// Of an issue.
    #[arg(long)]
    title: Option<String>,
    /// The ticket that it is about: its people are taken out by name.
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// Of a link: the ticket of the problem, in the same source.
    #[arg(long, value_name = "ID")]
    problem: Option<String>,
    /// Take nothing out.
    #[arg(long)]
    as_is: bool,
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::List => {
            let items = output::call(host, "outbox_list", &json!({}))?;
            output::print(host.json, &items, || {
                let lines: Vec<_> = items.as_array().into_iter().flatten().map(|item| line(host, item)).collect();
                if lines.is_empty() { "Nothing was ever written from here.".into() } else { lines.join("\n") }
            })
        }
        Args::Show { id } => print(host, &output::call(host, "outbox_show", &OutboxArgs { id })?),
        Args::Write(args) => {
            let WriteArgs { kind, to, file, title, about, problem, as_is } = args;
            let given = if kind == "link" { String::new() } else { crate::read_input(file.as_deref())? };
            let asked = OutboxWriteArgs { kind, to, about, title, problem, text: given, as_is: Some(as_is) };
            print(host, &output::call(host, "outbox_write", &asked)?)
        }
        Args::Edit { id, file, as_is } => {
            let old = output::call(host, "outbox_show", &OutboxArgs { id })?;
            let given = crate::read_input(file.as_deref())?;
            let to = match old.pointer("/on").and_then(Value::as_str) {
                Some(on) => format!("{}:{on}", text(&old, "/source")),
                None => text(&old, "/source").to_owned(),
            };
            let word = |at: &str| old.pointer(at).and_then(Value::as_str).map(str::to_owned);
            let (kind, about, title) = (text(&old, "/kind").to_owned(), word("/about"), word("/title"));
            let asked = OutboxWriteArgs { kind, to, about, title, problem: None, text: given, as_is: Some(as_is) };
            let new = output::call(host, "outbox_write", &asked)?;
            output::call(host, "outbox_drop", &OutboxArgs { id })?;
            print(host, &new)
        }
        Args::Send { id, seal, not_there, seen } => {
            let (seal, seen) = match seal {
                Some(seal) => (seal, seen),
                None => looked_at(host, id)?,
            };
            let asked = OutboxSendArgs { id, seal, not_there: Some(not_there), seen };
            let item = output::call(host, "outbox_send", &asked)?;
            output::print(host.json, &item, || line(host, &item))
        }
        Args::Drop { id } => {
            let item = output::call(host, "outbox_drop", &OutboxArgs { id })?;
            output::print(host.json, &item, || line(host, &item))
        }
    }
}

/// Nothing leaves that nobody saw: on a terminal it is shown and asked for, a script names what it was shown.
fn looked_at(host: &Host, id: i64) -> anyhow::Result<(String, Option<String>)> {
    let usage = || {
        let hint = format!("`precedent outbox show {id}` names its seal; pass it with --seal.");
        Failed::usage("Nothing is sent that was not shown, and there is nobody here to show it to.", &hint)
    };
    if host.json || !std::io::stdin().is_terminal() {
        return Err(usage().into());
    }
    let item = output::call(host, "outbox_show", &OutboxArgs { id })?;
    output::note(&words(host, &item));
    let _ = write!(std::io::stderr().lock(), "Send this? [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case("y") || answer.trim().eq_ignore_ascii_case("yes") {
        let seen = item.pointer("/conflict/seal").and_then(Value::as_str).map(str::to_owned);
        Ok((text(&item, "/seal").to_owned(), seen))
    } else {
        Err(Failed::usage("Nothing was sent.", "It stays a draft.").into())
    }
}

fn print(host: &Host, item: &Value) -> anyhow::Result<()> {
    output::print(host.json, item, || words(host, item))
}

fn words(host: &Host, item: &Value) -> String {
    let mut out = line(host, item);
    let _ = write!(out, "\n{} https://{}", text(item, "/method"), text(item, "/to"));
    let taken: Vec<_> =
        list(item, "/redacted").map(|one| format!("{} {}", number(one, "/count"), text(one, "/kind"))).collect();
    if !taken.is_empty() {
        let _ = write!(out, "\nTaken out: {}", taken.join(", "));
    }
    if let Some(title) = item.pointer("/title").and_then(Value::as_str) {
        let _ = write!(out, "\n\n{title}");
    }
    let _ = write!(out, "\n\n{}\n\nWhat leaves, byte for byte:\n{}", text(item, "/body"), text(item, "/payload"));
    let (id, seal) = (number(item, "/id"), text(item, "/seal"));
    if let Some(there) = item.pointer("/conflict").filter(|there| !there.is_null()) {
        let _ = write!(out, "\n\n{}", changed(host, there));
        let _ = write!(
            out,
            "\n\nTo send it anyway: precedent outbox send {id} --seal {seal} --seen {}",
            text(there, "/seal")
        );
        let _ =
            write!(out, "\nTo write it anew: precedent outbox edit {id} FILE. To drop it: precedent outbox drop {id}");
    } else if flag(item, "/can_send") {
        let _ = write!(out, "\n\nTo send it: precedent outbox send {id} --seal {seal}");
    }
    out
}

/// What changed of a record: lines that went with a minus, lines that came with a plus.
fn changed(host: &Host, there: &Value) -> String {
    let ago = |at: &str| host.when.ago(time(there, at).unwrap_or_default());
    let mut out = format!("It has changed since: as it was {}, and as it is since {}.", ago("/was_at"), ago("/now_at"));
    for change in list(there, "/changes") {
        let _ = write!(out, "\n  {}:", text(change, "/what"));
        for line in list(change, "/lines") {
            let (was, now) =
                (line.pointer("/was").and_then(Value::as_str), line.pointer("/now").and_then(Value::as_str));
            if flag(line, "/same") {
                let _ = write!(out, "\n      {}", flat(was.unwrap_or_default()));
                continue;
            }
            for (sign, line) in [('-', was), ('+', now)] {
                let _ = line.map(|line| write!(out, "\n    {sign} {}", flat(line)));
            }
        }
    }
    for said in list(there, "/said") {
        let how = if flag(said, "/public") { "reply" } else { "internal note" };
        let by = text(said, "/by");
        let _ = write!(out, "\n  New {how} by {}, {}:", flat(by), host.when.ago(time(said, "/at").unwrap_or_default()));
        for line in text(said, "/text").lines() {
            let _ = write!(out, "\n    + {}", flat(line));
        }
    }
    out
}

fn line(host: &Host, item: &Value) -> String {
    let on = item.pointer("/on").and_then(Value::as_str).map(|on| format!(" on {}", flat(on))).unwrap_or_default();
    let mut out = format!(
        "{}  {}: {}{on} → {}, written by {} {}",
        number(item, "/id"),
        state(item),
        text(item, "/kind"),
        text(item, "/source"),
        text(item, "/made_by"),
        host.when.ago(time(item, "/made_at").unwrap_or_default()),
    );
    if let Some(by) = item.pointer("/sent_by").and_then(Value::as_str) {
        let _ = write!(out, ", sent by {by} {}", host.when.ago(time(item, "/clicked_at").unwrap_or_default()));
    }
    if let Some(url) = item.pointer("/url").and_then(Value::as_str) {
        let _ = write!(out, "\n   {url}");
    }
    if let Some(message) = item.pointer("/failure/message").and_then(Value::as_str) {
        let _ = write!(out, "\n   {message}");
    }
    if let Some(hint) = item.pointer("/failure/hint").and_then(Value::as_str) {
        let _ = write!(out, "\n   {hint}");
    }
    out
}

fn state(item: &Value) -> &'static str {
    match text(item, "/state") {
        "draft" => "not sent yet",
        "pending" => "waits to leave",
        "sending" => "on its way, and asked about before it is sent again",
        "sent" => "sent",
        "failed" => "refused",
        "unclear" => "nobody can tell whether it arrived",
        "conflict" => "not sent: what it is written on has changed",
        "dropped" => "dropped",
        _ => "in a state that this version does not know",
    }
}
