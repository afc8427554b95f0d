-- The lists of the desk ask on every page what one person has sent, what was decided lately and what lies in quarantine;
-- and of a mail in quarantine an editor may say herself what it is.
CREATE INDEX item_contributor ON item (contributor_id);
CREATE INDEX item_message ON item (message_id);
CREATE INDEX item_revision_at ON item_revision (at);
CREATE INDEX message_quarantined ON message (publication_id, message_id) WHERE state = 'quarantined';

CREATE TABLE treatment (
    message_id INTEGER PRIMARY KEY REFERENCES message (message_id),
    -- Name of a kind of mail; empty when it was set aside.
    kind TEXT NOT NULL,
    -- Why it had been in quarantine.
    was_why TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
