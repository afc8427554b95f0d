-- The first schema: everything the loop needs from the first mail to the last bounce.
-- Column types are INTEGER, TEXT and BLOB only; times are UTC milliseconds; states stand in a column of their
-- own and their details, where they have any, as JSON beside it. Ids that leave the house are `public_id`.

CREATE TABLE publication (
    publication_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    installed_at INTEGER NOT NULL
) STRICT;

-- What must outlive the process and belongs to nobody: the secret that signs tokens.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Bytes by their SHA-256, in chunks of at most 1 MiB.
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE blob_chunk (
    sha256 TEXT NOT NULL REFERENCES blob (sha256) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (sha256, number)
) STRICT;

-- Everything ever received. `state` is received, then understood, then routed or quarantined.
CREATE TABLE message (
    message_id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    source TEXT NOT NULL CHECK (source IN ('smtp', 'lmtp', 'imap', 'pipe')),
    sender TEXT,
    recipients TEXT NOT NULL DEFAULT '[]',
    received_at INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    bytes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'routed', 'quarantined')),
    kind TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',
    from_address TEXT NOT NULL DEFAULT '',
    from_name TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    header_message_id TEXT NOT NULL DEFAULT '',
    report TEXT NOT NULL DEFAULT '{}',
    tries INTEGER NOT NULL DEFAULT 0,
    outbox_id INTEGER,
    UNIQUE (publication_id, sha256)
) STRICT;

CREATE INDEX message_received ON message (message_id) WHERE state = 'received';
CREATE INDEX message_header_id ON message (header_message_id);

-- Our own record of what we have of an IMAP mailbox; never the \Seen flag.
CREATE TABLE imap_seen (
    mailbox TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    message_id INTEGER NOT NULL REFERENCES message (message_id),
    -- 0 all of it is ours, 1 and it was moved away, 2 only its head is ours and it stays.
    moved INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (mailbox, uid_validity, uid)
) STRICT;

CREATE TABLE editor (
    editor_id INTEGER PRIMARY KEY,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'lv',
    added_at INTEGER NOT NULL,
    UNIQUE (publication_id, address_key)
) STRICT;

CREATE TABLE contributor (
    contributor_id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    first_at INTEGER NOT NULL,
    reminders INTEGER NOT NULL DEFAULT 1,
    UNIQUE (publication_id, address_key)
) STRICT;

CREATE TABLE subscription (
    subscription_id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    -- SHA-256 of the key: what the suppression list knows an address by.
    address_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed', 'unsubscribed', 'suppressed')),
    detail TEXT NOT NULL,
    language TEXT NOT NULL,
    municipality TEXT NOT NULL DEFAULT '',
    confirmed_at INTEGER,
    changed_at INTEGER NOT NULL,
    UNIQUE (publication_id, address_key)
) STRICT;

CREATE INDEX subscription_hash ON subscription (address_hash);

CREATE TABLE consent (
    consent_id INTEGER PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES subscription (subscription_id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    act TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX consent_subscription ON consent (subscription_id);

-- Never mail this address again. Global: an address that does not exist exists for no publication.
CREATE TABLE suppression (
    address_hash TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

-- A suppression that was taken back: what it had been, by whom and why. Kept by the hash, since there need not be a
-- subscription.
CREATE TABLE lifted_suppression (
    lifted_suppression_id INTEGER PRIMARY KEY,
    address_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    suppressed_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    lifted_at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;

CREATE INDEX lifted_suppression_hash ON lifted_suppression (address_hash);

CREATE TABLE issue (
    issue_id INTEGER PRIMARY KEY,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    number INTEGER NOT NULL,
    running_number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK
        (state IN ('draft', 'ready', 'held', 'approved', 'sending', 'paused', 'sent', 'stopped')),
    detail TEXT NOT NULL,
    findings TEXT NOT NULL DEFAULT '[]',
    note TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    opened_at INTEGER NOT NULL,
    -- SHA-256 over the frozen content of all languages; empty until approval.
    content_hash TEXT NOT NULL DEFAULT '',
    audience INTEGER,
    queued_at INTEGER,
    sent_at INTEGER,
    UNIQUE (publication_id, year, number),
    UNIQUE (publication_id, running_number)
) STRICT;

-- What a reader of one language gets, frozen at approval, with slots for what is personal.
CREATE TABLE issue_content (
    issue_id INTEGER NOT NULL REFERENCES issue (issue_id),
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (issue_id, language)
) STRICT;

CREATE TABLE item (
    item_id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    message_id INTEGER REFERENCES message (message_id),
    contributor_id INTEGER REFERENCES contributor (contributor_id),
    -- The section stands in the content; what SQL must choose by stands here.
    state TEXT NOT NULL CHECK (state IN ('pending', 'asked', 'approved', 'rejected', 'postponed', 'planned',
        'published', 'merged', 'withdrawn')),
    detail TEXT NOT NULL,
    content TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    -- Came back from a postponement: stands on top of the queue.
    came_back INTEGER NOT NULL DEFAULT 0,
    received_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX item_state ON item (publication_id, state);

CREATE TABLE item_revision (
    item_id INTEGER NOT NULL REFERENCES item (item_id),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    channel TEXT NOT NULL,
    act TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (item_id, revision)
) STRICT;

-- An item in a draft or an issue, with its place and the last part of its page's address.
CREATE TABLE issue_item (
    issue_id INTEGER NOT NULL REFERENCES issue (issue_id),
    item_id INTEGER NOT NULL REFERENCES item (item_id),
    position INTEGER NOT NULL,
    section TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (issue_id, item_id),
    UNIQUE (issue_id, slug)
) STRICT;

-- An item about which the editors have had no notice, since its sender sent too much at once.
CREATE TABLE withheld_notice (
    item_id INTEGER PRIMARY KEY REFERENCES item (item_id),
    at INTEGER NOT NULL
) STRICT;

-- A message that answers something about an item.
CREATE TABLE item_reply (
    item_id INTEGER NOT NULL REFERENCES item (item_id),
    message_id INTEGER NOT NULL REFERENCES message (message_id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (item_id, message_id)
) STRICT;

CREATE TABLE letter (
    letter_id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    message_id INTEGER NOT NULL UNIQUE REFERENCES message (message_id),
    issue_id INTEGER REFERENCES issue (issue_id),
    subscription_id INTEGER,
    from_address TEXT NOT NULL,
    from_name TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'set_aside', 'made_item')),
    detail TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

-- Every mail that must leave: deliveries of an issue and single mails alike.
CREATE TABLE outbox (
    outbox_id INTEGER PRIMARY KEY,
    public_id INTEGER NOT NULL UNIQUE,
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    kind TEXT NOT NULL,
    -- 0 for single mails, 1 for an issue: single mails overtake.
    priority INTEGER NOT NULL,
    issue_id INTEGER REFERENCES issue (issue_id),
    subscription_id INTEGER,
    item_id INTEGER,
    letter_id INTEGER,
    recipient TEXT NOT NULL,
    recipient_hash TEXT NOT NULL,
    -- Of a single mail: the hash of the address without its tag. Caps count by it.
    mailbox_hash TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL,
    -- MAIL FROM of a single mail, empty for the null sender; a delivery's follows from its public_id.
    return_path TEXT NOT NULL DEFAULT '',
    -- The complete mail of a single mail; a delivery is spliced from the issue's content.
    mail BLOB,
    message_id TEXT NOT NULL,
    -- The Date header, fixed with the row, so that a repeat has the same bytes.
    dated_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK
        (state IN ('queued', 'sending', 'accepted', 'deferred', 'refused', 'uncertain', 'abandoned')),
    attempts INTEGER NOT NULL DEFAULT 0,
    uncertains INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- The life of the daemon that holds it, and till when.
    worker INTEGER,
    lease_until INTEGER,
    -- Where that daemon runs: whoever starts there later knows that it is gone.
    home TEXT NOT NULL DEFAULT '',
    -- While this is the same, what was written without being forced to disk still stands.
    life TEXT NOT NULL DEFAULT '',
    -- The marker before the final dot.
    dot_at INTEGER,
    reply TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    -- A report that came later.
    bounced_at INTEGER,
    bounce_class TEXT NOT NULL DEFAULT '',
    bounce_text TEXT NOT NULL DEFAULT '',
    UNIQUE (issue_id, subscription_id)
) STRICT;

-- The states stand here as literals: a full index over them would be walked by every change on PostgreSQL.
CREATE INDEX outbox_due_mail ON outbox (next_at, outbox_id)
    WHERE priority = 0 AND settled_at IS NULL AND state IN ('queued', 'deferred', 'uncertain');
CREATE INDEX outbox_due_delivery ON outbox (issue_id, next_at, outbox_id)
    WHERE priority = 1 AND settled_at IS NULL AND state IN ('queued', 'deferred', 'uncertain');
CREATE INDEX outbox_sending ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_open ON outbox (issue_id) WHERE settled_at IS NULL;
CREATE INDEX outbox_message_id ON outbox (message_id);
CREATE INDEX outbox_mailbox ON outbox (mailbox_hash, created_at) WHERE priority = 0;

-- One SMTP conversation, recorded before it begins and after its reply.
CREATE TABLE attempt (
    outbox_id INTEGER NOT NULL REFERENCES outbox (outbox_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '',
    reply TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (outbox_id, number)
) STRICT;

-- A moment of the schedule that has been dealt with, once and for all.
CREATE TABLE job_moment (
    publication_id INTEGER NOT NULL REFERENCES publication (publication_id),
    job TEXT NOT NULL,
    moment INTEGER NOT NULL,
    fired INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (publication_id, job, moment)
) STRICT;

-- Requests counted against a limit; swept by the clean-up.
CREATE TABLE request (
    request_id INTEGER PRIMARY KEY,
    bucket TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX request_bucket ON request (bucket, at);
