/* Before an import: what would be read and how it was taken, which can be told otherwise. */
#include "ui/import-sheet.h"

#include "ui/asking.h"
#include "ui/importer.h"
#include "ui/window-projects.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define OPEN "import-sheet"
#define GESTURES_SHOWN_MAX 12
#define NOTES_SHOWN_MAX 4
#define WHOLE_MOST 1e-9

struct _WgImportSheet {
    GtkWindow parent_instance;
    GtkListBox *groups;
    GtkLabel *gestures, *notes;
    GtkComboBoxText *units;
    GtkEntry *rate, *axes, *label, *person;
    GtkButton *import;
    GtkSpinner *spinner;
    GtkEventController *keys;
    WgDesk *desk;
    WgActivity *activity;
    WgAsking *asking;
    char **paths;
};

G_DEFINE_FINAL_TYPE(WgImportSheet, wg_import_sheet, GTK_TYPE_WINDOW)

/* What the command line calls an option is an entry here. */
static void
say(WgImportSheet *self, const char *text)
{
    const struct {
        const char *option, *entry;
    } words[] = {
        {"--units-per-g", _("“Unit”")},
        {"--rate", _("“Rate”")},
        {"--label L", _("“Gesture”")},
        {"--label", _("“Gesture”")},
    };
    g_autoptr(GString) shown = g_string_new(text);

    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_string_replace(shown, words[i].option, words[i].entry, 0);
    gtk_label_set_text(self->notes, shown->str);
    gtk_widget_set_visible(GTK_WIDGET(self->notes), *text != '\0');
}

/* What was told and is not the files' own: name, value, ... as of the command line. */
static gboolean
set_options(WgImportSheet *self, WgJob *job, GError **error)
{
    const struct {
        const char *name, *value;
    } told[] = {
        {"units-per-g", gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->units))},
        {"rate", gtk_entry_get_text(self->rate)},
        {"axes", gtk_entry_get_text(self->axes)},
        {"label", gtk_entry_get_text(self->label)},
        {"person", gtk_entry_get_text(self->person)},
    };

    for (guint i = 0; i < G_N_ELEMENTS(told); i++) {
        g_autofree char *value = g_strstrip(g_strdup(told[i].value ? told[i].value : ""));

        if (*value && !wg_job_set(job, told[i].name, value, error))
            return FALSE;
    }
    for (int i = 0; self->paths[i]; i++)
        wg_job_add_argument(job, self->paths[i]);
    return TRUE;
}

static WgJob *
new_job(WgImportSheet *self, GError **error)
{
    g_autoptr(WgJob) job = wg_job_new(wg_desk_get_session(self->desk), "import", error);

    return job && set_options(self, job, error) ? g_steal_pointer(&job) : NULL;
}

static WgJob *
new_look(gpointer owner)
{
    WgImportSheet *self = WG_IMPORT_SHEET(owner);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgJob) job = new_job(self, &error);

    if (job && wg_job_set(job, "look", "", &error))
        return g_steal_pointer(&job);
    gtk_spinner_stop(self->spinner);
    say(self, error->message);
    return NULL;
}

/* A text that begins with the path of a chosen file, or of what is in a chosen folder, without what
 * leads there. */
static char *
dup_short(WgImportSheet *self, const char *text)
{
    for (int i = 0; self->paths[i]; i++) {
        const gsize n = strlen(self->paths[i]);
        g_autofree char *base = g_path_get_basename(self->paths[i]);
        g_autofree char *named = NULL;

        if (!g_str_has_prefix(text, self->paths[i]))
            continue;
        named = text[n] == '/' ? g_strdup(text + n + 1) : g_strconcat(base, text + n, NULL);
        return g_utf8_make_valid(named, -1);
    }
    return g_utf8_make_valid(text, -1);
}

/* Without an exponent; of what is no whole number as many digits as tell it. */
static char *
dup_number(double value)
{
    return g_strdup_printf(fabs(value - rint(value)) < WHOLE_MOST ? "%.0f" : "%g", value);
}

static void
add_group(WgImportSheet *self, JsonObject *group)
{
    const int n = (int)json_object_get_int_member(group, "takes");
    g_autofree char *takes = g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), n);
    g_autofree char *place = dup_short(self, json_object_get_string_member(group, "place"));
    g_autofree char *units = dup_number(json_object_get_double_member(group, "units_per_g"));
    g_autofree char *rate = dup_number(json_object_get_double_member(group, "rate_hz"));
    /* translators: file or folder, number of takes, format, 64 units a g, 12.5 samples a second */
    g_autofree char *text =
        g_strdup_printf(_("%s: %s, %s, %s units a g, %s Hz"), place, takes,
                        json_object_get_string_member(group, "format"), units, rate);
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
    gtk_widget_set_tooltip_text(label, json_object_get_string_member(group, "place"));
    gtk_widget_show(label);
    gtk_list_box_insert(self->groups, label, -1);
}

/* "clap 90, wave 83" */
static void
show_gestures(WgImportSheet *self, JsonObject *counts)
{
    g_autoptr(GList) names = json_object_get_members(counts);
    g_autoptr(GString) text = g_string_new(NULL);
    int n = 0;

    for (GList *l = names; l; l = l->next, n++) {
        if (n < GESTURES_SHOWN_MAX)
            g_string_append_printf(text, "%s%s %d", n > 0 ? ", " : "", (char *)l->data,
                                   (int)json_object_get_int_member(counts, l->data));
    }
    if (n > GESTURES_SHOWN_MAX)
        g_string_append(text, ", …");
    gtk_label_set_text(self->gestures, text->str);
}

/* The first of what was chosen, and of what was refused. */
static void
show_notes(WgImportSheet *self, JsonObject *result)
{
    static const char *const lists[] = {"refused", "messages"};
    g_autoptr(GString) text = g_string_new(NULL), whole = g_string_new(NULL);
    int n = 0;

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        JsonArray *list = json_object_get_array_member(result, lists[i]);

        for (guint j = 0; j < json_array_get_length(list) && n < NOTES_SHOWN_MAX; j++, n++) {
            const char *note = json_array_get_string_element(list, j);
            g_autofree char *short_note = dup_short(self, note);

            g_string_append_printf(text, "%s%s", n > 0 ? "\n" : "", short_note);
            g_string_append_printf(whole, "%s%s", n > 0 ? "\n" : "", note);
        }
    }
    say(self, text->str);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->notes), whole->str);
}

static void
on_looked(gpointer owner, JsonObject *result, const GError *error)
{
    WgImportSheet *self = WG_IMPORT_SHEET(owner);
    g_autoptr(GList) rows = gtk_container_get_children(GTK_CONTAINER(self->groups));
    JsonArray *groups = result ? json_object_get_array_member(result, "groups") : NULL;

    gtk_spinner_stop(self->spinner);
    for (GList *l = rows; l; l = l->next)
        gtk_widget_destroy(l->data);
    for (guint i = 0; groups && i < json_array_get_length(groups); i++)
        add_group(self, json_array_get_object_element(groups, i));
    gtk_widget_set_sensitive(GTK_WIDGET(self->import), result != NULL);
    if (!result) {
        g_autofree char *why = dup_short(self, error->message);

        gtk_label_set_text(self->gestures, "");
        say(self, why);
        return;
    }
    show_gestures(self, json_object_get_object_member(result, "labels"));
    show_notes(self, result);
}

static void
on_changed(GtkWidget *widget, WgImportSheet *self)
{
    gtk_widget_set_sensitive(GTK_WIDGET(self->import), FALSE);
    gtk_spinner_start(self->spinner);
    wg_asking_ask(self->asking);
}

static void
on_import(GtkButton *button, WgImportSheet *self)
{
    g_autoptr(GError) error = NULL;
    WgJob *job;

    if (!wg_window_ensure_project(WG_WINDOW(gtk_window_get_transient_for(GTK_WINDOW(self)))))
        return;
    job = new_job(self, &error);
    if (!job) {
        say(self, error->message);
        return;
    }
    wg_importer_run(self->desk, self->activity, job);
    gtk_window_close(GTK_WINDOW(self));
}

static void
on_cancel(GtkButton *button, WgImportSheet *self)
{
    gtk_window_close(GTK_WINDOW(self));
}

static gboolean
on_key(GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
       gpointer user_data)
{
    if (key != GDK_KEY_Escape)
        return FALSE;
    gtk_window_close(GTK_WINDOW(user_data));
    return TRUE;
}

static void
wg_import_sheet_dispose(GObject *object)
{
    WgImportSheet *self = WG_IMPORT_SHEET(object);

    if (self->asking)
        wg_asking_stop(self->asking);
    g_clear_object(&self->asking);
    g_clear_object(&self->keys);
    g_clear_object(&self->desk);
    g_clear_object(&self->activity);
    g_clear_pointer(&self->paths, g_strfreev);
    G_OBJECT_CLASS(wg_import_sheet_parent_class)->dispose(object);
}

static void
wg_import_sheet_class_init(WgImportSheetClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_import_sheet_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/import-sheet.ui");
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, groups);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, gestures);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, notes);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, units);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, rate);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, axes);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, label);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, person);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, import);
    gtk_widget_class_bind_template_child(widget_class, WgImportSheet, spinner);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_import);
    gtk_widget_class_bind_template_callback(widget_class, on_cancel);
}

static void
wg_import_sheet_init(WgImportSheet *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->keys = gtk_event_controller_key_new(GTK_WIDGET(self));
    g_signal_connect(self->keys, "key-pressed", G_CALLBACK(on_key), self);
    self->asking = wg_asking_new(new_look, on_looked, self);
}

static void
on_destroy(GtkWidget *sheet, gpointer parent)
{
    g_object_set_data(parent, OPEN, NULL);
}

void
wg_import_sheet_present(WgWindow *parent, WgDesk *desk, WgActivity *activity,
                        const char *const *paths)
{
    GtkWidget *before = g_object_get_data(G_OBJECT(parent), OPEN);
    WgImportSheet *self;

    if (before)
        gtk_widget_destroy(before);
    self = g_object_new(WG_TYPE_IMPORT_SHEET, NULL);
    self->desk = g_object_ref(desk);
    self->activity = g_object_ref(activity);
    self->paths = g_strdupv((char **)paths);
    gtk_window_set_transient_for(GTK_WINDOW(self), GTK_WINDOW(parent));
    g_object_set_data(G_OBJECT(parent), OPEN, self);
    g_signal_connect_object(self, "destroy", G_CALLBACK(on_destroy), parent, 0);
    on_changed(NULL, self);
    gtk_window_present(GTK_WINDOW(self));
}
