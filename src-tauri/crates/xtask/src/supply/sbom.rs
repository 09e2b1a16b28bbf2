//! The list of everything that is linked into the programs or bundled into the page: CycloneDX 1.5.

use super::{packages, text};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is shipped.
const PROGRAMS: [&str; 2] = ["precedent-app", "cli"];
/// Bundled into the page although only the build asks for it by name.
const BUNDLED: &str = "svelte";

/// Without a time and without a number of its own: the same lock files give the same list.
pub fn bom(metadata: &Value, lock: &str, page: &Value) -> Value {
    let (shipped, edges) = linked(metadata);
    let sums = checksums(lock);
    let mut components = Vec::new();
    for package in packages(metadata).iter().filter(|package| shipped.contains(text(&package["id"]))) {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        let mut component = component(&cargo_ref(package), name, version, text(&package["license"]));
        if let Some(sum) = sums.get(&(name.to_owned(), version.to_owned())) {
            component.insert("hashes".into(), json!([{ "alg": "SHA-256", "content": sum }]));
        }
        components.push(Value::Object(component));
    }
    let by_id: BTreeMap<&str, String> =
        packages(metadata).iter().map(|package| (text(&package["id"]), cargo_ref(package))).collect();
    let names = |ids: &BTreeSet<String>| ids.iter().filter_map(|id| by_id.get(id.as_str()).cloned()).collect();
    let mut depends: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (from, to) in &edges {
        depends.insert(by_id.get(from.as_str()).cloned().unwrap_or_default(), names(to));
    }
    components.extend(npm(page));
    components.sort_by(|a, b| text(&a["bom-ref"]).cmp(text(&b["bom-ref"])));
    // npm may install the same version in two places.
    components.dedup_by(|a, b| a["bom-ref"] == b["bom-ref"]);
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": { "type": "application", "bom-ref": "precedent", "name": "precedent" } },
        "components": components,
        "dependencies": depends.iter().map(|(from, to)| json!({ "ref": from, "dependsOn": to })).collect::<Vec<_>>(),
    })
}

/// Everything that the programs reach without their tests, and what each of it reaches.
fn linked(metadata: &Value) -> (BTreeSet<String>, BTreeMap<String, BTreeSet<String>>) {
    let nodes = metadata.pointer("/resolve/nodes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let by_id: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(&node["id"]), node)).collect();
    let programs = packages(metadata).iter().filter(|package| PROGRAMS.contains(&text(&package["name"])));
    let mut open: Vec<String> = programs.map(|package| text(&package["id"]).to_owned()).collect();
    let (mut reached, mut edges) = (BTreeSet::new(), BTreeMap::new());
    while let Some(id) = open.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let deps = by_id.get(id.as_str()).and_then(|node| node.get("deps")?.as_array());
        let deps = deps.map_or(&[][..], Vec::as_slice);
        let deps = deps.iter().filter(|dep| {
            let kinds = dep["dep_kinds"].as_array().map_or(&[][..], Vec::as_slice);
            kinds.iter().any(|kind| kind["kind"].is_null())
        });
        let to: BTreeSet<String> = deps.map(|dep| text(&dep["pkg"]).to_owned()).collect();
        open.extend(to.iter().cloned());
        edges.insert(id, to);
    }
    (reached, edges)
}

fn npm(page: &Value) -> Vec<Value> {
    let Some(packages) = page["packages"].as_object() else { return Vec::new() };
    let named = packages.iter().filter_map(|(path, package)| Some((path.rsplit_once("node_modules/")?.1, package)));
    named
        .map(|(name, package)| {
            let version = text(&package["version"]);
            let reference = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
            let mut component = component(&reference, name, version, text(&package["license"]));
            if package["dev"] == json!(true) && name != BUNDLED {
                // CycloneDX's word for what is needed to build and not to run.
                component.insert("scope".into(), json!("excluded"));
            }
            Value::Object(component)
        })
        .collect()
}

fn component(reference: &str, name: &str, version: &str, licence: &str) -> Map<String, Value> {
    let fields =
        [("type", "library"), ("bom-ref", reference), ("name", name), ("version", version), ("purl", reference)];
    let mut component: Map<_, _> = fields.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
    if !licence.is_empty() {
        component.insert("licenses".into(), json!([{ "expression": licence.replace('/', " OR ") }]));
    }
    component
}

fn cargo_ref(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", text(&package["name"]), text(&package["version"]).replace('+', "%2B"))
}

/// As `Cargo.lock` pins them.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
        Some(line.trim_matches('"').to_owned())
    };
    let blocks = lock.split("[[package]]");
    blocks
        .filter_map(|block| Some(((field(block, "name")?, field(block, "version")?), field(block, "checksum")?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Value {
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0" });
        let on = |pkg: &str, kind: Value| json!({ "pkg": pkg, "dep_kinds": [{ "kind": kind }] });
        json!({
            "packages": [package("cli"), package("engine"), package("serde"), package("insta"), package("xtask")],
            "resolve": { "nodes": [
                { "id": "cli", "deps": [on("engine", Value::Null)] },
                { "id": "engine", "deps": [on("serde", Value::Null), on("insta", json!("dev"))] },
                { "id": "serde", "deps": [] },
                { "id": "insta", "deps": [] },
                { "id": "xtask", "deps": [on("serde", Value::Null)] },
            ]},
        })
    }

    const LOCK: &str = "\n[[package]]\nname = \"serde\"\nversion = \"1.0.0\"\nsource = \"r\"\nchecksum = \"abc\"\n";

    #[test]
    fn what_is_linked_is_listed_with_its_sum_and_what_only_tests_need_is_not() {
        let bom = bom(&metadata(), LOCK, &json!({}));
        let names: Vec<&str> = bom["components"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect();
        assert_eq!(names, ["cli", "engine", "serde"]);
        let serde = &bom["components"][2];
        assert_eq!(serde["hashes"][0]["content"], "abc");
        assert_eq!(serde["licenses"][0]["expression"], "MIT OR Apache-2.0");
        let on = &bom["dependencies"].as_array().unwrap()[1];
        assert_eq!(on, &json!({ "ref": "pkg:cargo/engine@1.0.0", "dependsOn": ["pkg:cargo/serde@1.0.0"] }));
    }

    #[test]
    fn the_page_lists_what_it_bundles_and_marks_what_only_builds_it() {
        let page = json!({ "packages": {
            "": { "version": "0.1.0" },
            "node_modules/svelte": { "version": "5.0.0", "dev": true, "license": "MIT" },
            "node_modules/vite": { "version": "7.0.0", "dev": true },
            "node_modules/vite/node_modules/@a/b": { "version": "1.0.0" },
            "node_modules/vitest/node_modules/@a/b": { "version": "1.0.0" },
        }});
        let bom = bom(&json!({}), "", &page);
        let found: Vec<(&str, &str)> =
            bom["components"].as_array().unwrap().iter().map(|one| (text(&one["purl"]), text(&one["scope"]))).collect();
        let expected = [("pkg:npm/%40a/b@1.0.0", ""), ("pkg:npm/svelte@5.0.0", ""), ("pkg:npm/vite@7.0.0", "excluded")];
        assert_eq!(found, expected);
    }
}
