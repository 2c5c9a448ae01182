/* Puts a model as Python on a MicroPython board, has the board prove it, and only then switches. */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

/* Files on the board. */
#define WG_PYTHON_MODEL_NAME "waggle_model.py"
#define WG_PYTHON_FORMER_NAME "waggle_model.old"
#define WG_PYTHON_MAIN_NAME "main.py"
#define WG_PYTHON_FORMER_MAIN_NAME "main.old"

typedef struct {
    GBytes *module;         /* waggle_model.py; ASCII or UTF-8 */
    gsize memory_bytes;     /* that it takes once imported, about */
    GBytes *example;        /* main.py; NULL: none is sent */
    gboolean replaces_main; /* also where the board has one, which is kept as main.old */
    gboolean only_tests;    /* nothing is sent: what the board has is tested */
    /* self-test, as WgDeployment's; outputs are int8 */
    int n_tests, n_inputs, n_outputs;
    gint8 *test_inputs;
    float *test_outputs;
} WgPythonDeployment;

typedef struct {
    WgDeployReport deploy;
    double inference_ms;  /* mean, as the board's own clock has it */
    gint64 memory_free;   /* once the model was imported, bytes */
    gboolean has_dropped; /* for want of room the former model was deleted */
} WgPythonReport;

/* Of a watch that is ready and talks WG_TALK_PYTHON. Copies nothing: the deployment must live until
 * the callback. Steps: ask for memory and room (WG_ERROR_STORAGE with both numbers, nothing
 * changed); write it beside what is in use as waggle_new.py, and read back its CRC-32; import it
 * there and run the takes; keep a copy of what is in use as waggle_model.old; rename. A board that
 * answers otherwise in one take keeps what it has (the report says how many were equal). Whatever
 * breaks off, waggle_model.py is the old one or the new one, whole. Errors: WG_ERROR_USAGE where it
 * has a main.py and the example is not to replace it, WG_ERROR_VERIFY, WG_ERROR_CONNECTION,
 * WG_ERROR_UNSUPPORTED for an exception there, G_IO_ERROR_CANCELLED (looked at before each step).
 */
void wg_python_deploy_async(WgWatch *watch, const WgPythonDeployment *deployment,
                            WgProgress *progress, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_python_deploy_finish(WgWatch *watch, GAsyncResult *result, WgPythonReport *report,
                                 GError **error);

typedef struct {
    gint64 now_bytes, former_bytes;
    guint32 now_crc32, former_crc32;
} WgPythonCarried;

/* waggle_model.old becomes the model in use, and that one the former. WG_ERROR_MISSING: there is
 * none. */
void wg_python_restore_async(WgWatch *watch, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_python_restore_finish(WgWatch *watch, GAsyncResult *result, WgPythonCarried *carried,
                                  GError **error);

G_END_DECLS
