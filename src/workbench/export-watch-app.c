/* The exporter "watch-app": what a deployment stores on a Bangle.js, for the Espruino web tools. */
#include "base/error.h"
#include "device/crc32.h"
#include "device/deploy-plan.h"
#include "device/deploy-record.h"
#include "quant/export-facts.h"
#include "quant/verdict.h"

#include <glib/gi18n.h>
#include <string.h>

#define KIND "bangle2"
#define FREE_BYTES 1000000 /* of Storage, on a watch of which nothing else is known */
#define CHUNK_BYTES 768    /* written at once: a line of 1 kB in base64 */

static const struct {
    char what; /* of a slot's name ("waggle.mm00"), 0: a fixed name */
    const char *name, *text;
} meanings[] = {
    {'m', NULL, "the model, a .tflite"},    {'c', NULL, "the app's program"},
    {'r', NULL, "what belongs together"},   {0, WG_RECORD_NAME, "the same: what is in use"},
    {0, "waggle.app.js", "starts the app"}, {0, "waggle.info", "its entry in the launcher"},
    {0, "waggle.img", "its icon"},          {0, "waggle.boot.js", "starts it with the clock"},
};

static const char *
find_meaning(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(meanings); i++) {
        g_autofree char *slot = meanings[i].what ? wg_slot_name(meanings[i].what, 0) : NULL;

        if (g_str_equal(name, slot ? slot : meanings[i].name))
            return meanings[i].text;
    }
    return "";
}

static gboolean
check(const WgExportSource *source, gsize *arena_bytes, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(KIND, error);
    g_autoptr(WgVerdict) verdict = kind ? wg_verdict_new(source->network, kind, FALSE) : NULL;

    if (!verdict)
        return FALSE;
    if (!wg_window_options_is_watch(source->window)) {
        g_autofree char *own = wg_window_options_describe(source->window);
        g_autofree char *wanted = wg_window_options_describe(&wg_window_options_watch);

        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("this model sees %s, and a Bangle.js hands over the first %s: train without "
                      "window options, or export it for a board"),
                    own, wanted);
        return FALSE;
    }
    if (!verdict->fits) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("this model does not run on %s: %s"),
                    kind->name, verdict->reasons[0] ? verdict->reasons[0] : _("it does not fit"));
        return FALSE;
    }
    *arena_bytes = wg_verdict_get_app_arena(verdict);
    return TRUE;
}

/* Points into the source: nothing of it is freed. */
static void
fill_deployment(const WgExportSource *source, gsize arena_bytes, WgDeployment *d)
{
    d->mode = WG_DEPLOY_APP;
    d->tflite = wg_int8_network_get_bytes(source->network);
    d->names = (char **)source->labels;
    d->arena_bytes = arena_bytes;
    d->threshold = source->threshold;
    d->thresholds = (double *)source->thresholds;
    d->other = (char *)source->other;
    d->actions = (char **)source->actions;
    d->n_debounce = source->n_app_debounce;
    d->debounce_ms = source->app_debounce_ms;
    d->in_background = source->in_background;
    d->project_name = (char *)source->project_name;
    d->made = (char *)source->made;
    d->date = (char *)source->date;
    d->n_outputs = wg_int8_network_get_output(source->network)->n_elements;
}

typedef struct {
    GPtrArray *files;
    GString *list, *storage, *writes;
    int n;
} Listing;

static void
append_writes(Listing *listing, const char *name, GBytes *content)
{
    gsize n;
    const guint8 *data = g_bytes_get_data(content, &n);

    g_string_append_printf(listing->writes, "%swaggleStorage.erase(\"%s\");",
                           listing->n ? "\n" : "", name);
    for (gsize at = 0; at < n; at += CHUNK_BYTES) {
        g_autofree char *base64 = g_base64_encode(data + at, MIN(n - at, CHUNK_BYTES));

        g_string_append_printf(listing->writes,
                               "\nwaggleStorage.write(\"%s\",atob(\"%s\"),%" G_GSIZE_FORMAT
                               ",%" G_GSIZE_FORMAT ");",
                               name, base64, at, n);
    }
    g_string_append_printf(listing->writes, "\nwaggleCheck(\"%s\",%u);", name,
                           wg_crc32_bytes(content));
}

static void
add_file(Listing *listing, const char *name, GBytes *content)
{
    g_autofree char *path = g_strconcat("storage/", name, NULL);

    wg_export_add(listing->files, path, content);
    append_writes(listing, name, content);
    g_string_append_printf(listing->list, "%s`%s` | %" G_GSIZE_FORMAT " | %s",
                           listing->n ? "\n" : "", name, g_bytes_get_size(content),
                           find_meaning(name));
    /* an App Loader writes the launcher's entry itself */
    if (!g_str_has_suffix(name, ".info"))
        g_string_append_printf(listing->storage, "%s    {\"name\": \"%s\", \"url\": \"%s\"}",
                               listing->storage->len ? ",\n" : "", name, path);
    listing->n++;
}

static void
add_text(Listing *listing, const char *name, const char *text)
{
    g_autoptr(GBytes) content = g_bytes_new(text, strlen(text));

    add_file(listing, name, content);
}

/* What an upload would send to a watch that holds nothing, under the names that it gets in the end.
 */
static void
add_files(const WgPlan *plan, Listing *listing)
{
    g_autofree char *json = wg_record_with_former(plan->text, NULL);

    for (guint i = 0; i < plan->files->len; i++) {
        const WgPlanFile *file = g_ptr_array_index(plan->files, i);

        add_file(listing, file->target ? file->target : file->name, file->content);
    }
    add_text(listing, plan->record, plan->text);
    add_text(listing, WG_RECORD_NAME, json);
}

static gboolean
write_app(const WgExportSource *source, GPtrArray *files, GError **error)
{
    g_autoptr(WgTemplate) template = wg_template_new();
    g_autoptr(GHashTable) sums = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) list = g_string_new(NULL);
    g_autoptr(GString) storage = g_string_new(NULL);
    g_autoptr(GString) writes = g_string_new(NULL);
    const WgSurvey empty = {.free_bytes = FREE_BYTES, .trash_bytes = -1, .sums = sums};
    g_autoptr(WgPlan) plan = NULL;
    Listing listing = {files, list, storage, writes, 0};
    WgDeployment d = {0};
    gsize arena_bytes;

    if (!check(source, &arena_bytes, error) || !wg_export_set_facts(source, template, error))
        return FALSE;
    fill_deployment(source, arena_bytes, &d);
    if (!wg_deployment_check(&d, error))
        return FALSE;
    plan = wg_plan_new(&d, &empty);
    add_files(plan, &listing);
    wg_template_set(template, "N_FILES", "%d", listing.n);
    wg_template_set(template, "FILE_LIST", "%s", list->str);
    wg_template_set(template, "STORAGE", "%s", storage->str);
    wg_template_set(template, "WRITES", "%s", writes->str);
    wg_template_set(template, "LABEL_COUNT", "%d", d.n_outputs);
    wg_template_set(template, "NEEDED", "%" G_GINT64_FORMAT, plan->needed_bytes);
    wg_template_set(template, "MEMORY_NEEDED", "%" G_GINT64_FORMAT, plan->memory_bytes);
    wg_template_set_flag(template, "HAS_BACKGROUND", source->in_background);
    wg_template_add(template, "watch-app/install.js", files, "install.js");
    wg_template_add(template, "watch-app/metadata.json", files, "metadata.json");
    wg_template_add(template, "watch-app/README.md", files, "README.md");
    wg_template_add(template, "LICENSE", files, "LICENSE");
    return TRUE;
}

const WgExporter wg_exporter_watch_app = {
    "watch-app",
    N_("App for the Bangle.js"),
    N_("the files of a deployment, for the Espruino web tools"),
    NULL,
    write_app,
};
