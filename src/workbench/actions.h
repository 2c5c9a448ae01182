/* What a watch does at each gesture, kept in the project: for deployments and for the window. */
#pragma once

#include "device/deployer.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* label -> text as watch-actions.h has it; labels without one do nothing. Owner: caller; never
 * NULL. Any thread. */
GHashTable *wg_actions_load(WgProject *project);
/* As the project keeps them, in the fact of that name: "none" is left out; NULL: there are no
 * others. Owner: caller. */
#define WG_ACTIONS_FACT "actions"
#define WG_APP_FACT "app" /* how the app is to be: debounce and background */
char *wg_actions_to_text(GHashTable *actions);
/* Keeps them all; wg_edits_set_actions() does so in a way that can be undone. Any thread. */
gboolean wg_actions_store(WgProject *project, GHashTable *actions, GError **error);

/* Whether the next deployment recognises while the clock is shown as well. Any thread. */
gboolean wg_actions_get_background(WgProject *project);
gboolean wg_actions_set_background(WgProject *project, gboolean in_background, GError **error);

/* What WG_APP_FACT is to hold so that n answers within so many ms make one in the next deployment
 * (0: each counts), and all else stays. Owner: caller. Any thread. */
char *wg_actions_dup_app_fact(WgProject *project, int n, double ms);
/* Both 0: none. Any thread. */
void wg_actions_get_debounce(WgProject *project, int *n, double *ms);

/* All that the project keeps of it (NULL: nothing), into a deployment whose names are known. Any
 * thread. */
void wg_actions_fill(WgProject *project, WgDeployment *deployment);

/* What the job's --actions FILE.json, --action LABEL=ACTION (again and again), --debounce N,MS and
 * --background on|off say, else the project (NULL: none), into the deployment, whose names are
 * known. What was given is kept in the project. WG_ERROR_USAGE: no such gesture or action. */
gboolean wg_actions_choose(WgJob *job, WgProject *project, WgDeployment *deployment,
                           GError **error);

/* The options of a job that does so. */
#define WG_ACTIONS_OPTIONS                                                                         \
    {"action", WG_OPTION_LIST, "LABEL=ACTION",                                                     \
     "what the watch does at a gesture: media:next, key:ctrl+right, script:..., event or none",    \
     NULL},                                                                                        \
        {"actions", WG_OPTION_STRING, "FILE.json", "the same for all: {\"LABEL\": \"ACTION\"}",    \
         NULL},                                                                                    \
        {"debounce", WG_OPTION_STRING, "N,MS",                                                     \
         "the app answers once N gestures came within MS; 0: each at once", NULL},                 \
    {                                                                                              \
        "background", WG_OPTION_STRING, "on|off", "also while the clock is shown", NULL            \
    }

G_END_DECLS
