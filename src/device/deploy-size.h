/* How much of a watch's Storage a deployment takes. */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

typedef struct {
    gint64
        model_bytes; /* the .tflite, twice in builtin mode: ours, and where the firmware reads it */
    gint64 program_bytes; /* the app's programs and icon, the record, the names */
} WgDeploySize;

/* Of a deployment on a watch that had none of ours, in files as Storage keeps them (with their
 * headers, rounded up). Any thread. */
void wg_deploy_size_measure(const WgDeployment *deployment, WgDeploySize *size);

G_END_DECLS
