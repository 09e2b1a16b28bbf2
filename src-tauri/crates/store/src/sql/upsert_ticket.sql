INSERT INTO ticket (
  source_id, ext_id, subject, body, body_format, status, priority, product, components, affected_versions, fix_versions,
  environment, requester, account, group_name, assignee, tags, created_at, updated_at, solved_at, resolution,
  resolution_class, merged_into, url, extra, service, csat, hash, deleted)
VALUES (
  :source, :ext_id, :subject, :body, :body_format, :status, :priority, :product, :components, :affected_versions,
  :fix_versions, :environment, :requester, :account, :group_name, :assignee, :tags, :created_at, :updated_at, :solved_at,
  :resolution, :resolution_class, :merged_into, :url, :extra, :service, :csat, :hash, 0)
ON CONFLICT (ext_id, source_id) DO UPDATE SET
  subject = excluded.subject, body = excluded.body, body_format = excluded.body_format, status = excluded.status,
  priority = excluded.priority, product = excluded.product, components = excluded.components,
  affected_versions = excluded.affected_versions, fix_versions = excluded.fix_versions,
  environment = excluded.environment, requester = excluded.requester, account = excluded.account,
  group_name = excluded.group_name, assignee = excluded.assignee, tags = excluded.tags,
  created_at = excluded.created_at, updated_at = excluded.updated_at, solved_at = excluded.solved_at,
  resolution = excluded.resolution, resolution_class = excluded.resolution_class,
  -- Who says only that it was a duplicate leaves standing what is known of where it went.
  merged_into = CASE WHEN excluded.resolution_class = 'duplicate' THEN coalesce(excluded.merged_into, ticket.merged_into) ELSE excluded.merged_into END,
  url = excluded.url, extra = excluded.extra, service = excluded.service, csat = excluded.csat, hash = excluded.hash, deleted = 0
RETURNING id
