//! SPDX expressions against the list in `deny.toml`.

use super::{packages, text};
use serde_json::Value;
use std::collections::BTreeSet;

/// What `deny.toml` allows: for everybody, and for one crate.
pub struct Rules {
    allow: BTreeSet<String>,
    exceptions: Vec<(String, BTreeSet<String>)>,
}

impl Rules {
    /// Reads the two lists as this repository writes them: one licence to a line, one exception to a line.
    pub fn read(toml: &str) -> Self {
        let section = toml.split("[licenses]").nth(1).unwrap_or_default();
        let section = section.split("\n[").next().unwrap_or_default();
        let (allow, exceptions) = section.split_once("exceptions = [").unwrap_or((section, ""));
        let allow = allow.split_once("allow = [").map_or("", |(_, list)| list);
        let exceptions = exceptions.lines().filter_map(|line| {
            let mut quoted = quoted(line).into_iter();
            line.trim_start().starts_with("{ crate").then(|| Some((quoted.next()?, quoted.collect())))?
        });
        Self { allow: allow.lines().flat_map(quoted).collect(), exceptions: exceptions.collect() }
    }

    fn allows(&self, package: &str, licence: &str) -> bool {
        let mut own = self.exceptions.iter().filter(|(name, _)| name == package);
        self.allow.contains(licence) || own.any(|(_, licences)| licences.contains(licence))
    }
}

fn quoted(line: &str) -> Vec<String> {
    let code = line.split('#').next().unwrap_or_default();
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

pub fn check(metadata: &Value, rules: &Rules) -> Vec<String> {
    let mut findings = Vec::new();
    for package in packages(metadata) {
        let (name, licence) = (text(&package["name"]), text(&package["license"]));
        if licence.is_empty() {
            findings.push(format!("{name} {} names no licence", text(&package["version"])));
        } else if !satisfied(licence, &|one| rules.allows(name, one)) {
            findings.push(format!("{name} {} is under {licence}", text(&package["version"])));
        }
    }
    findings
}

/// `A OR B` needs one of them, `A AND B` both; the old `A/B` means OR. `WITH` belongs to the licence before it.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    either(&mut words, allowed)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut holds = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        holds |= both(words, allowed);
    }
    holds
}

fn both(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut holds = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        holds &= one(words, allowed);
    }
    holds
}

fn one(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let holds = either(words, allowed);
        return words.next_if_eq(&")").is_some() && holds;
    }
    let Some(licence) = words.next() else { return false };
    match words.next_if_eq(&"WITH") {
        Some(_) => allowed(&format!("{licence} WITH {}", words.next().unwrap_or_default())),
        None => allowed(licence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DENY: &str = r#"
[licenses]
allow = [
  "MIT", # as everybody
  "Apache-2.0 WITH LLVM-exception",
]
exceptions = [
  { crate = "odd", allow = ["MPL-2.0"] },
]

[bans]
"#;

    #[test]
    fn an_expression_is_read_as_it_binds() {
        let allowed = |licence: &str| ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].contains(&licence);
        let yes = ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Unicode-3.0"];
        let no = ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND GPL-3.0", "Apache-2.0", "", "(MIT"];
        assert!(yes.into_iter().chain(["Apache-2.0 WITH LLVM-exception"]).all(|one| satisfied(one, &allowed)));
        no.into_iter().for_each(|one| assert!(!satisfied(one, &allowed), "{one}"));
    }

    #[test]
    fn an_exception_holds_for_its_own_crate_alone() {
        let metadata = json!({ "packages": [
            { "name": "odd", "version": "1.0.0", "license": "MPL-2.0" },
            { "name": "even", "version": "1.0.0", "license": "MPL-2.0" },
            { "name": "mute", "version": "1.0.0", "license": null },
        ]});
        let findings = check(&metadata, &Rules::read(DENY));
        assert_eq!(findings, ["even 1.0.0 is under MPL-2.0", "mute 1.0.0 names no licence"]);
    }
}
