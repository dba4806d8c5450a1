-- Times are Unix milliseconds. Types are those that SQLite and PostgreSQL both know.

CREATE TABLE metadata (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    incarnation TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);

-- What is encrypted with the key-encryption key: the fleet's account key.
CREATE TABLE secret (
    name   TEXT PRIMARY KEY,
    sealed BYTEA NOT NULL
);

CREATE TABLE person (
    name          TEXT PRIMARY KEY,
    password_hash TEXT   NOT NULL,
    role          TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    last_seen_at  BIGINT
);

CREATE TABLE access_token (
    seq          INTEGER PRIMARY KEY,
    id           TEXT   NOT NULL UNIQUE,
    kind         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    person       TEXT   NOT NULL REFERENCES person (name),
    role         TEXT   NOT NULL,
    hash         TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);

CREATE TABLE audit_entry (
    id            BIGINT PRIMARY KEY,
    at            BIGINT  NOT NULL,
    actor         TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    target        TEXT    NOT NULL,
    outcome       TEXT    NOT NULL,
    status        INTEGER NOT NULL,
    operation     TEXT,
    before_json   TEXT,
    after_json    TEXT,
    request       TEXT    NOT NULL,
    previous_hash TEXT    NOT NULL,
    hash          TEXT    NOT NULL
);

CREATE TABLE idempotency (
    actor      TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    request    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    asked      TEXT   NOT NULL,
    answered   BYTEA,
    PRIMARY KEY (actor, key)
);

CREATE TABLE node (
    node          TEXT PRIMARY KEY,
    version       TEXT   NOT NULL,
    replication   TEXT   NOT NULL,
    api           TEXT   NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at  BIGINT NOT NULL
);

CREATE TABLE group_configuration (
    group_id      TEXT PRIMARY KEY,
    metadata      TEXT    NOT NULL,
    epoch         BIGINT  NOT NULL,
    primary_member TEXT   NOT NULL,
    members       TEXT    NOT NULL,
    in_sync       TEXT    NOT NULL,
    minimum_size  INTEGER NOT NULL,
    lease_version BIGINT  NOT NULL,
    version       BIGINT  NOT NULL,
    request       TEXT    NOT NULL
);

-- Every version that ever was, by the request that asked for it.
CREATE TABLE group_configuration_change (
    group_id TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    epoch    BIGINT NOT NULL,
    request  TEXT   NOT NULL UNIQUE,
    why      TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    document TEXT   NOT NULL,
    PRIMARY KEY (group_id, version)
);

CREATE TABLE group_policy (
    group_id    TEXT PRIMARY KEY,
    strategy    TEXT   NOT NULL,
    rto_seconds DOUBLE PRECISION NOT NULL,
    rpo_calls   BIGINT NOT NULL,
    version     BIGINT NOT NULL
);

CREATE TABLE account_nonce (
    group_id TEXT   PRIMARY KEY,
    next     BIGINT NOT NULL
);

CREATE TABLE operation (
    seq        INTEGER PRIMARY KEY,
    id         TEXT   NOT NULL UNIQUE,
    kind       TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    group_id   TEXT,
    state      TEXT   NOT NULL,
    sentence   TEXT   NOT NULL,
    actor      TEXT   NOT NULL,
    source     TEXT   NOT NULL,
    request    TEXT   NOT NULL UNIQUE,
    input      TEXT   NOT NULL,
    result     TEXT   NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at   BIGINT,
    failure    TEXT,
    stop_asked TEXT,
    version    BIGINT NOT NULL
);
CREATE INDEX operation_state ON operation (state);

CREATE TABLE operation_step (
    operation  TEXT    NOT NULL REFERENCES operation (id),
    position   INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    sentence   TEXT,
    attempts   INTEGER NOT NULL,
    started_at BIGINT,
    ended_at   BIGINT,
    done       BIGINT  NOT NULL,
    total      BIGINT  NOT NULL,
    output     TEXT,
    PRIMARY KEY (operation, position)
);

CREATE TABLE code (
    seq         INTEGER PRIMARY KEY,
    hash        TEXT    NOT NULL UNIQUE,
    bytes       BYTEA   NOT NULL,
    interface   TEXT    NOT NULL,
    uploaded_by TEXT    NOT NULL,
    uploaded_at BIGINT  NOT NULL
);

CREATE TABLE contract (
    name        TEXT PRIMARY KEY,
    group_id    TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    deployed_by TEXT   NOT NULL,
    deployed_at BIGINT NOT NULL
);

CREATE TABLE contract_version (
    contract      TEXT   NOT NULL REFERENCES contract (name),
    sequence      BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    kind          TEXT   NOT NULL,
    code          TEXT   NOT NULL,
    previous_code TEXT,
    label         TEXT   NOT NULL,
    actor         TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    call          TEXT   NOT NULL,
    height        BIGINT NOT NULL,
    operation     TEXT,
    PRIMARY KEY (contract, sequence)
);
CREATE UNIQUE INDEX contract_version_call ON contract_version (contract, kind, call);

CREATE TRIGGER contract_version_is_append_only_u BEFORE UPDATE ON contract_version
BEGIN
    SELECT RAISE(ABORT, 'the history of a contract is append-only');
END;
CREATE TRIGGER contract_version_is_append_only_d BEFORE DELETE ON contract_version
BEGIN
    SELECT RAISE(ABORT, 'the history of a contract is append-only');
END;

CREATE TABLE backup (
    seq           INTEGER PRIMARY KEY,
    id            TEXT   NOT NULL UNIQUE,
    group_id      TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    height        BIGINT NOT NULL,
    block         TEXT,
    root          TEXT,
    records       BIGINT NOT NULL,
    bytes         BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT   NOT NULL,
    taken_by      TEXT,
    millis        BIGINT NOT NULL,
    verified_at   BIGINT,
    verified_by   TEXT,
    location      TEXT   NOT NULL,
    key_id        TEXT   NOT NULL,
    sealed_key    BYTEA  NOT NULL,
    manifest_hash TEXT,
    failure       TEXT
);

CREATE TABLE backup_schedule (
    group_id      TEXT PRIMARY KEY,
    every_minutes INTEGER NOT NULL,
    verify        BOOLEAN NOT NULL,
    next_at       BIGINT,
    version       BIGINT  NOT NULL
);

CREATE TABLE alert_rule (
    name           TEXT PRIMARY KEY,
    kind           TEXT    NOT NULL,
    threshold      DOUBLE PRECISION NOT NULL,
    for_seconds    INTEGER NOT NULL,
    window_seconds INTEGER NOT NULL,
    minimum_calls  INTEGER NOT NULL,
    severity       TEXT    NOT NULL,
    enabled        BOOLEAN NOT NULL,
    version        BIGINT  NOT NULL
);

CREATE TABLE alert (
    seq         INTEGER PRIMARY KEY,
    id          TEXT   NOT NULL UNIQUE,
    rule        TEXT   NOT NULL,
    severity    TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    summary     TEXT   NOT NULL,
    value       DOUBLE PRECISION NOT NULL,
    threshold   DOUBLE PRECISION NOT NULL,
    since       BIGINT NOT NULL,
    fired_at    BIGINT,
    resolved_at BIGINT,
    notified_at BIGINT,
    link        TEXT   NOT NULL
);
CREATE INDEX alert_state ON alert (state);

CREATE TABLE alert_webhook (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    url               TEXT,
    last_delivered_at BIGINT,
    last_failure      TEXT,
    version           BIGINT NOT NULL
);

-- Waits here until the receiver has said 2xx.
CREATE TABLE alert_notification (
    seq        INTEGER PRIMARY KEY,
    alert      TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    attempts   INTEGER NOT NULL,
    next_at    BIGINT  NOT NULL
);
