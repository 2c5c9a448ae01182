/* A sentence with its verdict as symbol and colour. */
#include "ui/verdict-label.h"

void
wg_verdict_label_set(GtkLabel *label, gboolean is_good, const char *text)
{
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(label));
    g_autofree char *marked = g_strdup_printf("%s %s", is_good ? "✓" : "✕", text);

    gtk_style_context_remove_class(style, is_good ? "bad" : "good");
    gtk_style_context_add_class(style, is_good ? "good" : "bad");
    gtk_label_set_text(label, marked);
    gtk_widget_show(GTK_WIDGET(label));
}
