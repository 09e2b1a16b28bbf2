//! The lines of a version that read a feature flag: where its name stands in quotes, or the constant that stands for it.

use crate::{
    CommitId, Repository, Result,
    literals::read::is_test,
    symbol::{Tongue, texts},
};
use std::collections::BTreeSet;

/// Lines that are told; what stands at more is told by its number.
const MOST: usize = 60;
/// A constant that stands at more lines is a common word.
const MOST_OF_CONSTANT: usize = 40;
/// Shorter names stand everywhere.
const SHORTEST: usize = 3;
const SHORTEST_CONSTANT: usize = 5;
/// Constants of one flag that are followed.
const CONSTANTS: usize = 3;
const SETTINGS: [&str; 10] = ["properties", "yml", "yaml", "json", "toml", "xml", "conf", "ini", "html", "env"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The name itself stands in the code.
    Name,
    /// A constant stands there that holds the name.
    Constant,
    /// A file of settings has it.
    Settings,
    /// A test has it.
    Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagLine {
    pub path: String,
    pub line: u32,
    pub how: How,
}

/// Where a flag stands in a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flag {
    /// Code first, then settings, then tests; each by its path.
    pub lines: Vec<FlagLine>,
    /// All of them, also those beyond what is told.
    pub total: usize,
    /// The version is too large: not all of it was looked through.
    pub cut: bool,
}

impl Repository {
    pub fn flag(&self, at: CommitId, name: &str, stop: &dyn Fn() -> bool) -> Result<Flag> {
        let name = name.trim();
        let mut flag = Flag::default();
        if name.len() < SHORTEST || name.contains(['\n', '\r']) {
            return Ok(flag);
        }
        let mut constants = BTreeSet::new();
        flag.cut = self.each_text(at, &is_read, stop, &mut |path, text| {
            if text.contains(name) {
                let found = named(&path, text, name);
                constants.extend(found.constants);
                add(&mut flag.lines, &path, found.lines, How::Name);
            }
            true
        })?;
        let constants: Vec<String> = constants.into_iter().take(CONSTANTS).collect();
        if !constants.is_empty() {
            let mut found: Vec<(String, Vec<FlagLine>)> =
                constants.into_iter().map(|constant| (constant, Vec::new())).collect();
            flag.cut |= self.each_text(at, &|name| Tongue::of(name).is_some(), stop, &mut |path, text| {
                for (constant, lines) in &mut found {
                    if text.contains(constant.as_str()) {
                        add(lines, &path, words(text, constant), How::Constant);
                    }
                }
                true
            })?;
            for (_, lines) in found.into_iter().filter(|(_, lines)| lines.len() <= MOST_OF_CONSTANT) {
                let is_new =
                    |one: &FlagLine| !flag.lines.iter().any(|own| (&own.path, own.line) == (&one.path, one.line));
                let new: Vec<FlagLine> = lines.into_iter().filter(is_new).collect();
                flag.lines.extend(new);
            }
        }
        flag.lines.sort_by(|a, b| {
            (a.how.max(How::Constant), &a.path, a.line).cmp(&(b.how.max(How::Constant), &b.path, b.line))
        });
        flag.total = flag.lines.len();
        flag.lines.truncate(MOST);
        Ok(flag)
    }
}

fn is_read(name: &str) -> bool {
    Tongue::of(name).is_some() || name.rsplit_once('.').is_some_and(|(_, ending)| SETTINGS.contains(&ending))
}

fn add(all: &mut Vec<FlagLine>, path: &str, lines: Vec<u32>, how: How) {
    let how = match how {
        _ if is_test(path) => How::Test,
        _ if Tongue::of(path).is_none() => How::Settings,
        how => how,
    };
    all.extend(lines.into_iter().map(|line| FlagLine { path: path.to_owned(), line, how }));
}

#[derive(Default)]
struct Found {
    lines: Vec<u32>,
    /// What is called so: `NEW_CHECKOUT = "new-checkout"`.
    constants: Vec<String>,
}

/// Where the name itself stands: in a text in quotes, or, of settings and of names that could be words of the code, anywhere but
/// in a comment.
fn named(path: &str, text: &str, name: &str) -> Found {
    let mut found = Found::default();
    let Some(tongue) = Tongue::of(path) else {
        found.lines = words(text, name);
        return found;
    };
    let quoted: BTreeSet<u32> = match tongue {
        // Their texts are not told apart from their comments there.
        Tongue::Python | Tongue::Ruby => words(text, name).into_iter().collect(),
        tongue => texts(tongue, text).into_iter().filter(|(_, said)| says(said, name)).map(|(line, _)| line).collect(),
    };
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let bare = if is_word { words(text, name) } else { Vec::new() };
    let lines: BTreeSet<u32> = quoted.iter().copied().chain(bare).collect();
    for (at, line) in (1..).zip(text.lines()) {
        if quoted.contains(&at) {
            found.constants.extend(constant(line, name));
        }
    }
    found.lines = lines.into_iter().collect();
    found
}

/// Lines that have a word, and are no comment as a whole.
fn words(text: &str, word: &str) -> Vec<u32> {
    let is_comment =
        |line: &str| ["//", "#", "*", "/*", "--", "<!--"].iter().any(|mark| line.trim_start().starts_with(mark));
    let lines = (1..).zip(text.lines()).filter(|(_, line)| says(line, word) && !is_comment(line));
    lines.map(|(at, _)| at).collect()
}

/// Whether a text has a name as a whole: `checkout` is not in `new-checkout`, and not in `checkout.v2`.
fn says(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let mut after = text.get(at + name.len()..).unwrap_or_default().chars();
        let (next, further) = (after.next(), after.next());
        let goes_on = next.is_some_and(part) || (next == Some('.') && further.is_some_and(char::is_alphanumeric));
        !before.is_some_and(part) && !goes_on
    })
}

/// What a line calls the name that stands in quotes on it: `static final String NEW_CHECKOUT = "new-checkout";`.
fn constant(line: &str, name: &str) -> Option<String> {
    let before = line.get(..line.find(name)?)?.trim_end_matches(['"', '\'', '`']).trim_end();
    let before = before.strip_suffix('=')?.trim_end_matches(':').trim_end();
    // A type may stand between: `FLAG: &str =`, `Flag string =`.
    let before = before.split(':').next()?.trim_end();
    let word = |text: &str| -> Option<String> {
        let word = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next()?;
        (!word.is_empty()).then(|| word.to_owned())
    };
    let last = word(before)?;
    let last = match last.as_str() {
        "string" | "String" | "str" => word(before.strip_suffix(last.as_str())?.trim_end())?,
        _ => last,
    };
    // A common word stands for too much.
    let is_own = last.contains('_') || last.chars().any(char::is_uppercase);
    (is_own && last.len() >= SHORTEST_CONSTANT).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    #[test]
    fn a_flag_is_read_where_its_name_or_its_constant_stands_and_comments_do_not_count() {
        let mut project = Project::new();
        project.write("src/main/Flags.java", "class Flags {\n  // new-checkout is gone soon\n  static final String NEW_CHECKOUT = \"new-checkout\";\n  static final String OLD = \"new-checkout-old\";\n}\n");
        project.write("src/main/Cart.java", "class Cart {\n  void pay() {\n    if (flags.isOn(Flags.NEW_CHECKOUT)) total();\n    if (flags.isOn(\"new-checkout.v2\")) total();\n  }\n}\n");
        project.write("web/pay.ts", "export const pay = () => flag('new-checkout') ? go() : stay();\n");
        project.write("config/flags.yml", "# flags\nnew-checkout: true\n");
        project.write("README.md", "new-checkout\n");
        let head =
            project.commit("src/test/CartTest.java", "class CartTest {\n  String on = \"new-checkout\";\n}\n", "begin");
        let repository = project.open();
        let flag = repository.flag(head, "new-checkout", &|| false).unwrap();
        let told: Vec<_> = flag.lines.iter().map(|one| (one.path.as_str(), one.line, one.how)).collect();
        let expected = [
            ("src/main/Cart.java", 3, How::Constant),
            ("src/main/Flags.java", 3, How::Name),
            ("web/pay.ts", 1, How::Name),
            ("config/flags.yml", 2, How::Settings),
            ("src/test/CartTest.java", 2, How::Test),
        ];
        assert_eq!(told, expected);
        assert_eq!((flag.total, flag.cut), (5, false));
        assert_eq!(repository.flag(head, "no-such-flag", &|| false).unwrap(), Flag::default());
        assert_eq!(repository.flag(head, "ne", &|| false).unwrap(), Flag::default());
        assert!(repository.flag(head, "new-checkout", &|| true).is_err());
    }

    #[test]
    fn what_holds_the_name_is_its_constant_whatever_the_language() {
        for (line, expected) in [
            ("  static final String NEW_CHECKOUT = \"new-checkout\";", Some("NEW_CHECKOUT")),
            ("pub const NEW_CHECKOUT: &str = \"new-checkout\";", Some("NEW_CHECKOUT")),
            ("const NewCheckout string = \"new-checkout\"", Some("NewCheckout")),
            ("export const newCheckout = 'new-checkout';", Some("newCheckout")),
            ("NEW_CHECKOUT = 'new-checkout'", Some("NEW_CHECKOUT")),
            ("  name := \"new-checkout\"", None),
            ("if (isOn(\"new-checkout\")) {", None),
            ("  flag: 'new-checkout',", None),
        ] {
            assert_eq!(constant(line, "new-checkout").as_deref(), expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_without_a_panic(line in "[A-Za-z_ :=\"'.é-]{0,60}", name in "[a-zé._-]{1,8}") {
            let _ = constant(&line, &name);
            let _ = says(&line, &name);
        }
    }
}
