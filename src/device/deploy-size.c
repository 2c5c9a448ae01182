/* How much of a watch's Storage a deployment takes: the plan for a watch that holds nothing. */
#include "device/deploy-size.h"

#include "device/deploy-plan.h"
#include "device/deploy-record.h"

#include <string.h>

#define ROOM_BYTES (1 << 30) /* so that nothing is left out for want of room */

void
wg_deploy_size_measure(const WgDeployment *deployment, WgDeploySize *size)
{
    WgSurvey empty = {.free_bytes = ROOM_BYTES, .trash_bytes = 0, .memory_bytes = ROOM_BYTES};
    g_autoptr(GHashTable) sums = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(WgPlan) plan = NULL;
    g_autofree char *json = NULL;

    empty.sums = sums;
    plan = wg_plan_new(deployment, &empty);
    json = wg_record_with_former(plan->text, plan->former);
    *size = (WgDeploySize){0};
    for (guint i = 0; i < plan->files->len; i++) {
        const WgPlanFile *file = g_ptr_array_index(plan->files, i);
        const gint64 n = wg_plan_room_of(g_bytes_get_size(file->content));

        if (g_strcmp0(file->name, plan->model) == 0)
            size->model_bytes += n;
        else
            size->program_bytes += n;
    }
    size->program_bytes += wg_plan_room_of(strlen(plan->text)) + wg_plan_room_of(strlen(json));
    if (deployment->mode == WG_DEPLOY_BUILTIN) {
        g_autofree char *names = wg_deployment_build_names(deployment);

        size->model_bytes *= 2;
        size->program_bytes += wg_plan_room_of(strlen(names));
    }
}
