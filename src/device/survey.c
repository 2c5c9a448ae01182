/* Asks a watch what it carries, and reads the answer with care. */
#include "device/survey.h"

#include "base/error.h"
#include "device/deploy-query.h"
#include "device/deploy-record.h"
#include "device/json-line.h"
#include "device/program.h"
#include "device/watch-names.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_GESTURES 1000
#define PREFIX "waggle." /* of most names: survey.js adds it */

/* All names in Storage that a deployment may use; NULL-terminated. */
static GPtrArray *
list_names(void)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *what = "mcr"; *what; what++)
        for (int slot = 0; slot < wg_slot_count(*what); slot++)
            g_ptr_array_add(names, wg_slot_name(*what, slot));
    g_ptr_array_add(names, g_strdup(WG_RECORD_NAME));
    g_ptr_array_add(names, g_strdup(WG_BUILTIN_MODEL));
    g_ptr_array_add(names, g_strdup(WG_BUILTIN_NAMES));
    for (int i = 0; i < WG_N_FIXED_FILES; i++) {
        g_ptr_array_add(names, g_strdup(wg_fixed_files[i]));
        g_ptr_array_add(names, wg_slot_name('t', i));
    }
    return names;
}

static gboolean
is_slot(const char *name, char what)
{
    for (int slot = 0; name && slot < wg_slot_count(what); slot++) {
        g_autofree char *slot_name = wg_slot_name(what, slot);
        if (strcmp(name, slot_name) == 0)
            return TRUE;
    }
    return FALSE;
}

static void
carried_free(WgCarried *self)
{
    g_free(self->record);
    g_free(self->model);
    g_free(self->code);
    g_free(self->beside);
    g_clear_pointer(&self->labels, g_bytes_unref);
    g_free(self->former);
    g_free(self->project);
    g_free(self->made);
    g_free(self->date);
    g_strfreev(self->names);
    g_free(self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgCarried, carried_free)

static char *
dup_text(JsonNode *record, const char *name)
{
    const char *text = wg_json_read_string(wg_json_get(record, name));
    return g_strdup(text ? text : "");
}

static char **
dup_names(JsonNode *record)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    JsonNode *names = wg_json_get(record, "names");
    const char *name;
    for (guint i = 0; i < MAX_GESTURES; i++) {
        name = wg_json_read_string(wg_json_at(names, i));
        if (!name)
            break;
        g_strv_builder_add(builder, name);
    }
    return g_strv_builder_end(builder);
}

static gboolean
holds(const WgSurvey *survey, const char *name, guint32 crc)
{
    const WgSum *sum = wg_survey_find(survey, name);
    return sum && sum->crc == crc;
}

/* The firmware's names as text that can be shown. */
static char **
split_labels(GBytes *labels)
{
    gsize n = 0;
    const char *bytes = g_bytes_get_data(labels, &n);
    g_autofree char *text = g_utf8_make_valid(bytes, (gssize)n);
    return g_strsplit(text, ",", MAX_GESTURES);
}

/* What a record says of a model that is not ours: whether it is one ("own": names in base64, or
 * null), or kept one ("beside": [file, CRC-32, the same]). */
static void
read_own(WgCarried *self, JsonNode *record)
{
    JsonNode *own = wg_json_get(record, "own");
    JsonNode *beside = wg_json_get(record, "beside");
    const char *file = wg_json_read_string(wg_json_at(beside, 0));
    const char *base64 = NULL;
    gint64 crc = 0;
    if (self->mode == WG_DEPLOY_BUILTIN && own) {
        self->is_own = TRUE;
        base64 = wg_json_read_string(own);
    } else if (self->mode == WG_DEPLOY_APP && is_slot(file, 'm') &&
               wg_json_read_int(wg_json_at(beside, 1), &crc)) {
        self->beside = g_strdup(file);
        self->beside_crc = (guint32)crc;
        base64 = wg_json_read_string(wg_json_at(beside, 2));
    }
    if (base64) {
        gsize n = 0;
        guchar *bytes = g_base64_decode(base64, &n);
        self->labels = g_bytes_new_take(bytes, n);
    }
    if (self->is_own && self->labels) {
        g_strfreev(self->names);
        self->names = split_labels(self->labels);
    }
}

/* Files are named by what the record says; nothing but our own names is accepted there. */
static WgCarried *
read_record(JsonNode *record, const WgSurvey *survey)
{
    g_autoptr(WgCarried) self = g_new0(WgCarried, 1);
    gint64 crc = 0, code_crc = 0;
    const char *former = wg_json_read_string(wg_json_get(record, "former"));
    const char *code = wg_json_read_string(wg_json_get(record, "code"));
    self->record = dup_text(record, "record");
    self->model = dup_text(record, "model");
    if (!is_slot(self->record, 'r') || !is_slot(self->model, 'm') || (code && !is_slot(code, 'c')))
        return NULL;
    self->mode = code ? WG_DEPLOY_APP : WG_DEPLOY_BUILTIN;
    self->code = g_strdup(code);
    self->former = is_slot(former, 'r') ? g_strdup(former) : NULL;
    self->project = dup_text(record, "project");
    self->made = dup_text(record, "made");
    self->date = dup_text(record, "date");
    self->names = dup_names(record);
    (void)wg_json_read_int(wg_json_get(record, "number"), &self->number);
    (void)wg_json_read_int(wg_json_get(record, "crc"), &crc);
    (void)wg_json_read_int(wg_json_get(record, "code_crc"), &code_crc);
    self->crc = (guint32)crc;
    self->code_crc = (guint32)code_crc;
    const WgSum *model = wg_survey_find(survey, self->model);
    self->model_bytes = model ? model->length : -1;
    read_own(self, record);
    self->is_whole = holds(survey, self->model, self->crc) &&
                     (!code || holds(survey, code, self->code_crc)) &&
                     (!self->beside || holds(survey, self->beside, self->beside_crc));
    return g_steal_pointer(&self);
}

/* [length, CRC-32], or 0. */
static gboolean
read_sum(JsonNode *node, WgSum *sum)
{
    gint64 crc = 0;
    if (wg_json_read_int(node, &sum->length)) {
        sum->length = -1;
        return TRUE;
    }
    if (!wg_json_read_int(wg_json_at(node, 0), &sum->length) ||
        !wg_json_read_int(wg_json_at(node, 1), &crc) || sum->length < 0)
        return FALSE;
    sum->crc = (guint32)crc;
    return TRUE;
}

gboolean
wg_sums_read(const char *value, WgSum *sums, int n)
{
    g_autoptr(JsonNode) answer = wg_json_line_parse(value, strlen(value));
    for (int i = 0; i < n; i++)
        if (!read_sum(wg_json_at(answer, (guint)i), &sums[i]))
            return FALSE;
    return TRUE;
}

static WgSurvey *
read_survey(const char *value, GError **error)
{
    g_autoptr(JsonNode) answer = wg_json_line_parse(value, strlen(value));
    g_autoptr(WgSurvey) self = g_new0(WgSurvey, 1);
    g_autoptr(GPtrArray) names = list_names();
    JsonNode *room = wg_json_get(answer, "room");
    gboolean is_read = wg_json_read_int(wg_json_at(room, 0), &self->free_bytes) &&
                       wg_json_read_int(wg_json_at(room, 1), &self->trash_bytes) &&
                       wg_json_read_int(wg_json_at(room, 2), &self->memory_bytes);
    self->sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; is_read && i < names->len; i++) {
        WgSum sum = {0};
        is_read = read_sum(wg_json_at(wg_json_get(answer, "sums"), i), &sum);
        if (is_read && sum.length >= 0)
            g_hash_table_insert(self->sums, g_strdup(g_ptr_array_index(names, i)),
                                g_memdup2(&sum, sizeof sum));
    }
    if (!is_read) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_VERIFY,
                            _("the watch does not say what it carries in a way that this program "
                              "understands: try again"));
        return NULL;
    }
    self->now = read_record(wg_json_get(answer, "now"), self);
    self->former =
        self->now && self->now->former ? read_record(wg_json_get(answer, "former"), self) : NULL;
    return g_steal_pointer(&self);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(WG_WATCH(source), result, &error);
    WgSurvey *survey = value ? read_survey(value, &error) : NULL;
    if (survey)
        g_task_return_pointer(task, survey, (GDestroyNotify)wg_survey_free);
    else
        g_task_return_error(task, error);
}

void
wg_survey_async(WgWatch *watch, gboolean is_changing, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    g_autoptr(GPtrArray) names = list_names();
    g_autoptr(GString) call =
        g_string_new(is_changing ? "(wagglePause(true),waggleSurvey('" : "(waggleSurvey('");
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        const gsize n = g_str_has_prefix(name, PREFIX) ? strlen(PREFIX) : 0;
        g_string_append_printf(call, "%s%s", i ? " " : "", name + n);
    }
    g_string_append(call, "'.split(' ')))");
    g_autofree char *code = wg_program_build(call->str, WG_PROGRAM_FIND, WG_PROGRAM_SURVEY,
                                             is_changing ? WG_PROGRAM_PAUSE : -1, -1);
    wg_deploy_query_async(watch, code, WG_ANSWER_MS, cancellable, on_answer, task);
}

WgSurvey *
wg_survey_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

const WgSum *
wg_survey_find(const WgSurvey *survey, const char *name)
{
    return g_hash_table_lookup(survey->sums, name);
}

gboolean
wg_survey_holds(const WgSurvey *survey, const char *name, gint64 length, guint32 crc)
{
    const WgSum *sum = wg_survey_find(survey, name);
    return sum && sum->length == length && sum->crc == crc;
}

GBytes *
wg_carried_build_labels(const WgCarried *carried)
{
    if (carried->is_own || carried->beside)
        return carried->labels ? g_bytes_ref(carried->labels) : NULL;
    char *text = wg_watch_names_join((const char *const *)carried->names);
    return g_bytes_new_take(text, strlen(text));
}

static gboolean
is_of(const WgCarried *carried, const char *name)
{
    return carried &&
           (g_strcmp0(carried->record, name) == 0 || g_strcmp0(carried->model, name) == 0 ||
            g_strcmp0(carried->code, name) == 0 || g_strcmp0(carried->former, name) == 0 ||
            g_strcmp0(carried->beside, name) == 0);
}

gboolean
wg_survey_needs(const WgSurvey *survey, const char *name)
{
    return is_of(survey->now, name) || is_of(survey->former, name);
}

char *
wg_survey_find_slot(const WgSurvey *survey, char what)
{
    for (int slot = 0; slot < wg_slot_count(what); slot++) {
        g_autofree char *name = wg_slot_name(what, slot);
        if (!wg_survey_needs(survey, name))
            return g_steal_pointer(&name);
    }
    return wg_slot_name(what, 0); /* not reached: the two deployments need fewer */
}

void
wg_survey_free(WgSurvey *survey)
{
    if (survey->now)
        carried_free(survey->now);
    if (survey->former)
        carried_free(survey->former);
    g_clear_pointer(&survey->sums, g_hash_table_unref);
    g_free(survey);
}
