/* A project with takes, a long recording and models, and the edits of it. */
#pragma once

#include "workbench/edits.h"

G_BEGIN_DECLS

typedef struct {
    char *folder, *path;
    char *filled; /* a copy of the project as it is at first */
    WgSession *session;
    WgProject *project; /* of the session */
    WgEdits *edits;
} WgEditsFixture;

void wg_edits_fixture_set_up(WgEditsFixture *f, gconstpointer data);
void wg_edits_fixture_tear_down(WgEditsFixture *f, gconstpointer data);
/* Another project of the same content in its place. */
void wg_edits_fixture_begin_anew(WgEditsFixture *f);
void wg_edits_fixture_close(WgEditsFixture *f);
/* Closes the project and opens it again. */
void wg_edits_fixture_reopen(WgEditsFixture *f);
/* Lets the signals arrive. */
void wg_edits_fixture_settle(void);
/* As wg_test_dup_state(). */
char *wg_edits_fixture_dup_state(WgEditsFixture *f);
/* The edit that undo would take back; 0: none. */
gint64 wg_edits_fixture_get_newest(WgEditsFixture *f);

G_END_DECLS
