/* How a watch is shown: a symbol, its colour, and words for its state. */
#pragma once

#include <gtk/gtk.h>

#include "device/watch.h"

G_BEGIN_DECLS

#define WG_WATCH_NAME_CHARS 40

typedef struct {
    const char *symbol, *css; /* a style class */
    const char *words;        /* translated */
} WgWatchFace;

/* `watch` NULL: none. `is_looking`: for the one of last time. */
WgWatchFace wg_watch_face_get(WgWatch *watch, gboolean is_looking);
/* In a sentence or two; `name` fit to be shown, NULL: not known. Owner: caller. */
char *wg_watch_face_dup_details(const WgWatchFace *self, WgWatch *watch, const char *name,
                                gboolean is_looking);
/* Its symbol in its colour. */
void wg_watch_face_show_symbol(const WgWatchFace *self, GtkLabel *label);

G_END_DECLS
