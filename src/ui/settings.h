/* What is kept for the person at this computer, by GSettings; without it all works as at first. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keys that more than one part reads. */
#define WG_SETTING_PRESET "preset"       /* name of a network built in */
#define WG_SETTING_COUNTDOWN "countdown" /* in seconds */

/* The schema beside a program that runs from its build folder, else the installed one; NULL: there
 * is none, and nothing will be kept. Owner: caller. Main thread. */
GSettings *wg_settings_new(void);

/* `self` may be NULL, or of an older schema that lacks the key: then it is the fallback, and
 * setting does nothing. */
gboolean wg_settings_get_boolean(GSettings *self, const char *key, gboolean fallback);
int wg_settings_get_int(GSettings *self, const char *key, int fallback);
/* Owner: caller. */
char *wg_settings_dup_string(GSettings *self, const char *key, const char *fallback);
/* NULL: it is not kept. Owner: caller. */
GVariant *wg_settings_dup_value(GSettings *self, const char *key);
/* A floating `value` is taken. */
void wg_settings_set(GSettings *self, const char *key, GVariant *value);
/* Both ways; where it is not kept, the widget can only not be used. */
void wg_settings_bind(GSettings *self, const char *key, gpointer object, const char *property);

G_END_DECLS
