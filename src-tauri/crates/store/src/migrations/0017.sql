-- Version 17: cases that somebody practised on. Private to whoever works here: it is in no figure, report or bundle.

CREATE TABLE training_attempt (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  -- `source:id` of the case.
  ticket TEXT NOT NULL,
  -- What they took it for; NULL for something new.
  choice TEXT,
  correct INTEGER NOT NULL,
  -- What they would have done, in their own words.
  said TEXT NOT NULL
) STRICT;

CREATE INDEX training_attempt_ticket ON training_attempt (ticket, id);
