-- A log as version 1 wrote it. It must stay readable for ever.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE session (
  id INTEGER PRIMARY KEY, finished INTEGER NOT NULL, utc_offset INTEGER NOT NULL,
  seconds INTEGER NOT NULL, before INTEGER CHECK (before BETWEEN 0 AND 10),
  after INTEGER CHECK (after BETWEEN 0 AND 10),
  stopped INTEGER NOT NULL CHECK (stopped IN (0, 1)), note TEXT NOT NULL) STRICT;
CREATE TABLE step (
  session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE, n INTEGER NOT NULL,
  technique TEXT NOT NULL, phase TEXT NOT NULL,
  PRIMARY KEY (session, n)) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES ('log', 'on');
INSERT INTO session VALUES (1, 1795250421, 3600, 591, 6, 3, 0, 'after work');
INSERT INTO step VALUES (1, 1, 'cat-cow', 'warm-up');
INSERT INTO step VALUES (1, 2, 'hand-massage', 'release');
PRAGMA user_version = 1;
