//! Habits that forges share.

/// What a pull request says that it closes when it is merged: `Fixes #12`, `closes: #13`.
pub(super) fn closes(text: &str) -> impl Iterator<Item = &str> {
    const VERBS: [&str; 9] = ["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"];
    let mut verb = false;
    text.split_whitespace().filter_map(move |word| {
        let after_verb = std::mem::replace(
            &mut verb,
            VERBS.iter().any(|known| word.trim_end_matches(':').eq_ignore_ascii_case(known)),
        );
        let number = word.strip_prefix('#').filter(|_| after_verb)?;
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        number.get(..end).filter(|number| !number.is_empty())
    })
}

/// What labels say by the habits that forges share: `component: parser`, `area/parser`, `priority: high`, `affects: 2.3`.
#[derive(Default)]
pub(super) struct Labels {
    pub(super) components: Vec<String>,
    pub(super) priority: Option<String>,
    pub(super) affected_versions: Vec<String>,
    pub(super) duplicate: bool,
}

impl Labels {
    pub(super) fn read(tags: &[String]) -> Self {
        let mut labels = Self::default();
        for tag in tags {
            labels.duplicate |= tag.eq_ignore_ascii_case("duplicate");
            let Some((name, value)) = tag.split_once([':', '/']) else { continue };
            // Scoped labels have it twice: `priority::high`.
            let value = value.trim_start_matches(':').trim().to_owned();
            match name.trim().to_lowercase().as_str() {
                _ if value.is_empty() => {}
                "component" | "area" | "module" => labels.components.push(value),
                "priority" | "prio" | "p" | "severity" => labels.priority = Some(value),
                "affects" | "version" | "affected" => labels.affected_versions.push(value),
                _ => {}
            }
        }
        labels
    }
}
