//! Taking in a folder of Markdown that is there already: our own, copied out elsewhere, or anybody's.

use crate::{
    Document, Entry, Error, Kind, Result, Shelf,
    shelf::{EVERY, RULES, file_name, shown, walk},
};
use serde_json::json;
use std::{
    collections::HashSet,
    fs,
    path::{Component, Path, PathBuf},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    pub added: Vec<String>,
    /// The same was there already.
    pub unchanged: usize,
    /// Another one was there already, and stays: what was read, and why it was left.
    pub left: Vec<(String, String)>,
}

/// Files that lie in folders called like ours are taken over byte for byte, at the same place. Of others each becomes an
/// article that nobody has validated: fields are put before its text, which stays as it was. Nothing is written over.
pub fn take_in(shelf: &Shelf, from: &Path) -> Result<TakenIn> {
    if !from.is_dir() {
        return Err(Error::NoFolder(from.into()));
    }
    let mut done = TakenIn::default();
    let mut taken: HashSet<PathBuf> = HashSet::new();
    for path in walk(from, Path::new(""), EVERY)? {
        // YAML that is no rule of ours is somebody's settings.
        if !is_markdown(&path) && !is_rule(&path) {
            continue;
        }
        let full = from.join(&path);
        let bytes = match fs::read(&full) {
            Ok(bytes) if fs::symlink_metadata(&full).is_ok_and(|about| about.is_file()) => bytes,
            _ => {
                done.left.push((shown(&path), "it is a link, or cannot be read".into()));
                continue;
            }
        };
        let ours = is_rule(&path) || (is_markdown(&path) && kind_of(&path).is_some());
        let (place, bytes) = if ours {
            (path.clone(), bytes)
        } else {
            match as_article(&path, bytes, &taken) {
                Ok(article) => article,
                Err(reason) => {
                    done.left.push((shown(&path), reason));
                    continue;
                }
            }
        };
        taken.insert(place.clone());
        match fs::read(shelf.root().join(&place)) {
            Ok(there) if there == bytes => done.unchanged += 1,
            Ok(_) => done.left.push((shown(&path), format!("{} is there already and differs", shown(&place)))),
            Err(_) => {
                shelf.put_copy(&shown(&place), &bytes)?;
                done.added.push(shown(&place));
            }
        }
    }
    Ok(done)
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"))
}

fn is_rule(path: &Path) -> bool {
    !is_markdown(path) && path.components().count() > 1 && path.starts_with(RULES)
}

fn kind_of(path: &Path) -> Option<Kind> {
    let Some(Component::Normal(first)) = path.components().next() else { return None };
    (path.components().count() > 1)
        .then(|| first.to_str().and_then(Kind::parse))
        .flatten()
        .filter(|kind| kind.folder() == first)
}

/// Where it goes, and its text with what an article needs.
fn as_article(
    path: &Path,
    bytes: Vec<u8>,
    taken: &HashSet<PathBuf>,
) -> std::result::Result<(PathBuf, Vec<u8>), String> {
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let name = shown(path);
    let entry = Entry::read(Kind::Article, &name, &text);
    let mut document = Document::parse(&text);
    let title = entry.as_ref().map_or(name.as_str(), |entry| entry.title.as_str()).to_owned();
    let place = |number: usize| {
        let slug = slug(&name);
        let id = if number == 1 { slug } else { format!("{slug}-{number}") };
        let path = file_name(&id).ok().map(|id| PathBuf::from(Kind::Article.folder()).join(format!("{id}.md")))?;
        (!taken.contains(&path)).then_some((path, id))
    };
    let (place, id) = (1..1000).find_map(place).ok_or("no name is left for it")?;
    match entry {
        // Its own fields stay.
        Ok(entry) => {
            let has = |said: &Option<String>| said.is_some();
            if !has(&entry.front.id) {
                document.set("id", &json!(id));
            }
            if !has(&entry.front.title) {
                document.set("title", &json!(title));
            }
            if !has(&entry.front.confidence) {
                document.set("confidence", &json!("not_validated"));
            }
        }
        // Somebody else's front matter, in another form: it becomes part of the text.
        Err(_) => {
            let mut bare = Document::bare(&text);
            bare.set("id", &json!(id));
            bare.set("title", &json!(title));
            bare.set("confidence", &json!("not_validated"));
            document = bare;
        }
    }
    Ok((place, document.to_string().into_bytes()))
}

/// Letters and digits of the path in small, the rest as dashes.
fn slug(path: &str) -> String {
    let path = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD")).unwrap_or(path);
    let mut slug = String::new();
    for c in path.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(70);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "article".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(dir: &Path) -> Shelf {
        Shelf::make(&dir.join("kb")).unwrap()
    }

    #[test]
    fn out_wiped_and_in_again_is_the_same_byte_for_byte_with_a_thousand_files() {
        let dir = tempfile::tempdir().unwrap();
        let kb = shelf(dir.path());
        for number in 0..1_000 {
            let kind = Kind::ALL[number % 4];
            let end = ["\n", "\r\n", ""][number % 3];
            kb.add(
                kind,
                &format!("E-{number}"),
                &format!("---\nid: E-{number}\nown: \"{number}\"\n---\ntext {number}{end}"),
            )
            .unwrap();
        }
        let before = kb.read().unwrap();
        assert_eq!(before.entries.len(), 1_000);
        kb.copy_to(&dir.path().join("out"), None).unwrap();
        fs::remove_dir_all(kb.root()).unwrap();
        let kb = shelf(dir.path());
        let done = take_in(&kb, &dir.path().join("out")).unwrap();
        // The README that every folder has becomes an article of this one.
        let others: Vec<_> = done.added.iter().filter(|path| !path.contains("/E-")).collect();
        assert_eq!((done.added.len() - others.len(), done.left.len()), (1_000, 0));
        for path in others {
            fs::remove_file(kb.root().join(path)).unwrap();
        }
        assert_eq!(kb.read().unwrap().hash, before.hash);
    }

    #[test]
    fn anybodys_markdown_becomes_articles_whose_text_is_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let wiki = dir.path().join("wiki");
        fs::create_dir_all(wiki.join("How to")).unwrap();
        fs::write(wiki.join("How to/Log in.md"), "# Log in\n\nPress the button.\n").unwrap();
        fs::write(wiki.join("How to/log-in.md"), "---\ntitle: Other\ntags: [a]\n---\nOther text").unwrap();
        fs::write(wiki.join("odd.md"), "---\n{{ not: yaml\n---\nkept").unwrap();
        fs::write(wiki.join("notes.txt"), "no Markdown").unwrap();
        let kb = shelf(dir.path());
        let done = take_in(&kb, &wiki).unwrap();
        assert_eq!(done.added, ["articles/how-to-log-in.md", "articles/how-to-log-in-2.md", "articles/odd.md"]);
        let read = |name: &str| fs::read_to_string(kb.root().join("articles").join(name)).unwrap();
        assert_eq!(
            read("how-to-log-in.md"),
            "---\nid: \"how-to-log-in\"\ntitle: \"Log in\"\nconfidence: \"not_validated\"\n---\n# Log in\n\nPress the button.\n"
        );
        assert!(read("how-to-log-in-2.md").starts_with("---\ntitle: Other\ntags: [a]\nid:"));
        assert!(read("odd.md").ends_with("---\n---\n{{ not: yaml\n---\nkept"));
        // Taken in again, each is known by what it holds.
        let again = take_in(&kb, &wiki).unwrap();
        assert_eq!((again.added.len(), again.unchanged), (0, 3));
    }

    #[test]
    fn rules_come_along_and_other_yaml_does_not() {
        let (dir, shelf) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let shelf = Shelf::make(shelf.path()).unwrap();
        for (name, text) in [("rules/a.yml", "title: a\n"), ("rules/a.md", "# About rules\n"), ("ci.yml", "on: push\n")]
        {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let done = take_in(&shelf, dir.path()).unwrap();
        assert_eq!(done.added, ["articles/rules-a.md", "rules/a.yml"]);
        assert_eq!(fs::read_to_string(shelf.root().join("rules/a.yml")).unwrap(), "title: a\n");
    }

    #[test]
    fn what_is_there_already_and_differs_stays_and_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let kb = shelf(dir.path());
        kb.add(Kind::Article, "a", "mine").unwrap();
        fs::create_dir_all(dir.path().join("in/articles")).unwrap();
        fs::write(dir.path().join("in/articles/a.md"), "yours").unwrap();
        let done = take_in(&kb, &dir.path().join("in")).unwrap();
        assert_eq!(done.left, [("articles/a.md".to_owned(), "articles/a.md is there already and differs".to_owned())]);
        assert_eq!(fs::read(kb.root().join("articles/a.md")).unwrap(), b"mine");
    }
}
