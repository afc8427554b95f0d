-- The archive is searched by words and the calendar asked by days, but both stand inside the JSON of an item; and what
-- was published can be corrected, dated and visible.

-- Everything readers see of an item, folded and between blanks; never empty once it is filled, so that rows from before
-- are found and filled when the program starts.
ALTER TABLE item ADD COLUMN words TEXT NOT NULL DEFAULT '';
-- The first and the last day that a calendar names, counted from the first of January of the year 1.
ALTER TABLE item ADD COLUMN first_day BIGINT;
ALTER TABLE item ADD COLUMN last_day BIGINT;

CREATE INDEX issue_item_item ON issue_item (item_id);

-- A correction of a published item. `told_in` is the issue whose readers are told of it, once that one is frozen.
CREATE TABLE correction (
    correction_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id BIGINT NOT NULL REFERENCES item (item_id),
    text TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL,
    told_in BIGINT REFERENCES issue (issue_id)
);

CREATE INDEX correction_item ON correction (item_id);
CREATE INDEX correction_untold ON correction (told_in);
