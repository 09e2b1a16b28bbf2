//! Figures written down for people elsewhere: Markdown, CSV, and one HTML file that needs nothing else.

mod pictures;

pub use pictures::{Pictures, Rate, Reason, Way};

use crate::Unit;
use std::fmt::Write;

/// One figure as it is printed. Nothing in here says who did what.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub name: String,
    pub formula: String,
    pub base: String,
    pub unit: Unit,
    pub value: Option<f64>,
    pub count: u64,
    pub of: u64,
    pub median: Option<f64>,
    pub p90: Option<f64>,
    pub target: Option<f64>,
    /// All is well from the target on, and not below it.
    pub at_least: bool,
    /// Of the frozen baseline.
    pub before: Option<f64>,
    /// `measured` or `assumed`.
    pub how: &'static str,
}

const HEAD: [&str; 9] = ["Figure", "Value", "Median", "p90", "Target", "Baseline", "Base", "Formula", "How"];

fn number(unit: Unit, value: Option<f64>) -> String {
    match (unit, value) {
        (_, None) => "–".into(),
        (Unit::Share, Some(value)) => format!("{:.1} %", value * 100.0),
        (Unit::Hours, Some(value)) => format!("{value:.1} h"),
        (Unit::Count, Some(value)) => format!("{value:.1}"),
    }
}

fn cells(line: &Line) -> [String; 9] {
    let target = match (line.unit, line.target) {
        (_, None) => String::new(),
        (Unit::Share, Some(0.0)) => "0".into(),
        (Unit::Share, Some(target)) if line.at_least => format!("≥ {:.0} %", target * 100.0),
        (Unit::Share, Some(target)) => format!("< {:.0} %", target * 100.0),
        (_, Some(target)) => format!("≤ {target:.0}"),
    };
    // `145 of 1512 tickets`, where the base is all of them.
    let of = line.base.strip_prefix("all ").unwrap_or(&line.base);
    let base = match line.unit {
        Unit::Share => format!("{} of {} {of}", line.count, line.of),
        Unit::Hours | Unit::Count => format!("{} {}", line.of, line.base),
    };
    [
        line.name.clone(),
        number(line.unit, line.value),
        line.median.map_or_else(String::new, |median| number(line.unit, Some(median))),
        line.p90.map_or_else(String::new, |p90| number(line.unit, Some(p90))),
        target,
        line.before.map_or_else(String::new, |before| number(line.unit, Some(before))),
        base,
        line.formula.clone(),
        format!("{} (n = {})", line.how, line.of),
    ]
}

/// `notes` are sentences: the period, the rule, what it costs.
pub fn markdown(title: &str, notes: &[String], lines: &[Line]) -> String {
    let escape = |text: &str| text.replace('|', "\\|").replace(['\n', '\r'], " ");
    let mut out = format!("# {}\n\n", escape(title));
    for note in notes {
        let _ = writeln!(out, "{}\n", escape(note));
    }
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(&HEAD.map(str::to_owned)));
    out.push_str(&row(&HEAD.map(|_| "---".to_owned())));
    for line in lines {
        out.push_str(&row(&cells(line).map(|cell| escape(&cell))));
    }
    out
}

/// Numbers as they are, with a point; a field that a spreadsheet would run as a formula is quoted as text.
pub fn csv(lines: &[Line]) -> String {
    let field = |text: &str| {
        let text =
            if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    let plain = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let mut out = String::from("figure,value,count,of,median,p90,target,baseline,unit,base,formula,how\r\n");
    for line in lines {
        let unit = match line.unit {
            Unit::Share => "share",
            Unit::Hours => "hours",
            Unit::Count => "count",
        };
        let _ = write!(
            out,
            "{},{},{},{},{},{},{},{},{unit},{},{},{}\r\n",
            field(&line.name),
            plain(line.value),
            line.count,
            line.of,
            plain(line.median),
            plain(line.p90),
            plain(line.target),
            plain(line.before),
            field(&line.base),
            field(&line.formula),
            line.how
        );
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// One file: no script, no picture from elsewhere, nothing that is fetched. Each picture has a table behind it.
pub fn html(title: &str, notes: &[String], lines: &[Line], drawn: &Pictures) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <style>body{{font:14px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1c1e26;background:#fff}}\
         table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #dcdee6}}\
         td:nth-child(n+2):nth-child(-n+6){{white-space:nowrap;font-variant-numeric:tabular-nums}}\
         rect{{fill:#4a63d9}}rect.all{{fill:#e6e8f0}}\
         {1}
         @media(prefers-color-scheme:dark){{body{{color:#e6e7ee;background:#16171d}}th,td{{border-color:#33353f}}rect.all{{fill:#2a2c36}}{2}}}</style></head>\n\
         <body><h1>{0}</h1>\n",
        escape(title),
        pictures::STYLE,
        pictures::DARK
    );
    for note in notes {
        let _ = writeln!(out, "<p>{}</p>", escape(note));
    }
    out.push_str("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Figures\"><table><thead><tr>");
    for head in HEAD {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("<th scope=\"col\">Share</th></tr></thead><tbody>\n");
    for line in lines {
        out.push_str("<tr>");
        for cell in cells(line) {
            let _ = write!(out, "<td>{}</td>", escape(&cell));
        }
        let bar = match (line.unit, line.value) {
            (Unit::Share, Some(share)) => format!(
                "<svg width=\"100\" height=\"10\" role=\"img\" aria-label=\"{0}\"><rect class=\"all\" width=\"100\" height=\"10\"/><rect width=\"{1:.1}\" height=\"10\"/></svg>",
                number(line.unit, line.value),
                share.clamp(0.0, 1.0) * 100.0
            ),
            _ => String::new(),
        };
        let _ = writeln!(out, "<td>{bar}</td></tr>");
    }
    out.push_str("</tbody></table></div>\n");
    pictures::draw(&mut out, drawn);
    out.push_str("</body></html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            name: "=Escalated | <b>".into(),
            formula: "tickets \"handed\" on ÷ all".into(),
            base: "all tickets".into(),
            unit: Unit::Share,
            value: Some(0.25),
            count: 5,
            of: 20,
            median: None,
            p90: None,
            target: Some(0.2),
            at_least: false,
            before: Some(0.31),
            how: "measured",
        }
    }

    #[test]
    fn a_hostile_name_breaks_out_of_none_of_the_three() {
        let notes = ["<script>alert(1)</script>".to_owned()];
        let page = html("A & B", &notes, &[line()], &Pictures::default());
        assert!(!page.contains("<script>") && !page.contains("<b>") && page.contains("A &amp; B"));
        assert!(!page.contains("http://") && !page.contains("https://"), "nothing is fetched");
        let table = markdown("A", &notes, &[line()]);
        assert!(table.lines().last().unwrap().matches(" | ").count() == HEAD.len() - 1, "{table}");
        assert!(csv(&[line()]).contains("\"'=Escalated | <b>\",0.25,5,20,,,0.2,0.31,share"));
    }

    #[test]
    fn a_figure_is_never_written_without_its_base_and_how_it_is_known() {
        for text in [markdown("t", &[], &[line()]), html("t", &[], &[line()], &Pictures::default())] {
            for words in ["25.0 %", "5 of 20 tickets", "&lt; 20 %", "31.0 %", "measured (n = 20)"] {
                assert!(text.contains(words) || text.contains(&words.replace("&lt;", "<")), "{words} in {text}");
            }
        }
        let most = Line { target: Some(0.9), at_least: true, ..line() };
        assert!(markdown("t", &[], &[most]).contains("| ≥ 90 % |"));
        let empty = Line { value: None, of: 0, count: 0, ..line() };
        assert!(markdown("t", &[], &[empty]).contains("| – |"));
    }
}
