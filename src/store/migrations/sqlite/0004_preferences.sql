-- Readers choose how the bulletin comes to them: as plain text, after a pause, to a new address. What a delivery is
-- made of is fixed with its row, so that a repeat has the same bytes.

ALTER TABLE subscription ADD COLUMN plain_text INTEGER NOT NULL DEFAULT 0;
-- JSON; empty for none. It ends by itself, so nothing is chosen by it.
ALTER TABLE subscription ADD COLUMN pause TEXT NOT NULL DEFAULT '';

ALTER TABLE outbox ADD COLUMN plain_text INTEGER NOT NULL DEFAULT 0;

-- A reader's wish to get the bulletin at another address, until it is confirmed there. One per reader: a new wish takes
-- the place of the one before.
CREATE TABLE address_change (
    subscription_id INTEGER PRIMARY KEY REFERENCES subscription (subscription_id) ON DELETE CASCADE,
    public_id INTEGER NOT NULL UNIQUE,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    requested_at INTEGER NOT NULL
) STRICT;
