INSERT INTO article (
  source_id, ext_id, display_id, title, body, resolution, product, components, confidence, audience, url, created_at, updated_at, hash)
VALUES (
  :source, :ext_id, :display_id, :title, :body, :resolution, :product, :components, :confidence, :audience, :url,
  coalesce(:created_at, :now), coalesce(:updated_at, :created_at, :now), :hash)
ON CONFLICT (ext_id, source_id) DO UPDATE SET
  display_id = excluded.display_id, title = excluded.title, body = excluded.body, resolution = excluded.resolution,
  product = excluded.product, components = excluded.components, confidence = excluded.confidence, audience = excluded.audience,
  url = excluded.url,
  created_at = coalesce(:created_at, article.created_at), updated_at = excluded.updated_at, hash = excluded.hash
WHERE article.hash <> excluded.hash
RETURNING id
