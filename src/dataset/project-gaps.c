/* The gaps of recordings in the project file. */
#include "dataset/project-gaps.h"

gboolean
wg_gaps_are_sound(const WgGap *gaps, int n, int n_samples)
{
    int last = -1;

    for (int i = 0; i < n; i++) {
        if (gaps[i].first <= last || gaps[i].first >= n_samples || gaps[i].n_missing <= 0)
            return FALSE;
        last = gaps[i].first;
    }
    return TRUE;
}

gboolean
wg_gaps_insert(sqlite3 *db, gint64 recording, const WgGap *gaps, int n, GError **error)
{
    g_autoptr(sqlite3_stmt) insert = NULL;

    if (n == 0)
        return TRUE;
    insert = wg_database_prepare(
        db,
        "INSERT INTO gaps (recording, first, n_missing) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (recording, first) DO UPDATE SET n_missing = n_missing + excluded.n_missing",
        error);
    for (int i = 0; insert && i < n; i++) {
        sqlite3_bind_int64(insert, 1, recording);
        sqlite3_bind_int(insert, 2, gaps[i].first);
        sqlite3_bind_int(insert, 3, gaps[i].n_missing);
        if (!wg_database_step(db, insert, error))
            return FALSE;
    }
    return insert != NULL;
}

gboolean
wg_gaps_prepare(sqlite3 *db, sqlite3_stmt **select, GError **error)
{
    *select = wg_database_prepare(
        db, "SELECT first, n_missing FROM gaps WHERE recording = ?1 ORDER BY first", error);
    return *select != NULL;
}

GArray *
wg_gaps_read(sqlite3_stmt *select, gint64 recording)
{
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));

    if (!select)
        return gaps;
    sqlite3_bind_int64(select, 1, recording);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const WgGap gap = {sqlite3_column_int(select, 0), sqlite3_column_int(select, 1)};

        g_array_append_val(gaps, gap);
    }
    sqlite3_reset(select);
    return gaps;
}
