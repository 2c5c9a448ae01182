/* A project with takes, a long recording and models, and the edits of it. */
#include "edits-fixture.h"

#include "project-state.h"
#include "random-edits.h"

#include "dataset/project-edits.h"

#include <glib/gstdio.h>

void
wg_edits_fixture_settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

void
wg_edits_fixture_close(WgEditsFixture *f)
{
    g_clear_object(&f->edits);
    g_clear_object(&f->session);
    f->project = NULL;
    wg_edits_fixture_settle();
}

void
wg_edits_fixture_reopen(WgEditsFixture *f)
{
    wg_edits_fixture_close(f);
    f->session = wg_session_new();
    g_assert_true(wg_session_open_project(f->session, f->path, NULL));
    f->project = wg_session_get_project(f->session);
    f->edits = wg_edits_new(f->session);
}

void
wg_edits_fixture_begin_anew(WgEditsFixture *f)
{
    gsize length = 0;
    g_autofree char *content = NULL;

    wg_edits_fixture_close(f);
    g_assert_true(g_file_get_contents(f->filled, &content, &length, NULL));
    g_assert_true(g_file_set_contents(f->path, content, (gssize)length, NULL));
    wg_edits_fixture_reopen(f);
}

void
wg_edits_fixture_set_up(WgEditsFixture *f, gconstpointer data)
{
    g_autoptr(WgProject) project = NULL;

    /* a commit waits for the disk, and there are thousands: memory where there is such */
    f->folder = g_strdup("/dev/shm/waggle-edits-XXXXXX");
    if (!g_mkdtemp(f->folder)) {
        g_free(f->folder);
        f->folder = g_dir_make_tmp("waggle-edits-XXXXXX", NULL);
    }
    f->path = g_build_filename(f->folder, "p.waggle", NULL);
    f->filled = g_build_filename(f->folder, "filled.waggle", NULL);
    project = wg_project_create(f->filled, NULL);
    g_assert_nonnull(project);
    wg_test_fill_project(project);
    wg_project_close(project);
    wg_edits_fixture_begin_anew(f);
}

void
wg_edits_fixture_tear_down(WgEditsFixture *f, gconstpointer data)
{
    g_clear_object(&f->edits);
    g_clear_object(&f->session);
    g_unlink(f->path);
    g_unlink(f->filled);
    g_free(f->filled);
    g_rmdir(f->folder);
    g_free(f->path);
    g_free(f->folder);
}

char *
wg_edits_fixture_dup_state(WgEditsFixture *f)
{
    return wg_test_dup_state(f->project, wg_test_edited_facts);
}

gint64
wg_edits_fixture_get_newest(WgEditsFixture *f)
{
    g_autoptr(WgEditNote) undo = NULL, redo = NULL;

    g_assert_true(wg_project_load_edits(f->project, &undo, &redo, NULL));
    return undo ? undo->id : 0;
}
