//! The programme by which a team comes to escalate less: four phases with their steps, what was ticked of them, and what
//! people told of their work. The steps are ticked in plain Markdown, as a team would keep such a list without us.

use std::collections::{BTreeMap, BTreeSet};

pub struct Phase {
    pub title: &'static str,
    pub steps: &'static [Step],
}

pub struct Step {
    pub name: &'static str,
    /// As it stands in the team's file.
    pub title: &'static str,
    /// What is counted of it, and from how many on it is done; `None` where nobody but people can tell.
    pub counts: Option<(&'static str, u64)>,
}

const fn counted(name: &'static str, title: &'static str, what: &'static str, need: u64) -> Step {
    Step { name, title, counts: Some((what, need)) }
}

const fn told(name: &'static str, title: &'static str) -> Step {
    Step { name, title, counts: None }
}

pub const PHASES: [Phase; 4] = [
    Phase {
        title: "Know where you are",
        steps: &[
            counted("baseline", "Measure current escalation rates and costs", "baseline frozen", 1),
            counted(
                "interviews",
                "Interview support and engineering about pain points",
                "sides heard (support, engineering)",
                2,
            ),
            counted("reasons", "Identify the most common escalation reasons", "hand-overs with a reason", 10),
            told("gaps", "Assess current tools and gaps"),
        ],
    },
    Phase {
        title: "Write down what is known",
        steps: &[
            counted("known_errors", "Document known issues and workarounds", "known errors in the team’s folder", 20),
            counted("knowledge", "Build a searchable knowledge base", "articles in the team’s folder", 10),
            counted("guidelines", "Create escalation guidelines and templates", "guideline for escalating", 1),
            counted(
                "concepts",
                "Train support on the technical concepts behind common issue types",
                "concept notes",
                10,
            ),
        ],
    },
    Phase {
        title: "Give support what engineers use",
        steps: &[
            counted("diagnostics", "Implement session replay and diagnostics", "tickets’ files of evidence", 1),
            counted(
                "connected",
                "Connect support tools to code and telemetry data",
                "connected (helpdesk, code, telemetry)",
                3,
            ),
            counted("triage", "Build automated triage workflows", "triage rule enabled", 1),
            counted("self_service", "Enable support self-service for common fixes", "runbooks", 5),
        ],
    },
    Phase {
        title: "Keep getting better",
        steps: &[
            counted("refine", "Refine triage rules based on data", "things that people said of triage rules", 10),
            counted(
                "expand",
                "Expand support capabilities systematically",
                "more issue types handled than in the baseline",
                1,
            ),
            counted("institutional", "Build institutional knowledge into systems", "folder shared with the team", 1),
            counted("targets", "Continue reducing engineering involvement over time", "targets met", 3),
        ],
    },
];

pub fn step(name: &str) -> Option<&'static Step> {
    PHASES.iter().flat_map(|phase| phase.steps).find(|step| step.name == name)
}

const HEADING: &str = "# Programme";

/// A line of the list: its box, and what stands behind it.
fn item(line: &str) -> Option<(bool, &str)> {
    let rest = line.trim_start().strip_prefix(['-', '*', '+'])?.trim_start().strip_prefix('[')?;
    let (mark, rest) = rest.split_once(']')?;
    let ticked = match mark {
        "x" | "X" => true,
        " " | "" => false,
        _ => return None,
    };
    Some((ticked, rest.trim()))
}

/// The titles that are ticked in a team's list.
pub fn ticked(text: &str) -> BTreeSet<String> {
    text.lines().filter_map(item).filter(|(ticked, _)| *ticked).map(|(_, title)| title.to_owned()).collect()
}

/// The list with one of its boxes changed, and every other byte as it was; a list that has no such step gets it.
pub fn tick(text: &str, title: &str, done: bool) -> String {
    let mut found = false;
    let mut out = String::with_capacity(text.len() + title.len());
    for line in text.split_inclusive('\n') {
        match (item(line), line.split_once('['), line.split_once(']')) {
            (Some((_, of)), Some((before, _)), Some((_, after))) if of == title => {
                found = true;
                out.push_str(&format!("{before}[{}]{after}", if done { 'x' } else { ' ' }));
            }
            _ => out.push_str(line),
        }
    }
    if !found {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&format!("- [{}] {title}\n", if done { 'x' } else { ' ' }));
    }
    out
}

/// The whole list, for a team that has none yet.
pub fn list(ticked: &BTreeSet<String>) -> String {
    let mut out = format!("{HEADING}\n");
    for phase in &PHASES {
        out.push_str(&format!("\n## {}\n\n", phase.title));
        for step in phase.steps {
            out.push_str(&format!("- [{}] {}\n", if ticked.contains(step.title) { 'x' } else { ' ' }, step.title));
        }
    }
    out
}

/// How often somebody meets it, in times a month.
pub const OFTEN: [(&str, u32); 4] = [("daily", 20), ("weekly", 4), ("monthly", 1), ("rarely", 0)];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pain {
    pub pain: String,
    pub people: u64,
    /// Times a month, of all of them together.
    pub monthly: u32,
}

/// The same pain in other letters is the same; what most people named first.
pub fn pareto<'a>(told: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Pain> {
    let mut of: BTreeMap<String, Pain> = BTreeMap::new();
    for (pain, often) in told {
        let words = pain.split_whitespace().collect::<Vec<_>>().join(" ");
        let monthly = OFTEN.iter().find(|(name, _)| *name == often).map_or(0, |(_, times)| *times);
        let key = words.to_lowercase().trim_end_matches('.').to_owned();
        let one = of.entry(key).or_insert_with(|| Pain { pain: words, people: 0, monthly: 0 });
        one.people += 1;
        one.monthly += monthly;
    }
    let mut pains: Vec<Pain> = of.into_values().collect();
    pains.sort_by(|a, b| b.people.cmp(&a.people).then(b.monthly.cmp(&a.monthly)).then_with(|| a.pain.cmp(&b.pain)));
    pains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_phases_of_four_steps_and_no_two_the_same() {
        let steps: Vec<&Step> = PHASES.iter().flat_map(|phase| phase.steps).collect();
        assert_eq!((PHASES.len(), steps.len()), (4, 16));
        assert_eq!(steps.iter().map(|step| step.name).collect::<BTreeSet<_>>().len(), 16);
        assert_eq!(steps.iter().map(|step| step.title).collect::<BTreeSet<_>>().len(), 16);
    }

    #[test]
    fn a_box_changes_and_every_other_byte_of_the_teams_list_stays() {
        let own = "# Ours\r\n\r\n* [ ] Buy cake\r\n\t- [X] Assess current tools and gaps \nnot [ ] a box";
        assert_eq!(ticked(own).into_iter().collect::<Vec<_>>(), ["Assess current tools and gaps"]);
        let off = tick(own, "Assess current tools and gaps", false);
        assert_eq!(off, own.replace("[X]", "[ ]"));
        let more = tick(own, "Refine triage rules based on data", true);
        assert_eq!(more, format!("{own}\n- [x] Refine triage rules based on data\n"));
        let title = PHASES[1].steps[0].title;
        let whole = list(&BTreeSet::from([title.to_owned()]));
        assert_eq!(ticked(&whole), BTreeSet::from([title.to_owned()]));
        assert_eq!(tick(&whole, title, false), list(&BTreeSet::new()));
        assert_eq!(tick(&tick(&whole, title, false), title, true), whole);
    }

    #[test]
    fn what_most_people_named_comes_first() {
        let told = [("No logs", "weekly"), ("No access.", "daily"), ("no  LOGS", "rarely"), ("Slow", "monthly")];
        let pains = pareto(told.into_iter());
        let shown: Vec<_> = pains.iter().map(|one| (one.pain.as_str(), one.people, one.monthly)).collect();
        assert_eq!(shown, [("No logs", 2, 4), ("No access.", 1, 20), ("Slow", 1, 1)]);
    }
}
