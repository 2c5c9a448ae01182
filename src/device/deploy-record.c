/* Checks a deployment and writes what is stored beside the model. */
#include "device/deploy-record.h"

#include "base/error.h"
#include "base/find-string.h"
#include "device/crc32.h"
#include "device/espruino-protocol.h"
#include "device/program.h"
#include "device/watch-actions.h"
#include "device/watch-names.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAMES_BYTES 2000 /* all names together: the watch holds them in memory */
#define MAX_MODEL_BYTES 500000
#define WG_THRESHOLD_MAX 2.0 /* of what is never the answer */
#define WG_TFLITE_VERSION 3  /* schema version that all watches ask for */

/* Made by build-aux/watch-image.py. */
extern const unsigned char wg_watch_icon[];
extern const size_t wg_watch_icon_size;

char *
wg_slot_name(char what, int slot)
{
    return g_strdup_printf("waggle.%c%c%d%d", what, what, slot, slot);
}

int
wg_slot_count(char what)
{
    return what == 'm' ? WG_N_MODEL_SLOTS : WG_N_SLOTS;
}

static gboolean
check_names(const WgDeployment *d, GError **error)
{
    const int n = d->names ? (int)g_strv_length(d->names) : 0;
    gsize n_bytes = 0;
    if (n == 0 || (d->n_outputs > 0 && n != d->n_outputs)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("the model has %d outputs, there are %d names"), d->n_outputs, n);
        return FALSE;
    }
    for (int i = 0; i < n; i++) {
        n_bytes += strlen(d->names[i]) + 1;
        if (d->mode == WG_DEPLOY_BUILTIN && strpbrk(d->names[i], ",\r\n")) {
            g_set_error(
                error, WG_ERROR, WG_ERROR_INPUT,
                _("the gesture “%s” has a comma or a line end in its name, which the watch's own "
                  "recogniser cannot hold: rename it, or deploy the app"),
                d->names[i]);
            return FALSE;
        }
    }
    if (n_bytes > MAX_NAMES_BYTES) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("the names of the gestures take %zu bytes, a watch takes %d"), n_bytes,
                    MAX_NAMES_BYTES);
        return FALSE;
    }
    return TRUE;
}

gboolean
wg_deployment_check(const WgDeployment *d, GError **error)
{
    const gsize n = d->tflite ? g_bytes_get_size(d->tflite) : 0;
    if (n == 0 || n > MAX_MODEL_BYTES) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("the model has %zu bytes, a watch takes 1 to %d"), n, MAX_MODEL_BYTES);
        return FALSE;
    }
    if (d->mode == WG_DEPLOY_APP && !(d->threshold >= 0 && d->threshold <= 1)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("the threshold is %g, not from 0 to 1"),
                    d->threshold);
        return FALSE;
    }
    for (int i = 0; d->mode == WG_DEPLOY_APP && d->thresholds && d->names && d->names[i]; i++) {
        if (d->thresholds[i] >= 0 && d->thresholds[i] <= WG_THRESHOLD_MAX)
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("the threshold of “%s” is %g, not from 0 to 1"), d->names[i],
                    d->thresholds[i]);
        return FALSE;
    }
    if (d->n_tests > 0 && (d->n_inputs <= 0 || d->n_outputs <= 0)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("a self-test of %d inputs and %d outputs"),
                    d->n_inputs, d->n_outputs);
        return FALSE;
    }
    return check_names(d, error);
}

static void
append_member(GString *out, const char *name, const char *text)
{
    g_autofree char *quoted = text ? wg_espruino_quote(text, -1) : g_strdup("null");
    g_string_append_printf(out, ",\"%s\":%s", name, quoted);
}

static void
append_thresholds(GString *out, const WgDeployment *d)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    for (int i = 0; d->names[i]; i++)
        g_string_append_printf(out, "%s%s", i ? "," : ",\"thresholds\":[",
                               g_ascii_dtostr(number, sizeof number, d->thresholds[i]));
    g_string_append(out, "]");
}

char *
wg_deployment_build_record(const WgDeployment *d, const WgRecordPlace *place)
{
    g_auto(GStrv) names = wg_watch_names_new((const char *const *)d->names);
    g_autofree char *project =
        wg_watch_names_fold(d->project_name ? d->project_name : "", "a project");
    const int other = wg_find_string((const char *const *)d->names, d->other);
    const gboolean is_app = d->mode == WG_DEPLOY_APP;
    GString *out = g_string_new(NULL);
    char threshold[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, "{\"version\":%d", WG_RECORD_VERSION);
    append_member(out, "mode", is_app ? "app" : "builtin");
    append_member(out, "record", place->record);
    g_string_append_printf(out, ",\"number\":%" G_GINT64_FORMAT, place->number);
    append_member(out, "project", project);
    append_member(out, "made", d->made ? d->made : "");
    append_member(out, "date", d->date ? d->date : "");
    append_member(out, "model", place->model);
    g_string_append_printf(out, ",\"crc\":%u", wg_crc32_bytes(d->tflite));
    append_member(out, "code", place->code_name);
    if (place->code_name)
        g_string_append_printf(out, ",\"code_crc\":%u", place->code_crc);
    g_string_append_printf(out, ",\"arena\":%zu,\"threshold\":%s",
                           is_app ? d->arena_bytes : (gsize)WG_BUILTIN_ARENA,
                           g_ascii_dtostr(threshold, sizeof threshold, d->threshold));
    if (is_app && d->thresholds)
        append_thresholds(out, d);
    append_member(out, "other", other >= 0 ? names[other] : NULL);
    wg_watch_actions_append(d, out);
    g_string_append(out, ",\"names\":[");
    for (int i = 0; names[i]; i++) {
        g_autofree char *quoted = wg_espruino_quote(names[i], -1);
        g_string_append_printf(out, "%s%s", i ? "," : "", quoted);
    }
    g_string_append(out, "]}");
    return g_string_free(out, FALSE);
}

char *
wg_record_with_former(const char *record_text, const char *former)
{
    if (!former)
        return g_strdup_printf("{\"former\":null,%s", record_text + 1);
    return g_strdup_printf("{\"former\":\"%s\",%s", former, record_text + 1);
}

static gint64
read_little(const guint8 *data, gsize n, gint64 at, int n_bytes)
{
    gint64 value = 0;
    if (at < 0 || at + n_bytes > (gint64)n)
        return -1;
    for (int i = 0; i < n_bytes; i++)
        value |= (gint64)data[at + i] << (8 * i);
    return value;
}

int
wg_tflite_find_version(GBytes *tflite)
{
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(tflite, &n);
    const gint64 root = read_little(data, n, 0, 4);
    const gint64 back = root < 0 ? -1 : read_little(data, n, root, 4);
    const gint64 table = root - (gint32)back; /* of the fields' places */
    const gint64 field = back < 0 ? -1 : read_little(data, n, table + 4, 2);
    const gint64 at = root + field;
    if (field <= 0 || read_little(data, n, at, 4) != WG_TFLITE_VERSION)
        return -1;
    return (int)at;
}

char *
wg_deployment_build_names(const WgDeployment *d)
{
    g_auto(GStrv) names = wg_watch_names_new((const char *const *)d->names);
    return wg_watch_names_join((const char *const *)names);
}

const char *const wg_fixed_files[WG_N_FIXED_FILES] = {"waggle.app.js", "waggle.info",
                                                      "waggle.boot.js", "waggle.img"};

static GBytes *
build_boot(void)
{
    /* the watch joins it with others into one program, where nothing of it is to be seen */
    g_autofree char *programs = wg_program_join(WG_PROGRAM_FIND, WG_PROGRAM_BACKGROUND, -1);
    char *boot = g_strdup_printf("(function(){%s})();", programs);
    return g_bytes_new_take(boot, strlen(boot));
}

GBytes *
wg_fixed_file_build(const WgDeployment *d, int i)
{
    static const char info[] =
        "{\"id\":\"waggle\",\"name\":\"Waggle\",\"type\":\"app\",\"src\":\"waggle.app.js\","
        "\"icon\":\"waggle.img\",\"version\":\"1\",\"files\":\"waggle.info,waggle.app.js,"
        "waggle.boot.js,waggle.img,waggle.json,waggle.mm00,waggle.mm11,waggle.mm22,waggle.mm33,"
        "waggle.mm44,waggle.cc00,waggle.cc11,waggle.cc22,waggle.rr00,waggle.rr11,waggle.rr22,"
        "waggle.off\"}";
    if (i == WG_FIXED_INFO)
        return g_bytes_new_static(info, sizeof info - 1);
    if (i == WG_FIXED_ICON)
        return g_bytes_new_static(wg_watch_icon, wg_watch_icon_size);
    if (i == WG_FIXED_BOOT)
        return d->in_background ? build_boot() : NULL;
    char *app = wg_program_join(WG_PROGRAM_FIND, WG_PROGRAM_BOOT, -1);
    return g_bytes_new_take(app, strlen(app));
}

void
wg_deployment_free(WgDeployment *d)
{
    g_clear_pointer(&d->tflite, g_bytes_unref);
    g_strfreev(d->names);
    g_free(d->project_name);
    g_free(d->other);
    g_free(d->thresholds);
    g_strfreev(d->actions);
    g_free(d->made);
    g_free(d->date);
    g_free(d->test_inputs);
    g_free(d->test_outputs);
    g_free(d);
}
