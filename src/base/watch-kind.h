/* The table of watches and boards a model can go to, each with its limits. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a watch draws from its battery in each of the states that the founding energy table has. */
typedef struct {
    double battery_mah;
    double sleep_ua, sample_ma, infer_ma, transmit_ma; /* the whole watch, its display dark */
    const char *source;                                /* where these numbers come from */
} WgWatchEnergy;

typedef struct {
    const char *id;                  /* as on the command line: "bangle2" */
    const char *name;                /* as shown: "Bangle.js 2" */
    gsize arena_limit_bytes;         /* app mode: the largest arena our app asks for; 0: unknown */
    gsize builtin_arena_limit_bytes; /* the fixed arena of aiGesture, 0 where there is none */
    gsize model_limit_bytes;         /* largest model file; 0: unknown */
    gboolean
        nine_ops;   /* only the nine ops of TFLM 2.4.0 as in Espruino, one chain, no add/concat */
    double rate_hz; /* of its accelerometer as the gestures come, 0: any */
    int window_length;           /* samples a window, 0: any */
    double operations_per_s;     /* multiply-adds of int8 inference, an estimate; 0: unknown */
    const char *limits_source;   /* where these numbers come from */
    const WgWatchEnergy *energy; /* NULL: nobody has published it */
} WgWatchKind;

/* NULL-terminated. Kinds: bangle1 bangle2 microbit2 nano33ble esp32 micropython generic. */
extern const WgWatchKind *const wg_watch_kinds[];

/* NULL with WG_ERROR_USAGE naming all kinds. */
const WgWatchKind *wg_watch_kind_find(const char *id, GError **error);

G_END_DECLS
