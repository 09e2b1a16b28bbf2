//! The body of an article in its sections: what stands below each heading.

/// The sections of KCS, and steps that help without a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Issue,
    Environment,
    Resolution,
    Cause,
    Workaround,
}

impl Section {
    pub const ALL: [Self; 5] = [Self::Issue, Self::Environment, Self::Resolution, Self::Cause, Self::Workaround];

    pub fn heading(self) -> &'static str {
        match self {
            Self::Issue => "Issue",
            Self::Environment => "Environment",
            Self::Resolution => "Resolution",
            Self::Cause => "Cause",
            Self::Workaround => "Workaround",
        }
    }
}

/// What stands below the heading, of any level, up to the next one of that level or above; `None` where there is none.
/// Headings within fenced code are code.
pub(crate) fn of(body: &str, section: Section) -> Option<&str> {
    under(body, section.heading())
}

/// The same of a heading of any name.
pub(crate) fn under<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let mut found: Option<(usize, usize)> = None;
    for (at, line, level) in headings(body) {
        match found {
            Some((start, of)) if level <= of => return body.get(start..at).map(str::trim),
            None if title(line).eq_ignore_ascii_case(name) => found = Some((at + line.len(), level)),
            _ => {}
        }
    }
    found.and_then(|(start, _)| body.get(start..)).map(str::trim)
}

/// The body with another text below that heading, which is added at the end where there is none. An empty text leaves the
/// heading alone.
pub(crate) fn with(body: &str, section: Section, text: &str) -> String {
    let mut found: Option<(usize, usize, usize)> = None;
    for (at, line, level) in headings(body) {
        match found {
            Some((start, of, _)) if level <= of => {
                found = Some((start, of, at));
                break;
            }
            None if title(line).eq_ignore_ascii_case(section.heading()) => {
                found = Some((at + line.len(), level, body.len()))
            }
            _ => {}
        }
    }
    let text = text.trim();
    let written = if text.is_empty() { String::new() } else { format!("{text}\n") };
    let Some((start, _, end)) = found else {
        let gap = if body.is_empty() || body.ends_with("\n\n") {
            ""
        } else if body.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        return format!("{body}{gap}## {}\n{written}", section.heading());
    };
    let (before, after) = (body.get(..start).unwrap_or_default(), body.get(end..).unwrap_or_default());
    let newline = if before.ends_with('\n') { "" } else { "\n" };
    let gap = if after.is_empty() { "" } else { "\n" };
    format!("{before}{newline}{written}{gap}{after}")
}

/// The items of a numbered list, each on one line; empty where the section holds none.
pub(crate) fn steps(section: &str) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for line in section.lines() {
        match (numbered(line), steps.last_mut()) {
            (Some(step), _) => steps.push(step.trim().into()),
            // A step goes on in lines that are set in.
            (None, Some(last)) if line.starts_with([' ', '\t']) && !line.trim().is_empty() => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => {}
        }
    }
    steps
}

/// The first heading of the text.
pub(crate) fn first_heading(body: &str) -> Option<&str> {
    headings(body).next().map(|(_, line, _)| title(line)).filter(|title| !title.is_empty())
}

fn numbered(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).filter(|_| (1..=3).contains(&digits))?;
    rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))
}

fn headings(body: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let (mut at, mut fence) = (0, None::<&str>);
    body.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let shown = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| shown.starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            _ => {}
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = fence.is_none() && (1..=6).contains(&level) && line.as_bytes().get(level) == Some(&b' ');
        is_heading.then_some((start, line, level))
    })
}

fn title(line: &str) -> &str {
    line.trim().trim_matches('#').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "# Import stalls\n\n## Issue\nIt stalls.\n### When\nAt noon.\n```\n## Cause\nin code\n```\n## workaround\n1. Stop it\n   at once\n2) Start it\nText between.\n10. Wait\n\n## Cause\nA lock.";

    #[test]
    fn a_section_ends_at_the_next_heading_of_its_level_and_code_has_no_headings() {
        assert_eq!(of(BODY, Section::Issue).unwrap(), "It stalls.\n### When\nAt noon.\n```\n## Cause\nin code\n```");
        assert_eq!(of(BODY, Section::Cause), Some("A lock."));
        assert_eq!(of(BODY, Section::Resolution), None);
        assert_eq!(first_heading(BODY), Some("Import stalls"));
    }

    #[test]
    fn steps_are_the_numbered_items_each_on_one_line() {
        let workaround = of(BODY, Section::Workaround).unwrap();
        assert_eq!(steps(workaround), ["Stop it at once", "Start it", "Wait"]);
        assert!(steps("2026. was a year\n- no number\njust words").is_empty());
    }

    #[test]
    fn another_text_takes_the_place_of_a_section_and_leaves_every_other_as_it_is() {
        let changed = with(BODY, Section::Issue, "It hangs.\n");
        assert_eq!(of(&changed, Section::Issue), Some("It hangs."));
        assert_eq!(of(&changed, Section::Cause), Some("A lock."));
        assert_eq!(of(&changed, Section::Workaround), of(BODY, Section::Workaround));
        assert!(changed.starts_with("# Import stalls\n\n## Issue\nIt hangs.\n\n## workaround\n"));
        let last = with(BODY, Section::Cause, "Two locks.");
        assert!(last.ends_with("## Cause\nTwo locks.\n"), "{last}");
        let added = with("text", Section::Resolution, "Do this.");
        assert_eq!(added, "text\n\n## Resolution\nDo this.\n");
        assert_eq!(with("", Section::Issue, ""), "## Issue\n");
    }
}
