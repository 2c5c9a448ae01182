/* The record of a deployment: what is stored on the watch beside the model, and under which names.
 */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

#define WG_RECORD_VERSION 1
#define WG_RECORD_NAME "waggle.json" /* a copy of the record of the slot in use */
#define WG_BUILTIN_MODEL ".tfmodel"
#define WG_BUILTIN_NAMES ".tfnames"
#define WG_BUILTIN_ARENA 4000 /* fixed in the firmware */

/* "waggle.m0": the model ('m'), the app's code ('c') or the record ('r') of slot 0 or 1. The slots
 * alternate, so that the former deployment stays whole while the next one is uploaded. */
char *wg_slot_name(char what, int slot);
/* WG_ERROR_INPUT, _USAGE or _UNSUPPORTED for what no watch could run or store. */
gboolean wg_deployment_check(const WgDeployment *deployment, GError **error);
/* JSON in ASCII. `code`: the app's, NULL in builtin mode; `former_slot`: -1 for none. */
GBytes *wg_deployment_build_record(const WgDeployment *deployment, int slot, GBytes *code,
                                   int former_slot);
/* The names as the firmware's recogniser reads them: joined by commas, nothing behind. */
GBytes *wg_deployment_build_names(const WgDeployment *deployment);
/* The launcher's entry. */
GBytes *wg_deployment_build_info(void);

G_END_DECLS
