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

/// At most so many are taken out of one text: a changelog that was pasted names hundreds.
const NAMED: usize = 20;

/// Numbers of the issues and requests of this repository that a text names, outside of quoted code: `#12`, `owner/name#12`,
/// or an address of one.
pub(super) fn named(text: &str, repository: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut quoted = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            quoted = !quoted;
        }
        // What somebody else said stands behind a `>`; it was counted there.
        if quoted || line.trim_start().starts_with(['`', '>']) {
            continue;
        }
        let open = |letter: char| letter.is_whitespace() || "()[]{}<>,;\"'".contains(letter);
        for word in line.split(open).filter(|word| !word.contains('`')) {
            let number = number_of(word, repository).filter(|number| !found.contains(number));
            found.extend(number.filter(|_| found.len() < NAMED));
        }
    }
    found
}

/// `#12`, `acme/ledger#12:`, `https://forge.example/acme/ledger/issues/12#comment` → `12`.
fn number_of(word: &str, repository: &str) -> Option<String> {
    let rest = match word.split_once("://") {
        Some((_, address)) => {
            let path = address.split_once('/')?.1;
            let rest = path.get(..repository.len()).filter(|start| start.eq_ignore_ascii_case(repository))?;
            let rest = path.get(rest.len()..)?;
            ["/issues/", "/pull/", "/-/issues/"].iter().find_map(|list| rest.strip_prefix(list))?
        }
        None => {
            let (before, number) = word.split_once('#')?;
            if !(before.is_empty() || before.eq_ignore_ascii_case(repository)) {
                return None;
            }
            number
        }
    };
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (number, behind) = rest.split_at_checked(end)?;
    let ends = behind.chars().next().is_none_or(|letter| !letter.is_alphanumeric());
    ((1..=9).contains(&number.len()) && !number.starts_with('0') && ends).then(|| number.to_owned())
}

/// Which issue of this repository a text says that it repeats, by the forges' own convention or by what people write: a line
/// `Duplicate of #12`, `Closing as a duplicate of #12`, `This is a dup of https://…/issues/12`.
pub(super) fn duplicate_of(text: &str, repository: &str) -> Option<String> {
    /// Before it on its line; with any other word it may be a guess, or a denial.
    const LEADS: [&str; 11] =
        ["a", "as", "close", "closed", "closing", "is", "issue", "marked", "marking", "the", "this"];
    const SAID: [&str; 3] = ["duplicate of ", "dup of ", "dupe of "];
    text.lines().filter(|line| !line.trim_start().starts_with(['>', '`'])).find_map(|line| {
        let lower = line.to_ascii_lowercase();
        let (at, said) = SAID.iter().find_map(|said| Some((lower.find(said)?, said)))?;
        let mut before =
            lower.get(..at)?.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let target = line.get(at + said.len()..)?.split_whitespace().next()?;
        before
            .all(|word| LEADS.contains(&word))
            .then(|| number_of(target.trim_matches(['(', '[', '<', '>', ')', ']']), repository))?
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_issues_of_its_own_repository_by_number_and_by_address() {
        let text = "See #12, (acme/ledger#13) and https://forge.example/acme/ledger/issues/14#issuecomment-1.\n\
                    Also https://forge.example/acme/ledger/pull/15/files, acme/desk#16, http://x/acme/ledgers/issues/17, a#18,\n\
                    #19a #0 #1234567890 `#20` and #12 again.\n> #21 was said before\n```\n#22\n```\nDone in #23.";
        assert_eq!(named(text, "acme/ledger"), ["12", "13", "14", "15", "23"]);
        let many: String = (1..100).map(|number| format!("#{number} ")).collect();
        assert_eq!(named(&many, "acme/ledger").len(), NAMED);
    }

    #[test]
    fn a_duplicate_is_what_a_line_says_and_neither_a_guess_nor_a_denial() {
        let of = |text: &str| duplicate_of(text, "acme/ledger");
        for said in [
            "Duplicate of #12",
            "duplicate of acme/ledger#12",
            "Thanks!\r\nClosing as a duplicate of #12.",
            "This is a dup of https://forge.example/acme/ledger/issues/12",
            "Marked as duplicate of (#12)",
        ] {
            assert_eq!(of(said).as_deref(), Some("12"), "{said}");
        }
        for none in [
            "Not a duplicate of #12",
            "Possible duplicate of #12",
            "Is this perhaps a duplicate of #12?",
            "> Duplicate of #12",
            "Duplicate of acme/desk#12",
            "Duplicate of the one from last week, #12",
            "duplicate of ",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
