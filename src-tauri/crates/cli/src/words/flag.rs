//! The lines that read a feature flag, in words.

use super::{
    counted,
    fields::{flag, flat, list, number, text},
};
use serde_json::Value;

pub(crate) fn words(found: &Value) -> String {
    let mut out = Vec::new();
    for repo in list(found, "/repos") {
        for at in ["/theirs", "/today"] {
            let Some(version) = repo.pointer(at).filter(|version| !version.is_null()) else { continue };
            out.extend(lines(text(repo, "/repo"), version));
        }
    }
    if out.is_empty() {
        return format!("No repository reads {}.", flat(text(found, "/flag")));
    }
    out.join("\n")
}

fn lines(repo: &str, version: &Value) -> Vec<String> {
    let total = number(version, "/total");
    let mut out = vec![format!("In {repo} at {}: {}", text(version, "/at"), counted(total, "line", "lines"))];
    let shown = list(version, "/lines").map(|line| {
        let how = match text(line, "/basis") {
            "constant" => " (through a constant)",
            "settings" => " (settings)",
            "test" => " (a test)",
            _ => "",
        };
        let code = flat(text(line, "/text"));
        format!("  {}:{}{how}  {}", flat(text(line, "/path")), number(line, "/line"), code.trim())
    });
    out.extend(shown);
    let told = out.len() as u64 - 1;
    if total > told {
        out.push(format!("  and {} more", total - told));
    }
    if flag(version, "/cut") {
        out.push("  Not all of this version was looked through: it is too large.".into());
    }
    out
}
