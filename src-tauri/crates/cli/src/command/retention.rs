use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{list, number, text},
};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Show the rules.
    Show,
    /// Add a rule: tickets that have not changed for so long go.
    Add {
        /// Days since a ticket's last change.
        #[arg(long)]
        days: u32,
        /// Only of this group.
        #[arg(long)]
        group: Option<String>,
        /// Only of this product.
        #[arg(long)]
        product: Option<String>,
        /// Without it nothing is deleted, and the rule is not kept.
        #[arg(long)]
        yes: bool,
    },
    /// Take every rule back. What is gone stays gone.
    Clear,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let now = output::call(host, "retention_get", &json!({}))?;
    let mut rules: Vec<Value> = list(&now, "/rules").cloned().collect();
    match args {
        Args::Show => output::print(host.json, &now, || words(&rules)),
        Args::Clear => {
            output::call(host, "retention_set", &json!({ "rules": [] }))?;
            output::print(host.json, &json!({ "rules": [] }), || "Tickets stay until somebody deletes them.".into())
        }
        Args::Add { days, group, product, yes } => {
            rules.push(json!({ "days": days, "group": group, "product": product }));
            let covered = output::call(host, "retention_preview", &json!({ "rules": rules }))?;
            let tickets = number(&covered, "/tickets");
            if !yes {
                let words = format!("With this rule {tickets} tickets go now, and others when they are old enough.");
                return Err(Failed::usage(words, "Add --yes to do it.").into());
            }
            let done = output::call(host, "retention_set", &json!({ "rules": rules, "confirmed": tickets }))?;
            output::print(host.json, &done, || format!("{}\n{tickets} tickets went.", words(&rules)))
        }
    }
}

fn words(rules: &[Value]) -> String {
    if rules.is_empty() {
        return "No rule: tickets stay until somebody deletes them.".into();
    }
    let lines = rules.iter().map(|rule| {
        let of = |field: &str, name: &str| match text(rule, field) {
            "" => String::new(),
            value => format!(" of the {name} {value}"),
        };
        format!(
            "Tickets{}{} go {} days after their last change.",
            of("/group", "group"),
            of("/product", "product"),
            number(rule, "/days")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}
