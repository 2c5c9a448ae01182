/* How long a recognition took on the watch itself, kept in the project beside the deployments. */
#include "workbench/measurement.h"

#include "device/crc32.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>

#define FACT "measured"
#define N_KEPT 16 /* the newest ones */

static JsonObject *
to_json(const WgMeasurement *m)
{
    JsonObject *object = json_object_new();
    g_autofree char *crc = g_strdup_printf("%08x", m->crc32);

    json_object_set_string_member(object, "crc32", crc);
    json_object_set_string_member(object, "kind", m->kind);
    json_object_set_string_member(object, "name", m->name);
    json_object_set_boolean_member(object, "is_virtual", m->is_virtual);
    json_object_set_double_member(object, "inference_ms", m->inference_ms);
    json_object_set_int_member(object, "n", m->n);
    json_object_set_string_member(object, "date", m->date);
    return object;
}

static WgMeasurement *
from_json(JsonObject *object)
{
    WgMeasurement *m = g_new0(WgMeasurement, 1);

    m->crc32 = (guint32)g_ascii_strtoull(wg_json_get_text(object, "crc32", "0"), NULL, 16);
    m->kind = g_strdup(wg_json_get_text(object, "kind", ""));
    m->name = g_strdup(wg_json_get_text(object, "name", ""));
    m->is_virtual = wg_json_get_boolean(object, "is_virtual", TRUE);
    m->inference_ms = wg_json_get_double(object, "inference_ms", 0);
    m->n = (int)wg_json_get_int(object, "n", 0);
    m->date = g_strdup(wg_json_get_text(object, "date", ""));
    return m;
}

/* GPtrArray of WgMeasurement, the newest last; never NULL. */
static GPtrArray *
load_all(WgProject *project)
{
    g_autofree char *text = wg_project_dup_fact(project, FACT);
    g_autoptr(JsonObject) object = text ? wg_json_parse_object(text, FACT, NULL) : NULL;
    JsonNode *node = object ? json_object_get_member(object, "all") : NULL;
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)wg_measurement_free);

    for (guint i = 0; node && JSON_NODE_HOLDS_ARRAY(node) &&
                      i < json_array_get_length(json_node_get_array(node));
         i++) {
        JsonNode *element = json_array_get_element(json_node_get_array(node), i);

        if (JSON_NODE_HOLDS_OBJECT(element))
            g_ptr_array_add(all, from_json(json_node_get_object(element)));
    }
    return all;
}

static gboolean
is_of_same(const WgMeasurement *a, const WgMeasurement *b)
{
    return a->crc32 == b->crc32 && g_str_equal(a->kind, b->kind) && a->is_virtual == b->is_virtual;
}

char *
wg_measurement_dup_last_kind(WgProject *project)
{
    g_autoptr(GPtrArray) all = load_all(project);
    const WgMeasurement *last = all->len > 0 ? g_ptr_array_index(all, all->len - 1) : NULL;

    return last ? g_strdup(last->kind) : NULL;
}

gboolean
wg_measurement_keep(WgProject *project, const WgMeasurement *measurement, GError **error)
{
    g_autoptr(GPtrArray) before = load_all(project);
    g_autoptr(JsonObject) object = json_object_new();
    JsonArray *all = json_array_new();
    g_autofree char *text = NULL;

    for (guint i = 0; i < before->len; i++) {
        const WgMeasurement *m = g_ptr_array_index(before, i);

        if (before->len - i < N_KEPT && !is_of_same(m, measurement))
            json_array_add_object_element(all, to_json(m));
    }
    json_array_add_object_element(all, to_json(measurement));
    json_object_set_array_member(object, "all", all);
    text = wg_json_to_text(object);
    return wg_project_set_fact(project, FACT, text, error);
}

void
wg_measurement_take(WgJob *job, WgProject *project, WgWatch *watch, GBytes *tflite, int n,
                    double inference_ms, const char *date, JsonObject *result)
{
    const char *kind = wg_watch_get_kind(watch);
    const WgMeasurement measurement = {.crc32 = wg_crc32_bytes(tflite),
                                       .kind = (char *)(kind ? kind : "generic"),
                                       .name = (char *)wg_watch_get_name(watch),
                                       .is_virtual = wg_watch_is_virtual(watch),
                                       .inference_ms = inference_ms,
                                       .n = n,
                                       .date = (char *)date};
    g_autoptr(GError) error = NULL;

    wg_json_set_number(result, "inference_ms", inference_ms);
    json_object_set_string_member(result, "measured_on",
                                  measurement.is_virtual ? "virtual watch" : measurement.name);
    if (isnan(inference_ms) || !project || wg_project_is_read_only(project) ||
        wg_measurement_keep(project, &measurement, &error))
        return;
    wg_job_note(job, _("how long a recognition took there could not be kept: %s"), error->message);
}

WgMeasurement *
wg_measurement_find(WgProject *project, guint32 crc32, const WgWatchKind *kind)
{
    g_autoptr(GPtrArray) all = load_all(project);

    for (guint i = 0; i < all->len; i++) {
        const WgMeasurement *m = g_ptr_array_index(all, i);

        if (m->crc32 == crc32 && g_str_equal(m->kind, kind->id) && !m->is_virtual &&
            m->inference_ms > 0)
            return g_ptr_array_steal_index(all, i);
    }
    return NULL;
}

void
wg_measurement_free(WgMeasurement *measurement)
{
    g_free(measurement->kind);
    g_free(measurement->name);
    g_free(measurement->date);
    g_free(measurement);
}
