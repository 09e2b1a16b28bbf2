INSERT INTO outbox (id, mark, source, kind, ext_id, about, host, method, path, payload, title, body, redacted, state, made_by, made_at,
  sent_by, clicked_at, may_be_there, attempts, base, conflict)
VALUES (2, 'precedent-8899aabbccddeeff', 'forge', 'comment', 'acme/ledger#8', 'forge:acme/ledger#8', 'api.github.com', 'POST',
  '/repos/acme/ledger/issues/8/comments', '{"body":"Once more."}', NULL, 'Once more.', '[]', 'conflict', 'ann', 1767607200000,
  'ann', 1767607260000, 0, 0, '{"subject":"Vouchers"}', '{"subject":"Vouchers again"}');
