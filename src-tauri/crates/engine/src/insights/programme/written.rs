//! The programme as Markdown, for people without the program.

use crate::api::view::{InterviewView, ProgrammeView, StepView, ToolView};
use domain::Millis;
use std::fmt::Write;

pub(super) fn markdown(view: &ProgrammeView) -> String {
    let mut out = String::from("# Programme\n");
    for phase in &view.phases {
        let _ = write!(out, "\n## {}\n\n", phase.title);
        phase.steps.iter().for_each(|one| step(&mut out, one));
    }
    if !view.pains.is_empty() {
        out.push_str("\n## What slows people\n\n| Pain | People | Times a month |\n| --- | --- | --- |\n");
        for one in &view.pains {
            let _ = writeln!(out, "| {} | {} | {} |", cell(&one.pain), one.people, one.monthly);
        }
        out.push_str("\n## Interviews\n");
        view.interviews.iter().for_each(|one| interview(&mut out, one));
    }
    out.push_str(
        "\n## Tools\n\n| Tool | Connected | Answers | Says | Lacks for a package |\n| --- | --- | --- | --- | --- |\n",
    );
    view.tools.iter().for_each(|one| tool(&mut out, one));
    out
}

fn step(out: &mut String, step: &StepView) {
    let measured = step.measured.as_ref().map(|of| format!(" ({} of {} {})", of.have, of.need, of.of));
    let mark = if step.done { 'x' } else { ' ' };
    let _ = writeln!(out, "- [{mark}] {}{}", step.title, measured.unwrap_or_default());
}

fn interview(out: &mut String, one: &InterviewView) {
    let day: String = Millis(one.at).to_rfc3339().chars().take(10).collect();
    let _ = write!(out, "\n### {day}, {}\n\n{}, {}.", role(&one.role), one.pain.trim_end_matches('.'), one.often);
    if !one.tools.is_empty() {
        let _ = write!(out, " Opens {}.", one.tools.join(", "));
    }
    out.push('\n');
    if !one.quote.is_empty() {
        out.push('\n');
        for line in one.quote.lines() {
            let _ = writeln!(out, "> {line}");
        }
    }
}

fn role(role: &str) -> &str {
    match role {
        "l1" => "first tier",
        "l2" => "second tier",
        "l3_engineer" => "engineer",
        "lead" => "team lead",
        other => other,
    }
}

fn tool(out: &mut String, tool: &ToolView) {
    let name = if tool.name.is_empty() { format!("no {}", tool.kind) } else { cell(&tool.name) };
    let answers = tool.answers.iter().map(|one| format!("what {one}")).collect::<Vec<_>>().join(", ");
    let fields: Vec<String> =
        tool.fields.iter().map(|one| format!("{} {}/{}", words(&one.fact), one.filled, one.of)).collect();
    let lacks: Vec<String> = tool.lacks.iter().map(|one| words(one)).collect();
    let connected = if tool.connected { "yes" } else { "no" };
    let _ = writeln!(out, "| {name} | {connected} | {answers} | {} | {} |", fields.join(", "), lacks.join(", "));
}

fn words(fact: &str) -> String {
    fact.replace('_', " ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
