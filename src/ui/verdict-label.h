/* A sentence with its verdict as symbol and colour. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "✓ text" as good, "✕ text" as bad; the label is shown. */
void wg_verdict_label_set(GtkLabel *label, gboolean is_good, const char *text);

G_END_DECLS
