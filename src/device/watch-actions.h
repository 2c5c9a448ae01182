/* What a watch does when it recognises a gesture: a key, a program, an event for other programs. */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

#define WG_ACTION_SCRIPT_MAX 1000 /* bytes; the watch holds it in memory */

/* Whether the text is an action: "media:next", "key:ctrl+shift+f5", "script:Bangle.beep()", "event"
 * or "none". WG_ERROR_USAGE says which there are. */
gboolean wg_watch_action_check(const char *text, GError **error);
/* The texts after "media:" and some that are worth offering after "key:"; NULL-terminated. */
extern const char *const wg_watch_action_media[];
extern const char *const wg_watch_action_keys[];

/* Appends the deployment's actions to its record's JSON, nothing where there are none:
 * ,"actions":[["m",1],["k",4,2],["s","..."],["e"],null] in the order of the names,
 * ,"debounce":[n,ms] and ,"background":true. */
void wg_watch_actions_append(const WgDeployment *deployment, GString *record);
/* The app's code: an expression, with the programs that these actions need and no others. Owner:
 * caller. */
char *wg_watch_actions_build_app(const WgDeployment *deployment);

G_END_DECLS
