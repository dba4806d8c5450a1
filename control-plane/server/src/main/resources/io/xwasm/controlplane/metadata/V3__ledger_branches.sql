-- A restore makes a group's chain go on from an earlier block, so heights alone do not say what two chains have in common.

-- Where the chain went on from a backup's block; branch 0 is the chain before the first restore.
CREATE TABLE ledger_branch (
    seq       INTEGER PRIMARY KEY,
    group_id  TEXT   NOT NULL,
    operation TEXT   NOT NULL UNIQUE,
    parent    BIGINT,
    height    BIGINT NOT NULL,
    block     TEXT   NOT NULL,
    at        BIGINT NOT NULL
);

-- On which branch the backup's block lies; unknown for those that were taken before branches were kept.
ALTER TABLE backup ADD COLUMN branch BIGINT;
