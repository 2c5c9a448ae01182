/* A row of the projects: what it is called, where it lies, how much is in it, when it was open. */
#include "ui/project-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define SOME_DAYS 7 /* from then on a date says more */

struct _WgProjectRow {
    GtkListBoxRow parent_instance;
    GtkLabel *title, *folder, *facts, *when;
    GtkButton *remove;
    char *path;
};

G_DEFINE_FINAL_TYPE(WgProjectRow, wg_project_row, GTK_TYPE_LIST_BOX_ROW)

static guint forget_signal;

static void
on_remove(GtkButton *button, gpointer user_data)
{
    g_signal_emit(user_data, forget_signal, 0);
}

static void
wg_project_row_finalize(GObject *object)
{
    g_free(WG_PROJECT_ROW(object)->path);
    G_OBJECT_CLASS(wg_project_row_parent_class)->finalize(object);
}

static void
wg_project_row_class_init(WgProjectRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_project_row_finalize;
    forget_signal = g_signal_new("forget", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/project-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgProjectRow, title);
    gtk_widget_class_bind_template_child(widget_class, WgProjectRow, folder);
    gtk_widget_class_bind_template_child(widget_class, WgProjectRow, facts);
    gtk_widget_class_bind_template_child(widget_class, WgProjectRow, when);
    gtk_widget_class_bind_template_child(widget_class, WgProjectRow, remove);
    gtk_widget_class_bind_template_callback(widget_class, on_remove);
}

static void
wg_project_row_init(WgProjectRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

/* The person's own folder is "~". */
static char *
dup_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    const char *home = g_get_home_dir();
    const size_t length = strlen(home);
    g_autofree char *shown = NULL;

    if (length > 1 && strncmp(folder, home, length) == 0 &&
        (folder[length] == '/' || !folder[length]))
        shown = g_strconcat("~", folder + length, NULL);
    return g_filename_display_name(shown ? shown : folder);
}

static char *
dup_facts(const WgProjectNote *note)
{
    g_autofree char *gestures = NULL;
    g_autofree char *takes = NULL;

    if (!note->is_there)
        return g_strdup(_("It is not there any more."));
    if (note->n_takes < 0)
        return g_strdup("");
    if (note->n_takes == 0)
        return g_strdup(_("nothing recorded yet"));
    gestures = g_strdup_printf(ngettext("%d gesture", "%d gestures", (gulong)note->n_gestures),
                               note->n_gestures);
    takes = g_strdup_printf(ngettext("%d take", "%d takes", (gulong)note->n_takes), note->n_takes);
    /* translators: as "3 gestures, 30 takes" */
    return g_strdup_printf(_("%s, %s"), gestures, takes);
}

static char *
dup_when(gint64 opened_s)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autoptr(GDateTime) opened = opened_s ? g_date_time_new_from_unix_local(opened_s) : NULL;
    g_autoptr(GDate) today = NULL;
    g_autoptr(GDate) day = NULL;
    int n_days;

    if (!opened)
        return g_strdup("");
    today = g_date_new_dmy((GDateDay)g_date_time_get_day_of_month(now),
                           (GDateMonth)g_date_time_get_month(now),
                           (GDateYear)g_date_time_get_year(now));
    day = g_date_new_dmy((GDateDay)g_date_time_get_day_of_month(opened),
                         (GDateMonth)g_date_time_get_month(opened),
                         (GDateYear)g_date_time_get_year(opened));
    n_days = g_date_days_between(day, today);
    if (n_days == 0)
        return g_strdup(_("opened today"));
    if (n_days == 1)
        return g_strdup(_("opened yesterday"));
    if (n_days > 1 && n_days < SOME_DAYS)
        return g_strdup_printf(ngettext("opened %d day ago", "opened %d days ago", (gulong)n_days),
                               n_days);
    /* translators: a date, as strftime() takes it */
    return g_date_time_format(opened, _("opened on %-d %B %Y"));
}

GtkWidget *
wg_project_row_new(const WgProjectNote *note)
{
    WgProjectRow *self = g_object_new(WG_TYPE_PROJECT_ROW, NULL);
    g_autofree char *title = wg_projects_dup_title(note->path);
    g_autofree char *folder = dup_folder(note->path);
    g_autofree char *facts = dup_facts(note);
    g_autofree char *when = dup_when(note->opened_s);
    g_autofree char *spoken = NULL;
    g_autofree char *remove = g_strdup_printf(_("Remove %s from the list"), title);

    self->path = g_strdup(note->path);
    gtk_label_set_text(self->title, title);
    gtk_label_set_text(self->folder, folder);
    gtk_label_set_text(self->facts, facts);
    gtk_label_set_text(self->when, when);
    gtk_widget_set_visible(GTK_WIDGET(self->facts), *facts);
    gtk_widget_set_visible(GTK_WIDGET(self->when), *when && note->is_there);
    gtk_widget_set_visible(GTK_WIDGET(self->remove), !note->is_there);
    gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(self), note->is_there);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->folder), folder);
    if (!note->is_there)
        gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self->title)),
                                    "dim-label");
    spoken = g_strdup_printf("%s, %s, %s %s", title, folder, facts, when);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self->remove)), remove);
    return GTK_WIDGET(self);
}

const char *
wg_project_row_get_path(WgProjectRow *self)
{
    return self->path;
}
