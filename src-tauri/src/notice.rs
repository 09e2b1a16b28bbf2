//! Tells through the system that a critical ticket came in: where the person asked for it, and while another window is in
//! front. Ids alone: a system keeps what it shows in places of its own, and shows it on a locked screen.

use engine::{
    Door,
    api::view::{CriticalTicket, Event},
};
use serde_json::{Value, json};
use std::sync::Arc;
use tauri::{AppHandle, Manager};

/// The preference that asks for it; the page writes it.
const ASKED: &str = "notices";
/// Ids that a notice has room for.
const ROOM: usize = 3;
/// Characters of an id: its source chose it.
const LONGEST: usize = 40;

pub fn hear(app: &AppHandle, event: &Event) {
    let Event::Triage { critical } = event else { return };
    let Some((title, body)) = words(critical) else { return };
    let app = app.clone();
    // The engine's thread, which does not wait for what the system answers.
    let told = std::thread::Builder::new().name("notice".into()).spawn(move || {
        let Some(door) = app.try_state::<Arc<Door>>() else { return };
        let in_front = app.webview_windows().values().any(|window| window.is_focused().unwrap_or_default());
        if in_front || !asked(&door) {
            return;
        }
        let mut notice = notify_rust::Notification::new();
        if let Err(cause) = notice.appname("Precedent").summary(&title).body(&body).show() {
            tracing::warn!("the system showed no notice: {cause}");
        }
    });
    _ = told.inspect_err(|cause| tracing::warn!("no notice was shown: {cause}"));
}

fn asked(door: &Door) -> bool {
    let kept = door.rpc("preferences_get", json!({})).unwrap_or_default();
    let is_it = |one: &&Value| one["key"] == ASKED;
    kept.as_array().into_iter().flatten().find(is_it).is_some_and(|one| one["value"] == "system")
}

fn words(critical: &[CriticalTicket]) -> Option<(String, String)> {
    let title = match critical.len() {
        0 => return None,
        1 => "A critical ticket came in".to_owned(),
        n => format!("{n} critical tickets came in"),
    };
    let mut ids: Vec<String> = critical.iter().take(ROOM).map(|one| plain(&one.display_id)).collect();
    if critical.len() > ROOM {
        ids.push("…".into());
    }
    Some((title, ids.join(", ")))
}

/// Some systems read what they show as markup.
fn plain(id: &str) -> String {
    let shown = id.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>();
    shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{options::Options, workspace};

    fn tickets(ids: &[&str]) -> Vec<CriticalTicket> {
        let one = |id: &&str| CriticalTicket {
            id: format!("crm:{id}"),
            display_id: (*id).into(),
            subject: "Ada cannot pay".into(),
            owner: Some("Ben".into()),
        };
        ids.iter().map(one).collect()
    }

    #[test]
    fn a_notice_names_tickets_by_their_ids_and_says_nothing_of_what_stands_in_them() {
        assert_eq!(words(&[]), None);
        assert_eq!(words(&tickets(&["A-1"])), Some(("A critical ticket came in".into(), "A-1".into())));
        let four = words(&tickets(&["A-1", "A-2", "A-3", "A-4"])).unwrap();
        assert_eq!(four, ("4 critical tickets came in".into(), "A-1, A-2, A-3, …".into()));
    }

    #[test]
    fn an_id_is_no_markup_and_never_fills_the_screen() {
        let (_, body) = words(&tickets(&["<a href=\"x\">1</a>\u{7}&", &"9".repeat(500)])).unwrap();
        assert_eq!(body, format!("&lt;a href=\"x\"&gt;1&lt;/a&gt;&amp;, {}", "9".repeat(LONGEST)));
    }

    #[test]
    fn nobody_is_told_through_the_system_who_did_not_ask_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("new");
        let key = engine::KeyFile::at(home.with_extension("key"));
        let door = workspace::open(Options { home, sample: false }, Arc::new(key), |_| {});
        assert!(!asked(&door));
        for (value, expected) in [("system", true), ("window", false)] {
            door.rpc("preference_set", json!({ "key": ASKED, "value": value })).unwrap();
            assert_eq!(asked(&door), expected);
        }
    }
}
