-- Version 29: what ranking asks of hundreds of cases for each question stands behind their texts, and long texts are a chain
-- of pages that has to be walked to get there. Here it stands alone.
CREATE INDEX ticket_facts ON ticket (
  id, created_at, updated_at, product, components, status, resolution_class, solved_at, merged_into, source_id, ext_id, deleted
);
