-- Times are unix milliseconds, money is millionths of a US dollar, ids are 32 hex digits.
CREATE TABLE jobs (
    seq              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id               TEXT COLLATE "C" NOT NULL UNIQUE,
    owner            TEXT COLLATE "C" NOT NULL,
    -- The API key whose budget it counts against, if that has one.
    key_id           TEXT COLLATE "C",
    kind             TEXT COLLATE "C" NOT NULL,
    provider         TEXT COLLATE "C" NOT NULL,
    model            TEXT COLLATE "C" NOT NULL,
    request          TEXT COLLATE "C" NOT NULL,
    prompt           TEXT COLLATE "C" NOT NULL,
    body_hash        TEXT COLLATE "C" NOT NULL,
    source_id        TEXT COLLATE "C",
    session_id       TEXT COLLATE "C",
    status           TEXT COLLATE "C" NOT NULL,
    reason           TEXT COLLATE "C" NOT NULL DEFAULT '',
    progress         DOUBLE PRECISION NOT NULL DEFAULT 0,
    remote_id        TEXT COLLATE "C",
    remote_data      TEXT COLLATE "C",
    outputs          TEXT COLLATE "C",
    error_code       TEXT COLLATE "C",
    error_text       TEXT COLLATE "C",
    warnings         TEXT COLLATE "C",
    -- Models to go on to, and those that were tried before (JSON).
    alternatives     TEXT COLLATE "C",
    attempts         TEXT COLLATE "C",
    estimate_micros  BIGINT,
    charged_micros   BIGINT,
    -- What it counts against its owner's budgets: reserved while open or of unknown fate, then settled.
    cost_micros      BIGINT NOT NULL DEFAULT 0,
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL,
    submitted_at     BIGINT,
    ended_at         BIGINT,
    deleted_at       BIGINT,
    -- When the files of a deleted job were gone too.
    purged_at        BIGINT,
    -- When a worker should take it: also the end of the present lease. NULL at an end.
    due_at           BIGINT,
    fence            BIGINT NOT NULL DEFAULT 0,
    worker           TEXT COLLATE "C",
    claims           BIGINT NOT NULL DEFAULT 0,
    faults           BIGINT NOT NULL DEFAULT 0,
    strikes          BIGINT NOT NULL DEFAULT 0,
    missing_since    BIGINT,
    cancel_requested BIGINT NOT NULL DEFAULT 0
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
    owner      TEXT COLLATE "C" NOT NULL,
    key        TEXT COLLATE "C" NOT NULL,
    body_hash  TEXT COLLATE "C" NOT NULL,
    job_id     TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, key)
);

CREATE TABLE events (
    seq    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id TEXT COLLATE "C" NOT NULL,
    owner  TEXT COLLATE "C" NOT NULL,
    type   TEXT COLLATE "C" NOT NULL,
    at     BIGINT NOT NULL,
    data   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX events_job ON events (job_id, seq);

CREATE TABLE assets (
    job_id    TEXT COLLATE "C" NOT NULL,
    role      TEXT COLLATE "C" NOT NULL,
    idx       BIGINT NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    mime_type TEXT COLLATE "C" NOT NULL,
    bytes     BIGINT NOT NULL,
    sha256    TEXT COLLATE "C" NOT NULL,
    width     BIGINT,
    height    BIGINT,
    seconds   DOUBLE PRECISION,
    cols      BIGINT,
    rows      BIGINT,
    alpha     BIGINT NOT NULL DEFAULT 0,
    -- Its copy in the workspace folder.
    workspace TEXT COLLATE "C",
    PRIMARY KEY (job_id, role, idx)
);

CREATE TABLE image_sessions (
    seq            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             TEXT COLLATE "C" NOT NULL UNIQUE,
    owner          TEXT COLLATE "C" NOT NULL,
    name           TEXT COLLATE "C",
    description    TEXT COLLATE "C" NOT NULL,
    model          TEXT COLLATE "C" NOT NULL,
    asked_model    TEXT COLLATE "C",
    -- The picture it began with: one of a job, or one whose job is gone (JSON).
    origin_job     TEXT COLLATE "C",
    origin_index   BIGINT NOT NULL DEFAULT 0,
    origin_picture TEXT COLLATE "C",
    created_at     BIGINT NOT NULL,
    used_at        BIGINT NOT NULL,
    closed_at      BIGINT
);
CREATE INDEX image_sessions_owner ON image_sessions (owner, used_at);

CREATE TABLE accounts (
    seq            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             TEXT COLLATE "C" NOT NULL UNIQUE,
    username       TEXT COLLATE "C" NOT NULL,
    -- The name in upper case: what must be unique.
    name_key       TEXT COLLATE "C" NOT NULL UNIQUE,
    role           TEXT COLLATE "C" NOT NULL,
    -- NULL: no password can be right.
    password_hash  TEXT COLLATE "C",
    must_change    BIGINT NOT NULL DEFAULT 0,
    generation     BIGINT NOT NULL DEFAULT 0,
    daily_micros   BIGINT,
    monthly_micros BIGINT,
    created_at     BIGINT NOT NULL,
    disabled_at    BIGINT
);

-- At most one row: SHA-256 of the one-time secret of the first admin, in hex.
CREATE TABLE setup_secret (
    "only" BIGINT NOT NULL PRIMARY KEY CHECK ("only" = 1),
    hash TEXT COLLATE "C" NOT NULL
);

CREATE TABLE revoked_tokens (
    seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX revoked_tokens_expiry ON revoked_tokens (expires_at);

CREATE TABLE api_keys (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           TEXT COLLATE "C" NOT NULL UNIQUE,
    user_id      TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    -- Words with commas between them.
    scopes       TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of the secret, in hex; the secret itself is nowhere.
    hash         TEXT COLLATE "C" NOT NULL UNIQUE,
    -- Limits of its own.
    creates_per_minute BIGINT,
    daily_micros       BIGINT,
    monthly_micros     BIGINT,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
CREATE INDEX api_keys_user ON api_keys (user_id, seq);

-- Providers that failed: nothing of any user, no address, no key.
CREATE TABLE provider_health (
    provider   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    state      TEXT COLLATE "C" NOT NULL,
    faults     BIGINT NOT NULL,
    since      BIGINT NOT NULL,
    until      BIGINT,
    last_fault TEXT COLLATE "C"
);

CREATE TABLE webhook_endpoints (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           TEXT COLLATE "C" NOT NULL UNIQUE,
    owner        TEXT COLLATE "C" NOT NULL,
    url          TEXT COLLATE "C" NOT NULL,
    description  TEXT COLLATE "C",
    -- Words with commas between them.
    events       TEXT COLLATE "C" NOT NULL,
    -- Encrypted; the old one is signed with too until then.
    secret       TEXT COLLATE "C" NOT NULL,
    old_secret   TEXT COLLATE "C",
    old_until    BIGINT,
    created_at   BIGINT NOT NULL,
    disabled_at  BIGINT,
    -- Only events after this one are for it.
    after_event  BIGINT NOT NULL,
    -- Tries in a row that failed.
    failures     BIGINT NOT NULL DEFAULT 0,
    -- Set while a delivery is under way: there is never more than one.
    leased_until BIGINT,
    fence        BIGINT NOT NULL DEFAULT 0,
    served_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX webhook_endpoints_owner ON webhook_endpoints (owner, seq);

CREATE TABLE webhook_deliveries (
    seq          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           TEXT COLLATE "C" NOT NULL UNIQUE,
    endpoint_id  TEXT COLLATE "C" NOT NULL,
    owner        TEXT COLLATE "C" NOT NULL,
    event_type   TEXT COLLATE "C" NOT NULL,
    job_id       TEXT COLLATE "C",
    payload      TEXT COLLATE "C" NOT NULL,
    state        TEXT COLLATE "C" NOT NULL,
    attempts     BIGINT NOT NULL DEFAULT 0,
    next_at      BIGINT NOT NULL,
    give_up_at   BIGINT NOT NULL,
    last_status  BIGINT,
    last_error   TEXT COLLATE "C",
    created_at   BIGINT NOT NULL,
    delivered_at BIGINT
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries (endpoint_id, seq);
CREATE INDEX webhook_deliveries_state ON webhook_deliveries (endpoint_id, state, seq);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at) WHERE state <> 'pending';

-- One row: the last event that was followed.
CREATE TABLE webhook_cursor (
    id  BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);

-- Files that users uploaded. A deleted one keeps its place, so that lists can go on from it, and nothing else.
CREATE TABLE uploads (
    seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    owner      TEXT COLLATE "C" NOT NULL,
    file_name  TEXT COLLATE "C" NOT NULL,
    purpose    TEXT COLLATE "C" NOT NULL,
    bytes      BIGINT NOT NULL,
    -- JSON.
    picture    TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX uploads_owner ON uploads (owner, seq) WHERE deleted_at IS NULL;

CREATE TABLE characters (
    seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    owner      TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    -- JSON.
    pictures   TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX characters_owner ON characters (owner, seq);

-- The machines that work on this database, and when each gave its last sign.
CREATE TABLE nodes (
    name    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    since   TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL
);

-- When the bucket of each user and key with a limit is full again, in unix microseconds.
CREATE TABLE create_rates (
    name    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL
);

-- The last batch that each writer committed, so that one whose connection died in the middle of a commit can tell what became of it.
CREATE TABLE commits (
    writer TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    batch  BIGINT NOT NULL,
    at     TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Rows that change at every look leave dead versions: swept before there are many.
ALTER TABLE jobs SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
