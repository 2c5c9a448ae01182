CREATE TABLE recordings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    person TEXT,
    device TEXT,
    file TEXT,
    line INTEGER NOT NULL DEFAULT 0,
    rate_hz REAL NOT NULL,
    n_samples INTEGER NOT NULL,
    n_channels INTEGER NOT NULL,
    units_per_g REAL NOT NULL,
    n_clipped INTEGER NOT NULL DEFAULT 0,
    samples BLOB NOT NULL,
    original BLOB NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    CHECK (length(samples) = 4 * n_samples * n_channels),
    CHECK (length(original) = length(samples))
);
CREATE INDEX recordings_by_label ON recordings (label) WHERE NOT deleted;
CREATE TABLE models (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent INTEGER REFERENCES models (id),
    kind TEXT NOT NULL CHECK (kind IN ('float', 'int8')),
    preset TEXT NOT NULL,
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    meta TEXT NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
