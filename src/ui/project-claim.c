/* The right to change the project that is open: one program at a time has it. */
#include "ui/project-claim.h"

#include "base/error.h"

#include <glib/gi18n.h>

#define AGAIN_S 2

typedef struct {
    WgDesk *desk; /* weak */
    WgProject *project;
} Claim;

static void
claim_free(gpointer data)
{
    Claim *claim = data;

    g_clear_weak_pointer(&claim->desk);
    g_object_unref(claim->project);
    g_free(claim);
}

/* Who shows the project, that it can be changed or no more. */
static void
tell(WgSession *session)
{
    g_signal_emit_by_name(session, "recordings-changed");
    g_signal_emit_by_name(session, "models-changed");
}

static gboolean
ask_again(gpointer user_data)
{
    const Claim *claim = user_data;
    WgSession *session = claim->desk ? wg_desk_get_session(claim->desk) : NULL;
    g_autofree char *name = NULL, *text = NULL;

    if (!session || wg_session_get_project(session) != claim->project)
        return G_SOURCE_REMOVE;
    if (!wg_project_check_writable(claim->project, NULL))
        return G_SOURCE_CONTINUE;
    name = g_filename_display_basename(wg_project_get_path(claim->project));
    text = g_strdup_printf(_("%s is closed elsewhere and can be changed here."), name);
    wg_desk_say(claim->desk, text);
    tell(session);
    return G_SOURCE_REMOVE;
}

void
wg_project_claim_begin(WgDesk *desk)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(desk));
    g_autoptr(GError) error = NULL;
    Claim *claim;

    if (wg_project_check_writable(project, &error) ||
        !g_error_matches(error, WG_ERROR, WG_ERROR_BUSY))
        return;
    claim = g_new0(Claim, 1);
    g_set_weak_pointer(&claim->desk, desk);
    claim->project = g_object_ref(project);
    g_timeout_add_seconds_full(G_PRIORITY_DEFAULT, AGAIN_S, ask_again, claim, claim_free);
    tell(wg_desk_get_session(desk));
    wg_desk_fail(desk, error);
}
