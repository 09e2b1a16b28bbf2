//! The beginning of a regression test: where it goes in a repository's own layout, what it is called, what is known of the
//! problem, and the command that runs it. What leads to the problem somebody has to write; until then the test fails.
//!
//! Tickets were written by strangers: their words stand in comments of one line each, and end no comment.

mod layout;
mod text;

use crate::Files;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Java,
    Python,
    JavaScript,
    TypeScript,
    Go,
    Rust,
}

/// What is known of a problem.
#[derive(Clone, Debug, Default)]
pub struct Problem<'a> {
    /// `SHOP-2`, `#12`, `files:T-1`.
    pub key: &'a str,
    pub title: &'a str,
    pub steps: &'a [String],
    /// As it was printed, its first line.
    pub error: &'a str,
    /// The file of the frame, and its line and function.
    pub path: &'a str,
    pub line: Option<u32>,
    pub symbol: &'a str,
    /// The version that has it …
    pub bad: &'a str,
    /// … and the one that has its fix, where that is known.
    pub good: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    pub language: Language,
    /// From the top of the repository.
    pub path: String,
    /// As the command calls the test.
    pub name: String,
    pub text: String,
    /// A program and its arguments; empty where the repository does not say how its tests run.
    pub command: Vec<String>,
    /// Where it runs, from the top of the repository.
    pub folder: String,
}

impl Language {
    pub fn of(path: &str) -> Option<Self> {
        Some(match path.rsplit_once('.')?.1 {
            "java" => Self::Java,
            "py" => Self::Python,
            "js" | "mjs" | "cjs" | "jsx" => Self::JavaScript,
            "ts" | "tsx" | "mts" => Self::TypeScript,
            "go" => Self::Go,
            "rs" => Self::Rust,
            _ => return None,
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Java => "Java",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::TypeScript => "TypeScript",
            Self::Go => "Go",
            Self::Rust => "Rust",
        }
    }
}

/// `read`: a file of the bad version. `None` where the frame is of no language that is known here.
pub fn draft(problem: &Problem<'_>, files: &Files, read: &dyn Fn(&str) -> Option<String>) -> Option<Skeleton> {
    let language = Language::of(problem.path)?;
    let place = layout::of(language, problem, files, read);
    let text = text::write(language, problem, &place);
    let layout::Place { path, name, command, folder, .. } = place;
    Some(Skeleton { language, path, name, text, command, folder })
}

/// The parts of a key: `SHOP-2` → `["SHOP", "2"]`. Never empty, and begins with a letter.
fn words(key: &str) -> Vec<String> {
    let own = key.rsplit(':').next().unwrap_or(key);
    let words = own.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.take(6).map(|word| word.chars().take(24).collect()).collect();
    if words.first().is_none_or(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        words.insert(0, "Issue".into());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    fn project(files: &[(&str, &str)]) -> Project {
        let mut project = Project::new();
        files.iter().for_each(|(path, text)| project.write(path, text));
        project.commit("README", "x", "all");
        project
    }

    fn drafted(files: &[(&str, &str)], path: &str, symbol: &str) -> Skeleton {
        let project = project(files);
        let (repository, head) = (project.open(), project.head());
        let steps = ["Put two into the basket".to_owned(), "Pay */ \\u000a evil(); \"\"\"\nevil()".to_owned()];
        let problem = Problem {
            key: "files:SHOP-2",
            title: "Totals differ\nby a cent",
            steps: &steps,
            error: "RoundingException: Totals differ by 0.01",
            path,
            line: Some(3),
            symbol,
            bad: "v2.2.0",
            good: Some("v2.3.1"),
        };
        let read =
            |path: &str| repository.source(head, path).map(|source| String::from_utf8_lossy(source.bytes()).into());
        draft(&problem, &repository.files(head).unwrap(), &read).unwrap()
    }

    #[test]
    fn a_test_goes_where_the_repository_keeps_its_own_and_is_run_as_it_runs_them() {
        let java = "core/src/main/java/org/acme/Cart.java";
        for (files, path, place, command, folder) in [
            (
                &[(java, "package org.acme;\nclass Cart {}"), ("core/pom.xml", "junit-jupiter"), ("pom.xml", "")][..],
                java,
                "core/src/test/java/org/acme/SHOP2Test.java",
                "mvn -B -q -o -Dtest=SHOP2Test -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -pl core -am test",
                "",
            ),
            (
                &[(java, "package org.acme;"), ("build.gradle", "junit"), ("core/build.gradle", "")],
                java,
                "core/src/test/java/org/acme/SHOP2Test.java",
                "gradle --offline -q :core:test --tests org.acme.SHOP2Test",
                "",
            ),
            (
                &[("shop/cart.py", ""), ("tests/test_a.py", ""), ("setup.cfg", "[tool:pytest]")],
                "shop/cart.py",
                "tests/test_shop_2.py",
                "python3 -m pytest -q tests/test_shop_2.py",
                "",
            ),
            (&[("cart.py", "")], "cart.py", "test_shop_2.py", "python3 -m unittest test_shop_2.py", ""),
            (
                &[
                    ("web/src/cart.ts", ""),
                    ("web/src/a.spec.ts", ""),
                    ("web/package.json", "{\"devDependencies\":{\"vitest\":\"4\"}}"),
                ],
                "web/src/cart.ts",
                "web/src/shop-2.spec.ts",
                "npx --no-install vitest run src/shop-2.spec.ts",
                "web",
            ),
            (
                &[("lib/cart.js", ""), ("test/a.js", ""), ("package.json", "{}")],
                "lib/cart.js",
                "test/shop-2.test.js",
                "node --test test/shop-2.test.js",
                "",
            ),
            (
                &[("cart/cart.go", "// x\npackage cart\n"), ("go.mod", "module acme")],
                "cart/cart.go",
                "cart/shop_2_test.go",
                "go test -run ^TestSHOP2$ ./cart",
                "",
            ),
            (
                &[("crates/cart/src/total.rs", ""), ("crates/cart/Cargo.toml", ""), ("Cargo.toml", "")],
                "crates/cart/src/total.rs",
                "crates/cart/tests/shop_2.rs",
                "cargo test --offline --test shop_2",
                "crates/cart",
            ),
        ] {
            let made = drafted(files, path, "Cart.total");
            assert_eq!(
                (made.path.as_str(), made.command.join(" ").as_str(), made.folder.as_str()),
                (place, command, folder)
            );
            for said in ["SHOP-2", "v2.2.0", "v2.3.1", "RoundingException", "Put two into the basket", path] {
                assert!(made.text.contains(said), "{said} in\n{}", made.text);
            }
        }
        assert_eq!(Language::of("a.cobol"), None);
    }

    #[test]
    fn no_word_of_a_ticket_ends_its_comment() {
        for (path, sign) in
            [("a.java", "//"), ("a.py", "#"), ("a.js", "//"), ("a.ts", "//"), ("a.go", "//"), ("a.rs", "//")]
        {
            let made = drafted(&[(path, "package a;")], path, "x\"); '`\n\\evil()");
            assert!(made.text.contains("what leads to xevil"), "{}", made.text);
            for line in made.text.lines().filter(|line| line.contains("evil()")) {
                assert!(line.trim_start().starts_with(sign), "{line}");
                // Java reads its escapes before its comments.
                assert!(path != "a.java" || line.matches('\\').count() % 2 == 0, "{line}");
            }
        }
    }

    #[test]
    fn a_key_of_any_kind_is_a_name_in_every_language() {
        assert_eq!(words("files:SHOP-2"), ["SHOP", "2"]);
        assert_eq!(words("#12"), ["Issue", "12"]);
        assert_eq!(words("zendesk:48213"), ["Issue", "48213"]);
        assert_eq!(words("Ü"), ["Issue"]);
    }
}
