//! Where a repository keeps its tests, and how it runs one.

use super::{Language, Problem, words};
use crate::Files;

pub(super) struct Place {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) command: Vec<String>,
    pub(super) folder: String,
    /// `jupiter`, `pytest`, `vitest`, …; empty: what the language brings.
    pub(super) kind: &'static str,
    /// Of Java and Go.
    pub(super) package: String,
}

type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(super) fn of(language: Language, problem: &Problem<'_>, files: &Files, read: Read<'_>) -> Place {
    let folder = problem.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match language {
        Language::Java => java(problem, folder, files, read),
        Language::Python => python(problem, folder, files, read),
        Language::JavaScript | Language::TypeScript => script(problem, folder, files, read),
        Language::Go => go(problem, folder, files, read),
        Language::Rust => rust(problem, folder, files),
    }
}

fn java(problem: &Problem<'_>, folder: &str, files: &Files, read: Read<'_>) -> Place {
    let name = format!("{}Test", words(problem.key).concat());
    let package = declared(read(problem.path), "package ");
    let (module, folder) = match problem.path.split_once("src/main/java/") {
        Some((module, _)) => (module.trim_end_matches('/'), folder.replacen("src/main/java", "src/test/java", 1)),
        None => ("", folder.to_owned()),
    };
    let build =
        |file: &str| [join(module, file), file.to_owned()].iter().filter_map(|path| read(path)).collect::<String>();
    let builds = [build("pom.xml"), build("build.gradle"), build("build.gradle.kts")].concat();
    let kind = if builds.contains("jupiter") { "jupiter" } else { "" };
    let command = if files.has(&join(module, "pom.xml")) || files.has("pom.xml") {
        let mut command = own(&["mvn", "-B", "-q", "-o", &format!("-Dtest={name}"), "-DfailIfNoTests=false"]);
        command.push("-Dsurefire.failIfNoSpecifiedTests=false".into());
        if !module.is_empty() {
            command.extend(own(&["-pl", module, "-am"]));
        }
        command.push("test".into());
        command
    } else if files.has("build.gradle") || files.has("build.gradle.kts") {
        let task = if module.is_empty() { "test".into() } else { format!(":{}:test", module.replace('/', ":")) };
        let whole = if package.is_empty() { name.clone() } else { format!("{package}.{name}") };
        own(&["gradle", "--offline", "-q", &task, "--tests", &whole])
    } else {
        Vec::new()
    };
    Place { path: join(&folder, &format!("{name}.java")), name, command, folder: String::new(), kind, package }
}

fn python(problem: &Problem<'_>, folder: &str, files: &Files, read: Read<'_>) -> Place {
    let name = format!("test_{}", words(problem.key).join("_").to_lowercase());
    let tests = upwards(folder).flat_map(|above| [join(above, "tests"), join(above, "test")]);
    let folder = tests.into_iter().find(|tests| files.has_folder(tests)).unwrap_or_else(|| folder.to_owned());
    let path = join(&folder, &format!("{name}.py"));
    let said = ["pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "requirements-dev.txt", "requirements.txt"];
    let is_pytest = !files.called("conftest.py").is_empty()
        || said.iter().filter_map(|file| read(file)).any(|text| text.contains("pytest"));
    let (kind, command) = match is_pytest {
        true => ("pytest", own(&["python3", "-m", "pytest", "-q", &path])),
        false => ("", own(&["python3", "-m", "unittest", &path])),
    };
    Place { path, name, command, folder: String::new(), kind, package: String::new() }
}

fn script(problem: &Problem<'_>, folder: &str, files: &Files, read: Read<'_>) -> Place {
    let name = words(problem.key).join("-").to_lowercase();
    let ending = problem.path.rsplit_once('.').map_or("js", |(_, ending)| ending);
    let ending = ending.strip_suffix('x').unwrap_or(ending);
    let top = upwards(folder).find(|above| files.has(&join(above, "package.json"))).unwrap_or("");
    let beside = ["spec", "test"]
        .into_iter()
        .find(|mark| files.names_in(folder).any(|name| name.ends_with(&format!(".{mark}.{ending}"))));
    let apart = || {
        let folders = [join(folder, "__tests__"), join(top, "__tests__"), join(top, "test"), join(top, "tests")];
        folders.into_iter().find(|tests| files.has_folder(tests))
    };
    let folder = if beside.is_some() { folder.to_owned() } else { apart().unwrap_or_else(|| folder.to_owned()) };
    let path = join(&folder, &format!("{name}.{}.{ending}", beside.unwrap_or("test")));
    let package = read(&join(top, "package.json")).unwrap_or_default();
    let kind = ["vitest", "jest", "mocha"].into_iter().find(|kind| package.contains(&format!("\"{kind}\"")));
    let here = path.strip_prefix(&format!("{top}/")).unwrap_or(&path).to_owned();
    let command = match kind {
        Some("vitest") => own(&["npx", "--no-install", "vitest", "run", &here]),
        Some(kind) => own(&["npx", "--no-install", kind, &here]),
        None => own(&["node", "--test", &here]),
    };
    let is_module = ending != "js" || package.replace(' ', "").contains("\"type\":\"module\"");
    let kind = kind.unwrap_or(if is_module { "" } else { "require" });
    Place { path, name, command, folder: top.to_owned(), kind, package: String::new() }
}

fn go(problem: &Problem<'_>, folder: &str, files: &Files, read: Read<'_>) -> Place {
    let words = words(problem.key);
    let name = format!("Test{}", words.concat());
    let top = upwards(folder).find(|above| files.has(&join(above, "go.mod"))).unwrap_or("");
    let below = folder.strip_prefix(top).unwrap_or(folder).trim_start_matches('/');
    let command = own(&["go", "test", "-run", &format!("^{name}$"), &format!("./{below}")]);
    let path = join(folder, &format!("{}_test.go", words.join("_").to_lowercase()));
    let package = declared(read(problem.path), "package ");
    Place { path, name, command, folder: top.to_owned(), kind: "", package }
}

fn rust(problem: &Problem<'_>, folder: &str, files: &Files) -> Place {
    let name = words(problem.key).join("_").to_lowercase();
    let top = upwards(folder).find(|above| files.has(&join(above, "Cargo.toml"))).unwrap_or("");
    let path = join(&join(top, "tests"), &format!("{name}.rs"));
    let command = own(&["cargo", "test", "--offline", "--test", &name]);
    Place { path, name, command, folder: top.to_owned(), kind: "", package: String::new() }
}

/// What a file says that it belongs to: a name of letters, digits and dots.
fn declared(text: Option<String>, word: &str) -> String {
    let text = text.unwrap_or_default();
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix(word)).unwrap_or_default();
    line.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_')).collect()
}

/// A folder and those above it, the nearest first; the top is empty.
fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| {
        let folder: &str = folder;
        (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
    })
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn own(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}
