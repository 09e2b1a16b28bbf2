//! Tiers of agents and of tags.

use super::*;

/// Two agents and two tags of the workspace, each at a tier of its own.
pub(super) fn marks(engine: &Engine) -> [Vec<Value>; 2] {
    let (mut agents, mut tags) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for row in engine.core.store.ticket_rows(&(1..400).collect::<Vec<_>>()).unwrap() {
        agents.extend(row.assignee);
    }
    for row in 1..400 {
        tags.extend(engine.core.store.ticket(row).unwrap().unwrap().ticket.tags);
    }
    let said = |names: std::collections::BTreeSet<String>| {
        let named = names.into_iter().zip(["l3", "l2"]).map(|(name, tier)| json!({ "name": name, "tier": tier }));
        named.collect::<Vec<_>>()
    };
    let both = [said(agents), said(tags)];
    assert!(both.iter().all(|said| said.len() == 2), "{both:?}");
    both
}

#[test]
fn an_agent_or_a_tag_says_the_tier_of_its_tickets_before_their_group_does() {
    let dir = tempfile::tempdir().unwrap();
    let engine = filled(dir.path());
    let [agents, tags] = marks(&engine);
    let count = |engine: &Arc<Engine>| {
        let told = call(engine, "figure_explain", json!({ "name": "engineering", "period": { "days": ALL } }));
        assert_eq!(told["sql_count"], told["figure"]["count"]);
        told["sql_count"].as_u64().unwrap()
    };
    let set = |agents: &[Value], tags: &[Value]| {
        let map =
            json!({ "groups": [], "agents": agents, "tags": tags, "issue": false, "group": true, "engineer": false });
        call(&engine, "tiers_set", map)
    };
    set(&[], &[]);
    let before = count(&engine);
    let view = set(&agents, &tags);
    assert_eq!((&view["agents"][0]["known"], &view["tags"][0]["known"]), (&json!(true), &json!(true)));
    assert!(view["words"].as_str().unwrap().contains("a tag of the third tier"), "{view}");
    let with = count(&engine);
    assert!(with > before, "{with} {before}");
    let nobody = json!([{ "name": "nobody\"'); --", "tier": "l3" }]);
    let view = set(nobody.as_array().unwrap(), &[]);
    assert_eq!(view["agents"][0]["known"], false);
    assert_eq!(count(&engine), before);
}
