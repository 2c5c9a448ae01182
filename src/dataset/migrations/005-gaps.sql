CREATE TABLE gaps (
    recording INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    first INTEGER NOT NULL CHECK (first >= 0),
    n_missing INTEGER NOT NULL CHECK (n_missing > 0),
    PRIMARY KEY (recording, first)
) WITHOUT ROWID;
CREATE TABLE blocks (
    recording INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    first INTEGER NOT NULL CHECK (first >= 0),
    original BLOB NOT NULL,
    added INTEGER NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER)),
    PRIMARY KEY (recording, first)
);
ALTER TABLE recordings ADD COLUMN held_back TEXT;
