-- An editor may decide by answering the notice of an item. Her word holds for what the notice showed, so a notice knows
-- the revision of its item.
ALTER TABLE outbox ADD COLUMN item_revision INTEGER;
