INSERT INTO source (id, name, kind, created_at, url, options, has_token) VALUES (2, 'issues', 'github', 1767607200000, 'https://api.github.com', '{"repo":"a/b"}', 1);
INSERT INTO request VALUES (1, 1767607200000, 'issues', 'api.github.com', 'GET', '/repos/a/b/issues', 'sync', 200, NULL, 512, 4096);
