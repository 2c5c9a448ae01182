/* The watch's end of a pseudo-terminal, as a script: answers an old firmware's console and, once it
 * is told to record, sends so many samples as fast as they are taken, with lines dropped or
 * damaged. */
#pragma once

#include "base/random.h"

G_BEGIN_DECLS

#define SCRIPTED_BLOCK 10 /* samples a line */

typedef struct {
    int master;
    char *address; /* "serial:..." */
    int n_samples, n_sent;
    int per_mille; /* of the lines that are dropped or damaged */
    WgRandom random;
    GArray *lost; /* of int: first sample of each line that did not arrive whole */
    GString *heard, *out;
    GSource *in, *ready;
    gboolean is_recording;
    int n_alive;
} ScriptedWatch;

/* Sample k of its stream, raw. */
void scripted_watch_get_sample(int k, int raw[3]);
ScriptedWatch *scripted_watch_new(int n_samples, int per_mille, guint64 seed);
void scripted_watch_free(ScriptedWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ScriptedWatch, scripted_watch_free)

G_END_DECLS
