/* Puts a model on a watch, reads it back, and has the watch itself run stored takes. */
#pragma once

#include "base/progress.h"
#include "device/watch.h"

G_BEGIN_DECLS

#define WG_DEPLOY_WAIT_S                                                                           \
    120 /* for a watch that was lost meanwhile: it is put aside, and comes back */

/* Of the progress: when all is sent, and when it is read back; the self-test has the rest. */
#define WG_DEPLOY_SENT_SHARE 0.55
#define WG_DEPLOY_READ_SHARE 0.6

typedef enum { WG_DEPLOY_APP, WG_DEPLOY_BUILTIN } WgDeployMode;

typedef struct {
    WgDeployMode mode;
    GBytes *tflite;
    char **names;       /* labels in the order of the outputs, NULL-terminated */
    gsize arena_bytes;  /* what the app asks of the watch */
    double threshold;   /* 0..1, app mode */
    double *thresholds; /* one a name in place of it, app mode: 0..1, above 1 for what is never the
                           answer; NULL: none */
    char *other;        /* of the names: means nothing, so the app does not show it; NULL: none */
    /* what the app does, see watch-actions.h */
    char **actions;         /* one a name, as "media:next" or "none"; NULL: nothing */
    int n_debounce;         /* answers that make one; 0: each counts */
    double debounce_ms;     /* within this time */
    gboolean in_background; /* also while the clock is shown */
    char *project_name;
    char *made; /* when the model was made, ISO 8601 in UTC; NULL: not known */
    char *date; /* of the deployment, the same */
    /* self-test: n takes, each n_inputs int8 history units, and the outputs the desktop got,
     * n_outputs raw output values each */
    int n_tests, n_inputs, n_outputs;
    gint8 *test_inputs;
    float *test_outputs;
} WgDeployment;

typedef struct {
    gsize bytes;
    double seconds;
    guint32 crc32;
    gboolean verified;
    int n_tests, n_equal;
    double inference_ms; /* of one recognition on the watch, see below; NaN: it was not measured */
} WgDeployReport;

/* Copies nothing: the deployment must live until the callback. Steps: ask what is there and how
 * much room (WG_ERROR_STORAGE with both numbers, and nothing changed); upload what is not there
 * yet, under names that are not in use; compare CRCs there and switch over in one evaluation; read
 * CRCs back; self-test. Until the switch the model in use and the former one stay as they are.
 * What would be overwritten in builtin mode and is not ours is kept before that (keep-own.h).
 * Where the connection breaks and the watch is kept (wg_watch_set_keeping), it waits for it and
 * goes on with what is missing. Fewer equal answers than tests is not an error here: the report
 * says it. */
void wg_deploy_async(WgWatch *watch, const WgDeployment *deployment, WgProgress *progress,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_deploy_finish(WgWatch *watch, GAsyncResult *result, WgDeployReport *report,
                          GError **error);
/* Puts the model before the one in use back in its place, if it is whole, and reads back; what was
 * in use becomes the former one. What somebody else put in the place of ours since counts as the
 * one in use (keep-own.h). WG_ERROR_MISSING: there is none. */
void wg_restore_async(WgWatch *watch, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
gboolean wg_restore_finish(WgWatch *watch, GAsyncResult *result, GError **error);
/* Only the self-test, against what is on the watch now; `is_whole` (may be NULL): the model that is
 * stored there is byte for byte the deployment's. */
void wg_self_test_async(WgWatch *watch, const WgDeployment *deployment, WgProgress *progress,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean wg_self_test_finish(WgWatch *watch, GAsyncResult *result, int *n_equal, gboolean *is_whole,
                             GError **error);
/* Milliseconds of one recognition by the watch's own clock (getTime() before and after: reading the
 * model, making the interpreter, inference), the median over the takes; NaN: it said nothing of the
 * kind. What a virtual watch says is not a real one's time. Before or after wg_self_test_finish().
 */
double wg_self_test_get_inference_ms(GAsyncResult *result);
void wg_deployment_free(WgDeployment *deployment);

/* What answers on the watch. */
typedef struct {
    WgDeployMode mode;
    guint32 crc32;      /* of the model it holds */
    double threshold;   /* that the app applies; 0 in the firmware's own recogniser */
    double *thresholds; /* n_thresholds, one a gesture in place of it; NULL: none */
    int n_thresholds;
    gboolean has_debounce; /* the app can wait for several answers that make one */
    int n_debounce;
    double debounce_ms;
} WgListenInfo;

/* Listening: starts the deployed app's reports. Afterwards the watch's "event" signal gives
 * "answer": {"wg":"answer","label":..., "outputs":[raw...],"input":base64 of the n x 3 int8
 * samples}, for every gesture it recognises. */
void wg_listen_start_async(WgWatch *watch, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
void wg_listen_info_clear(WgListenInfo *info);
/* `info` may be NULL; else the caller clears it. */
gboolean wg_listen_start_finish(WgWatch *watch, GAsyncResult *result, WgListenInfo *info,
                                GError **error);

G_END_DECLS
