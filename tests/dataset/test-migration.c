/* A project of each older form opens with all that is in it, and how it was stays beside it. */
#include "base/error.h"
#include "dataset/project.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

extern const char *const wg_project_migrations[];

/* The forms up to here kept samples as floats, and what people say beside them. */
#define FORM_OF_FLOATS 5
#define N_TAKES 24

static void
run(sqlite3 *db, const char *sql)
{
    char *why = NULL;

    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, &why), ==, SQLITE_OK);
    g_assert_null(why);
}

static void
insert(sqlite3 *db, WgRecording *take, int number)
{
    const WgRecordingSpec *spec = wg_recording_get(take);
    const int n_bytes = 3 * spec->n_samples * (int)sizeof(float);
    sqlite3_stmt *statement = NULL;

    g_assert_cmpint(
        sqlite3_prepare_v2(db,
                           "INSERT INTO recordings (digest, label, person, file, line, rate_hz, "
                           "n_samples, n_channels, units_per_g, n_clipped, samples, original, "
                           "disabled) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 3, ?8, 2, ?9, ?10, ?11)",
                           -1, &statement, NULL),
        ==, SQLITE_OK);
    sqlite3_bind_text(statement, 1, wg_recording_get_digest(take), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, spec->label, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, spec->person, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, spec->file, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 5, spec->line);
    sqlite3_bind_double(statement, 6, spec->rate_hz);
    sqlite3_bind_int(statement, 7, spec->n_samples);
    sqlite3_bind_double(statement, 8, spec->original_units_per_g);
    sqlite3_bind_blob(statement, 9, spec->samples, n_bytes, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 10, spec->original, n_bytes, SQLITE_STATIC);
    sqlite3_bind_int(statement, 11, number == 1);
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_DONE);
    sqlite3_finalize(statement);
}

/* Takes of every kind of value: steps of the history, a scale of another sensor, and noise. */
static WgRecording *
make_take(int number)
{
    g_autoptr(WgRecording) plain =
        wg_test_take(number % 2 ? "flick" : "circle", "ada", number, 8 + number);
    WgRecordingSpec spec = *wg_recording_get(plain);
    const int n = 3 * spec.n_samples;
    g_autofree float *samples = g_new(float, n), *original = g_new(float, n);

    spec.original_units_per_g = number % 3 == 0 ? 64 : number % 3 == 1 ? 32 : 9.80665;
    for (int i = 0; i < n; i++) {
        original[i] = roundf(spec.samples[i] * (float)spec.original_units_per_g);
        samples[i] = (float)(original[i] / spec.original_units_per_g);
        if (number % 4 == 3) /* as no rule makes them */
            samples[i] += 0.3F;
    }
    spec.samples = samples;
    spec.original = original;
    return wg_recording_new(&spec);
}

static void
make_project(const char *path, int form, GPtrArray *takes)
{
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    for (int i = 0; i < form; i++)
        run(db, wg_project_migrations[i]);
    for (guint i = 0; i < takes->len; i++)
        insert(db, g_ptr_array_index(takes, i), (int)i);
    run(db, "INSERT INTO models (kind, preset, meta, data) VALUES ('float', 'waggle', '{}', x'07');"
            "INSERT INTO facts VALUES ('split', '{}')");
    /* a take that was deleted, and one that was removed for good after it */
    run(db, form < FORM_OF_FLOATS ? "UPDATE recordings SET deleted = 1 WHERE id = 3"
                                  : "UPDATE takes SET deleted = 1 WHERE recording = 3");
    run(db, "DELETE FROM recordings WHERE id = 24");
    if (form >= 3)
        run(db, "INSERT INTO spans VALUES (1, 0, 5, 'shake')");
    if (form >= 4) { /* one that was still being recorded: two samples */
        run(db, "INSERT INTO gaps VALUES (2, 4, 7); INSERT INTO recordings (digest, label, "
                "rate_hz, n_samples, n_channels, units_per_g, samples, original, added) VALUES "
                "('growing ' || hex(zeroblob(16)), 'left', 12.5, 0, 3, 64, x'', x'', '2020');"
                "INSERT INTO blocks (recording, first, original, added) VALUES "
                "(25, 0, x'000000000000803f0000004000000040000000400000003f', 0)");
    }
    if (form >= FORM_OF_FLOATS)
        run(db, "UPDATE takes SET label = 'renamed', wrist = 'left' WHERE recording = 5");
    {
        g_autofree char *pragmas =
            g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                            WG_PROJECT_APPLICATION_ID, form);

        run(db, pragmas);
    }
    sqlite3_close(db);
}

static void
assert_takes(WgProject *project, GPtrArray *takes, int form)
{
    g_autoptr(GPtrArray) loaded = wg_project_load_recordings(project, NULL);
    g_autoptr(WgModelRecord) model = wg_project_load_model(project, "float", NULL);
    g_autofree char *split = wg_project_dup_fact(project, "split");
    guint at = 0;

    g_assert_cmpuint(loaded->len, ==, takes->len - 2 + (form >= 4));
    for (guint i = 0; i < takes->len; i++) {
        const WgRecordingSpec *wanted = wg_recording_get(g_ptr_array_index(takes, i)), *got;
        const gsize n_bytes = 3 * sizeof(float) * (gsize)wanted->n_samples;

        if (i == 2 || i == 23)
            continue;
        got = wg_recording_get(g_ptr_array_index(loaded, at));
        g_assert_cmpint(got->id, ==, i + 1);
        g_assert_cmpstr(wg_recording_get_digest(g_ptr_array_index(loaded, at)), ==,
                        wg_recording_get_digest(g_ptr_array_index(takes, i)));
        g_assert_cmpstr(got->label, ==,
                        form >= FORM_OF_FLOATS && i == 4 ? "renamed" : wanted->label);
        g_assert_cmpint(got->wrist, ==,
                        form >= FORM_OF_FLOATS && i == 4 ? WG_WRIST_LEFT : WG_WRIST_UNKNOWN);
        g_assert_cmpstr(got->person, ==, "ada");
        g_assert_cmpstr(got->file, ==, wanted->file);
        g_assert_cmpint(got->line, ==, wanted->line);
        g_assert_cmpint(got->n_clipped, ==, 2);
        g_assert_cmpint(got->disabled, ==, i == 1);
        g_assert_true(got->original_units_per_g == wanted->original_units_per_g);
        g_assert_cmpmem(got->samples, n_bytes, wanted->samples, n_bytes);
        g_assert_cmpmem(got->original, n_bytes, wanted->original, n_bytes);
        g_assert_cmpint(got->n_spans, ==, form >= 3 && i == 0);
        g_assert_cmpint(got->n_gaps, ==, form >= 4 && i == 1);
        at++;
    }
    if (form >= 4) {
        const WgRecordingSpec *left = wg_recording_get(g_ptr_array_index(loaded, at));

        g_assert_cmpstr(left->label, ==, "left");
        g_assert_cmpint(left->n_samples, ==, 2);
        g_assert_true(left->original[1] == 1 && left->samples[2] == 2.0F / 64);
    }
    g_assert_cmpuint(g_bytes_get_size(model->data), ==, 1);
    g_assert_cmpstr(split, ==, "{}");
}

static GPtrArray *
make_takes(void)
{
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < N_TAKES; i++)
        g_ptr_array_add(takes, make_take(i));
    return takes;
}

static int
read_form(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int form;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL), ==,
                    SQLITE_OK);
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
    form = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return form;
}

static void
test_each_form(void)
{
    g_autoptr(GPtrArray) takes = make_takes();

    for (int form = 1; form <= FORM_OF_FLOATS; form++) {
        g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
        g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
        g_autofree char *name = g_strdup_printf("p.form%d.waggle", form);
        g_autofree char *former = g_build_filename(folder, name, NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(WgProject) project = NULL, again = NULL, old = NULL;
        g_autoptr(WgRecording) last = NULL;
        int n_added = 0;

        make_project(path, form, takes);
        project = wg_project_open(path, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(wg_project_get_former(project), ==, former);
        assert_takes(project, takes, form);
        /* what it has is known, and the number of what was removed for good is not given again */
        g_assert_true(wg_project_add_recordings(project, takes, NULL, &n_added, NULL));
        g_assert_cmpint(n_added, ==, 1);
        last = wg_project_load_recording(project, form >= 4 ? 26 : 25, NULL);
        g_assert_nonnull(last);
        g_assert_true(wg_project_relabel(project, &(gint64){1}, 1, "new", NULL));
        wg_project_close(project);
        g_assert_cmpint(read_form(former), ==, form);
        again = wg_project_open(path, &error);
        g_assert_no_error(error);
        g_assert_null(wg_project_get_former(again));
        old = wg_project_open(former, &error);
        g_assert_no_error(error);
        assert_takes(old, takes, form);
    }
}

/* Where the copy cannot be made nothing is changed. */
static void
test_no_room(void)
{
    g_autoptr(GPtrArray) takes = make_takes();
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL), *before = NULL, *after = NULL;
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    g_autofree char *partial = g_build_filename(folder, "p.form3.partial", NULL);
    g_autofree char *inside = g_build_filename(partial, "file", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgProject) project = NULL;
    gsize n_before = 0, n_after = 0;

    make_project(path, 3, takes);
    g_assert_true(g_file_get_contents(path, &before, &n_before, NULL));
    g_assert_cmpint(g_mkdir(partial, 0700), ==, 0); /* what has its name is a folder */
    g_assert_true(g_file_set_contents(inside, "", 0, NULL));
    g_assert_null(wg_project_open(path, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
    g_assert_nonnull(strstr(error->message, partial));
    g_clear_error(&error);
    g_assert_true(g_file_get_contents(path, &after, &n_after, NULL));
    g_assert_cmpmem(before, n_before, after, n_after);
    g_unlink(inside);
    g_rmdir(partial);
    project = wg_project_open(path, &error);
    g_assert_no_error(error);
    assert_takes(project, takes, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/migration/each-older-form-opens-and-a-copy-of-it-stays",
                    test_each_form);
    g_test_add_func("/dataset/migration/without-room-for-the-copy-nothing-is-changed",
                    test_no_room);
    return g_test_run();
}
