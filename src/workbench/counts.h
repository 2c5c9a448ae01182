/* Counts by name, in the order in which the names first came. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _WgCounts WgCounts;

typedef struct {
    char *name;
    gint64 n;
} WgCount;

WgCounts *wg_counts_new(void);
void wg_counts_free(WgCounts *self);
/* Adds to the count of that name, which begins at 0; where it stands. */
guint wg_counts_add(WgCounts *self, const char *name, gint64 n);
guint wg_counts_get_n(const WgCounts *self);
/* Lives until the next is added. */
const WgCount *wg_counts_get(const WgCounts *self, guint i);
/* {name: n, ...}, transfer full. */
JsonObject *wg_counts_to_json(const WgCounts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgCounts, wg_counts_free)

G_END_DECLS
