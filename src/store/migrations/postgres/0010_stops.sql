-- An editor who ended a subscription at the desk may have hit the wrong reader. What was before is kept, so that it can be
-- put back exactly; no longer once the reader has said herself that she leaves.
CREATE TABLE desk_stop (
    subscription_id BIGINT PRIMARY KEY REFERENCES subscription (subscription_id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    by_whom TEXT NOT NULL,
    -- The state of the subscription, as its own column `detail` has it.
    before TEXT NOT NULL
);
