//! Which addresses runbooks of the folder may call: `calls.yml`, which a lead keeps there. Without it none may.

use crate::people::first_line;
use serde::Deserialize;

pub(crate) const CALLS: &str = "calls.yml";
const LONGEST: usize = 64 << 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    allowed: Vec<String>,
}

/// The addresses below which a call may lie, as somebody wrote them; the reason in one line where it cannot be read.
pub fn allowed_calls(text: &str) -> Result<Vec<String>, String> {
    if text.len() > LONGEST {
        return Err("it is longer than 64 KB".into());
    }
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let file: File = serde_saphyr::from_str(text).map_err(|error| first_line(&error.to_string()))?;
    Ok(file.allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_may_be_called_until_a_lead_names_it() {
        assert_eq!(allowed_calls(""), Ok(Vec::new()));
        let text = "# ours\nallowed:\n  - https://admin.example/api/\n";
        assert_eq!(allowed_calls(text), Ok(vec!["https://admin.example/api/".into()]));
        assert!(allowed_calls("allow: [x]").unwrap_err().contains("allow"));
    }
}
