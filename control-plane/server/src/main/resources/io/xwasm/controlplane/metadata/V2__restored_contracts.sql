-- A restore may bring a contract back to an earlier version, or to before it was deployed.

-- Not in the ledger any more since then: hidden, and its name is free. What ran on it stays in contract_version.
ALTER TABLE contract ADD COLUMN gone_at BIGINT;

-- Two restores may come back to the same call; one restore enters a contract once.
DROP INDEX contract_version_call;
CREATE UNIQUE INDEX contract_version_call ON contract_version (contract, kind, call) WHERE kind <> 'restore';
CREATE UNIQUE INDEX contract_version_restore ON contract_version (contract, operation) WHERE kind = 'restore';
