/* "On the watch": what the newest model takes of the connected watch, and what that assumes. */
#include "ui/figures-view.h"

#include "ui/assumption-row.h"
#include "ui/model-facts.h"
#include "ui/scroll-to.h"

#include <glib/gi18n.h>

struct _WgFiguresView {
    GtkBox parent_instance;
    GtkLabel *title, *flash, *arena, *stack, *operations, *time, *battery;
    GtkLevelBar *arena_bar;
    GtkBox *rows;
    GtkButton *defaults;
    WgAssumptionRow *all[WG_N_ASSUMPTIONS];
    WgDesk *desk;
    gboolean is_builtin;
};

G_DEFINE_FINAL_TYPE(WgFiguresView, wg_figures_view, GTK_TYPE_BOX)

static double
kilo(gint64 bytes)
{
    return (double)bytes / 1000;
}

/* On a MicroPython board the model is a module, and works in the memory of all programs. */
static void
show_module(WgFiguresView *self, const WgDeviceFigures *figures)
{
    g_autofree char *flash =
        figures->python_refusal
            ? g_strdup(figures->python_refusal)
            : g_strdup_printf(_("%.1f kB of Python"), kilo(figures->app.model_bytes));
    g_autofree char *memory =
        g_strdup_printf(_("about %.1f kB"), kilo((gint64)figures->python_memory_bytes));

    gtk_label_set_text(self->flash, flash);
    gtk_label_set_text(self->arena, memory);
    gtk_label_set_text(self->stack, _("not known"));
    gtk_widget_hide(GTK_WIDGET(self->arena_bar));
}

static void
show_flash(WgFiguresView *self, const WgDeviceFigures *figures)
{
    const WgDeploySize *size = self->is_builtin ? &figures->builtin : &figures->app;
    const gint64 model = figures->is_espruino ? size->model_bytes : (gint64)figures->model_bytes;
    g_autofree char *text =
        figures->is_espruino && self->is_builtin
            ? g_strdup_printf(_("%.1f kB: the model twice, and what is told of it"),
                              kilo(model + size->program_bytes))
        : figures->is_espruino
            ? g_strdup_printf(_("%.1f kB: the model %.1f kB, the app's programs %.1f kB"),
                              kilo(model + figures->app.program_bytes), kilo(model),
                              kilo(figures->app.program_bytes))
            : g_strdup_printf(_("%.1f kB, and the program around it"), kilo(model));

    gtk_label_set_text(self->flash, text);
}

static void
show_memory(WgFiguresView *self, const WgDeviceFigures *figures)
{
    const gsize arena_bytes =
        self->is_builtin ? figures->builtin_arena_bytes : figures->arena_bytes;
    const double arena = kilo((gint64)arena_bytes);
    const double limit = kilo((gint64)figures->arena_limit_bytes);
    g_autofree char *room = limit > 0 ? g_strdup_printf(_("%.1f of %.1f kB"), arena, limit)
                                      : g_strdup_printf(_("%.1f kB"), arena);
    g_autofree char *stack = g_strdup_printf(
        _("about %.1f kB"),
        kilo((gint64)(self->is_builtin ? figures->builtin_stack_bytes : figures->stack_bytes)));

    gtk_label_set_text(self->arena, room);
    gtk_label_set_text(self->stack, stack);
    gtk_widget_set_visible(GTK_WIDGET(self->arena_bar), limit > 0);
    gtk_level_bar_set_value(self->arena_bar, limit > 0 ? CLAMP(arena / limit, 0, 1) : 0);
}

static void
show_time(WgFiguresView *self, const WgDeviceFigures *figures)
{
    const WgAssumed *time = &figures->assumptions->all[WG_ASSUME_INFERENCE_MS];
    const WgMeasurement *measured = figures->measured;
    g_autofree char *operations = g_strdup_printf(
        _("%.1f thousand multiplications and additions"),
        (double)(self->is_builtin ? figures->builtin_operations : figures->operations) / 1000);
    g_autofree char *text = NULL;

    if (time->is_given)
        text = g_strdup_printf(_("%.1f ms, as given below"), time->value);
    else if (measured)
        text = g_strdup_printf(_("measured %.1f ms on this kind of watch: %s, %.10s"), time->value,
                               measured->name, measured->date);
    else if (figures->is_python)
        text = g_strdup(_("not known until it is deployed"));
    else if (wg_desk_has_virtual_watch(self->desk))
        text = g_strdup_printf(_("about %.0f ms, estimated; a virtual watch cannot measure it"),
                               time->value);
    else
        text = g_strdup_printf(_("about %.0f ms, estimated until it is deployed"), time->value);
    gtk_label_set_text(self->operations, operations);
    gtk_label_set_text(self->time, text);
}

static void
show_battery(WgFiguresView *self, const WgDeviceFigures *figures)
{
    const double hours = figures->assumptions->all[WG_ASSUME_HOURS_PER_DAY].value;
    const int n = (int)figures->assumptions->all[WG_ASSUME_GESTURES_PER_DAY].value;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    WgEnergy energy;

    if (!figures->fits) {
        gtk_label_set_text(self->battery, _("This watch cannot run the model."));
        return;
    }
    if (!wg_energy_compute(figures->assumptions, &energy, &error)) {
        gtk_label_set_text(self->battery, error->message);
        return;
    }
    text = g_strdup_printf(
        energy.days < 10
            ? ngettext("about %.1f days with %d gesture in %g hours a day, %.2f mJ each",
                       "about %.1f days with %d gestures in %g hours a day, %.2f mJ each",
                       (gulong)n)
            : ngettext("about %.0f days with %d gesture in %g hours a day, %.2f mJ each",
                       "about %.0f days with %d gestures in %g hours a day, %.2f mJ each",
                       (gulong)n),
        energy.days, n, hours, energy.inference_mj);
    gtk_label_set_text(self->battery, text);
}

static void
show_assumptions(WgFiguresView *self, const WgAssumptions *assumptions)
{
    gboolean is_given = FALSE;

    for (int i = 0; i < WG_N_ASSUMPTIONS; i++) {
        wg_assumption_row_show(self->all[i], &assumptions->all[i]);
        is_given |= assumptions->all[i].is_given;
    }
    gtk_widget_set_sensitive(GTK_WIDGET(self->defaults), is_given);
}

void
wg_figures_view_set_builtin(WgFiguresView *self, gboolean is_builtin)
{
    self->is_builtin = is_builtin;
}

void
wg_figures_view_show(WgFiguresView *self)
{
    g_autoptr(WgDeviceFigures) figures = wg_model_facts_new_figures(self->desk);
    g_autofree char *title = NULL;

    gtk_widget_set_visible(GTK_WIDGET(self), figures != NULL);
    if (!figures)
        return;
    title = g_strdup_printf(_("On the watch: %s"), figures->kind->name);
    gtk_label_set_text(self->title, title);
    if (figures->is_python) {
        show_module(self, figures);
    } else {
        show_flash(self, figures);
        show_memory(self, figures);
    }
    show_time(self, figures);
    show_battery(self, figures);
    show_assumptions(self, figures->assumptions);
}

/* `row` NULL: forgets all that was given. */
static void
keep(WgFiguresView *self, WgAssumptionRow *row)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    g_autoptr(WgDeviceFigures) figures = wg_model_facts_new_figures(self->desk);
    g_autoptr(WgAssumptions) none = NULL;
    g_autoptr(GError) error = NULL;

    if (!project || !figures)
        return;
    none = wg_assumptions_new(figures->kind, 0, "");
    if (row)
        wg_assumptions_give(figures->assumptions, wg_assumption_row_get_which(row),
                            wg_assumption_row_get_value(row));
    if (!wg_assumptions_store(row ? figures->assumptions : none, project, figures->kind, &error))
        wg_desk_fail(self->desk, error);
    wg_figures_view_show(self);
}

static void
on_changed(WgAssumptionRow *row, gpointer user_data)
{
    keep(WG_FIGURES_VIEW(user_data), row);
}

static void
on_defaults(GtkButton *button, gpointer user_data)
{
    keep(WG_FIGURES_VIEW(user_data), NULL);
}

/* What comes to light below the window's edge is brought into it, and the days stay in sight. */
static void
on_expanded(GtkExpander *expander, GParamSpec *pspec, gpointer user_data)
{
    if (gtk_expander_get_expanded(expander))
        wg_scroll_to_both(GTK_WIDGET(WG_FIGURES_VIEW(user_data)->battery), GTK_WIDGET(expander));
}

static void
wg_figures_view_dispose(GObject *object)
{
    g_clear_object(&WG_FIGURES_VIEW(object)->desk);
    G_OBJECT_CLASS(wg_figures_view_parent_class)->dispose(object);
}

static void
wg_figures_view_class_init(WgFiguresViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_figures_view_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/figures-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, title);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, flash);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, arena);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, arena_bar);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, stack);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, operations);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, time);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, battery);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, rows);
    gtk_widget_class_bind_template_child(widget_class, WgFiguresView, defaults);
    gtk_widget_class_bind_template_callback(widget_class, on_defaults);
    gtk_widget_class_bind_template_callback(widget_class, on_expanded);
}

static void
wg_figures_view_init(WgFiguresView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    for (int i = 0; i < WG_N_ASSUMPTIONS; i++) {
        self->all[i] = wg_assumption_row_new((WgAssumption)i);
        g_signal_connect_object(self->all[i], "changed", G_CALLBACK(on_changed), self, 0);
        gtk_box_pack_start(self->rows, GTK_WIDGET(self->all[i]), FALSE, FALSE, 0);
    }
}

void
wg_figures_view_set_desk(WgFiguresView *self, WgDesk *desk)
{
    g_set_object(&self->desk, desk);
}
