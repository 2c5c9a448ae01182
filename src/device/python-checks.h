/* What may stand in the way of a model on a MicroPython board, each said in a sentence. */
#pragma once

#include "device/deploy-python.h"

G_BEGIN_DECLS

/* Places of the numbers that waggle_ask() of data/boards/deploy.py answers for a model, the former
 * one and main.py: bytes, -1 where there is no such file, each with its CRC-32 behind it. */
enum {
    WG_PYTHON_FACT_MEMORY, /* free, bytes */
    WG_PYTHON_FACT_ROOM,   /* of the file system, bytes; -1: it does not say */
    WG_PYTHON_FACT_MODEL,
    WG_PYTHON_FACT_MODEL_CRC32,
    WG_PYTHON_FACT_FORMER,
    WG_PYTHON_FACT_FORMER_CRC32,
    WG_PYTHON_FACT_MAIN,
    WG_PYTHON_FACT_MAIN_CRC32,
    WG_PYTHON_N_FACTS,
};

/* Whether the board called `name`, of WG_PYTHON_N_FACTS `facts`, has memory and room for what is to
 * be deployed. `drops_former`: the room suffices once the former model is deleted. WG_ERROR_STORAGE
 * with both numbers; WG_ERROR_USAGE where it has a main.py that the example is not to replace. Any
 * thread. */
gboolean wg_python_check_room(const WgPythonDeployment *deployment, const char *name,
                              const gint64 *facts, gboolean *drops_former, GError **error);

/* Whether `sum`, bytes and CRC-32 of a file on the board called `name`, is that of `content`;
 * WG_ERROR_VERIFY with both. Any thread. */
gboolean wg_python_check_sum(GBytes *content, const char *name, const gint64 *sum, GError **error);

/* What it means that a program of data/boards/deploy.py ended on the board called `name` as `error`
 * (owned) says. `memory_free`: as told before; `n_bytes`: of the file that was sent;
 * `is_importing`: a model was imported. An exception there becomes WG_ERROR_UNSUPPORTED,
 * WG_ERROR_MISSING or WG_ERROR_STORAGE; an error of another kind is given back as it is. Transfer
 * full. Any thread. */
GError *wg_python_explain(GError *error, const WgPythonDeployment *deployment, const char *name,
                          gint64 memory_free, gsize n_bytes, gboolean is_importing);

G_END_DECLS
