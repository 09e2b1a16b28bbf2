use crate::{Host, command, output, words};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Period {
    /// Tickets that came in within so many days; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u32,
    /// Only tickets of one cohort: `product=Shop`, `version=2.2.0`, `tier=l2`, `month=2026-03`; without a value those of none.
    #[arg(long, value_name = "BY=VALUE")]
    only: Option<String>,
}

impl Period {
    fn json(&self) -> Value {
        let part = self.only.as_deref().map(|only| {
            let (by, value) = only.split_once('=').unwrap_or((only, ""));
            json!({ "by": by, "value": Some(value).filter(|value| !value.is_empty()) })
        });
        json!({ "days": self.days, "part": part })
    }
}

#[derive(clap::Args)]
pub(crate) struct InsightsArgs {
    #[command(flatten)]
    period: Period,
    /// Write the report instead, to standard output.
    #[arg(long, value_parser = ["markdown", "csv", "html"])]
    format: Option<String>,
}

/// Every figure, the tiers and what escalations cost.
pub(crate) fn insights(host: &Host, args: &InsightsArgs) -> anyhow::Result<()> {
    if let Some(format) = &args.format {
        let asked = json!({ "format": format, "period": args.period.json() });
        let report = output::call(host, "insights_report", &asked)?;
        return output::print(host.json, &report, || words::fields::text(&report, "/text").trim_end().to_owned());
    }
    let view = output::call(host, "insights_get", &args.period.json())?;
    output::print(host.json, &view, || words::insights::view(&view))
}

#[derive(clap::Args)]
pub(crate) struct KpiArgs {
    #[command(flatten)]
    period: Period,
    /// One of them by its name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its formula, its base, its SQL and the newest tickets behind it.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,
}

pub(crate) fn kpi(host: &Host, args: &KpiArgs) -> anyhow::Result<()> {
    let view = output::call(host, "insights_get", &args.period.json())?;
    let all = || at(&view, "figures").as_array().into_iter().flatten();
    let Some(explained) = &args.explain else {
        let named = |figure: &&Value| args.name.as_deref().is_none_or(|name| at(figure, "name") == name);
        let beside = all().filter(named).flat_map(pairs).collect::<Vec<_>>();
        let figures: Vec<&Value> = all()
            .filter(|figure| named(figure) || at(figure, "name").as_str().is_some_and(|name| beside.contains(&name)))
            .collect();
        if let (Some(name), true) = (&args.name, figures.is_empty()) {
            // The engine knows which there are.
            output::call(host, "figure_explain", &json!({ "name": name, "period": args.period.json() }))?;
        }
        return output::print(host.json, &figures, || {
            let lines: Vec<String> = figures.iter().map(|figure| words::insights::figure(figure)).collect();
            format!("{}\nRule: {}.", lines.join("\n"), words::fields::text(&view, "/rule"))
        });
    };
    let names: Vec<&str> = match (explained.as_str(), args.name.as_deref()) {
        ("", None) => all().filter_map(|figure| at(figure, "name").as_str()).collect(),
        // A figure is never told without those that it says nothing without.
        ("", Some(name)) | (name, _) => {
            let beside = all().filter(|figure| at(figure, "name") == name).flat_map(pairs);
            std::iter::once(name).chain(beside).collect()
        }
    };
    let mut told = Vec::with_capacity(names.len());
    for name in names {
        let asked = json!({ "name": name, "period": args.period.json() });
        let mut one = output::call(host, "figure_explain", &asked)?;
        let rows = json!({ "name": name, "period": args.period.json(), "base": false, "offset": 0, "limit": 10 });
        let rows = output::call(host, "figure_rows", &rows)?;
        if let Some(fields) = one.as_object_mut() {
            fields.insert("rows".into(), rows);
        }
        told.push(one);
    }
    output::print(host.json, &told, || told.iter().map(words::insights::explained).collect::<Vec<_>>().join("\n\n"))
}

fn pairs(figure: &Value) -> impl Iterator<Item = &str> {
    at(figure, "with").as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[derive(clap::Args)]
pub(crate) struct CohortsArgs {
    #[command(flatten)]
    period: Period,
    /// What tells them apart.
    #[arg(value_parser = ["product", "version", "tier", "month", "escalated", "used", "reopened"])]
    by: String,
}

pub(crate) fn cohorts(host: &Host, args: &CohortsArgs) -> anyhow::Result<()> {
    let view = output::call(host, "cohorts_get", &json!({ "by": args.by, "period": args.period.json() }))?;
    output::print(host.json, &view, || words::insights::cohorts(&view))
}

#[derive(clap::Args)]
pub(crate) struct HoursArgs {
    /// `Mon,Tue,Wed,Thu,Fri`.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_parser = DAYS)]
    days: Option<Vec<String>>,
    /// When it opens …
    #[arg(long, value_name = "09:00")]
    from: Option<String>,
    /// … and closes.
    #[arg(long, value_name = "17:00")]
    until: Option<String>,
    /// As the tz database calls it.
    #[arg(long, value_name = "Europe/Berlin")]
    zone: Option<String>,
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(crate) fn hours(host: &Host, args: &HoursArgs) -> anyhow::Result<()> {
    let mut view = output::call(host, "hours_get", &json!({}))?;
    if args.days.is_some() || [&args.from, &args.until, &args.zone].iter().any(|given| given.is_some()) {
        let days = args.days.as_ref().map(|days| DAYS.map(|day| days.iter().any(|one| one == day)));
        let or = |given: &Option<String>, name: &str| {
            given.as_ref().map_or_else(|| at(&view, name).clone(), |text| json!(text))
        };
        let asked = json!({
            "days": days.map_or_else(|| at(&view, "days").clone(), |days| json!(days)),
            "opens": or(&args.from, "opens"), "closes": or(&args.until, "closes"), "zone": or(&args.zone, "zone"),
        });
        view = output::call(host, "hours_set", &asked)?;
    }
    output::print(host.json, &view, || words::insights::hours(&view))
}

#[derive(clap::Subcommand)]
pub(crate) enum BaselineArgs {
    /// Freeze the figures of a period: no later sync or rule changes them.
    Freeze {
        #[command(flatten)]
        period: Period,
        /// In the place of one that was frozen before.
        #[arg(long)]
        replace: bool,
    },
    /// What is frozen, beside what the figures are now.
    Show,
}

pub(crate) fn baseline(host: &Host, args: &BaselineArgs) -> anyhow::Result<()> {
    let view = match args {
        BaselineArgs::Freeze { period, replace } => {
            output::call(host, "baseline_freeze", &json!({ "period": period.json(), "replace": replace }))?
        }
        BaselineArgs::Show => output::call(host, "insights_get", &json!({}))?,
    };
    output::print(host.json, &json!({ "baseline": at(&view, "baseline"), "figures": at(&view, "figures") }), || {
        words::insights::baseline(&view)
    })
}

#[derive(clap::Args)]
pub(crate) struct CostArgs {
    /// `article`: the example of 200 tickets a month, 40 % escalated, 2 to 4 hours at 150 an hour.
    #[arg(long, value_parser = ["article"])]
    preset: Option<String>,
    /// Assume so many hours an escalation, at least …
    #[arg(long, value_name = "H")]
    low: Option<f64>,
    /// … and at most.
    #[arg(long, value_name = "H")]
    high: Option<f64>,
    /// An engineer's hour.
    #[arg(long, value_name = "MONEY")]
    rate: Option<f64>,
    /// Minutes to find back into other work; 0 does not count them.
    #[arg(long, value_name = "MIN")]
    refocus: Option<f64>,
    /// Who says so.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// From what they know it: `payroll 2026`.
    #[arg(long, value_name = "WORDS")]
    source: Option<String>,
}

pub(crate) fn cost(host: &Host, args: &CostArgs) -> anyhow::Result<()> {
    let mut view = output::call(host, "cost_get", &json!({}))?;
    let given =
        [("hours_low", args.low), ("hours_high", args.high), ("rate", args.rate), ("refocus_minutes", args.refocus)];
    if given.iter().any(|(_, value)| value.is_some()) {
        let of = |(name, value): &(&str, Option<f64>)| {
            ((*name).to_owned(), value.map_or(at(&view, name).clone(), |value| json!(value)))
        };
        let mut asked: serde_json::Map<String, Value> = given.iter().map(of).collect();
        asked.insert("by".into(), json!(args.by));
        asked.insert("source".into(), json!(args.source));
        view = output::call(host, "cost_set", &Value::Object(asked))?;
    }
    let example = args.preset.is_some();
    output::print(host.json, &view, || match example {
        true => words::insights::cost(&view, true),
        false => format!("{}\n{}", words::insights::cost(&view, false), words::insights::basis_of(&view, &host.when)),
    })
}

#[derive(clap::Subcommand)]
pub(crate) enum TiersArgs {
    /// Which group is which tier, and the rule.
    Show,
    /// Say which tier a group is.
    Set {
        group: String,
        #[arg(value_parser = ["l1", "l2", "l3"])]
        tier: String,
    },
    /// Say which tier's an agent's tickets are, where groups say too little; `none` takes it back.
    Agent {
        name: String,
        #[arg(value_parser = ["l1", "l2", "l3", "none"])]
        tier: String,
    },
    /// Say which tier's the tickets of a tag are; `none` takes it back.
    Tag {
        tag: String,
        #[arg(value_parser = ["l1", "l2", "l3", "none"])]
        tier: String,
    },
    /// What makes a ticket one of engineering's: any of those that are named.
    Rule {
        #[arg(required = true, value_parser = ["issue", "group", "engineer"])]
        parts: Vec<String>,
    },
}

pub(crate) fn tiers(host: &Host, args: &TiersArgs) -> anyhow::Result<()> {
    let mut view = output::call(host, "tiers_get", &json!({}))?;
    let list = |name: &str| at(&view, name).as_array().into_iter().flatten();
    let plain = |one: &Value| json!({ "name": at(one, "name"), "tier": at(one, "tier") });
    let mut put = json!({
        "groups": list("groups").filter(|group| at(group, "said") == true).map(plain).collect::<Vec<_>>(),
        "agents": list("agents").map(plain).collect::<Vec<_>>(),
        "tags": list("tags").map(plain).collect::<Vec<_>>(),
        "issue": at(&view, "issue"), "group": at(&view, "group"), "engineer": at(&view, "engineer"),
    });
    let mut say = |of: &str, name: &str, tier: &str| {
        if let Some(said) = put.get_mut(of).and_then(Value::as_array_mut) {
            said.retain(|one| at(one, "name") != name);
            said.extend((tier != "none").then(|| json!({ "name": name, "tier": tier })));
        }
    };
    match args {
        TiersArgs::Show => {}
        TiersArgs::Set { group, tier } => say("groups", group, tier),
        TiersArgs::Agent { name, tier } => say("agents", name, tier),
        TiersArgs::Tag { tag, tier } => say("tags", tag, tier),
        TiersArgs::Rule { parts } => {
            for part in ["issue", "group", "engineer"] {
                if let Some(said) = put.get_mut(part) {
                    *said = json!(parts.iter().any(|one| one == part));
                }
            }
        }
    }
    if !matches!(args, TiersArgs::Show) {
        view = output::call(host, "tiers_set", &put)?;
    }
    output::print(host.json, &view, || words::insights::tiers(&view))
}

/// Where no exam has looked yet, one is taken.
pub(crate) fn avoidable(host: &Host) -> anyhow::Result<()> {
    let mut view = output::call(host, "avoidable_get", &json!({}))?;
    if at(&view, "at").is_null() {
        command::wait_until_searchable(host)?;
        output::note("No exam has looked yet: taking one.");
        // That no past ticket's answer is known is no failure here: escalations were asked all the same.
        let taken = engine::replay_now(&host.engine, &engine::api::args::ReplayArgs::default(), &|_, _| {});
        if let Err(error) = taken
            && error.code() != "nothing_to_measure"
        {
            return Err(crate::failed::Failed::from(error).into());
        }
        view = output::call(host, "avoidable_get", &json!({}))?;
    }
    output::print(host.json, &view, || words::insights::avoidable(&view, &host.when))
}

/// What a view does not have is nothing.
fn at<'a>(view: &'a Value, name: &str) -> &'a Value {
    view.get(name).unwrap_or(&Value::Null)
}
