/* What a write-ahead log of SQLite holds, as SQLite will read it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    int n_applied; /* commits that SQLite applies: up to the first frame that is damaged */
    int n_behind;  /* of the same run, behind that frame */
} WgLogCommits;

/* All zero where there is no log. Each commit is on the disk before the next one is written, so
 * that more than one behind is no end that a power cut tore off, but damage. Any thread. Source:
 * https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
void wg_log_count_commits(const char *path, WgLogCommits *commits);

G_END_DECLS
