/* Those takes of a folder that have one scale, and what is said of it. */
#include "dataset/import-group.h"

#include <glib/gi18n.h>

/* From here on a magnitude is shown without decimals. */
#define REST_WHOLE 100

void
wg_import_group_free(gpointer self)
{
    WgImportGroup *group = self;

    g_free(group->file);
    g_free(group->first_file);
    g_free(group);
}

void
wg_import_group_note_file(WgImportGroup *self, const char *file)
{
    if (g_strcmp0(self->file, file) == 0)
        return;
    g_free(self->file);
    self->file = g_strdup(file);
    if (self->n_files++ == 0)
        self->first_file = g_strdup(file);
}

/* Which files it tells of: their folder, where all that is in it has one scale. */
static char *
describe_place(const WgImportGroup *self, const char *folder)
{
    if (self->n_files == 1)
        return g_strdup(self->file);
    if (folder)
        return g_strdup(folder);
    return g_strdup_printf(
        ngettext("%s and %d more file", "%s and %d more files", (gulong)self->n_files - 1),
        self->first_file, self->n_files - 1);
}

char *
wg_import_group_describe(const WgImportGroup *self, const char *folder, gboolean is_told)
{
    g_autofree char *place = describe_place(self, folder);
    g_autofree char *clips =
        g_strdup_printf(ngettext("%d of %d take clips", "%d of %d takes clip", (gulong)self->n),
                        self->n_clipped, self->n);
    g_autofree char *rest =
        g_strdup_printf(self->rest >= REST_WHOLE || self->is_history ? "%.0f" : "%.3g", self->rest);

    if (is_told)
        return g_strdup_printf(_("%s: taken as %g units a g, as told; %s"), place, self->units,
                               clips);
    if (self->own_units > 0)
        return g_strdup_printf(_("%s: says itself that it has %g units a g; %s"), place,
                               self->own_units, clips);
    if (self->rest <= 0)
        return g_strdup_printf(_("%s: nothing rests in it, so its scale could not be judged: taken "
                                 "as %g units a g (--units-per-g tells another); %s"),
                               place, self->units, clips);
    if (self->is_history && self->units != 64)
        return g_strdup_printf(_("%s: rests at %s, so it has %g units a g: rescaled to 64 and "
                                 "clipped to -128..127 as the watch would; %s"),
                               place, rest, self->units, clips);
    return g_strdup_printf(_("%s: rests at %s, so it has %g units a g; %s"), place, rest,
                           self->units, clips);
}
