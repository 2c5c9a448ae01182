/* A watch at the other end of a link in this process, all on a wound clock. */
#pragma once

#include "manual-clock.h"
#include "puppet-link.h"

#include "device/watch.h"

G_BEGIN_DECLS

typedef struct {
    PuppetLink *link;
    ManualClock *clock;
    WgWatch *watch;
    GAsyncResult *result;
    gboolean is_deaf; /* the watch neither reads nor says anything */
    GString *unread;  /* by the watch */
    GString *heard;   /* all it ever read */
    guint n_signs;    /* that it was asked for */
} PacedWatch;

void paced_set_up(PacedWatch *f, gconstpointer data);
void paced_tear_down(PacedWatch *f, gconstpointer data);
/* Both ends do what they can do now. */
void paced_live(PacedWatch *f);
/* The same, and time goes on. */
void paced_pass(PacedWatch *f, guint ms);
/* Winds until the watch is ready (LOST: until it is no longer); the milliseconds it took. */
guint paced_wind_until(PacedWatch *f, WgWatchState state);
/* Keeps the result, for a PacedWatch as user data. */
void paced_on_answer(GObject *source, GAsyncResult *result, gpointer user_data);
/* Connects it at once. */
void paced_connect(PacedWatch *f);
void paced_assert_lost(PacedWatch *f, const char *reason);

G_END_DECLS
