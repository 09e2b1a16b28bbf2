//! A runbook: what to do for one kind of trouble, by whom, and the way back.

use crate::{
    Entry, Kind,
    sections::{steps, under},
};

/// What it is about (SPEC: configuration check, cache or restart, feature flag, data fix).
pub const RUNBOOK_KINDS: [&str; 4] = ["config_check", "ops_action", "flag", "data_fix"];
/// Who may do it, lowest first.
pub const TIERS: [&str; 3] = ["l1", "l2", "l3_engineer"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runbook {
    /// One of [`RUNBOOK_KINDS`]; empty where it does not say.
    pub kind: String,
    /// One of [`TIERS`]; empty where everybody may.
    pub min_tier: String,
    /// Who has to agree first; empty where nobody has to.
    pub approval: String,
    /// The feature flag that it is about.
    pub flag: String,
    /// The page on which it is done: https, nothing else.
    pub url: String,
    /// The request that it makes, where a lead allowed it.
    pub call: Option<Call>,
    /// Below their headings, as Markdown.
    pub when: String,
    pub before: String,
    pub back: String,
    pub steps: Vec<String>,
}

/// `call: POST https://admin.example/api/cache/clear`, and the JSON in a block below the heading *Call*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// `POST` or `PUT`.
    pub method: String,
    pub url: String,
    /// JSON; `{}` where it does not say.
    pub body: String,
}

impl Call {
    /// `below` is what stands under the heading.
    fn read(call: &str, below: &str) -> Result<Self, &'static str> {
        let (method, url) = call.trim().split_once(' ').ok_or("call is written as POST https://…")?;
        if !matches!(method, "POST" | "PUT") {
            return Err("call can be POST or PUT, nothing else");
        }
        let url = url.trim();
        // A tool on this machine alone needs no certificate.
        let own = url.strip_prefix("http://127.0.0.1:").or_else(|| url.strip_prefix("http://localhost:")).is_some();
        if !(is_https(url) || own && !url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@')) {
            return Err("call leads to no https address; nothing else is called");
        }
        let lines: Vec<&str> = below.lines().filter(|line| !line.trim_start().starts_with("```")).collect();
        let body = lines.join("\n").trim().to_owned();
        let body = if body.is_empty() { "{}".to_owned() } else { body };
        if serde_json::from_str::<serde::de::IgnoredAny>(&body).is_err() {
            return Err("what stands below Call is no JSON");
        }
        Ok(Self { method: method.into(), url: url.into(), body })
    }
}

impl Entry {
    /// `None` of what is none.
    pub fn runbook(&self) -> Option<Runbook> {
        if self.kind != Kind::Runbook {
            return None;
        }
        let said = |field: &str| self.document.said(field).unwrap_or_default();
        let one_of = |field: &str, words: &[&str]| Some(said(field)).filter(|word| words.contains(&word.as_str()));
        let below = |heading: &str| under(&self.document.body, heading).unwrap_or_default().to_owned();
        Some(Runbook {
            kind: one_of("kind", &RUNBOOK_KINDS).unwrap_or_default(),
            min_tier: one_of("min_tier", &TIERS).unwrap_or_default(),
            approval: said("approval"),
            flag: said("flag"),
            url: Some(said("url")).filter(|url| is_https(url)).unwrap_or_default(),
            call: Call::read(&said("call"), &below("Call")).ok(),
            when: below("When"),
            before: below("Before"),
            back: below("Back"),
            steps: steps(&below("Steps")),
        })
    }

    /// What there is to mend in it, of what is a runbook.
    pub(crate) fn runbook_faults(&self) -> Vec<String> {
        let Some(runbook) = self.runbook() else { return Vec::new() };
        let said = |field: &str| self.document.said(field).unwrap_or_default();
        let mut faults = Vec::new();
        for (field, words) in [("kind", &RUNBOOK_KINDS[..]), ("min_tier", &TIERS[..])] {
            let word = said(field);
            if !word.is_empty() && !words.contains(&word.as_str()) {
                faults.push(format!("{field} cannot be \"{word}\": it is {}", words.join(", ")));
            }
        }
        if !said("url").is_empty() && runbook.url.is_empty() {
            faults.push("url leads to no https page; nothing else is opened".into());
        }
        if let Some(fault) = Some(said("call")).filter(|call| !call.is_empty()) {
            let below = under(&self.document.body, "Call").unwrap_or_default();
            faults.extend(Call::read(&fault, below).err().map(str::to_owned));
        }
        if runbook.steps.is_empty() {
            faults.push("it has no steps: number them below a heading Steps".into());
        }
        faults
    }
}

fn is_https(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !host.contains('@') && !url.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CACHE: &str = "---\nid: RB-1\nkind: ops_action\nmin_tier: l2\napproval: the shift lead\nurl: https://admin.example/cache\n---\n# Clear the cache\n\n## When\nPrices are old.\n\n## Before\nNobody imports.\n\n## Steps\n1. Open the page\n2. Press *Clear*\n\n## Back\nNothing to take back.\n";

    #[test]
    fn a_runbook_says_who_may_what_to_do_and_the_way_back() {
        let entry = Entry::read(Kind::Runbook, "runbooks/cache.md", CACHE).unwrap();
        let runbook = entry.runbook().unwrap();
        assert_eq!((runbook.min_tier.as_str(), runbook.approval.as_str()), ("l2", "the shift lead"));
        assert_eq!(runbook.steps, ["Open the page", "Press *Clear*"]);
        assert_eq!((runbook.when.as_str(), runbook.back.as_str()), ("Prices are old.", "Nothing to take back."));
        assert!(entry.runbook_faults().is_empty());
        assert!(Entry::read(Kind::Article, "articles/cache.md", CACHE).unwrap().runbook().is_none());
    }

    #[test]
    fn only_an_https_page_is_opened() {
        for url in [
            "http://admin.example", "javascript:alert(1)", "https://", "https://a@b.example", "file:///etc/passwd",
            "https://a b",
        ] {
            let text = CACHE.replace("https://admin.example/cache", url);
            let entry = Entry::read(Kind::Runbook, "runbooks/cache.md", &text).unwrap();
            assert_eq!(entry.runbook().unwrap().url, "", "{url}");
            assert!(entry.runbook_faults()[0].contains("https"), "{url}");
        }
    }

    #[test]
    fn a_call_is_a_post_or_put_of_json_to_https() {
        let with = |call: &str, body: &str| {
            let text = CACHE.replace("url:", &format!("{call}\nurl:"));
            let text = format!("{text}\n## Call\n{body}");
            let entry = Entry::read(Kind::Runbook, "runbooks/cache.md", &text).unwrap();
            (entry.runbook().unwrap().call, entry.runbook_faults())
        };
        let (call, faults) = with("call: PUT https://admin.example/api", "```json\n{\"scope\": \"prices\"}\n```\n");
        let call = call.unwrap();
        assert_eq!((call.method.as_str(), call.body.as_str(), faults.len()), ("PUT", "{\"scope\": \"prices\"}", 0));
        assert_eq!(with("call: POST https://admin.example/api", "").0.unwrap().body, "{}");
        for (wrong, body) in [
            ("call: DELETE https://admin.example/api", ""),
            ("call: POST http://admin.example/api", ""),
            ("call: https://a.example", ""),
            ("call: POST https://admin.example/api", "{"),
            ("call: POST http://127.0.0.1:1@a.example/", ""),
        ] {
            let (call, faults) = with(wrong, body);
            assert_eq!((call, faults.len()), (None, 1), "{wrong}");
        }
    }

    #[test]
    fn what_it_lacks_is_named() {
        let text = "---\nkind: magic\nmin_tier: boss\n---\n## Steps\nJust do it.\n";
        let faults = Entry::read(Kind::Runbook, "runbooks/x.md", text).unwrap().runbook_faults();
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
