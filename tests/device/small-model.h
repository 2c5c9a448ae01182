/* Deployments of many models: of a few hundred bytes, and of the size that users have. */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

/* Six inputs, two gestures; another `seed` gives other weights and answers. One self-test. */
WgDeployment *small_deployment_new(WgDeployMode mode, guint seed);

/* As the first, of 3616 bytes: the network of the golden files with another weight each time. */
WgDeployment *large_deployment_new(WgDeployMode mode, guint seed);

G_END_DECLS
