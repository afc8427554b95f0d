-- What an editor types on the page of an item is kept every few seconds until she saves or decides, and others see that
-- she is at it. A row of each for her: a draft is nobody's change of the item.
CREATE TABLE draft (
    item_id BIGINT NOT NULL REFERENCES item (item_id) ON DELETE CASCADE,
    editor_id BIGINT NOT NULL REFERENCES editor (editor_id) ON DELETE CASCADE,
    -- Of the item, as her page shows it.
    revision BIGINT NOT NULL,
    -- JSON: the fields that she changed; an empty list while she only looks.
    changes TEXT NOT NULL,
    -- When her page last said that it is open, and when there last was something typed.
    seen_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (item_id, editor_id)
);
