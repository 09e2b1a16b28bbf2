-- Indexes only: what was chosen for figures lies among the preferences.
INSERT INTO preference (key, value) VALUES ('tiers', '{"said":{"Platform":"l3"},"rule":{"issue":true,"group":true,"engineer":false}}');
