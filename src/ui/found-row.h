/* A row of what is near: a watch, or what keeps a kind of connection from being used. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WG_TYPE_FOUND_ROW (wg_found_row_get_type())
G_DECLARE_FINAL_TYPE(WgFoundRow, wg_found_row, WG, FOUND_ROW, GtkListBoxRow)

/* Any text: it is made fit to be shown here. */
typedef struct {
    const char *title;          /* NULL: none */
    const char *text;           /* address and state, or a trouble */
    int signal_dbm;             /* 0: none is shown */
    const char *command;        /* to be copied, or NULL */
    const char *button;         /* a label, or NULL */
    gboolean is_marked, usable; /* connected; can be chosen */
    gboolean can_identify;      /* has a button for it */
    gboolean may_identify;      /* which can be used now */
    gboolean is_at_work;
    int rank; /* smaller ones stand first */
} WgFoundFace;

/* `key` names what it shows: an address, or a scheme. Signals "help" and "identify": its
 * button was clicked. */
WgFoundRow *wg_found_row_new(const char *key);
const char *wg_found_row_get_key(WgFoundRow *self);
void wg_found_row_show(WgFoundRow *self, const WgFoundFace *face);
int wg_found_row_get_rank(WgFoundRow *self);
gboolean wg_found_row_is_usable(WgFoundRow *self);
gboolean wg_found_row_is_marked(WgFoundRow *self);
/* "strong signal", translated; what a person may expect of a radio at so many dBm. */
const char *wg_found_row_describe_signal(int signal_dbm);

G_END_DECLS
