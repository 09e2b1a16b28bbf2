use super::*;
use std::cell::Cell;
use std::fmt::Write;

const FILE: &str = "\
# Made from zendesk:4711
id: import-stalls
title: Import stalls at row 4096
known_error: KE-12
ticket: zendesk:4711
state: enabled
products: [Harbor]
versions: ['>=5.2 <5.4']
fields:
  priority: [P1, High]
looks_for:
  - signatures: [7f3k-9q2m]
  - phrases: [import stalls, row 4096, never given back]
    at_least: 2
  - regex: ['lock .{0,40} never given back']
";

fn never() -> bool {
    false
}

fn rule(text: &str) -> Rule {
    Rule::read("rules/a.yml", text).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"))
}

/// A rule that looks for one regex.
fn with_regex(pattern: &str) -> Result<Rule, Vec<Mistake>> {
    Rule::read("rules/a.yml", &format!("title: x\nticket: T-1\nlooks_for:\n  - regex: ['{pattern}']\n"))
}

/// The one thing that is wrong.
fn wrong(text: &str) -> String {
    let wrong = Rule::read("rules/a.yml", text).unwrap_err();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    wrong[0].to_string()
}

fn fits(rule: &Rule, text: &str) -> bool {
    let fields = [(RuleField::Priority, "high")];
    matches!(rule.fits(&Incoming::new(text, About { fields: &fields, ..About::default() }), &never), Fit::Fits(_))
}

#[test]
fn any_look_is_enough_and_everything_in_it_has_to_hold() {
    let rule = rule(FILE);
    assert_eq!((rule.id.as_str(), rule.state, rule.looks.len()), ("import-stalls", RuleState::Enabled, 3));
    assert!(fits(&rule, "The Import\nstalls at row 4096."));
    assert!(fits(&rule, "a lock of the importer was never given back"));
    assert!(!fits(&rule, "The import stalls at row 40961."));
    let fields = [(RuleField::Priority, "P1")];
    let codes = ["7F3K-9Q2M".to_owned()];
    let ticket = Incoming::new("nothing else", About { signatures: &codes, fields: &fields, ..About::default() });
    assert_eq!(rule.fits(&ticket, &never), Fit::Fits(vec![Found::Signature("7F3K-9Q2M".into())]));
}

#[test]
fn what_a_ticket_does_not_tell_rules_nothing_out_and_a_field_has_to_be_there() {
    let rule = rule(FILE);
    let text = "import stalls, row 4096";
    let fields = [(RuleField::Tag, "x"), (RuleField::Priority, "p1")];
    let asked = |product, versions: &[&str], fields: &[(RuleField, &str)]| {
        let versions: Vec<String> = versions.iter().map(|&version| version.into()).collect();
        let ticket = Incoming::new(text, About { product, versions: &versions, fields, ..About::default() });
        matches!(rule.fits(&ticket, &never), Fit::Fits(_))
    };
    assert!(asked(None, &[], &fields) && asked(Some("harbor"), &["5.1", "5.3.2"], &fields));
    assert!(!asked(Some("Quay"), &[], &fields));
    assert!(!asked(None, &["5.4"], &fields));
    assert!(!asked(None, &[], &fields[..1]));
}

#[test]
fn a_pattern_that_nests_its_repetition_takes_linear_time() {
    let rule = with_regex("(a+)+$").unwrap();
    let looks = Cell::new(0);
    let count = || {
        looks.set(looks.get() + 1);
        false
    };
    let text = "a".repeat(Incoming::LONGEST - 1) + "b";
    assert_eq!(rule.fits(&Incoming::text(&text), &count), Fit::Not);
    // Each byte was looked at once.
    assert_eq!(looks.get(), Incoming::LONGEST / 128);
}

#[test]
fn a_pattern_that_repeats_a_million_times_is_refused_with_its_place() {
    for pattern in ["a{1000000}", "(a{1000}){1000}", r"(\pL{1000}){50}", "((a{0,1000}){0,1000}){1,1000}b"] {
        let said = with_regex(pattern).unwrap_err()[0].to_string();
        assert!(said.starts_with("line 4, column 13: the pattern unfolds to more than 1 MB"), "{pattern}: {said}");
    }
}

#[test]
fn an_empty_pattern_and_one_that_takes_nothing_are_refused() {
    let said = |pattern: &str| with_regex(pattern).unwrap_err()[0].to_string();
    assert_eq!(said(""), "line 4, column 13: regex holds something empty; write it, or take it away");
    for pattern in [".*", "a*", "(x|)", "^", r"\b", "a{0}", "(?i)"] {
        assert!(
            said(pattern).starts_with("line 4, column 13: the pattern is in every ticket"),
            "{pattern}: {}",
            said(pattern)
        );
    }
}

#[test]
fn a_pattern_that_is_none_is_refused_with_the_character_that_is_wrong() {
    let said = |pattern: &str| with_regex(pattern).unwrap_err()[0].to_string();
    assert_eq!(
        said("row [0-9"),
        "line 4, column 13: the pattern cannot be read at its character 5: unclosed character class"
    );
    assert!(said("(?<=a)b").contains("character 1: look-around"), "{}", said("(?<=a)b"));
    assert!(said(r"(a)\1").contains("character 4: backreferences are not supported"), "{}", said(r"(a)\1"));
    assert!(said(&"(".repeat(5000)).contains("longer than 4096 bytes"));
    assert!(
        said(&("(".repeat(2000) + "a" + &")".repeat(2000))).contains("nest"),
        "{}",
        said(&("(".repeat(2000) + "a" + &")".repeat(2000)))
    );
}

#[test]
fn a_rule_that_takes_too_long_is_left_in_the_middle_of_a_ticket() {
    // Nearly every byte makes a new state of it.
    let rule = with_regex("(a|b)*a(a|b){200}c").unwrap();
    let text: String =
        (0..50_000u32).map(|at| if at.wrapping_mul(2_654_435_761) >> 31 == 0 { 'a' } else { 'b' }).collect();
    let left = Cell::new(3);
    let soon = || {
        left.set(left.get() - 1);
        left.get() == 0
    };
    assert_eq!(rule.fits(&Incoming::text(&text), &soon), Fit::TooSlow);
    assert_eq!(left.get(), 0);
}

#[test]
fn a_pattern_looks_at_letters_of_every_script_and_at_both_ends() {
    let found = |pattern: &str, text: &str| {
        let rule = with_regex(pattern).unwrap();
        matches!(rule.fits(&Incoming::text(text), &never), Fit::Fits(_))
    };
    assert!(found("(?i)GRÖSSE", "die grösse"));
    assert!(found(r"\bport \d+\b", "Größe: port 80") && !found(r"\bport\b", "import"));
    assert!(found("end$", "the end") && !found("end$", "the end.") && found("(?m)^two$", "one\ntwo\nthree"));
    assert!(found("接続.{0,5}切れる", "この接続が切れる"));
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place_in_the_order_of_the_file() {
    let text = "\
title: ''
state: on
versions: [5.2, trunk]
fields: { priority: [] }
looks_for:
  - signatures: [7F3K-9Q2]
  - phrases: [one, '--']
    at_least: 3
  - {}
  - regex: ['(']
";
    let told: Vec<String> = Rule::read("rules/a b.yml", text).unwrap_err().iter().map(Mistake::to_string).collect();
    let starts = [
        "\"a b\" cannot be an id",
        "it names neither a known_error nor a ticket",
        "line 1, column 8: title holds something empty",
        "line 2, column 8: state cannot be \"on\": it is draft, enabled, muted",
        "line 3, column 17: \"trunk\" is no version",
        "line 4, column 21: priority has no value",
        "line 6, column 18: \"7F3K-9Q2\" is no signature",
        "line 7, column 20: a phrase without a letter",
        "line 8, column 15: at_least is 3, of 2 phrases",
        "line 9, column 5: this looks for nothing",
        "line 10, column 13: the pattern cannot be read at its character 1: unclosed group",
    ];
    assert_eq!(told.len(), starts.len(), "{told:#?}");
    for (told, start) in told.iter().zip(starts) {
        assert!(told.starts_with(start), "{told}\ninstead of {start}");
    }
}

#[test]
fn a_name_that_is_not_known_and_what_is_no_yaml_are_told_with_their_place() {
    let said = wrong("title: x\nticket: T-1\nlooks_for:\n  - phrase: [x]\n");
    assert!(said.starts_with("line 4, column 5: this cannot be read: unknown field"), "{said}");
    let said = wrong("title: x\nfields: { status: [open] }\n");
    assert!(said.starts_with("line 2, column 11: this cannot be read: unknown field"), "{said}");
    let said = wrong("title: x\nlooks_for: [\n");
    assert!(said.starts_with("line ") && said.contains("this cannot be read"), "{said}");
    assert!(wrong("title: [x]\n").starts_with("line 1, column 8: this cannot be read"), "{}", wrong("title: [x]\n"));
    assert!(
        wrong("title: x\nticket: T\nid: \"a\\n\\e[1mb\"\nlooks_for: [{phrases: [x]}]\n")
            .contains("\"a  [1mb\" cannot be an id")
    );
    assert!(wrong("").starts_with("the file is empty"));
    assert!(wrong("- a\n- b\n").contains("this cannot be read"));
    assert!(wrong(&"#".repeat(70_000)).starts_with("the file is longer than 64 KB"));
}

#[test]
fn aliases_depth_and_documents_without_end_are_refused() {
    let mut bomb = String::from("title: x\nnote: &a [x, x, x, x, x, x, x, x, x]\n");
    for letter in b'b'..b'k' {
        let before = char::from(letter - 1);
        let _ = writeln!(
            bomb,
            "{}: &{} [{}]",
            char::from(letter),
            char::from(letter),
            vec![format!("*{before}"); 9].join(", ")
        );
    }
    let deep = format!("title: {}", "[".repeat(30_000));
    let deep_lines = (0..2_000).fold(String::new(), |text, level| text + &" ".repeat(level % 30) + "- \n");
    let merged = "title: x\nbase: &b {p: 1}\nlooks_for: [{<<: *b}]\n".to_owned();
    let documents = "---\ntitle: x\n".repeat(3_000);
    let many = format!("title: x\nproducts: [{}]\n", "a, ".repeat(5_000));
    for text in [bomb, deep, deep_lines, merged, documents, many] {
        let told = Rule::read("rules/a.yml", &text).unwrap_err();
        assert!(told[0].what.starts_with("this cannot be read"), "{told:?}");
    }
    let words =
        Rule::read("rules/a.yml", &format!("title: x\nticket: T\nlooks_for: [{{phrases: [{}]}}]", "abc, ".repeat(65)))
            .unwrap_err();
    assert!(words[0].what.starts_with("phrases holds more than 64"), "{words:?}");
}

#[test]
fn enabling_a_rule_does_not_make_another_one_of_it() {
    let draft = rule(&FILE.replace("enabled", "draft"));
    assert_eq!(rule(FILE).hash, draft.hash);
    assert_eq!(rule(&FILE.replace('\n', "\r\n")).hash, draft.hash);
    assert_ne!(rule(&FILE.replace("4096", "4097")).hash, draft.hash);
}

#[test]
fn the_patterns_of_a_rule_share_one_bound() {
    let one = r"'\w{15}'";
    let looks =
        |count: usize| format!("title: x\nticket: T\nlooks_for:\n  - regex: [{}]\n", vec![one; count].join(", "));
    rule(&looks(1));
    let told = Rule::read("rules/a.yml", &looks(60)).unwrap_err();
    assert!(told[0].what.starts_with("the pattern and those before it unfold"), "{told:?}");
}

#[test]
fn what_is_written_about_rules_is_what_is_read() {
    let blocks =
        |text: &'static str| text.split("```").skip(1).step_by(2).map(|block| block.trim_start_matches("yaml"));
    let docs = include_str!("../../../../../docs/RULES.md");
    assert_eq!(blocks(docs).map(|block| rule(block).looks.len()).collect::<Vec<_>>(), [3, 0]);
    let readme = include_str!("../shelf/README.md");
    assert_eq!(
        blocks(readme)
            .filter(|block| block.contains("looks_for") || block.contains("triage"))
            .map(|block| rule(block).looks.len())
            .collect::<Vec<_>>(),
        [3, 0]
    );
    let schema: serde_json::Value = serde_json::from_str(crate::shelf::RULE_SCHEMA).unwrap();
    let names =
        |place: &str| -> Vec<String> { schema.pointer(place).unwrap().as_object().unwrap().keys().cloned().collect() };
    let known = |text: String| {
        let told = Rule::read("rules/a.yml", &text).unwrap_err();
        assert!(!told.iter().any(|told| told.what.contains("unknown field")), "{told:?}");
    };
    names("/properties").into_iter().for_each(|name| known(format!("{name}:\n")));
    names("/properties/fields/properties").into_iter().for_each(|name| known(format!("fields: {{{name}: []}}\n")));
    let of_a_look = names("/properties/looks_for/items/properties");
    of_a_look.into_iter().for_each(|name| known(format!("looks_for: [{{{name}: }}]\n")));
    names("/properties/triage/properties").into_iter().for_each(|name| known(format!("triage: {{{name}: }}\n")));
    let documented = ["/properties", "/properties/looks_for/items/properties", "/properties/triage/properties"];
    let documented = documented.into_iter().flat_map(names);
    documented.for_each(|name| assert!(docs.contains(&format!("`{name}`")), "{name} is not in docs/RULES.md"));
}

const TRIAGE: &str = "\
title: Nodes without memory
triage:
  lane: critical
  labels: [oom]
  queue: Broker team
  came_before: 3
fields:
  priority: [Blocker]
";

#[test]
fn a_rule_that_sorts_needs_no_case_and_may_go_by_fields_alone() {
    let rule = rule(TRIAGE);
    let triage = rule.triage.clone().unwrap();
    assert_eq!(
        (triage.lane, triage.came_before, triage.queue.as_deref()),
        (Some(Lane::Critical), Some((3, 30)), Some("Broker team"))
    );
    let with = |priority| {
        let fields = [(RuleField::Priority, priority)];
        let ticket = Incoming::new("anything", About { fields: &fields, ..About::default() });
        (rule.fits(&ticket, &never), rule.fields_of(&ticket))
    };
    assert_eq!(with("blocker"), (Fit::Fits(Vec::new()), vec![Found::Field("priority: blocker".into())]));
    assert_eq!(with("minor"), (Fit::Not, Vec::new()));
}

#[test]
fn a_rule_that_sorts_says_what_is_wrong_with_it() {
    let without = TRIAGE.replace("fields:\n  priority: [Blocker]\n", "").replace("  came_before: 3\n", "");
    assert!(
        wrong(&without).starts_with("it asks for nothing, and every ticket would be sorted"),
        "{}",
        wrong(&without)
    );
    let idle = TRIAGE.replace("  lane: critical\n  labels: [oom]\n  queue: Broker team\n", "");
    assert!(wrong(&idle).starts_with("its triage suggests nothing"), "{}", wrong(&idle));
    let strange = TRIAGE.replace("critical", "urgent");
    let said = wrong(&strange);
    assert_eq!(
        said,
        "line 3, column 9: lane cannot be \"urgent\": it is critical, known_error, repetitive, low_priority"
    );
    let never = TRIAGE.replace("came_before: 3", "came_before: 0");
    assert!(wrong(&never).contains("came_before is 0"), "{}", wrong(&never));
    let both = TRIAGE.replace("title:", "known_error: KE-1\ntitle:");
    assert!(wrong(&both).starts_with("it looks for nothing"), "{}", wrong(&both));
}
