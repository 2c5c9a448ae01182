/* One assumption of the battery's days: its value, to be changed, and where it is from. */
#include "ui/assumption-row.h"

#include <glib/gi18n.h>
#include <math.h>

struct _WgAssumptionRow {
    GtkBox parent_instance;
    GtkLabel *name, *unit, *source;
    GtkSpinButton *value;
    WgAssumption which;
    gboolean is_showing; /* what changes then was not the user */
};

G_DEFINE_FINAL_TYPE(WgAssumptionRow, wg_assumption_row, GTK_TYPE_BOX)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_value_changed(GtkSpinButton *button, gpointer user_data)
{
    WgAssumptionRow *self = WG_ASSUMPTION_ROW(user_data);

    if (!self->is_showing)
        g_signal_emit(self, signals[CHANGED], 0);
}

static void
wg_assumption_row_class_init(WgAssumptionRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    signals[CHANGED] = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_css_name(widget_class, "assumptionrow");
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/assumption-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgAssumptionRow, name);
    gtk_widget_class_bind_template_child(widget_class, WgAssumptionRow, value);
    gtk_widget_class_bind_template_child(widget_class, WgAssumptionRow, unit);
    gtk_widget_class_bind_template_child(widget_class, WgAssumptionRow, source);
    gtk_widget_class_bind_template_callback(widget_class, on_value_changed);
}

static void
wg_assumption_row_init(WgAssumptionRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

WgAssumptionRow *
wg_assumption_row_new(WgAssumption which)
{
    const WgAssumptionInfo *info = &wg_assumption_infos[which];
    WgAssumptionRow *self = g_object_new(WG_TYPE_ASSUMPTION_ROW, NULL);
    const double step = pow(10, -MAX(0, info->digits - 1));

    self->which = which;
    self->is_showing = TRUE;
    gtk_label_set_text(self->name, _(info->words));
    gtk_label_set_text(self->unit, *info->unit ? _(info->unit) : "");
    gtk_spin_button_set_digits(self->value, (guint)info->digits);
    gtk_spin_button_set_range(self->value, info->minimum, info->maximum);
    gtk_spin_button_set_increments(self->value, step, 10 * step);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self->value)), _(info->words));
    self->is_showing = FALSE;
    return self;
}

WgAssumption
wg_assumption_row_get_which(WgAssumptionRow *self)
{
    return self->which;
}

double
wg_assumption_row_get_value(WgAssumptionRow *self)
{
    return gtk_spin_button_get_value(self->value);
}

void
wg_assumption_row_show(WgAssumptionRow *self, const WgAssumed *assumed)
{
    const double unit = pow(10, -wg_assumption_infos[self->which].digits);

    self->is_showing = TRUE;
    /* as it is written, or it would be another one as soon as the focus goes through it */
    gtk_spin_button_set_value(self->value, round(assumed->value / unit) * unit);
    gtk_label_set_text(self->source, assumed->source);
    self->is_showing = FALSE;
}
