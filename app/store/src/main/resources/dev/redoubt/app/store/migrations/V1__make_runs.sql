-- The SQL that H2 and PostgreSQL share. What is searched has columns; the whole of each record is JSON beside them.
CREATE TABLE stored_run (
  id VARCHAR(128) PRIMARY KEY,
  kind VARCHAR(32) NOT NULL,
  system_name TEXT NOT NULL,
  tool_version VARCHAR(64) NOT NULL,
  seed BIGINT NOT NULL,
  started_millis BIGINT NOT NULL,
  duration_millis BIGINT NOT NULL,
  finding_count INTEGER NOT NULL,
  attempt_count INTEGER NOT NULL,
  assessment TEXT NOT NULL,
  settings TEXT NOT NULL
);
CREATE INDEX stored_run_by_time ON stored_run (started_millis);

CREATE TABLE stored_finding (
  run_id VARCHAR(128) NOT NULL REFERENCES stored_run (id),
  place INTEGER NOT NULL,
  rule_id TEXT NOT NULL,
  severity VARCHAR(16) NOT NULL,
  component TEXT NOT NULL,
  fingerprint VARCHAR(128) NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, place)
);
CREATE INDEX stored_finding_by_fingerprint ON stored_finding (fingerprint);

CREATE TABLE stored_attempt (
  run_id VARCHAR(128) NOT NULL REFERENCES stored_run (id),
  place INTEGER NOT NULL,
  attempt_id TEXT NOT NULL,
  pass VARCHAR(64) NOT NULL,
  objective TEXT NOT NULL,
  technique TEXT NOT NULL,
  outcome VARCHAR(16) NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, place)
);

CREATE TABLE stored_guard_event (
  run_id VARCHAR(128) NOT NULL REFERENCES stored_run (id),
  place INTEGER NOT NULL,
  decided VARCHAR(32) NOT NULL,
  rule_id TEXT,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, place)
);
