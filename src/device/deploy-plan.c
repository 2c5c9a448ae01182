/* Works out what a deployment has to send to one watch, and the last step that puts it into use. */
#include "device/deploy-plan.h"

#include "base/error.h"
#include "device/crc32.h"
#include "device/deploy-record.h"
#include "device/espruino-protocol.h"
#include "device/program.h"
#include "device/watch-actions.h"

#include <glib/gi18n.h>
#include <string.h>

#define HEADER_BYTES 32   /* of a file in Storage (jsflash.h, JsfFileHeader) */
#define ALIGNMENT_BYTES 8 /* the most that a watch's flash rounds a file up to */
#define SPARE_BYTES                                                                                \
    4096              /* left for the record and the next deployment before the icon is stored     \
                       */
#define JSON_BYTES 32 /* what waggle.json has more than the record */
/* What the app takes beside arena and model: its program, and the interpreter (TFLM's own
 * structures, 1.3 kB). */
#define APP_MEMORY_BYTES 4000

gint64
wg_plan_room_of(gsize n_bytes)
{
    return ((gint64)n_bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES +
           HEADER_BYTES;
}

static void
file_free(gpointer data)
{
    WgPlanFile *file = data;
    g_free(file->name);
    g_bytes_unref(file->content);
    g_free(file);
}

/* The slot that holds this content already, else one that nothing needs. `content` NULL: the
 * latter. */
static char *
choose_name(char what, const WgSurvey *survey, GBytes *content)
{
    for (int slot = 0; content && slot < wg_slot_count(what); slot++) {
        g_autofree char *name = wg_slot_name(what, slot);
        if (wg_survey_holds(survey, name, (gint64)g_bytes_get_size(content),
                            wg_crc32_bytes(content)))
            return g_steal_pointer(&name);
    }
    return wg_survey_find_slot(survey, what);
}

/* Takes name and content. */
static void
add_file(WgPlan *plan, const WgSurvey *survey, char *name, const char *target, GBytes *content)
{
    const gsize n = g_bytes_get_size(content);
    WgPlanFile *file = g_new0(WgPlanFile, 1);
    *file = (WgPlanFile){name, target, content, wg_crc32_bytes(content), FALSE};
    file->is_stored = wg_survey_holds(survey, name, (gint64)n, file->crc);
    plan->needed_bytes += file->is_stored ? 0 : wg_plan_room_of(n);
    plan->needed_bytes += target ? wg_plan_room_of(n) : 0;
    g_ptr_array_add(plan->files, file);
}

/* Whether what the app can do without may be stored as well. */
static gboolean
has_spare_room(const WgPlan *plan, const WgSurvey *survey, GBytes *content)
{
    return plan->needed_bytes + 2 * wg_plan_room_of(g_bytes_get_size(content)) + SPARE_BYTES <=
           survey->free_bytes + MAX(0, survey->trash_bytes);
}

static void
add_app(WgPlan *plan, const WgSurvey *survey, GBytes *code, const char *code_name)
{
    add_file(plan, survey, g_strdup(code_name), NULL, g_bytes_ref(code));
    for (int i = 0; i < WG_N_FIXED_FILES; i++) {
        GBytes *content = wg_fixed_file_build(plan->deployment, i);
        if (!content)
            continue;
        if ((i == WG_FIXED_ICON && !has_spare_room(plan, survey, content)) ||
            wg_survey_holds(survey, wg_fixed_files[i], (gint64)g_bytes_get_size(content),
                            wg_crc32_bytes(content)))
            g_bytes_unref(content);
        else
            add_file(plan, survey, wg_slot_name('t', i), wg_fixed_files[i], content);
    }
}

static gboolean
is_wanted(const WgPlan *plan, const char *name)
{
    for (guint i = 0; i < plan->files->len; i++) {
        const WgPlanFile *file = g_ptr_array_index(plan->files, i);
        if (strcmp(file->name, name) == 0)
            return TRUE;
    }
    return strcmp(plan->record, name) == 0;
}

/* Whether the file belongs to what will be the former deployment. */
static gboolean
is_former(const WgPlan *plan, const WgSurvey *survey, const char *name)
{
    const WgCarried *all[] = {survey->now, survey->former};
    for (gsize i = 0; plan->former && i < G_N_ELEMENTS(all); i++)
        if (all[i] && strcmp(all[i]->record, plan->former) == 0 &&
            (strcmp(all[i]->record, name) == 0 || strcmp(all[i]->model, name) == 0 ||
             g_strcmp0(all[i]->code, name) == 0 || g_strcmp0(all[i]->beside, name) == 0))
            return TRUE;
    return FALSE;
}

static void
list_waste(WgPlan *plan, const WgSurvey *survey)
{
    g_autoptr(GStrvBuilder) old = g_strv_builder_new();
    g_autoptr(GStrvBuilder) stale = g_strv_builder_new();
    for (const char *what = "rmct"; *what; what++) {
        for (int slot = 0; slot < MAX(wg_slot_count(*what), WG_N_FIXED_FILES); slot++) {
            g_autofree char *name = wg_slot_name(*what, slot);
            const gboolean is_there = wg_survey_find(survey, name) != NULL;
            const gboolean is_needed = wg_survey_needs(survey, name);
            if (is_there && !is_needed && (*what == 'r' || !is_wanted(plan, name))) {
                g_strv_builder_add(stale, name);
                plan->must_clear |= *what == 'r';
            }
            if (is_there && !is_wanted(plan, name) && !is_former(plan, survey, name))
                g_strv_builder_add(old, name);
        }
    }
    plan->old = g_strv_builder_end(old);
    plan->stale = g_strv_builder_end(stale);
}

/* The same model again does not push out the one before it, nor does one that is spoilt. */
static char *
choose_former(const WgDeployment *d, const WgSurvey *survey)
{
    const WgCarried *now = survey->now;
    if (!now)
        return NULL;
    if (!now->is_whole || (now->mode == d->mode && now->crc == wg_crc32_bytes(d->tflite)))
        return survey->former ? g_strdup(survey->former->record) : NULL;
    return g_strdup(now->record);
}

WgPlan *
wg_plan_new(const WgDeployment *d, const WgSurvey *survey)
{
    const gboolean is_app = d->mode == WG_DEPLOY_APP;
    const gsize n_model = g_bytes_get_size(d->tflite);
    WgPlan *plan = g_new0(WgPlan, 1);
    g_autoptr(GBytes) code = NULL;
    g_autofree char *code_name = NULL;
    plan->deployment = d;
    plan->files = g_ptr_array_new_with_free_func(file_free);
    plan->model = choose_name('m', survey, d->tflite);
    plan->record = choose_name('r', survey, NULL);
    plan->former = choose_former(d, survey);
    plan->number =
        1 + MAX(survey->now ? survey->now->number : 0, survey->former ? survey->former->number : 0);
    add_file(plan, survey, g_strdup(plan->model), NULL, g_bytes_ref(d->tflite));
    if (is_app) {
        char *text = wg_watch_actions_build_app(d);
        code = g_bytes_new_take(text, strlen(text));
        code_name = choose_name('c', survey, code);
        add_app(plan, survey, code, code_name);
    } else {
        plan->needed_bytes +=
            wg_plan_room_of(n_model) + wg_plan_room_of(n_model / 8); /* names are short */
    }
    const WgRecordPlace place = {plan->record, plan->model, code_name,
                                 code ? wg_crc32_bytes(code) : 0, plan->number};
    plan->text = wg_deployment_build_record(d, &place);
    plan->needed_bytes +=
        wg_plan_room_of(strlen(plan->text)) + wg_plan_room_of(strlen(plan->text) + JSON_BYTES);
    plan->memory_bytes =
        (gint64)(is_app ? d->arena_bytes : WG_BUILTIN_ARENA) + (gint64)n_model + APP_MEMORY_BYTES;
    list_waste(plan, survey);
    return plan;
}

gint64
wg_plan_count_room(const WgPlan *plan, const WgSurvey *survey)
{
    gint64 n_bytes = survey->free_bytes;
    if (survey->trash_bytes < 0)
        return G_MAXINT64;
    for (int i = 0; plan->stale[i]; i++)
        n_bytes += wg_survey_find(survey, plan->stale[i])->length;
    return n_bytes + survey->trash_bytes;
}

static void
append_list(GString *out, const char *const *names)
{
    g_string_append_c(out, '[');
    for (int i = 0; names && names[i]; i++)
        g_string_append_printf(out, "%s'%s'", i ? "," : "", names[i]);
    g_string_append_c(out, ']');
}

char *
wg_plan_build_clearing(const WgPlan *plan, gboolean compacts)
{
    g_autoptr(GString) names = g_string_new(NULL);
    append_list(names, (const char *const *)plan->stale);
    return g_strdup_printf("(function(n){var s=require('Storage'),i;for(i=0;i<n.length;i++)"
                           "s.erase(n[i]);%sreturn 0;})(%s)",
                           compacts ? "s.compact();" : "", names->str);
}

char *
wg_plan_build_switch(const WgPlan *plan)
{
    const WgDeployment *d = plan->deployment;
    g_autoptr(GString) call = g_string_new("waggleSwitch([");
    g_autoptr(GString) moves = g_string_new("[");
    g_autofree char *text = wg_espruino_quote(plan->text, -1);
    for (guint i = 0; i < plan->files->len; i++) {
        const WgPlanFile *file = g_ptr_array_index(plan->files, i);
        g_string_append_printf(call, "%s['%s',%u]", i ? "," : "", file->name, file->crc);
        if (file->target)
            g_string_append_printf(moves, "%s['%s','%s']", moves->len > 1 ? "," : "", file->name,
                                   file->target);
    }
    g_string_append_printf(call, "],%s],'%s',%s,", moves->str, plan->record, text);
    if (plan->former)
        g_string_append_printf(call, "'%s',", plan->former);
    else
        g_string_append(call, "null,");
    append_list(call, (const char *const *)plan->old);
    if (d->mode == WG_DEPLOY_BUILTIN) {
        g_autofree char *names = wg_deployment_build_names(d);
        g_autofree char *base64 = g_base64_encode((const guchar *)names, strlen(names));
        g_string_append_printf(call, ",['%s',%d,atob('%s')]", plan->model,
                               wg_tflite_find_version(d->tflite), base64);
    }
    g_string_append_c(call, ')');
    const gboolean copies = d->mode == WG_DEPLOY_BUILTIN || moves->len > 1;
    return wg_program_build(call->str, WG_PROGRAM_SWITCH, copies ? WG_PROGRAM_INSTALL : -1, -1);
}

/* One thing that the watch must hold in the end. */
typedef struct {
    const char *name;
    gsize length;
    guint32 crc;
} Wanted;

/* In the order of wg_plan_build_reading; `json` and `names` hold what the first ones point to. */
static GArray *
list_wanted(const WgPlan *plan, char **json, char **names)
{
    const WgDeployment *d = plan->deployment;
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Wanted));
    *json = wg_record_with_former(plan->text, plan->former);
    *names = wg_deployment_build_names(d);
    const Wanted record = {WG_RECORD_NAME, strlen(*json), wg_crc32(*json, strlen(*json))};
    g_array_append_val(all, record);
    for (guint i = 0; i < plan->files->len; i++) {
        const WgPlanFile *file = g_ptr_array_index(plan->files, i);
        const Wanted wanted = {file->target ? file->target : file->name,
                               g_bytes_get_size(file->content), file->crc};
        g_array_append_val(all, wanted);
    }
    if (d->mode == WG_DEPLOY_BUILTIN) {
        const Wanted model = {WG_BUILTIN_MODEL, g_bytes_get_size(d->tflite),
                              wg_crc32_bytes(d->tflite)};
        const Wanted labels = {WG_BUILTIN_NAMES, strlen(*names), wg_crc32(*names, strlen(*names))};
        g_array_append_val(all, model);
        g_array_append_val(all, labels);
    }
    return all;
}

gboolean
wg_plan_is_done(const WgPlan *plan, const WgSurvey *survey)
{
    g_autofree char *json = NULL, *names = NULL;
    g_autoptr(GArray) all = list_wanted(plan, &json, &names);
    for (guint i = 0; i < all->len; i++) {
        const Wanted *wanted = &g_array_index(all, Wanted, i);
        if (!wg_survey_holds(survey, wanted->name, (gint64)wanted->length, wanted->crc))
            return FALSE;
    }
    return TRUE;
}

char *
wg_plan_build_reading(const WgPlan *plan)
{
    g_autofree char *json = NULL, *names = NULL;
    g_autoptr(GArray) all = list_wanted(plan, &json, &names);
    g_autoptr(GString) list = g_string_new("(function(n){var s=require('Storage'),o=[],i,c;"
                                           "for(i=0;i<n.length;i++){c=s.read(n[i]);"
                                           "o.push(c===undefined?0:[c.length,E.CRC32(c)]);}"
                                           "return o;})([");
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(list, "%s'%s'", i ? "," : "", g_array_index(all, Wanted, i).name);
    g_string_append(list, "])");
    return g_string_free(g_steal_pointer(&list), FALSE);
}

gboolean
wg_plan_check_reading(const WgPlan *plan, const char *value, GError **error)
{
    g_autofree char *json = NULL, *names = NULL;
    g_autoptr(GArray) all = list_wanted(plan, &json, &names);
    g_autofree WgSum *sums = g_new0(WgSum, all->len);
    const gboolean is_read = wg_sums_read(value, sums, (int)all->len);
    for (guint i = 0; i < all->len; i++) {
        const Wanted *wanted = &g_array_index(all, Wanted, i);
        if (!is_read || sums[i].length != (gint64)wanted->length || sums[i].crc != wanted->crc) {
            g_set_error(error, WG_ERROR, WG_ERROR_VERIFY,
                        _("what the watch stored as “%s” is not what was sent: deploy again"),
                        wanted->name);
            return FALSE;
        }
    }
    return TRUE;
}

void
wg_plan_free(WgPlan *plan)
{
    g_ptr_array_unref(plan->files);
    g_free(plan->model);
    g_free(plan->record);
    g_free(plan->text);
    g_free(plan->former);
    g_strfreev(plan->old);
    g_strfreev(plan->stale);
    g_free(plan);
}
