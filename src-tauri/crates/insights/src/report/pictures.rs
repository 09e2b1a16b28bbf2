//! Pictures of a report: SVG by hand, and behind each the table that it was drawn from.

use super::escape;
use std::fmt::Write;

/// What is drawn. What is empty is left out.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    pub rates: Vec<Rate>,
    /// When versions came out: months from the first of the rates on, with the part of one that had passed, and the name.
    pub releases: Vec<(f64, String)>,
    /// Tickets that each tier had.
    pub funnel: [u64; 3],
    /// Most often first.
    pub reasons: Vec<Reason>,
    /// Escalated tickets that took longest.
    pub ways: Vec<Way>,
    /// Tickets that came in, seven days from Monday on, each of 24 hours.
    pub arrivals: Vec<Vec<u64>>,
    /// Of the hours.
    pub zone: String,
}

/// A share by month, with its goal.
#[derive(Clone, Debug)]
pub struct Rate {
    pub title: String,
    /// What it is a share of.
    pub base: String,
    /// It is to be below.
    pub goal: f64,
    /// Name, counted, of how many.
    pub months: Vec<(String, u64, u64)>,
}

#[derive(Clone, Debug)]
pub struct Reason {
    pub name: String,
    pub count: u64,
}

/// Of a ticket through the tiers.
#[derive(Clone, Debug)]
pub struct Way {
    pub id: String,
    /// Group, its tier from 1 to 3, hours of work, hours of waiting.
    pub stays: Vec<(String, u8, f64, f64)>,
}

pub(super) const STYLE: &str = "h2{margin:2.5rem 0 .25rem;font-size:1.1rem}figure{margin:.5rem 0}\
 svg.pic{display:block;width:100%;max-width:46rem;height:auto}svg.pic text{font:11px system-ui,sans-serif;fill:#5a5d6b}\
 .wide{overflow-x:auto}.line{stroke:#dcdee6}.goal{fill:#1f8a5b;opacity:.14}.mark{stroke:#3d6fb4;stroke-dasharray:2 2}\
 .t1{fill:#c9d0ea}.t2{fill:#8fb3d9}.t3{fill:#e2b467}.work{fill:#2b3fa0}summary{color:#5a5d6b}td.n,th.n{text-align:right}";
pub(super) const DARK: &str = "svg.pic text,summary{fill:#a9acba;color:#a9acba}.line{stroke:#33353f}.goal{fill:#53c08d}\
 .mark{stroke:#8db7ee}.t1{fill:#3d4468}.t2{fill:#3b5f83}.t3{fill:#8a6524}.work{fill:#aebcff}rect{fill:#7f92f0}";

const WIDTH: f64 = 640.0;
const LEFT: f64 = 34.0;

pub(super) fn draw(out: &mut String, drawn: &Pictures) {
    for (nth, rate) in drawn.rates.iter().enumerate().filter(|(_, rate)| !rate.months.is_empty()) {
        self::rate(out, rate, if nth == 0 { &drawn.releases } else { &[] });
    }
    if drawn.funnel.iter().any(|count| *count > 0) {
        funnel(out, drawn.funnel);
    }
    if !drawn.reasons.is_empty() {
        reasons(out, &drawn.reasons);
    }
    if !drawn.ways.is_empty() {
        ways(out, &drawn.ways);
    }
    if drawn.arrivals.iter().flatten().any(|count| *count > 0) {
        arrivals(out, &drawn.arrivals, &drawn.zone);
    }
}

fn begin(out: &mut String, title: &str, lead: &str, label: &str, height: f64) {
    let _ = write!(
        out,
        "<h2>{}</h2><p>{}</p><figure><svg class=\"pic\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        escape(title),
        escape(lead),
        escape(label)
    );
}

/// The first of each row is a name; the others are numbers.
fn end(out: &mut String, head: &[&str], rows: &[Vec<String>]) {
    out.push_str("</svg></figure><details><summary>The same as a table</summary><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><thead><tr>");
    let class = |column: usize| if column == 0 { "" } else { " class=\"n\"" };
    for (column, name) in head.iter().enumerate() {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(column), escape(name));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let _ = match column {
                0 => write!(out, "<th scope=\"row\">{}</th>", escape(cell)),
                _ => write!(out, "<td class=\"n\">{}</td>", escape(cell)),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div></details>\n");
}

fn rect(out: &mut String, class: &str, [x, y, width, height]: [f64; 4]) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = write!(out, "<rect{class} x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>");
}

/// `anchor` as in SVG: `start`, `middle` or `end`.
fn words(out: &mut String, anchor: &str, x: f64, y: f64, text: &str) {
    let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", escape(text));
}

fn percent(part: u64, of: u64) -> String {
    if of == 0 { "–".into() } else { format!("{:.1} %", 100.0 * part as f64 / of as f64) }
}

/// Bars in a frame from 0 to the next whole tenth above everything, and the band in which all is well.
fn rate(out: &mut String, rate: &Rate, releases: &[(f64, String)]) {
    let height = 130.0;
    let (top, floor) = (8.0, height - 20.0);
    let share = |part: u64, of: u64| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    let most = rate.months.iter().map(|(_, part, of)| share(*part, *of)).fold(rate.goal, f64::max);
    let most = (most * 10.0).floor().min(9.0) / 10.0 + 0.1;
    let y = |share: f64| floor - (floor - top) * share / most;
    let goal = format!("goal < {:.0} %", rate.goal * 100.0);
    let (counted, of): (u64, u64) = rate.months.iter().fold((0, 0), |(part, all), (_, one, of)| (part + one, all + of));
    let base = rate.base.strip_prefix("all ").unwrap_or(&rate.base);
    let lead = format!("{counted} of {of} {base} ({}); {goal}, shaded.", percent(counted, of));
    let told: Vec<String> =
        rate.months.iter().map(|(name, part, of)| format!("{name}: {}", percent(*part, *of))).collect();
    begin(out, &rate.title, &lead, &format!("{}. {goal}. {}", rate.title, told.join(", ")), height);
    rect(out, "goal", [LEFT, y(rate.goal), WIDTH - LEFT, floor - y(rate.goal)]);
    for at in [0.0, rate.goal, most] {
        let _ = write!(out, "<line class=\"line\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{0:.1}\" y2=\"{0:.1}\"/>", y(at));
        words(out, "end", LEFT - 4.0, y(at) + 4.0, &format!("{:.0} %", at * 100.0));
    }
    let step = (WIDTH - LEFT) / rate.months.len() as f64;
    // So many names fit below one another's bars.
    let every = (46.0 / step).ceil().max(1.0) as usize;
    for (nth, (name, part, of)) in rate.months.iter().enumerate() {
        let (x, tall) = (LEFT + step * nth as f64, floor - y(share(*part, *of)));
        rect(out, "", [x + step * 0.2, floor - tall, step * 0.6, tall]);
        if nth % every == 0 {
            words(out, "middle", x + step / 2.0, height - 5.0, name);
        }
    }
    for (at, name) in releases {
        let x = LEFT + step * at;
        let _ = write!(
            out,
            "<line class=\"mark\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top}\" y2=\"{floor}\"><title>{}</title></line>",
            escape(name)
        );
    }
    let row = |(name, part, of): &(String, u64, u64)| {
        vec![name.clone(), part.to_string(), of.to_string(), percent(*part, *of)]
    };
    let rows: Vec<Vec<String>> = rate.months.iter().map(row).collect();
    end(out, &["Month", "Counted", &rate.base, "Share"], &rows);
    if !releases.is_empty() {
        let names: Vec<&str> = releases.iter().map(|(_, name)| name.as_str()).collect();
        let _ = writeln!(out, "<p>Dashed: {}.</p>", escape(&names.join(", ")));
    }
}

fn bar(out: &mut String, nth: usize, name: &str, count: u64, most: u64) {
    let (x, y) = (190.0, 26.0 * nth as f64);
    words(out, "end", x - 8.0, y + 15.0, &short(name, 30));
    let wide = (WIDTH - x - 60.0) * count as f64 / most.max(1) as f64;
    rect(out, "", [x, y + 3.0, wide, 16.0]);
    words(out, "start", x + wide + 6.0, y + 15.0, &count.to_string());
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.into() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

fn funnel(out: &mut String, funnel: [u64; 3]) {
    let names = ["First tier", "Second tier", "Engineering"];
    let label: Vec<String> = names.iter().zip(funnel).map(|(name, count)| format!("{name}: {count}")).collect();
    let lead = "Tickets that each tier had; one that went straight to engineering never entered the second.";
    begin(out, "Through the tiers", lead, &label.join(", "), 80.0);
    let most = funnel.into_iter().max().unwrap_or_default();
    for (nth, (name, count)) in names.iter().zip(funnel).enumerate() {
        bar(out, nth, name, count, most);
    }
    let rows: Vec<Vec<String>> =
        names.iter().zip(funnel).map(|(name, count)| vec![(*name).to_owned(), count.to_string()]).collect();
    end(out, &["Tier", "Tickets"], &rows);
}

fn reasons(out: &mut String, reasons: &[Reason]) {
    let all: u64 = reasons.iter().map(|one| one.count).sum();
    let label: Vec<String> = reasons.iter().map(|one| format!("{}: {}", one.name, one.count)).collect();
    let lead = format!("Of {all} packages that were handed over.");
    begin(out, "Why cases were handed over", &lead, &label.join(", "), 26.0 * reasons.len() as f64 + 2.0);
    let most = reasons.iter().map(|one| one.count).max().unwrap_or_default();
    let (mut rows, mut up_to) = (Vec::with_capacity(reasons.len()), 0);
    for (nth, one) in reasons.iter().enumerate() {
        bar(out, nth, &one.name, one.count, most);
        up_to += one.count;
        rows.push(vec![one.name.clone(), one.count.to_string(), percent(up_to, all)]);
    }
    end(out, &["Reason", "Packages", "Up to here"], &rows);
}

/// Each on a line as long as it took, against the longest.
fn ways(out: &mut String, ways: &[Way]) {
    let whole = |way: &Way| way.stays.iter().map(|(.., work, wait)| work + wait).sum::<f64>();
    let longest = ways.iter().map(whole).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let label: Vec<String> = ways.iter().map(|way| format!("{}: {:.1} h", way.id, whole(way))).collect();
    let lead = "Escalated tickets that took longest: waiting is grey with the first tier, blue with the second, amber with engineering, and work is the dark line. A quarter of an hour before each reply counts as work.";
    begin(out, "Where time went", lead, &label.join(", "), 26.0 * ways.len() as f64 + 2.0);
    let mut rows = Vec::new();
    for (nth, way) in ways.iter().enumerate() {
        let y = 26.0 * nth as f64;
        words(out, "end", 182.0, y + 15.0, &short(&way.id, 30));
        let mut x = 190.0;
        let wide = |hours: f64| (WIDTH - 190.0 - 60.0) * hours / longest;
        for (group, tier, work, wait) in &way.stays {
            rect(out, &format!("t{tier}"), [x, y + 3.0, wide(work + wait), 16.0]);
            rect(out, "work", [x, y + 15.0, wide(*work), 4.0]);
            x += wide(work + wait);
            rows.push(vec![way.id.clone(), group.clone(), format!("{work:.1} h"), format!("{wait:.1} h")]);
        }
        words(out, "start", x + 6.0, y + 15.0, &format!("{:.0} h", whole(way)));
    }
    end(out, &["Ticket", "Group", "Work", "Waiting"], &rows);
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn arrivals(out: &mut String, arrivals: &[Vec<u64>], zone: &str) {
    let most = arrivals.iter().flatten().copied().max().unwrap_or_default().max(1);
    let by_day: Vec<String> =
        DAYS.iter().zip(arrivals).map(|(day, hours)| format!("{day}: {}", hours.iter().sum::<u64>())).collect();
    let lead = format!("Hours of the week in {zone}; the darker, the more. At most {most} in an hour of the week.");
    begin(out, "When tickets come", &lead, &by_day.join(", "), 7.0 * 18.0 + 18.0);
    let wide = (WIDTH - LEFT) / 24.0;
    let mut rows = Vec::new();
    for (nth, (day, hours)) in DAYS.iter().zip(arrivals).enumerate() {
        let y = 18.0 * nth as f64;
        words(out, "end", LEFT - 4.0, y + 12.0, day);
        for (hour, count) in hours.iter().enumerate() {
            let (x, strength) = (LEFT + wide * hour as f64, 0.06 + 0.94 * *count as f64 / most as f64);
            let _ = write!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{:.1}\" height=\"16\" fill-opacity=\"{strength:.2}\"><title>{day} {hour}:00: {count}</title></rect>",
                wide - 2.0
            );
        }
        rows.push(std::iter::once((*day).to_owned()).chain(hours.iter().map(u64::to_string)).collect());
    }
    for hour in [0, 6, 12, 18] {
        words(out, "start", LEFT + wide * f64::from(hour), 7.0 * 18.0 + 12.0, &format!("{hour}:00"));
    }
    let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
    let head: Vec<&str> = std::iter::once("Day").chain(hours.iter().map(String::as_str)).collect();
    end(out, &head, &rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(name: &str) -> Pictures {
        let months = vec![(name.to_owned(), 3, 4), ("May".into(), 0, 0), ("Jun".into(), 1, 10)];
        let rate = Rate { title: "Needed engineering".into(), base: "tickets".into(), goal: 0.2, months };
        let mut arrivals = vec![vec![0; 24]; 7];
        arrivals[2][9] = 5;
        Pictures {
            rates: vec![rate],
            releases: vec![(1.5, format!("2.3 {name}"))],
            funnel: [10, 4, 2],
            reasons: vec![Reason { name: name.into(), count: 3 }, Reason { name: "no access".into(), count: 1 }],
            ways: vec![Way {
                id: format!("files:{name}"),
                stays: vec![("Desk".into(), 1, 0.5, 3.5), (name.into(), 3, 1.0, 5.0)],
            }],
            arrivals,
            zone: "UTC".into(),
        }
    }

    #[test]
    fn every_picture_has_its_table_and_a_goal_stands_with_its_base() {
        let mut out = String::new();
        draw(&mut out, &full("April"));
        assert_eq!(out.matches("<svg class=\"pic\"").count(), 5);
        assert_eq!((out.matches("<details>").count(), out.matches("role=\"img\" aria-label=\"").count()), (5, 5));
        for words in
            ["4 of 14 tickets (28.6 %); goal &lt; 20 %, shaded.", "class=\"goal\"", "75.0 %", "10.0 h", "Wed 9:00: 5"]
        {
            assert!(out.contains(words), "{words} in {out}");
        }
        assert!(
            out.contains(
                "<th scope=\"row\">May</th><td class=\"n\">0</td><td class=\"n\">0</td><td class=\"n\">–</td>"
            )
        );
    }

    #[test]
    fn what_is_empty_is_not_drawn_and_a_hostile_name_stays_text() {
        let mut out = String::new();
        draw(&mut out, &Pictures::default());
        assert_eq!(out, "");
        draw(&mut out, &full("\"><script>alert(1)</script>"));
        assert!(!out.contains("<script") && !out.contains("\"\">"), "{out}");
        assert!(!out.contains("NaN") && !out.contains("inf"), "{out}");
    }
}
