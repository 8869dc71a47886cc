-- Times are unix milliseconds, money is millionths of a US dollar, ids are 32 hex digits.
CREATE TABLE jobs (
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT    NOT NULL UNIQUE,
    owner            TEXT    NOT NULL,
    -- The API key whose budget it counts against, if that has one.
    key_id           TEXT,
    kind             TEXT    NOT NULL,
    provider         TEXT    NOT NULL,
    model            TEXT    NOT NULL,
    request          TEXT    NOT NULL,
    prompt           TEXT    NOT NULL,
    body_hash        TEXT    NOT NULL,
    source_id        TEXT,
    session_id       TEXT,
    status           TEXT    NOT NULL,
    reason           TEXT    NOT NULL DEFAULT '',
    progress         REAL    NOT NULL DEFAULT 0,
    remote_id        TEXT,
    remote_data      TEXT,
    outputs          TEXT,
    error_code       TEXT,
    error_text       TEXT,
    warnings         TEXT,
    -- Models to go on to, and those that were tried before (JSON).
    alternatives     TEXT,
    attempts         TEXT,
    estimate_micros  INTEGER,
    charged_micros   INTEGER,
    -- What it counts against its owner's budgets: reserved while open or of unknown fate, then settled.
    cost_micros      INTEGER NOT NULL DEFAULT 0,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    submitted_at     INTEGER,
    ended_at         INTEGER,
    deleted_at       INTEGER,
    -- When the files of a deleted job were gone too.
    purged_at        INTEGER,
    -- When a worker should take it: also the end of the present lease. NULL at an end.
    due_at           INTEGER,
    fence            INTEGER NOT NULL DEFAULT 0,
    worker           TEXT,
    claims           INTEGER NOT NULL DEFAULT 0,
    faults           INTEGER NOT NULL DEFAULT 0,
    strikes          INTEGER NOT NULL DEFAULT 0,
    missing_since    INTEGER,
    cancel_requested INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX jobs_due ON jobs (provider, due_at) WHERE due_at IS NOT NULL;
-- As Jobs/RetryRules.cs names suspects.
CREATE INDEX jobs_suspect ON jobs (claims, seq) WHERE claims >= 2;
CREATE INDEX jobs_owner ON jobs (owner, seq) WHERE deleted_at IS NULL;
CREATE INDEX jobs_kind ON jobs (owner, kind, seq) WHERE deleted_at IS NULL;
CREATE INDEX jobs_status ON jobs (owner, kind, status, seq) WHERE deleted_at IS NULL;
CREATE INDEX jobs_cost ON jobs (owner, created_at, status, cost_micros);
CREATE INDEX jobs_key ON jobs (key_id, created_at, cost_micros) WHERE key_id IS NOT NULL;
CREATE INDEX jobs_session ON jobs (session_id, seq) WHERE session_id IS NOT NULL;
CREATE INDEX jobs_remote ON jobs (provider, remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX jobs_body ON jobs (owner, body_hash, seq);
CREATE INDEX jobs_unknown ON jobs (status, seq) WHERE status = 'submission_unknown';
CREATE INDEX jobs_unpurged ON jobs (seq) WHERE deleted_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX jobs_source ON jobs (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE idempotency_keys (
    owner      TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    body_hash  TEXT    NOT NULL,
    job_id     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) WITHOUT ROWID;

CREATE TABLE events (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT    NOT NULL,
    owner  TEXT    NOT NULL,
    type   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    data   TEXT    NOT NULL
);
CREATE INDEX events_job ON events (job_id, seq);

CREATE TABLE assets (
    job_id    TEXT    NOT NULL,
    role      TEXT    NOT NULL,
    idx       INTEGER NOT NULL,
    file_name TEXT    NOT NULL,
    mime_type TEXT    NOT NULL,
    bytes     INTEGER NOT NULL,
    sha256    TEXT    NOT NULL,
    width     INTEGER,
    height    INTEGER,
    seconds   REAL,
    cols      INTEGER,
    rows      INTEGER,
    alpha     INTEGER NOT NULL DEFAULT 0,
    -- Its copy in the workspace folder.
    workspace TEXT,
    PRIMARY KEY (job_id, role, idx)
) WITHOUT ROWID;

CREATE TABLE image_sessions (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT    NOT NULL UNIQUE,
    owner          TEXT    NOT NULL,
    name           TEXT,
    description    TEXT    NOT NULL,
    model          TEXT    NOT NULL,
    asked_model    TEXT,
    -- The picture it began with: one of a job, or one whose job is gone (JSON).
    origin_job     TEXT,
    origin_index   INTEGER NOT NULL DEFAULT 0,
    origin_picture TEXT,
    created_at     INTEGER NOT NULL,
    used_at        INTEGER NOT NULL,
    closed_at      INTEGER
);
CREATE INDEX image_sessions_owner ON image_sessions (owner, used_at);

CREATE TABLE accounts (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT    NOT NULL UNIQUE,
    username       TEXT    NOT NULL,
    -- The name in upper case: what must be unique.
    name_key       TEXT    NOT NULL UNIQUE,
    role           TEXT    NOT NULL,
    -- NULL: no password can be right.
    password_hash  TEXT,
    must_change    INTEGER NOT NULL DEFAULT 0,
    generation     INTEGER NOT NULL DEFAULT 0,
    daily_micros   INTEGER,
    monthly_micros INTEGER,
    created_at     INTEGER NOT NULL,
    disabled_at    INTEGER
);

-- At most one row: SHA-256 of the one-time secret of the first admin, in hex.
CREATE TABLE setup_secret (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    hash TEXT    NOT NULL
);

CREATE TABLE revoked_tokens (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT    NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
);
CREATE INDEX revoked_tokens_expiry ON revoked_tokens (expires_at);

CREATE TABLE api_keys (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    user_id      TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    -- Words with commas between them.
    scopes       TEXT    NOT NULL,
    -- SHA-256 of the secret, in hex; the secret itself is nowhere.
    hash         TEXT    NOT NULL UNIQUE,
    -- Limits of its own.
    creates_per_minute INTEGER,
    daily_micros       INTEGER,
    monthly_micros     INTEGER,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at   INTEGER
);
CREATE INDEX api_keys_user ON api_keys (user_id, seq);

-- Providers that failed: nothing of any user, no address, no key.
CREATE TABLE provider_health (
    provider   TEXT    NOT NULL PRIMARY KEY,
    state      TEXT    NOT NULL,
    faults     INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    until      INTEGER,
    last_fault TEXT
) WITHOUT ROWID;

CREATE TABLE webhook_endpoints (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    owner        TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    description  TEXT,
    -- Words with commas between them.
    events       TEXT    NOT NULL,
    -- Encrypted; the old one is signed with too until then.
    secret       TEXT    NOT NULL,
    old_secret   TEXT,
    old_until    INTEGER,
    created_at   INTEGER NOT NULL,
    disabled_at  INTEGER,
    -- Only events after this one are for it.
    after_event  INTEGER NOT NULL,
    -- Tries in a row that failed.
    failures     INTEGER NOT NULL DEFAULT 0,
    -- Set while a delivery is under way: there is never more than one.
    leased_until INTEGER,
    fence        INTEGER NOT NULL DEFAULT 0,
    served_at    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX webhook_endpoints_owner ON webhook_endpoints (owner, seq);

CREATE TABLE webhook_deliveries (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    endpoint_id  TEXT    NOT NULL,
    owner        TEXT    NOT NULL,
    event_type   TEXT    NOT NULL,
    job_id       TEXT,
    payload      TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_at      INTEGER NOT NULL,
    give_up_at   INTEGER NOT NULL,
    last_status  INTEGER,
    last_error   TEXT,
    created_at   INTEGER NOT NULL,
    delivered_at INTEGER
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint_id, seq);
CREATE INDEX webhook_deliveries_state ON webhook_deliveries (endpoint_id, state, seq);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at) WHERE state <> 'pending';

-- One row: the last event that was followed.
CREATE TABLE webhook_cursor (
    id  INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL
);

-- Files that users uploaded. A deleted one keeps its place, so that lists can go on from it, and nothing else.
CREATE TABLE uploads (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT    NOT NULL UNIQUE,
    owner      TEXT    NOT NULL,
    file_name  TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    bytes      INTEGER NOT NULL,
    -- JSON.
    picture    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
);
CREATE INDEX uploads_owner ON uploads (owner, seq) WHERE deleted_at IS NULL;

CREATE TABLE characters (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT    NOT NULL UNIQUE,
    owner      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    -- JSON.
    pictures   TEXT    NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX characters_owner ON characters (owner, seq);
