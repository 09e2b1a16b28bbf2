//! The page's two doors: one to Rust, one for HTML.

use super::Finding;
use super::files::File;

const DOOR: &str = "ui/src/host/";
/// In two halves, as in `words`.
const RAW_HTML: (&str, &str) = ("{@ht", "ml");

pub fn check(files: &[File]) -> Vec<Finding> {
    let page = || files.iter().filter(|file| file.path.starts_with("ui/src/"));
    let outside = page().filter(|file| !file.path.starts_with(DOOR)).flat_map(|file| {
        let lines = file.lines().filter(|(_, line)| line.contains("@tauri-apps/"));
        lines.map(|(number, _)| Finding::new(&file.path, number, format!("@tauri-apps/* is for {DOOR} alone")))
    });
    let raw: Vec<Finding> = page()
        .flat_map(|file| {
            let lines = file.lines().filter(|(_, line)| line.contains(&[RAW_HTML.0, RAW_HTML.1].concat()));
            lines.map(|(number, _)| Finding::new(&file.path, number, "HTML is inserted in one place of the page only"))
        })
        .collect();
    // One place is the rule; from the second on all are shown, because either may be the wrong one.
    let raw = if raw.len() > 1 { raw } else { Vec::new() };
    outside.chain(raw).collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn paths(files: &[File]) -> Vec<String> {
        check(files).into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn only_the_host_folder_knows_tauri() {
        let import = "import { invoke } from \"@tauri-apps/api/core\";";
        let files = [file("ui/src/host/window.ts", import), file("ui/src/screens/a.ts", import)];
        assert_eq!(paths(&files), ["ui/src/screens/a.ts"]);
    }

    #[test]
    fn html_is_inserted_in_one_place() {
        let text = [RAW_HTML.0, RAW_HTML.1, " html}"].concat();
        let one = file("ui/src/parts/SafeHtml.svelte", &text);
        let other = file("ui/src/parts/Other.svelte", &text);
        assert_eq!(paths(&[one]), Vec::<String>::new());
        assert_eq!(paths(&[file("ui/src/parts/SafeHtml.svelte", &text), other]).len(), 2);
    }
}
