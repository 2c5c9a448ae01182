/* A button for each gesture that the virtual watch can perform. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_PERFORM_BUTTONS (wg_perform_buttons_get_type())
G_DECLARE_FINAL_TYPE(WgPerformButtons, wg_perform_buttons, WG, PERFORM_BUTTONS, GtkBox)

/* NULL-terminated, NULL: none. Signal "perform" (const char *label). */
void wg_perform_buttons_set(WgPerformButtons *self, const char *const *labels);

G_END_DECLS
