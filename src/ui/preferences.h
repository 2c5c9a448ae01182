/* The few things that a person may want otherwise, in a small window beside the work. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows it, or brings it to the front. Where `settings` is NULL nothing in it can be changed. */
void wg_preferences_present(GtkWindow *parent, GSettings *settings);

G_END_DECLS
