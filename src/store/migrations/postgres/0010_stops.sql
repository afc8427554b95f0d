-- An editor who ended a subscription at the desk may have hit the wrong reader. What was before is kept, so that it can be
-- put back exactly; no longer once the reader has said herself that she leaves.
CREATE TABLE desk_stop (
    subscription_id BIGINT PRIMARY KEY REFERENCES subscription (subscription_id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    by_whom TEXT NOT NULL,
    -- The state of the subscription, as its own column `detail` has it.
    before TEXT NOT NULL
);

-- Why a mail is in quarantine, as data: `why` says it in English, for programs. What was kept before is taken out of that
-- once.
ALTER TABLE message ADD COLUMN reason TEXT NOT NULL DEFAULT '';

UPDATE message SET reason = CASE
    WHEN why = 'the message is empty' THEN '{"why":"empty"}'
    WHEN why = 'the parser gave up on its structure' THEN '{"why":"damaged"}'
    WHEN why = 'there is no header and no text in it' THEN '{"why":"no_mail"}'
    WHEN why = 'reading it failed three times' THEN '{"why":"failed_thrice"}'
    WHEN why = 'erased at the person''s wish' THEN '{"why":"erased"}'
    WHEN why LIKE '% bytes: larger than %'
        THEN '{"why":"too_large","size":' || substring(why from '^([0-9]+)') || ',"limit":' || substring(why from 'larger than ([0-9]+)') || '}'
    WHEN why LIKE '% messages inside one another, more than %'
        THEN '{"why":"nested","messages":' || substring(why from '^([0-9]+)') || ',"most":' || substring(why from 'more than ([0-9]+)') || '}'
    ELSE '{"why":"unknown"}'
END
WHERE state = 'quarantined';
