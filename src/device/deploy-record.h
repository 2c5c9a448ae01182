/* The record of a deployment: what is stored on the watch beside the model, and under which names.
 */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

#define WG_RECORD_VERSION 1
#define WG_RECORD_NAME "waggle.json" /* the record in use, and which is the former one */
#define WG_BUILTIN_MODEL ".tfmodel"
#define WG_BUILTIN_NAMES ".tfnames"
#define WG_BUILTIN_ARENA 4000 /* fixed in the firmware */

#define WG_N_SLOTS 3 /* the one in use, the former one, and the one that is being uploaded */
/* With both of the first two goes at most one that is kept for the firmware's own recogniser. */
#define WG_N_MODEL_SLOTS 5

/* "waggle.mm00": the model ('m'), the app's code ('c') or the record ('r') of a slot. Two of these
 * names differ in two bytes at least, so one damaged byte in a name on its way to the watch does
 * not name another of them. */
char *wg_slot_name(char what, int slot);
/* How many slots there are of that. */
int wg_slot_count(char what);
/* WG_ERROR_INPUT, _USAGE or _UNSUPPORTED for what no watch could run or store. */
gboolean wg_deployment_check(const WgDeployment *deployment, GError **error);
/* JSON in ASCII. `code`: the app's, NULL in builtin mode. */
typedef struct {
    const char *record, *model, *code_name; /* in Storage; code_name NULL in builtin mode */
    guint32 code_crc;
    gint64 number; /* of deployments on this watch, from 1 */
} WgRecordPlace;
char *wg_deployment_build_record(const WgDeployment *deployment, const WgRecordPlace *place);
/* What waggle.json then holds. */
char *wg_record_with_former(const char *record_text, const char *former);
/* The place of the schema version's 4 bytes in a .tflite, -1 where it is not found (schema.fbs of
 * TensorFlow: field 0 of the root table). */
int wg_tflite_find_version(GBytes *tflite);
/* The names as the firmware's recogniser reads them: joined by commas, nothing behind. */
char *wg_deployment_build_names(const WgDeployment *deployment);
/* Files of the app that have one name on every watch, whatever the model is. */
enum { WG_FIXED_APP, WG_FIXED_INFO, WG_FIXED_BOOT, WG_FIXED_ICON, WG_N_FIXED_FILES };
extern const char *const wg_fixed_files[WG_N_FIXED_FILES];
/* NULL: this deployment does not need it. */
GBytes *wg_fixed_file_build(const WgDeployment *deployment, int i);

G_END_DECLS
