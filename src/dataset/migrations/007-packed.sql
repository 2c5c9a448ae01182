-- Samples take as little room as gives back the very same floats (dataset/packed-samples.h); those
-- that follow from the original values by a rule (dataset/samples-rule.h) are not kept beside them.
-- What people say of a recording is in takes alone.
CREATE TABLE recordings_packed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL UNIQUE, -- 20 bytes of SHA-1; a text while it still grows
    device TEXT,
    file TEXT,
    line INTEGER NOT NULL DEFAULT 0,
    rate_hz REAL NOT NULL,
    n_samples INTEGER NOT NULL,
    n_channels INTEGER NOT NULL,
    units_per_g REAL NOT NULL,
    n_clipped INTEGER NOT NULL DEFAULT 0,
    held_back TEXT,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    rule INTEGER NOT NULL,
    original BLOB NOT NULL,
    samples BLOB CHECK ((samples IS NULL) = (rule <> 0))
);
INSERT INTO recordings_packed SELECT id,
    coalesce(waggle_unhex(digest), digest),
    device, file, line, rate_hz, n_samples, n_channels, units_per_g, n_clipped, held_back, added,
    -- of a damaged one, which is left out when it is read, at least the original values stay
    coalesce(waggle_rule(samples, original, n_channels, units_per_g), 1), waggle_pack(original),
    CASE waggle_rule(samples, original, n_channels, units_per_g)
        WHEN 0 THEN waggle_pack(samples) END
    FROM recordings ORDER BY id;
DELETE FROM sqlite_sequence WHERE name = 'recordings_packed';
INSERT INTO sqlite_sequence SELECT 'recordings_packed', seq FROM sqlite_sequence
    WHERE name = 'recordings';
DROP TABLE recordings;
ALTER TABLE recordings_packed RENAME TO recordings;
CREATE INDEX recordings_growing ON recordings (id) WHERE n_samples = 0;
