-- Editors sign in by a mailed link, and a browser that has done so has a session that can be ended. Both end with
-- their editor.
CREATE TABLE sign_in (
    sign_in_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id BIGINT NOT NULL UNIQUE,
    editor_id BIGINT NOT NULL REFERENCES editor (editor_id) ON DELETE CASCADE,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE session (
    session_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id BIGINT NOT NULL UNIQUE,
    editor_id BIGINT NOT NULL REFERENCES editor (editor_id) ON DELETE CASCADE,
    -- SHA-256 of what the browser holds.
    cookie_hash TEXT NOT NULL UNIQUE,
    -- What the browser says of itself, shortened; for the person who ends one of several.
    browser TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX session_editor ON session (editor_id);
