INSERT INTO fact_piece (piece, form, body) VALUES (0, 1, x'00');
