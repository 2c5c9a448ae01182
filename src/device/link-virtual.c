/* The kind of link "virtual:": its address and the one virtual watch that is always there. */
#include "base/error.h"
#include "device/address.h"
#include "device/virtual-link.h"

/* What waggle-watch takes. */
#define SPEED_MIN 0.001
#define SPEED_MAX 1000.0

/* Options of the address that are options of the program as well. */
static const char *const known[] = {"perform",    "speed",       "project", "storage-bytes",
                                    "no-packets", "plain-takes", NULL};

static gboolean
check_number(const char *address, const char *name, const char *value, double least, double most,
             GError **error)
{
    char *end = NULL;
    const double number = value ? g_ascii_strtod(value, &end) : most;

    if (!value || (end != value && *end == '\0' && number >= least && number <= most))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "the address “%s” gives %s “%s”: it is a number of %g to %.0f", address, name,
                value, least, most);
    return FALSE;
}

static WgLink *
create(const char *address, const char *rest, GError **error)
{
    g_autoptr(WgAddress) parts = wg_address_parse(address, rest, known, error);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    if (!parts ||
        !check_number(address, "speed", wg_address_get(parts, "speed"), SPEED_MIN, SPEED_MAX,
                      error) ||
        !check_number(address, "storage-bytes", wg_address_get(parts, "storage-bytes"), 0,
                      G_MAXINT32, error))
        return NULL;
    for (int i = 0; known[i]; i++) {
        const char *value = wg_address_get(parts, known[i]);
        if (value)
            g_ptr_array_add(arguments, *value ? g_strdup_printf("--%s=%s", known[i], value)
                                              : g_strdup_printf("--%s", known[i]));
    }
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
    watch->name = g_strdup("Virtual watch");
    watch->kind = g_strdup("bangle2");
    watch->trouble = program ? NULL : wg_trouble_new(error->message, NULL, NULL);
    wg_finder_put(finder, watch);
    return NULL;
}

const WgLinkKind wg_link_kind_virtual = {"virtual", "virtual:[FOLDER][?perform=LABEL&speed=N]",
                                         create, start_finding};
