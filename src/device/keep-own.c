/* Keeps a model that somebody else put where the firmware's own recogniser reads it. */
#include "device/keep-own.h"

#include "base/error.h"
#include "device/crc32.h"
#include "device/deploy-query.h"
#include "device/deploy-record.h"
#include "device/espruino-protocol.h"
#include "device/program.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define KEEP_MS 15000         /* it writes the flash several times */
#define MAX_LABELS_BYTES 2000 /* they stand in a record, which the watch reads into its memory */
#define RECORD_BYTES 1000     /* of a record without them, as it is and in waggle.json */
#define FLASH_BYTES 128       /* what files take beside their content */
/* The project's name in the record, which says where the model is from. */
#define FOUND "found on the watch"

typedef struct {
    WgSurvey *survey;
    char *date;
    GBytes *model, *labels;
} Keeping;

static void
keeping_free(Keeping *k)
{
    wg_survey_free(k->survey);
    g_free(k->date);
    g_clear_pointer(&k->model, g_bytes_unref);
    g_clear_pointer(&k->labels, g_bytes_unref);
    g_free(k);
}

gboolean
wg_keep_own_is_needed(const WgSurvey *survey)
{
    const WgSum *sum = wg_survey_find(survey, WG_BUILTIN_MODEL);
    const WgCarried *now = survey->now, *former = survey->former;
    if (!sum || sum->length == 0)
        return FALSE;
    if (now && now->crc == sum->crc && now->mode == WG_DEPLOY_BUILTIN)
        return FALSE;
    if (now && now->beside && now->beside_crc == sum->crc && now->is_whole)
        return FALSE;
    /* one of ours that was put aside for the app is the former one; one that is not ours would be
     * lost with the next deployment */
    return !(former && former->crc == sum->crc && former->mode == WG_DEPLOY_BUILTIN &&
             !former->is_own);
}

gint64
wg_keep_own_count_bytes(const WgSurvey *survey)
{
    const WgSum *model = wg_survey_find(survey, WG_BUILTIN_MODEL);
    const WgSum *labels = wg_survey_find(survey, WG_BUILTIN_NAMES);
    const gint64 record_bytes = RECORD_BYTES + (labels ? labels->length * 4 / 3 : 0);
    return (model ? model->length : 0) + 2 * record_bytes + FLASH_BYTES;
}

/* Takes the task, and the error, which may be NULL. */
static void
end(GTask *task, GError *error)
{
    if (error)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

static void
on_kept(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(WG_WATCH(source), result, &error);
    if (value && strcmp(value, "-1") != 0)
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_VERIFY,
                            _("the watch could not keep the model that was found on it: nothing "
                              "was changed; try again"));
    end(user_data, error);
}

/* The slot that holds it already, else one that nothing needs. */
static char *
choose_slot(const WgSurvey *survey, GBytes *model)
{
    for (int slot = 0; slot < wg_slot_count('m'); slot++) {
        g_autofree char *name = wg_slot_name('m', slot);
        if (wg_survey_holds(survey, name, (gint64)g_bytes_get_size(model), wg_crc32_bytes(model)))
            return g_steal_pointer(&name);
    }
    return wg_survey_find_slot(survey, 'm');
}

/* Its .tfnames byte for byte, as JSON. */
static char *
build_labels(GBytes *labels)
{
    gsize n = 0;
    const guchar *bytes = labels ? g_bytes_get_data(labels, &n) : NULL;
    g_autofree char *base64 = labels ? g_base64_encode(bytes, n) : NULL;
    return base64 ? g_strdup_printf("\"%s\"", base64) : g_strdup("null");
}

static char *
build_text(const Keeping *k, const char *record, const char *slot)
{
    const WgSurvey *survey = k->survey;
    const gint64 number =
        1 + MAX(survey->now ? survey->now->number : 0, survey->former ? survey->former->number : 0);
    const guint32 crc = wg_crc32_bytes(k->model);
    g_autofree char *labels = build_labels(k->labels);
    g_autofree char *date = wg_espruino_quote(k->date ? k->date : "", -1);
    if (survey->now && survey->now->mode == WG_DEPLOY_APP) /* what stands behind counts */
        return g_strdup_printf(",\"record\":\"%s\",\"number\":%" G_GINT64_FORMAT
                               ",\"beside\":[\"%s\",%u,%s]}",
                               record, number, slot, crc, labels);
    return g_strdup_printf(
        "{\"version\":%d,\"mode\":\"builtin\",\"record\":\"%s\",\"number\":%" G_GINT64_FORMAT
        ",\"project\":\"" FOUND "\",\"made\":\"\",\"date\":%s,"
        "\"model\":\"%s\",\"crc\":%u,\"code\":null,\"arena\":%d,\"threshold\":0,"
        "\"other\":null,\"own\":%s,\"names\":[]}",
        WG_RECORD_VERSION, record, number, date, slot, crc, WG_BUILTIN_ARENA, labels);
}

/* What it will be put back to by "restore", as JavaScript. */
static char *
choose_former(const WgSurvey *survey)
{
    const WgCarried *now = survey->now, *former = survey->former;
    if (now && now->mode == WG_DEPLOY_BUILTIN && now->is_whole)
        former = now;
    return former ? g_strdup_printf("'%s'", former->record) : g_strdup("null");
}

static void
keep(WgWatch *watch, GTask *task)
{
    const Keeping *k = g_task_get_task_data(task);
    const WgCarried *now = k->survey->now;
    const gboolean is_beside = now && now->mode == WG_DEPLOY_APP;
    g_autofree char *slot = choose_slot(k->survey, k->model);
    g_autofree char *record = wg_survey_find_slot(k->survey, 'r');
    g_autofree char *text = build_text(k, record, slot);
    g_autofree char *quoted = wg_espruino_quote(text, -1);
    g_autofree char *base = is_beside ? g_strdup_printf("'%s'", now->record) : g_strdup("null");
    g_autofree char *former = choose_former(k->survey);
    g_autofree char *call = g_strdup_printf("waggleKeep('%s',%u,'%s',%s,%s,%s)", slot,
                                            wg_crc32_bytes(k->model), record, base, quoted, former);
    g_autofree char *code =
        wg_program_build(call, WG_PROGRAM_SWITCH, WG_PROGRAM_INSTALL, WG_PROGRAM_KEEP, -1);
    wg_deploy_query_async(watch, code, KEEP_MS, g_task_get_cancellable(task), on_kept, task);
}

static GBytes *
finish_reading(WgWatch *watch, GTask *task, GAsyncResult *result, const char *name, GError **error)
{
    const Keeping *k = g_task_get_task_data(task);
    g_autoptr(GBytes) content = wg_watch_read_file_finish(watch, result, error);
    if (content && !wg_survey_holds(k->survey, name, (gint64)g_bytes_get_size(content),
                                    wg_crc32_bytes(content))) {
        g_set_error(error, WG_ERROR, WG_ERROR_VERIFY,
                    _("“%s” on the watch has just been changed by somebody else: try again"), name);
        return NULL;
    }
    return g_steal_pointer(&content);
}

static void
on_labels(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Keeping *k = g_task_get_task_data(task);
    GError *error = NULL;
    k->labels = finish_reading(WG_WATCH(source), task, result, WG_BUILTIN_NAMES, &error);
    if (k->labels)
        keep(WG_WATCH(source), task);
    else
        end(task, error);
}

static void
on_model(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Keeping *k = g_task_get_task_data(task);
    GError *error = NULL;
    k->model = finish_reading(watch, task, result, WG_BUILTIN_MODEL, &error);
    if (!k->model) {
        end(task, error);
    } else if (wg_tflite_find_version(k->model) < 0) {
        g_debug("what stands in " WG_BUILTIN_MODEL " is no model, and not kept");
        end(task, NULL);
    } else if (wg_survey_find(k->survey, WG_BUILTIN_NAMES)) {
        wg_watch_read_file_async(watch, WG_BUILTIN_NAMES, g_task_get_cancellable(task), on_labels,
                                 task);
    } else {
        keep(watch, task);
    }
}

static GError *
check_room(WgWatch *watch, const WgSurvey *survey)
{
    const WgSum *labels = wg_survey_find(survey, WG_BUILTIN_NAMES);
    const gint64 needed_bytes = wg_keep_own_count_bytes(survey);
    if (labels && labels->length > MAX_LABELS_BYTES)
        return g_error_new(WG_ERROR, WG_ERROR_STORAGE,
                           _("the names of the model that was found on %s take %" PRId64
                             " bytes, %d can be kept: save %s from the watch and erase it there"),
                           wg_watch_get_name(watch), labels->length, MAX_LABELS_BYTES,
                           WG_BUILTIN_NAMES);
    if (survey->free_bytes < needed_bytes)
        return g_error_new(WG_ERROR, WG_ERROR_STORAGE,
                           _("to keep the model that was found on %s, %" PRId64
                             " bytes of its storage are needed, %" PRId64
                             " are free: remove an app from the watch"),
                           wg_watch_get_name(watch), needed_bytes, survey->free_bytes);
    return NULL;
}

void
wg_keep_own_async(WgWatch *watch, WgSurvey *survey, const char *date, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    Keeping *k = g_new0(Keeping, 1);
    GError *error = check_room(watch, survey);
    k->survey = survey;
    k->date = g_strdup(date);
    g_task_set_task_data(task, k, (GDestroyNotify)keeping_free);
    if (error)
        end(task, error);
    else
        wg_watch_read_file_async(watch, WG_BUILTIN_MODEL, cancellable, on_model, task);
}

gboolean
wg_keep_own_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
