INSERT INTO known_error (
  source_id, ext_id, title, state, cause, product, components, affected_versions, fix_versions, workaround,
  workaround_worked, workaround_tried, eta_at, eta_by, owner, error_text, url, concepts, audience, created_at, updated_at, hash)
VALUES (
  :source, :ext_id, :title, :state, :cause, :product, :components, :affected_versions, :fix_versions, :workaround,
  :worked, :tried, :eta_at, :eta_by, :owner, :error_text, :url, :concepts, :audience, :created_at, :updated_at, :hash)
ON CONFLICT (ext_id, source_id) DO UPDATE SET
  title = excluded.title, state = excluded.state, cause = excluded.cause, product = excluded.product,
  components = excluded.components, affected_versions = excluded.affected_versions, fix_versions = excluded.fix_versions,
  workaround = excluded.workaround, workaround_worked = excluded.workaround_worked,
  workaround_tried = excluded.workaround_tried, eta_at = excluded.eta_at, eta_by = excluded.eta_by,
  owner = excluded.owner, error_text = excluded.error_text, url = excluded.url,
  concepts = excluded.concepts, audience = excluded.audience, created_at = excluded.created_at,
  updated_at = excluded.updated_at, hash = excluded.hash
WHERE known_error.hash <> excluded.hash
RETURNING id
