//! A star, not a web: `domain` ← the leaves ← `engine` ← the hosts.

use super::Finding;
use serde_json::Value;

const LEAVES: [&str; 9] =
    ["store", "index", "matching", "meaning", "connect", "code", "knowledge", "escalation", "insights"];
const HOSTS: [&str; 2] = ["precedent-app", "cli"];
/// Pure: time, randomness and threads are passed in or not there.
const PURE: [&str; 5] = ["domain", "matching", "meaning", "escalation", "insights"];

pub fn check(metadata: &Value) -> Vec<Finding> {
    let packages = list(&metadata["packages"]);
    let ours: Vec<&str> = packages.iter().map(|package| text(&package["name"])).collect();
    let mut findings = Vec::new();
    for package in packages {
        let name = text(&package["name"]);
        let mut found = |what: String| findings.push(Finding::new(&format!("{name}/Cargo.toml"), 0, what));
        if !place_is_known(name) {
            found(
                "has no place in the star: give it one in xtask's tidy/star.rs and a reason in ARCHITECTURE.md".into(),
            );
        }
        for dependency in list(&package["dependencies"]) {
            let on = text(&dependency["name"]);
            if ours.contains(&on) && !may_know(name, on) {
                found(format!("may not depend on {on}"));
            }
            if on == "tokio" && PURE.contains(&name) {
                found("is pure and may not depend on tokio".into());
            }
            if (on == "tauri" || on.starts_with("tauri-")) && name != "precedent-app" {
                found(format!("may not depend on {on}: the window is src-tauri's own package"));
            }
        }
    }
    findings
}

fn place_is_known(name: &str) -> bool {
    name == "domain"
        || LEAVES.contains(&name)
        || HOSTS.contains(&name)
        || ["engine", "acceptance", "xtask"].contains(&name)
}

fn may_know(from: &str, to: &str) -> bool {
    match from {
        "engine" => to == "domain" || LEAVES.contains(&to),
        // The journeys and benches sit in the audience: they may look at every part, but at no host's inside.
        "acceptance" => to == "engine" || to == "domain" || LEAVES.contains(&to),
        _ if LEAVES.contains(&from) => to == "domain",
        _ if HOSTS.contains(&from) => to == "engine",
        _ => false,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What the rule says about packages written as (name, what it depends on).
    fn says(packages: &[(&str, &[&str])]) -> Vec<String> {
        let package = |(name, on): &(&str, &[&str])| {
            let on: Vec<Value> = on.iter().map(|on| json!({ "name": on })).collect();
            json!({ "name": name, "dependencies": on })
        };
        let metadata = json!({ "packages": packages.iter().map(package).collect::<Vec<_>>() });
        check(&metadata).into_iter().map(|finding| format!("{} {}", finding.path, finding.what)).collect()
    }

    #[test]
    fn the_star_itself_is_allowed() {
        let star: [(&str, &[&str]); 7] = [
            ("domain", &["serde"]),
            ("store", &["domain", "rusqlite"]),
            ("matching", &["domain"]),
            ("engine", &["domain", "store", "matching", "tokio"]),
            ("cli", &["engine", "tokio"]),
            ("precedent-app", &["engine", "tauri", "tauri-build"]),
            ("acceptance", &["engine", "store"]),
        ];
        assert_eq!(says(&star), Vec::<String>::new());
    }

    #[test]
    fn leaves_do_not_know_one_another() {
        let says = says(&[("store", &["index"]), ("index", &["domain"]), ("domain", &[])]);
        assert_eq!(says, ["store/Cargo.toml may not depend on index"]);
    }

    #[test]
    fn nothing_points_back_at_a_host_or_past_the_engine() {
        assert_eq!(says(&[("engine", &["cli"]), ("cli", &["engine"])]), ["engine/Cargo.toml may not depend on cli"]);
        assert_eq!(says(&[("cli", &["store"]), ("store", &[])]), ["cli/Cargo.toml may not depend on store"]);
        assert_eq!(says(&[("domain", &["store"]), ("store", &[])]).len(), 1);
        assert_eq!(says(&[("xtask", &["engine"]), ("engine", &[])]).len(), 1);
    }

    #[test]
    fn pure_crates_have_no_tokio() {
        assert_eq!(says(&[("matching", &["tokio"])]), ["matching/Cargo.toml is pure and may not depend on tokio"]);
        assert_eq!(says(&[("connect", &["tokio"])]), Vec::<String>::new());
    }

    #[test]
    fn only_the_window_s_own_package_knows_tauri() {
        assert_eq!(says(&[("engine", &["tauri"])]).len(), 1);
        assert_eq!(says(&[("cli", &["tauri-plugin-dialog"])]).len(), 1);
    }

    #[test]
    fn a_new_crate_needs_a_place() {
        assert_eq!(says(&[("helpers", &[])]).len(), 1);
    }
}
