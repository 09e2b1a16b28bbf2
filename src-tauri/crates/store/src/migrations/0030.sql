-- Version 30: what ties a ticket to others, where its source keeps that apart from it: links, JSON.

ALTER TABLE ticket ADD COLUMN tied TEXT;
