-- Somebody may send what no editor wants to read. What comes from such an address later is kept in quarantine, and nobody is
-- told or answered; who decided that, and when, stands here until it is taken back.
CREATE TABLE blocked_sender (
    blocked_sender_id INTEGER PRIMARY KEY AUTOINCREMENT,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    -- What mail is compared by, as in the suppression list: it outlives an erasure.
    address_hash TEXT NOT NULL,
    -- As editors read it; empty once the person is erased.
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    UNIQUE (publication_id, address_hash)
) STRICT;

-- A mail in quarantine may be of any kind now: the one that it goes back to when an editor's word on it is taken back.
ALTER TABLE treatment ADD COLUMN was_kind TEXT NOT NULL DEFAULT 'unreadable';
