/* The fields of recordings and the facts that an edit can set, as texts. Inside dataset/ only. */
#pragma once

#include "dataset/database.h"

G_BEGIN_DECLS

/* Keeps what it prepared: one for the edit of many. All within a transaction of the file's thread.
 */
typedef struct _WgFields WgFields;

WgFields *wg_fields_new(sqlite3 *db);
void wg_fields_free(WgFields *self);
/* `is_there` FALSE: there is no such recording or field. */
gboolean wg_fields_get(WgFields *self, const char *field, gint64 id, char **value,
                       gboolean *is_there, GError **error);
/* Of a field that wg_fields_get() found. */
gboolean wg_fields_put(WgFields *self, const char *field, gint64 id, const char *value,
                       GError **error);

/* NULL: there is none of that name. */
gboolean wg_fact_get(sqlite3 *db, const char *name, char **value, GError **error);
gboolean wg_fact_put(sqlite3 *db, const char *name, const char *value, GError **error);

G_END_DECLS
