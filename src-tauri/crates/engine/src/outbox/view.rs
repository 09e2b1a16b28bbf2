//! A row of the outbox as hosts see it.

use super::{Counts, conflict};
use crate::{
    api::view::{OutboxItem, RedactedCount, SourceFailureView},
    error::hint_of,
};
use store::{OutboxDraft, OutboxState};

/// Stands for everything that leaves: another letter in it, or another place that it goes to, is another seal.
pub(crate) fn seal(draft: &OutboxDraft) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [&draft.method, &draft.host, &draft.path, &draft.payload] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(16).collect()
}

pub(super) fn counted(counts: &Counts) -> String {
    let counts: Vec<_> = counts.iter().collect();
    serde_json::to_string(&counts).unwrap_or_default()
}

pub(super) fn item(item: store::OutboxItem) -> OutboxItem {
    use OutboxState::{Conflict, Draft, Failed, Pending, Sending, Unclear};
    let seal = seal(&item.draft);
    let conflict = conflict::view(&item).filter(|_| item.state == Conflict);
    let text = without_mark(&item.draft.body, &item.draft.mark);
    let failure = item.failure.map(|(code, message)| SourceFailureView {
        hint: hint(&code).map(str::to_owned),
        code,
        message,
        at: item.attempt_at.unwrap_or(item.made_at).0,
    });
    // Of one whose text was deleted with its case only the fact is left.
    let whole = !item.draft.payload.is_empty();
    let redacted: Vec<(String, u64)> = serde_json::from_str(&item.draft.redacted).unwrap_or_default();
    let OutboxDraft { source, kind, on, about, host, method, path, payload, title, body, by, mark, .. } = item.draft;
    OutboxItem {
        id: item.id,
        source: source.to_string(),
        kind,
        on,
        about,
        to: format!("{host}{path}"),
        method,
        payload,
        seal,
        mark,
        title,
        text,
        body,
        conflict,
        redacted: redacted.into_iter().map(|(kind, count)| RedactedCount { kind, count }).collect(),
        state: item.state.as_str().into(),
        made_by: by,
        made_at: item.made_at.0,
        sent_by: item.sent_by,
        clicked_at: item.clicked_at.map(|at| at.0),
        may_be_there: item.may_be_there,
        attempts: item.attempts,
        attempt_at: item.attempt_at.map(|at| at.0),
        not_before: item.not_before.map(|at| at.0),
        failure,
        done_at: item.done_at.map(|at| at.0),
        remote_id: item.remote_id,
        url: item.remote_url,
        can_send: whole && matches!(item.state, Draft | Pending | Sending | Failed | Unclear | Conflict),
        can_drop: matches!(item.state, Draft | Failed | Unclear | Conflict)
            || (item.state == Pending && !item.may_be_there),
    }
}

/// What somebody wrote, to be edited: the mark is put there anew.
fn without_mark(body: &str, mark: &str) -> String {
    let markup = body.strip_prefix("<div>").and_then(|body| body.strip_suffix("</div>"));
    let body = match markup {
        Some(html) => html.replace("<br>", "\n").replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<"),
        None => body.to_owned(),
    };
    let body = if markup.is_some() { body.replace("&amp;", "&") } else { body };
    let marks = [format!("[{mark}]"), format!("<!-- {mark} -->")];
    let text = marks.iter().find_map(|mark| body.trim_end().strip_suffix(mark.as_str()));
    text.unwrap_or(&body).trim_end().to_owned()
}

/// What to do next, where the same failure of a sync would say something else.
fn hint(code: &str) -> Option<&'static str> {
    Some(match code {
        "token_needed" | "token_refused" | "signed_out" | "access_denied" | "token_missing" => {
            "Give the source a token that may write, then send it again."
        }
        "outbox_conflict" => "Look at what changed: send it anyway, edit it, or drop it.",
        "not_there" => "Test the source; where the record is gone, drop this one.",
        "answer_unexpected" => "Nothing was written there. Write it anew as it is wanted, or drop it.",
        "name_unknown" | "unreachable" | "proxy_failed" => "It leaves by itself as soon as there is a network.",
        "rate_limited" => "It leaves by itself after that.",
        "timed_out" | "broken_off" | "server_trouble" | "answer_unreadable" | "not_settled" => {
            "Whether it arrived is asked before it is sent again."
        }
        code => return hint_of(code),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SourceName;

    #[test]
    fn what_is_edited_is_the_text_without_its_mark_as_each_kind_writes_it() {
        assert_eq!(without_mark("Seen.\n\n<!-- precedent-1 -->", "precedent-1"), "Seen.");
        assert_eq!(without_mark("Seen.\n\n[precedent-1]", "precedent-1"), "Seen.");
        let markup = "<div>a &lt;b&gt; &amp;amp;<br>c<br><br>[precedent-1]</div>";
        assert_eq!(without_mark(markup, "precedent-1"), "a <b> &amp;\nc");
    }

    #[test]
    fn another_letter_or_another_place_is_another_seal() {
        let draft = OutboxDraft {
            mark: "m".into(),
            source: SourceName::from_text("forge"),
            kind: "issue".into(),
            on: None,
            about: None,
            host: "h".into(),
            method: "POST".into(),
            path: "/ab".into(),
            payload: "c".into(),
            title: None,
            body: "b".into(),
            redacted: "[]".into(),
            by: "ann".into(),
            base: None,
        };
        let first = seal(&draft);
        assert_eq!(first, seal(&OutboxDraft { by: "ben".into(), ..draft.clone() }), "who wrote it does not leave");
        for other in [
            OutboxDraft { payload: "d".into(), ..draft.clone() },
            OutboxDraft { path: "/a".into(), payload: "bc".into(), ..draft.clone() },
            OutboxDraft { host: "i".into(), ..draft.clone() },
            OutboxDraft { method: "PUT".into(), ..draft },
        ] {
            assert_ne!(seal(&other), first);
        }
    }
}
