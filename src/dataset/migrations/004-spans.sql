CREATE TABLE spans (
    recording INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    first INTEGER NOT NULL CHECK (first >= 0),
    n_samples INTEGER NOT NULL CHECK (n_samples > 0),
    label TEXT NOT NULL CHECK (label <> ''),
    PRIMARY KEY (recording, first)
) WITHOUT ROWID;
