/* The program: its command line and its windows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_APPLICATION (wg_application_get_type())
G_DECLARE_FINAL_TYPE(WgApplication, wg_application, WG, APPLICATION, GtkApplication)

WgApplication *wg_application_new(void);

G_END_DECLS
