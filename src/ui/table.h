/* A table of results: a row for each object, a column for each of its members that is told of. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define WG_TYPE_TABLE (wg_table_get_type())
G_DECLARE_FINAL_TYPE(WgTable, wg_table, WG, TABLE, GtkGrid)

typedef enum {
    WG_COLUMN_TEXT,
    WG_COLUMN_COUNT,   /* whole number */
    WG_COLUMN_SHARE,   /* 0.984 */
    WG_COLUMN_PERCENT, /* 98.4 % */
    WG_COLUMN_SPREAD,  /* ± 0.3 */
    WG_COLUMN_SIZE,    /* 4.7 kB */
    WG_COLUMN_POINTS,  /* 30 %, of a number that is in percent already */
    WG_COLUMN_WORST,   /* snap 94.7 %, of an object with "label" and "recall" */
    WG_COLUMN_RANGE,   /* -1.4 to 2.0, of an object with "min" and "max" */
    WG_COLUMN_DECIBEL, /* 43 dB */
} WgColumnType;

typedef struct {
    const char *member; /* of the objects, or as "object.member"; ends a list with NULL */
    const char *title;  /* N_() */
    const char *help;   /* N_() or NULL */
    WgColumnType type;  /* the first column is text */
} WgColumn;

/* NULL clears it. `last`: one more object as the last row, in bold, under the name `last_name`;
 * NULL: none. A member that is null or not there leaves its cell empty. */
void wg_table_set(WgTable *self, const WgColumn *columns, JsonArray *rows, JsonObject *last,
                  const char *last_name);
/* A press on a column's title sorts by it: numbers the smallest first, where it begins with what is
 * to be mended, then the largest first, then as they came. */
void wg_table_set_sortable(WgTable *self, gboolean is_sortable);
/* As it is shown, cells with tabs between, or as RFC 4180 has comma-separated values; transfer
 * full. */
char *wg_table_dup_text(WgTable *self, gboolean as_csv);

G_END_DECLS
