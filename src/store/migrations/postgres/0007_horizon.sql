-- Approval also freezes the picture of an issue's horizon, since mails that have gone out ask for it for years. Its name in
-- links is the SHA-256 of the drawing, which is known before anything is rasterised; the picture itself is a blob. Issues
-- frozen before have none.
ALTER TABLE issue ADD COLUMN horizon TEXT NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN horizon_png TEXT REFERENCES blob (sha256);
