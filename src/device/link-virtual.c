/* The kind of link "virtual:": its address and the one virtual watch that is always there. */
#include "base/error.h"
#include "device/address.h"
#include "device/virtual-link.h"

#include <glib/gi18n.h>

/* Options of the address that are options of the program as well; numbers with their range. */
static const struct {
    const char *name;
    gboolean is_number;
    double least, most;
    gboolean needs_value;
} options[] = {
    {"perform", .needs_value = TRUE},
    {"speed", TRUE, 0.001, 1000},
    {"project", .needs_value = TRUE},
    {"plain-takes"},
    {"storage", TRUE, 0, G_MAXINT32},
    {"storage-bytes", TRUE, 0, G_MAXINT32},
    {"battery", TRUE, 0, 100},
    {"battery-falls", TRUE, -1e6, 1e6},
    {"press", TRUE, 0.1, 1e6},
    {"firmware", .needs_value = TRUE},
    {"no-packets"},
    {"rate", TRUE, 1, 1e9},
    {"chunk", TRUE, 1, 65536},
    {"latency", TRUE, 0, 1e6},
    {"drop-heard", TRUE, 0, G_MAXINT32},
    {"drop-said", TRUE, 0, G_MAXINT32},
    {"drop-seconds", TRUE, 0, 1e6},
    {"back", TRUE, 0, 1e6},
    {"silent"},
    {"stays"},
};

static gboolean
check_number(const char *address, const char *name, const char *value, double least, double most,
             GError **error)
{
    char *end = NULL;
    const double number = g_ascii_strtod(value, &end);

    if (end != value && *end == '\0' && number >= least && number <= most)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("the address “%s” gives %s “%s”: it is a number of %.10g to %.10g"), address,
                name, value, least, most);
    return FALSE;
}

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    const char *known[G_N_ELEMENTS(options) + 1] = {NULL};
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(options); i++)
        known[i] = options[i].name;
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    for (gsize i = 0; parts && i < G_N_ELEMENTS(options); i++) {
        const char *value = wg_address_get(parts, known[i]);
        if (value && !*value && options[i].needs_value) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        _("the address “%s” says nothing behind %s="), address, known[i]);
            return NULL;
        }
        if (value && options[i].is_number &&
            !check_number(address, known[i], value, options[i].least, options[i].most, error))
            return NULL;
        if (value)
            g_ptr_array_add(arguments, *value ? g_strdup_printf("--%s=%s", known[i], value)
                                              : g_strdup_printf("--%s", known[i]));
    }
    if (!parts)
        return NULL;
    g_ptr_array_add(arguments, g_strdup("--"));
    g_ptr_array_add(arguments, *parts->path ? g_strdup(parts->path)
                                            : g_build_filename(g_get_user_state_dir(), "waggle",
                                                               "watch", NULL));
    g_ptr_array_add(arguments, NULL);
    return wg_virtual_link_new(address, (const char *const *)arguments->pdata);
}

static gpointer
start_finding(WgFinder *finder)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *program = wg_virtual_find_program(&error);
    WgFoundWatch *watch = g_new0(WgFoundWatch, 1);
    watch->address = g_strdup("virtual:");
    watch->name = g_strdup(_("Virtual watch"));
    watch->kind = g_strdup("bangle2");
    watch->trouble = program ? NULL : wg_trouble_new(error->message, NULL, NULL);
    wg_finder_put(finder, watch);
    return NULL;
}

const WgLinkKind wg_link_kind_virtual = {"virtual", "virtual:[FOLDER][?perform=LABEL&speed=N&...]",
                                         create, start_finding};
