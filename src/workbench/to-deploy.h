/* What is to go on a watch: the project's model or a file's, read into a deployment. */
#pragma once

#include "device/deployer.h"
#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    WgJob *job;     /* held; may be given up once it was read */
    WgModel *model; /* NULL: a file's, of which only the network is known */
    WgInt8Network *network;
    WgDeployment *deployment; /* as it was made, with its mode set, before */
} WgToDeploy;

/* By the job's arguments and options: a .tflite file with --names, else the project's int8 model as
 * it was tuned, with its actions and the takes of its self-test. Errors as "deploy" tells them. */
gboolean wg_to_deploy_read(WgToDeploy *self, GError **error);
void wg_to_deploy_clear(WgToDeploy *self);

G_END_DECLS
