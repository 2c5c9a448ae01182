/* A model of a few hundred bytes, and a deployment of it. */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

/* Six inputs, two gestures; another `seed` gives other weights and answers. One self-test. */
WgDeployment *small_deployment_new(WgDeployMode mode, guint seed);

G_END_DECLS
