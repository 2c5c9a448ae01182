-- What people say of a recording, apart from its samples: a change writes few bytes. The columns of
-- those names in recordings keep what was said when it was added; dropping them would write every
-- sample anew.
CREATE TABLE takes (
    recording INTEGER PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    person TEXT,
    wrist TEXT,
    disabled INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    trim_first INTEGER,
    trim_n INTEGER
);
INSERT INTO takes (recording, label, person, disabled, deleted)
    SELECT id, label, person, disabled, deleted FROM recordings;
CREATE TRIGGER takes_of_recordings AFTER INSERT ON recordings BEGIN
    INSERT INTO takes (recording, label, person, disabled, deleted)
        VALUES (new.id, new.label, new.person, new.disabled, new.deleted);
END;
DROP INDEX recordings_by_label;
CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    detail TEXT,
    changes BLOB NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0,
    made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
