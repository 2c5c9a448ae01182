/* A watch behind a pseudo-terminal whose every word the test says, and a clock wound by hand. */
#pragma once

#include "manual-clock.h"

#include "device/watch.h"

G_BEGIN_DECLS

/* What a firmware without packets says of itself. */
#define SCRIPTED_FACTS "[\"BANGLEJS2\",\"2v10\",\"Storage,tensorflow\",0]"

typedef struct {
    char *folder, *path; /* a link to the terminal that is there now */
    int master;          /* -1: unplugged */
    ManualClock *clock;
    WgLink *link;
    WgWatch *watch;
    GAsyncResult *result; /* of the last call that was given scripted_on_answer */
    GString *heard;       /* what the watch was told */
} ScriptedWatch;

/* For g_test_add. */
void scripted_set_up(ScriptedWatch *self, gconstpointer data);
void scripted_tear_down(ScriptedWatch *self, gconstpointer data);
/* The other end goes, with all that was said; and comes, at the same address. */
void scripted_unplug(ScriptedWatch *self);
void scripted_plug_in(ScriptedWatch *self);
void scripted_on_answer(GObject *source, GAsyncResult *result, gpointer scripted_watch);
/* Winds the clock in steps of 50 ms and does what came due; what is said on the terminal meanwhile
 * may be heard later. */
void scripted_pass(ScriptedWatch *self, guint ms);
/* Runs the main loop until the watch was told something that holds `text`. */
void scripted_hear(ScriptedWatch *self, const char *text);
/* Runs the main loop a little; TRUE: the watch has been told something that holds `text`. */
gboolean scripted_has_heard(ScriptedWatch *self, const char *text);
void scripted_wait_result(ScriptedWatch *self);
/* Runs the main loop until the watch is in this state. */
void scripted_wait_state(ScriptedWatch *self, WgWatchState state);
/* The text comes whole before this returns. */
void scripted_say(ScriptedWatch *self, const char *text);
/* Answers the question whose number was asked last with this value, and forgets what was heard. */
void scripted_answer(ScriptedWatch *self, const char *value);
/* Connects, as a firmware without packets. */
void scripted_connect(ScriptedWatch *self);

G_END_DECLS
