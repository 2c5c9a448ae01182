/* Deploying to MicroPython boards, and the way back: parts of the jobs "deploy" and "restore". */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

/* For wg_job_with_watch(): goes on with the job "deploy" on a board that talks MicroPython, and
 * ends it. Result as the job's, with "inference_ms", "memory_free" and whether the former model
 * gave way
 * ("former_deleted"). */
void wg_deploy_python(WgJob *job, WgWatch *watch);
/* The same of the job "restore": {"now":{"bytes","crc32","verified"},"former":the same}. */
void wg_restore_python(WgJob *job, WgWatch *watch);

/* Options of the job "deploy" for such boards. */
#define WG_DEPLOY_PYTHON_OPTIONS                                                                   \
    {"example", WG_OPTION_FLAG, NULL,                                                              \
     "MicroPython: also sends main.py, which reads the accelerometer", NULL},                      \
    {                                                                                              \
        "replace-main", WG_OPTION_FLAG, NULL,                                                      \
            "MicroPython: the same where it has a main.py, which becomes main.old", NULL           \
    }

G_END_DECLS
