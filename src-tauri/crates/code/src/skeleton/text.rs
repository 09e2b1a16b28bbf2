//! The text of a skeleton.

use super::{Language, Problem, layout::Place, words};
use std::fmt::Write;

pub(super) fn write(language: Language, problem: &Problem<'_>, place: &Place) -> String {
    let sign = if language == Language::Python { "#" } else { "//" };
    let told = |indent: &str, lines: &[String]| -> String {
        lines.iter().fold(String::new(), |all, line| all + indent + sign + " " + line + "\n")
    };
    let head = told("", &head(language, problem));
    let steps = |indent: &str| told(indent, &steps(problem));
    let call = plain(problem.symbol);
    let call = if call.is_empty() { plain(problem.path) } else { call };
    let call: String = call.chars().filter(|c| c.is_alphanumeric() || "._:$/-".contains(*c)).collect();
    let todo = format!("write here what leads to {call}");
    match language {
        Language::Java => {
            let (import, fail, visible) = match place.kind {
                "jupiter" => ("org.junit.jupiter.api", "org.junit.jupiter.api.Assertions.fail", ""),
                _ => ("org.junit", "org.junit.Assert.fail", "public "),
            };
            let mut out = String::new();
            if !place.package.is_empty() {
                let _ = write!(out, "package {};\n\n", place.package);
            }
            let _ = write!(out, "import {import}.Test;\n\n{head}{visible}class {} {{\n", place.name);
            let _ = write!(
                out,
                "    @Test\n    {visible}void doesNotHappenAgain() throws Exception {{\n{}",
                steps("        ")
            );
            let _ = write!(out, "        {fail}(\"{todo}\");\n    }}\n}}\n");
            out
        }
        Language::Python if place.kind == "pytest" => {
            format!("{head}import pytest\n\n\ndef {}():\n{}    pytest.fail(\"{todo}\")\n", place.name, steps("    "))
        }
        Language::Python => format!(
            "{head}import unittest\n\n\nclass {}(unittest.TestCase):\n    def {}(self):\n{}        self.fail(\"{todo}\")\n",
            words(problem.key).concat(),
            place.name,
            steps("        ")
        ),
        Language::JavaScript | Language::TypeScript => {
            let (import, test) = match place.kind {
                "vitest" => ("import { test } from 'vitest';\n\n", "test"),
                "jest" => ("", "test"),
                "mocha" => ("", "it"),
                "require" => ("const test = require('node:test');\n\n", "test"),
                _ => ("import test from 'node:test';\n\n", "test"),
            };
            let name = words(problem.key).join("-");
            format!(
                "{head}{import}{test}('{name} does not happen again', async () => {{\n{}  throw new Error('{todo}');\n}});\n",
                steps("  ")
            )
        }
        Language::Go => {
            let package = if place.package.is_empty() { "main" } else { &place.package };
            format!(
                "package {package}\n\nimport \"testing\"\n\n{head}func {}(t *testing.T) {{\n{}\tt.Fatal(\"{todo}\")\n}}\n",
                place.name,
                steps("\t")
            )
        }
        Language::Rust => format!(
            "{head}#[test]\nfn {}_does_not_happen_again() {{\n{}    panic!(\"{{}}\", \"{todo}\");\n}}\n",
            place.name,
            steps("    ")
        ),
    }
}

fn head(language: Language, problem: &Problem<'_>) -> Vec<String> {
    let key = problem.key.rsplit(':').next().unwrap_or(problem.key);
    let said = |text: &str| if language == Language::Java { plain(text).replace('\\', "\\\\") } else { plain(text) };
    let mut lines = vec![format!("{}: {}", said(key), said(problem.title))];
    let error =
        if problem.error.is_empty() { "fails".to_owned() } else { format!("fails with {}", said(problem.error)) };
    lines.push(format!("{} {error}", said(problem.bad)));
    let at = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    let symbol = if problem.symbol.is_empty() { String::new() } else { format!(", in {}", said(problem.symbol)) };
    lines.push(format!("at {}{at}{symbol}.", said(problem.path)));
    lines.extend(problem.good.map(|good| format!("{} has the fix.", said(good))));
    lines
}

fn steps(problem: &Problem<'_>) -> Vec<String> {
    let java = Language::of(problem.path) == Some(Language::Java);
    let said = |text: &str| if java { plain(text).replace('\\', "\\\\") } else { plain(text) };
    (1..).zip(problem.steps).map(|(at, step)| format!("{at}. {}", said(step))).collect()
}

/// In one line, without what cannot be seen.
fn plain(text: &str) -> String {
    let shown = |c: char| {
        !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().filter(|c| shown(*c)).take(200).collect()
}
