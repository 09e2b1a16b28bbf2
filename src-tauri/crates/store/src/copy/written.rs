//! What of the database people wrote: small, and nowhere else.

/// What people wrote, as far as it can be lost and brought back separately. None of it names a row of another table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Links,
    Feedback,
    Preferences,
    /// How long tickets stay.
    Rules,
    /// What was handed to engineering, and what was answered.
    Escalations,
    /// How far they came, and when.
    States,
    /// What was found out about them.
    Evidence,
    /// Whose bundles are taken.
    Authors,
    /// What was sent, and what is to be.
    Outbox,
    /// What was tried, on which ticket.
    Steps,
    Flags,
    /// What need not be shown again.
    Aside,
    /// What people did.
    Deeds,
    /// What somebody practised on.
    Training,
    /// What led to what.
    Chain,
    /// Steps of the programme that were ticked.
    Ticks,
    Interviews,
    /// What always needs engineering.
    Always,
    /// What of a sample was right.
    Looked,
    /// Why tickets of which there is no package were escalated.
    Reasons,
    /// What was begun to be handed over.
    Drafts,
}

impl Written {
    pub const ALL: [Self; 21] = [
        Self::Links,
        Self::Feedback,
        Self::Preferences,
        Self::Rules,
        Self::Escalations,
        Self::States,
        Self::Evidence,
        Self::Authors,
        Self::Outbox,
        Self::Steps,
        Self::Flags,
        Self::Aside,
        Self::Deeds,
        Self::Training,
        Self::Chain,
        Self::Ticks,
        Self::Interviews,
        Self::Always,
        Self::Looked,
        Self::Reasons,
        Self::Drafts,
    ];

    /// Reads it, clears it, writes one row of it.
    pub(super) fn sql(self) -> [&'static str; 3] {
        match self {
            Self::Links => [
                "SELECT from_key, kind, to_key, origin, polarity, at FROM link WHERE origin = 'human' ORDER BY id",
                "DELETE FROM link WHERE origin = 'human'",
                "INSERT INTO link (from_key, kind, to_key, origin, polarity, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
            Self::Feedback => [
                "SELECT id, at, question, hit, verdict, undone_at FROM suggestion_event ORDER BY id",
                "DELETE FROM suggestion_event",
                "INSERT INTO suggestion_event (id, at, question, hit, verdict, undone_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
            Self::Preferences => [
                "SELECT key, value FROM preference ORDER BY key",
                "DELETE FROM preference",
                "INSERT INTO preference (key, value) VALUES (?1, ?2)",
            ],
            Self::Rules => [
                "SELECT days, group_name, product FROM retention ORDER BY id",
                "DELETE FROM retention",
                "INSERT INTO retention (days, group_name, product) VALUES (?1, ?2, ?3)",
            ],
            Self::Escalations => [
                "SELECT id, ticket_key, state, reason, target, title, package, markdown, filled, needed, signatures, repeat_of,
                   repeat_reason, author, epoch, created_at, updated_at, effort, answer, answered_at, answered_by
                 FROM escalation ORDER BY id",
                "DELETE FROM escalation",
                "INSERT INTO escalation (id, ticket_key, state, reason, target, title, package, markdown, filled, needed,
                   signatures, repeat_of, repeat_reason, author, epoch, created_at, updated_at, effort, answer, answered_at,
                   answered_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
            ],
            Self::States => [
                "SELECT id, escalation, at, state, filled, needed FROM escalation_state ORDER BY id",
                "DELETE FROM escalation_state",
                "INSERT INTO escalation_state (id, escalation, at, state, filled, needed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
            Self::Evidence => [
                "SELECT id, escalation, kind, body, at FROM evidence ORDER BY id",
                "DELETE FROM evidence",
                "INSERT INTO evidence (id, escalation, kind, body, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            ],
            Self::Authors => [
                "SELECT key, name, since FROM bundle_author ORDER BY key",
                "DELETE FROM bundle_author",
                "INSERT INTO bundle_author (key, name, since) VALUES (?1, ?2, ?3)",
            ],
            Self::Outbox => [
                "SELECT id, mark, source, kind, ext_id, about, host, method, path, payload, title, body, redacted, made_by,
                   state, made_at, sent_by, clicked_at, may_be_there, attempts, attempt_at, not_before, failed_code,
                   failed_words, done_at, remote_id, remote_url FROM outbox ORDER BY id",
                "DELETE FROM outbox",
                "INSERT INTO outbox (id, mark, source, kind, ext_id, about, host, method, path, payload, title, body, redacted,
                   made_by, state, made_at, sent_by, clicked_at, may_be_there, attempts, attempt_at, not_before, failed_code,
                   failed_words, done_at, remote_id, remote_url)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                   ?23, ?24, ?25, ?26, ?27)",
            ],
            Self::Steps => [
                "SELECT id, at, ticket, entry, step, said, outcome, version, undone_at FROM step_log ORDER BY id",
                "DELETE FROM step_log",
                "INSERT INTO step_log (id, at, ticket, entry, step, said, outcome, version, undone_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            ],
            Self::Flags => [
                "SELECT id, at, entry, said, ticket, settled_at FROM flag ORDER BY id",
                "DELETE FROM flag",
                "INSERT INTO flag (id, at, entry, said, ticket, settled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
            Self::Aside => [
                "SELECT item, why, at FROM set_aside ORDER BY item",
                "DELETE FROM set_aside",
                "INSERT INTO set_aside (item, why, at) VALUES (?1, ?2, ?3)",
            ],
            Self::Deeds => [
                "SELECT id, at, what, about, undo, undone_at FROM event_log ORDER BY id",
                "DELETE FROM event_log",
                "INSERT INTO event_log (id, at, what, about, undo, undone_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
            Self::Chain => [
                "SELECT id, ticket, cause, effect, at, undone_at FROM chain_link ORDER BY id",
                "DELETE FROM chain_link",
                "INSERT INTO chain_link (id, ticket, cause, effect, at, undone_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
            Self::Ticks => [
                "SELECT step, at FROM programme_tick ORDER BY step",
                "DELETE FROM programme_tick",
                "INSERT INTO programme_tick (step, at) VALUES (?1, ?2)",
            ],
            Self::Interviews => [
                "SELECT id, at, role, pain, often, tools, quote FROM interview_note ORDER BY id",
                "DELETE FROM interview_note",
                "INSERT INTO interview_note (id, at, role, pain, often, tools, quote) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            ],
            Self::Always => [
                "SELECT name, at FROM always_engineering ORDER BY name",
                "DELETE FROM always_engineering",
                "INSERT INTO always_engineering (name, at) VALUES (?1, ?2)",
            ],
            Self::Looked => [
                "SELECT kind, ticket, other, fits, at FROM looked_at ORDER BY kind, ticket, other",
                "DELETE FROM looked_at",
                "INSERT INTO looked_at (kind, ticket, other, fits, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            ],
            Self::Reasons => [
                "SELECT ticket, reason, at FROM ticket_reason ORDER BY ticket",
                "DELETE FROM ticket_reason",
                "INSERT INTO ticket_reason (ticket, reason, at) VALUES (?1, ?2, ?3)",
            ],
            Self::Drafts => [
                "SELECT ticket, body, at FROM escalation_draft ORDER BY ticket",
                "DELETE FROM escalation_draft",
                "INSERT INTO escalation_draft (ticket, body, at) VALUES (?1, ?2, ?3)",
            ],
            Self::Training => [
                "SELECT id, at, ticket, choice, correct, said FROM training_attempt ORDER BY id",
                "DELETE FROM training_attempt",
                "INSERT INTO training_attempt (id, at, ticket, choice, correct, said) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ],
        }
    }
}
