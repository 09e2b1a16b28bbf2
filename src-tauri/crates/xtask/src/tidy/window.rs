//! What the window may do is written down twice: where Tauri reads it, and here. Whoever loosens it has to mean it.

use super::Finding;
use super::files::File;
use serde_json::{Value, json};

const CONFIG: &str = "src-tauri/tauri.conf.json";
const CAPABILITIES: &str = "src-tauri/capabilities/";
const CAPABILITY: &str = "src-tauri/capabilities/main.json";

/// No `frame-src`: Tauri adds the gate's own scheme to `default-src`, and everything else is named. The hash is that of
/// the rule which hides the gate.
fn policy() -> Value {
    json!({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'sha256-YEercZJImS+vUX2bz7vkQ0aA4rtBIPLuCEWz+yraQ/g='",
        "img-src": "'self'",
        "font-src": "'none'",
        "connect-src": "ipc://localhost http://ipc.localhost",
        "object-src": "'none'",
        "media-src": "'none'",
        "worker-src": "'none'",
        "manifest-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "svelte-trusted-html engine-html"
    })
}

const PERMISSIONS: [&str; 3] = ["allow-rpc", "core:event:allow-listen", "core:event:allow-unlisten"];
const FEATURES: [&str; 4] = ["wry", "x11", "common-controls-v6", "isolation"];

pub fn check(files: &[File], metadata: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path == CONFIG || file.path.starts_with(CAPABILITIES)) {
        let mut found = |what: String| findings.push(Finding::new(&file.path, 0, what));
        match serde_json::from_str::<Value>(&file.text) {
            Err(error) => found(format!("is not JSON: {error}")),
            Ok(config) if file.path == CONFIG => settings(&config, &mut found),
            Ok(capability) if file.path == CAPABILITY => permissions(&capability, &mut found),
            Ok(_) => found("the window has one capability file, and this is another".into()),
        }
    }
    dependencies(metadata, &mut |what| findings.push(Finding::new("src-tauri/Cargo.toml", 0, what)));
    findings
}

fn settings(config: &Value, found: &mut impl FnMut(String)) {
    let app = &config["app"];
    let security = &app["security"];
    let mut must = |name: &str, is: &Value, expected: Value| {
        if *is != expected {
            found(format!("{name} is {is} and has to be {expected}"));
        }
    };
    must("withGlobalTauri", app.get("withGlobalTauri").unwrap_or(&json!(false)), json!(false));
    must("freezePrototype", &security["freezePrototype"], json!(true));
    must("pattern", &security["pattern"], json!({ "use": "isolation", "options": { "dir": "isolation" } }));
    must("capabilities", &security["capabilities"], json!(["main"]));
    must("csp", &security["csp"], policy());
    must("the list of plugins", config.get("plugins").unwrap_or(&json!({})), json!({}));
    for window in app["windows"].as_array().into_iter().flatten() {
        // One that Tauri opens by itself has none of our refusals: navigation, new windows, downloads, permissions.
        must("a window's create", &window["create"], json!(false));
        must("a window's url", window.get("url").unwrap_or(&json!(null)), json!(null));
    }
    for name in security.as_object().into_iter().flat_map(|fields| fields.keys()) {
        if name.starts_with("dangerous") || ["assetProtocol", "devCsp"].contains(&name.as_str()) {
            found(format!("{name} has no place here"));
        }
    }
}

fn permissions(capability: &Value, found: &mut impl FnMut(String)) {
    if capability["permissions"] != json!(PERMISSIONS) {
        found(format!("allows {}, and may allow no more than {PERMISSIONS:?}", capability["permissions"]));
    }
    if capability["windows"] != json!(["main"]) || capability.get("remote").is_some() {
        found("is for the window `main` alone, and for no page from elsewhere".into());
    }
}

fn dependencies(metadata: &Value, found: &mut impl FnMut(String)) {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let window = packages.filter(|package| package["name"] == "precedent-app");
    for dependency in window.filter_map(|package| package["dependencies"].as_array()).flatten() {
        let name = dependency["name"].as_str().unwrap_or_default();
        if name.starts_with("tauri-plugin-") {
            found(format!("{name}: a plugin is a door, and the window has one"));
        }
        if name == "tauri" {
            let features = dependency["features"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let more: Vec<&str> = features.filter(|feature| !FEATURES.contains(feature)).collect();
            if !more.is_empty() {
                found(format!("switches on more of Tauri than it needs: {}", more.join(", ")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn config() -> Value {
        json!({ "app": {
            "windows": [{ "label": "main", "create": false }],
            "security": {
                "freezePrototype": true,
                "pattern": { "use": "isolation", "options": { "dir": "isolation" } },
                "capabilities": ["main"],
                "csp": policy(),
            }
        }})
    }

    fn says(config: &Value) -> usize {
        check(&[file(CONFIG, &config.to_string())], &json!({})).len()
    }

    #[test]
    fn the_settings_of_today_are_fine() {
        assert_eq!(says(&config()), 0);
    }

    #[test]
    fn each_way_to_loosen_the_settings_is_found() {
        let loosened: [(&str, Value); 11] = [
            ("/app/security/csp/script-src", json!("'self' 'unsafe-inline'")),
            ("/app/security/csp/connect-src", json!("ipc: https:")),
            ("/app/security/csp/trusted-types", json!("*")),
            ("/app/security/csp", json!(null)),
            ("/app/security/freezePrototype", json!(false)),
            ("/app/security/pattern", json!({ "use": "brownfield" })),
            ("/app/security/capabilities", json!(["main", "more"])),
            ("/app/security/dangerousDisableAssetCspModification", json!(true)),
            ("/app/security/assetProtocol", json!({ "enable": true, "scope": ["**"] })),
            ("/app/withGlobalTauri", json!(true)),
            ("/app/windows/0/create", json!(true)),
        ];
        for (path, value) in loosened {
            let mut config = config();
            let (parent, name) = path.rsplit_once('/').unwrap();
            config.pointer_mut(parent).unwrap()[name] = value;
            assert_eq!(says(&config), 1, "{path}");
        }
        let mut less = config();
        less["app"]["security"]["csp"].as_object_mut().unwrap().remove("object-src");
        assert_eq!(says(&less), 1);
    }

    #[test]
    fn a_second_capability_or_a_wider_one_is_found() {
        let capability = |permissions: Value, more: Value| {
            let mut capability = json!({ "windows": ["main"], "permissions": permissions });
            capability.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            capability.to_string()
        };
        let says = |path: &str, text: &str| check(&[file(path, text)], &json!({})).len();
        assert_eq!(says(CAPABILITY, &capability(json!(PERMISSIONS), json!({}))), 0);
        assert_eq!(says("src-tauri/capabilities/more.json", &capability(json!(PERMISSIONS), json!({}))), 1);
        let wider = json!(["allow-rpc", "core:default"]);
        assert_eq!(says(CAPABILITY, &capability(wider, json!({}))), 1);
        let remote = json!({ "remote": { "urls": ["https://*"] } });
        assert_eq!(says(CAPABILITY, &capability(json!(PERMISSIONS), remote)), 1);
    }

    #[test]
    fn a_plugin_or_a_further_feature_of_tauri_is_found() {
        let says = |dependencies: Value| {
            check(&[], &json!({ "packages": [{ "name": "precedent-app", "dependencies": dependencies }] })).len()
        };
        assert_eq!(says(json!([{ "name": "tauri", "features": FEATURES }, { "name": "open", "features": [] }])), 0);
        assert_eq!(says(json!([{ "name": "tauri-plugin-shell", "features": [] }])), 1);
        assert_eq!(says(json!([{ "name": "tauri", "features": ["wry", "protocol-asset", "devtools"] }])), 1);
    }
}
