//! Who speaks.

/// Programs that comment: by their login, or by a name that says so (`ASF GitHub Bot`).
pub(crate) fn is_program(name: &str) -> bool {
    const LOGINS: [&str; 7] = ["githubbot", "jenkins", "hudson", "jirauser", "svn", "system", "automation"];
    let name = name.to_lowercase();
    name.split([' ', '-', '_', '[', ']']).any(|word| word == "bot") || LOGINS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_their_names_and_people_called_talbot_are_not() {
        for name in ["jira-bot", "ASF GitHub Bot", "dependabot[bot]", "githubbot", "jenkins"] {
            assert!(is_program(name), "{name}");
        }
        for name in ["Anna Talbot", "abbot", "rob"] {
            assert!(!is_program(name), "{name}");
        }
    }
}
