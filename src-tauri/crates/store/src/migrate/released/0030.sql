UPDATE ticket SET tied = '[{"kind":"similar_to","to":"T-9"}]' WHERE id = 1;
