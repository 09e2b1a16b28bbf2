INSERT INTO outbox (id, mark, source, kind, ext_id, about, host, method, path, payload, title, body, redacted, state, made_by, made_at,
  sent_by, clicked_at, may_be_there, attempts, attempt_at, not_before, failed_code, failed_words, done_at, remote_id, remote_url)
VALUES (1, 'precedent-0011223344556677', 'forge', 'comment', 'acme/ledger#7', 'files:T-1', 'api.github.com', 'POST',
  '/repos/acme/ledger/issues/7/comments', '{"body":"Seen before."}', NULL, 'Seen before.', '[]', 'sent', 'ann', 1767607200000,
  'ann', 1767607260000, 1, 1, 1767607261000, NULL, NULL, NULL, 1767607262000, '99', 'https://github.com/acme/ledger/issues/7#c');
