-- An editor may decide by answering the notice of an item. Her word holds for what the notice showed, so a notice knows
-- the revision of its item.
ALTER TABLE outbox ADD COLUMN item_revision BIGINT;

-- A decision of which the other editors have not been told. It waits a little, so that one that is taken back at once makes
-- no noise.
CREATE TABLE untold_decision (
    item_id BIGINT PRIMARY KEY REFERENCES item (item_id),
    -- Of the first such decision, and of the last.
    since BIGINT NOT NULL,
    at BIGINT NOT NULL
);

-- Which reader asked that an address of hers be confirmed: the mail goes with her when she is erased. It is no mail to a
-- subscription, for until then the address may be anybody's.
ALTER TABLE outbox ADD COLUMN asked_by BIGINT;
