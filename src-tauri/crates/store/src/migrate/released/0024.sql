UPDATE known_error SET concepts = '["locks"]' WHERE id = 1;
