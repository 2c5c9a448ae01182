/* What the migrations ask of samples, as functions of SQL. */
#include "dataset/database-functions.h"

#include "dataset/database.h"
#include "dataset/digest.h"
#include "dataset/model-digest.h"
#include "dataset/packed-samples.h"
#include "dataset/samples-rule.h"

#include <string.h>

/* Of bytes that only a damaged file holds the answer is NULL, which no column takes. */
static void
unhex(sqlite3_context *context, int n, sqlite3_value **values)
{
    guint8 bytes[WG_DIGEST_BYTES];

    if (wg_digest_read_hex((const char *)sqlite3_value_text(values[0]), bytes))
        sqlite3_result_blob(context, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

/* In memory that is aligned, which that of a row need not be; never NULL. */
static float *
dup_floats(sqlite3_value *value, gsize *n_values)
{
    const gsize n_bytes = (gsize)sqlite3_value_bytes(value);
    float *floats = g_malloc(n_bytes + 1);

    *n_values = n_bytes / sizeof(float);
    if (n_bytes > 0)
        memcpy(floats, sqlite3_value_blob(value), n_bytes);
    return floats;
}

static void
pack(sqlite3_context *context, int n, sqlite3_value **values)
{
    gsize n_values;
    g_autofree float *floats = dup_floats(values[0], &n_values);
    g_autofree guint8 *bytes = g_malloc(WG_PACKED_BYTES_MAX(n_values));

    sqlite3_result_blob64(context, bytes, wg_packed_samples_write(floats, n_values, bytes),
                          SQLITE_TRANSIENT);
}

static void
find_rule(sqlite3_context *context, int n, sqlite3_value **values)
{
    gsize n_values, n_original;
    g_autofree float *samples = dup_floats(values[0], &n_values);
    g_autofree float *original = dup_floats(values[1], &n_original);
    g_autofree float *room = g_new(float, n_values + 1);
    const int n_channels = sqlite3_value_int(values[2]);

    if (n_channels > 0 && n_original == n_values)
        sqlite3_result_int(
            context, (int)wg_samples_rule_find(samples, original, n_values / (gsize)n_channels,
                                               n_channels, sqlite3_value_double(values[3]), room));
}

static void
digest_model(sqlite3_context *context, int n, sqlite3_value **values)
{
    const char *texts[3];
    guint8 digest[WG_MODEL_DIGEST_BYTES];

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        texts[i] = (const char *)sqlite3_value_text(values[i]);
    wg_model_compute_digest(texts[0], texts[1], texts[2], sqlite3_value_blob(values[3]),
                            (gsize)sqlite3_value_bytes(values[3]), digest);
    sqlite3_result_blob(context, digest, sizeof digest, SQLITE_TRANSIENT);
}

gboolean
wg_database_add_functions(sqlite3 *db, GError **error)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;

    if (sqlite3_create_function(db, "waggle_unhex", 1, flags, NULL, unhex, NULL, NULL) ==
            SQLITE_OK &&
        sqlite3_create_function(db, "waggle_pack", 1, flags, NULL, pack, NULL, NULL) == SQLITE_OK &&
        sqlite3_create_function(db, "waggle_rule", 4, flags, NULL, find_rule, NULL, NULL) ==
            SQLITE_OK &&
        sqlite3_create_function(db, "waggle_model_digest", 4, flags, NULL, digest_model, NULL,
                                NULL) == SQLITE_OK)
        return TRUE;
    return wg_database_fail(db, "the project file", error);
}
