//! The text of a stranger's file in every language that is told apart: functions and types, and the texts that it prints; and
//! what its notes say of releases.
#![no_main]

use code::{Literals, Notes, Outline, agrees};
use libfuzzer_sys::fuzz_target;

const ENDINGS: [&str; 14] =
    ["java", "kt", "scala", "cs", "js", "go", "rs", "swift", "php", "cpp", "py", "rb", "properties", "txt"];

fuzz_target!(|data: &[u8]| {
    let Some((kind, rest)) = data.split_first() else { return };
    let path = format!("a.{}", ENDINGS[usize::from(*kind) % ENDINGS.len()]);
    let text = String::from_utf8_lossy(rest);
    let lines = text.lines().count() as u32 + 1;
    let outline = Outline::of(&path, &text);
    for symbol in outline.all() {
        assert!(1 <= symbol.first && symbol.first <= symbol.last && symbol.last <= lines, "{symbol:?} of {lines} lines");
    }
    for line in [1, lines / 2, lines] {
        let around = outline.around(line);
        assert!(around.iter().all(|symbol| symbol.first <= line && line <= symbol.last));
        let _ = (outline.name_at(line), agrees(&outline, &path, &text, line));
    }
    assert!(Notes::of("CHANGELOG.md", &text).len() < lines as usize);
    let printed = Literals::of(&path, &text);
    for line in text.lines().take(5) {
        let found = printed.of_line(line, true);
        assert!(found.len() <= 3 && found.iter().all(|one| 1 <= one.line && one.line <= lines));
        let _ = printed.of_code(line);
    }
});
