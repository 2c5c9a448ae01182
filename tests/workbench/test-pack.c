/* Project packs: what is packed and merged is what was recorded, and what is damaged is refused. */
#include "workbench/pack.h"

#include "base/error.h"
#include "dataset/project-edits.h"
#include "gestures.h"
#include "pack-fixture.h"
#include "workbench/pack-line.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

/* Two gestures of that person, and a long take with all that a take can have: rescaled values, a
 * trim, spans, gaps, a wrist, a device, held back. */
static WgProject *
make_project(PackFixture *f, const char *name, const char *person, guint64 seed)
{
    g_autofree char *path = pack_fixture_at(f, name);
    g_autoptr(GPtrArray) takes = test_gestures(2, 3, 0.1, person, seed);
    const WgLabelSpan spans[] = {{2, 5, "a"}, {10, 6, "b"}};
    const WgGap gaps[] = {{4, 3}, {20, 1}};
    float samples[30 * 6], original[30 * 6];
    gint64 ids[8];
    WgProject *project = wg_project_create(path, NULL);
    WgRecordingSpec spec = {.label = "long “one”",
                            .person = person,
                            .device = "Bangle.js 1234",
                            .file = "/home/somebody/takes/ada/long.txt",
                            .line = 7,
                            .rate_hz = 100.0 / 3,
                            .n_samples = 30,
                            .n_channels = 6,
                            .samples = samples,
                            .original = original,
                            .original_units_per_g = 8192.5,
                            .n_clipped = 2,
                            .disabled = TRUE,
                            .held_back = "clipping",
                            .spans = spans,
                            .n_spans = 2,
                            .gaps = gaps,
                            .n_gaps = 2,
                            .wrist = WG_WRIST_LEFT};

    g_assert_nonnull(project);
    for (int i = 0; i < 30 * 6; i++) {
        original[i] = (float)seed + (float)i / 3;
        samples[i] = (float)(i % 7) * 0.25f; /* clipped, as history is: not of the original */
    }
    g_ptr_array_add(takes, wg_recording_new(&spec));
    g_assert_true(wg_project_add_recordings(project, takes, ids, NULL, NULL));
    g_assert_true(wg_project_trim(project, ids[0], 3, 12, NULL));
    g_assert_true(wg_project_set_disabled(project, &ids[1], 1, TRUE, NULL));
    g_assert_true(wg_project_set_wrist(project, &ids[2], 1, WG_WRIST_RIGHT, NULL));
    return project;
}

static void
assert_equal(WgRecording *a, WgRecording *b)
{
    const WgRecordingSpec *one = wg_recording_get(a), *other = wg_recording_get(b);
    const gsize n_values = (gsize)one->n_samples * (gsize)one->n_channels;

    g_assert_cmpstr(wg_recording_get_digest(a), ==, wg_recording_get_digest(b));
    g_assert_cmpstr(one->label, ==, other->label);
    g_assert_cmpstr(one->person, ==, other->person);
    g_assert_cmpstr(one->device, ==, other->device);
    g_assert_cmpint(one->line, ==, other->line);
    g_assert_cmpmem(&one->rate_hz, sizeof(double), &other->rate_hz, sizeof(double));
    g_assert_cmpmem(&one->original_units_per_g, sizeof(double), &other->original_units_per_g,
                    sizeof(double));
    g_assert_cmpint(one->n_samples, ==, other->n_samples);
    g_assert_cmpint(one->n_channels, ==, other->n_channels);
    g_assert_cmpmem(one->samples, n_values * sizeof(float), other->samples,
                    n_values * sizeof(float));
    g_assert_cmpmem(one->original, n_values * sizeof(float), other->original,
                    n_values * sizeof(float));
    g_assert_cmpint(one->n_clipped, ==, other->n_clipped);
    g_assert_cmpint(one->disabled, ==, other->disabled);
    g_assert_cmpstr(one->held_back, ==, other->held_back);
    g_assert_cmpint(one->wrist, ==, other->wrist);
    g_assert_cmpint(one->trim_first, ==, other->trim_first);
    g_assert_cmpint(one->n_whole, ==, other->n_whole);
    g_assert_cmpint(one->n_spans, ==, other->n_spans);
    for (int i = 0; i < one->n_spans; i++) {
        g_assert_cmpint(one->spans[i].first, ==, other->spans[i].first);
        g_assert_cmpint(one->spans[i].n_samples, ==, other->spans[i].n_samples);
        g_assert_cmpstr(one->spans[i].label, ==, other->spans[i].label);
    }
    g_assert_cmpint(one->n_gaps, ==, other->n_gaps);
    g_assert_cmpmem(one->gaps, sizeof(WgGap) * (gsize)one->n_gaps, other->gaps,
                    sizeof(WgGap) * (gsize)other->n_gaps);
}

static WgRecording *
find(GPtrArray *recordings, const char *digest)
{
    for (guint i = 0; i < recordings->len; i++) {
        if (g_str_equal(wg_recording_get_digest(g_ptr_array_index(recordings, i)), digest))
            return g_ptr_array_index(recordings, i);
    }
    return NULL;
}

static void
test_round_trip(PackFixture *f, gconstpointer data)
{
    g_autoptr(WgProject) project = make_project(f, "one.waggle", "ada", 1);
    g_autoptr(WgPack) pack = wg_pack_new_from_project(project, NULL);
    g_autofree char *file = pack_fixture_at(f, "one.wagglepack"),
                    *pool = pack_fixture_at(f, "pool.waggle");
    const char *const arguments[] = {file, NULL};
    g_autoptr(WgProject) made = wg_project_create(pool, NULL);
    g_autoptr(GPtrArray) before = wg_project_load_recordings(project, NULL), after = NULL;
    g_autoptr(JsonObject) result = NULL, again = NULL;

    g_assert_true(wg_pack_write(pack, file, NULL, NULL));
    result = pack_fixture_run(pool, "merge", arguments, NULL);
    g_assert_cmpint(json_object_get_int_member(result, "added"), ==, 7);
    after = wg_project_load_recordings(made, NULL);
    g_assert_cmpint(after->len, ==, before->len);
    for (guint i = 0; i < before->len; i++) {
        WgRecording *recording = g_ptr_array_index(before, i);
        WgRecording *other = find(after, wg_recording_get_digest(recording));

        g_assert_nonnull(other);
        assert_equal(recording, other);
    }
    again = pack_fixture_run(pool, "merge", arguments, NULL);
    g_assert_cmpint(json_object_get_int_member(again, "added"), ==, 0);
    g_assert_cmpint(json_object_get_int_member(again, "known"), ==, 7);
}

static void
test_undo(PackFixture *f, gconstpointer data)
{
    g_autoptr(WgProject) project = make_project(f, "one.waggle", "ada", 1);
    g_autofree char *from = pack_fixture_at(f, "one.waggle"),
                    *pool = pack_fixture_at(f, "pool.waggle");
    const char *const arguments[] = {from, NULL};
    g_autoptr(WgProject) made = wg_project_create(pool, NULL);
    g_autoptr(JsonObject) result = pack_fixture_run(pool, "merge", arguments, NULL);
    g_autoptr(GPtrArray) after = NULL;

    g_assert_cmpint(json_object_get_int_member(result, "added"), ==, 7);
    g_assert_true(wg_project_undo(made, NULL));
    after = wg_project_load_recordings(made, NULL);
    g_assert_cmpint(after->len, ==, 0);
}

static void
test_leaves_paths_behind(PackFixture *f, gconstpointer data)
{
    g_autoptr(WgProject) project = make_project(f, "one.waggle", "ada", 1);
    g_autoptr(WgPack) pack = wg_pack_new_from_project(project, NULL);
    const WgPackTake *take = g_ptr_array_index(pack->takes, 6);

    g_assert_cmpstr(wg_recording_get(take->recording)->file, ==, "ada/long.txt");
}

static void
test_persons(PackFixture *f, gconstpointer data)
{
    g_autoptr(WgProject) project = make_project(f, "one.waggle", "zoe", 1);
    g_autoptr(GPtrArray) more = test_gestures(1, 2, 0.1, "ada", 9);
    g_autoptr(WgPack) replaced = NULL, dropped = NULL;
    g_auto(GStrv) names = NULL, none = NULL;
    g_autofree char *pooled = NULL, *nobody = NULL;

    g_assert_true(wg_project_add_recordings(project, more, NULL, NULL, NULL));
    replaced = wg_pack_new_from_project(project, NULL);
    wg_pack_set_persons(replaced, WG_PERSONS_REPLACED);
    names = wg_pack_dup_persons(replaced);
    g_assert_cmpint(g_strv_length(names), ==, 2);
    g_assert_cmpstr(names[0], ==, "person 1");
    /* ada comes first by name, though zoe's takes do */
    g_assert_cmpstr(
        wg_recording_get(((WgPackTake *)g_ptr_array_index(replaced->takes, 0))->recording)->person,
        ==, "person 2");
    for (guint i = 0; i < replaced->takes->len; i++)
        g_assert_null(
            wg_recording_get(((WgPackTake *)g_ptr_array_index(replaced->takes, i))->recording)
                ->file);
    pooled = wg_pack_dup_pooled_person(replaced, 0, "/stick/table 3.wagglepack");
    g_assert_cmpstr(pooled, ==, "table 3: person 2");
    dropped = wg_pack_new_from_project(project, NULL);
    wg_pack_set_persons(dropped, WG_PERSONS_DROPPED);
    none = wg_pack_dup_persons(dropped);
    g_assert_null(none[0]);
    nobody = wg_pack_dup_pooled_person(dropped, 0, "/stick/table 3.wagglepack");
    g_assert_cmpstr(nobody, ==, "table 3");
}

static void
assert_refused(const char *path, const char *word)
{
    g_autoptr(GError) error = NULL;
    WgPack *pack = wg_pack_read(path, NULL, &error);

    g_assert_null(pack);
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, word));
}

static void
test_cut(PackFixture *f, gconstpointer data)
{
    g_autoptr(WgProject) project = make_project(f, "one.waggle", "ada", 1);
    g_autoptr(WgPack) pack = wg_pack_new_from_project(project, NULL);
    g_autofree char *file = pack_fixture_at(f, "one.wagglepack"),
                    *pool = pack_fixture_at(f, "pool.waggle");
    g_autofree char *bytes = NULL;
    const char *const arguments[] = {file, NULL};
    g_autoptr(WgProject) made = wg_project_create(pool, NULL);
    g_autoptr(GPtrArray) after = NULL;
    g_autoptr(GError) error = NULL;
    gsize length;

    g_assert_true(wg_pack_write(pack, file, NULL, NULL));
    g_assert_true(g_file_get_contents(file, &bytes, &length, NULL));
    for (gsize n = 0; n < length; n += length / 9) {
        g_assert_true(g_file_set_contents(file, bytes, (gssize)n, NULL));
        assert_refused(file, "one.wagglepack");
    }
    bytes[length / 3] ^= 0x10; /* within the compressed takes */
    g_assert_true(g_file_set_contents(file, bytes, (gssize)length, NULL));
    assert_refused(file, "one.wagglepack");
    g_assert_null(pack_fixture_run(pool, "merge", arguments, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    after = wg_project_load_recordings(made, NULL);
    g_assert_cmpint(after->len, ==, 0);
}

/* A zip of two entries with those contents. */
static void
write_zip(const char *path, const char *manifest, const char *takes, gsize n_takes)
{
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

    g_assert_true(zip_file_add(zip, "manifest.json",
                               zip_source_buffer(zip, manifest, strlen(manifest), 0), 0) >= 0);
    g_assert_true(zip_file_add(zip, "takes.jsonl", zip_source_buffer(zip, takes, n_takes, 0), 0) >=
                  0);
    g_assert_cmpint(zip_close(zip), ==, 0);
}

#define MANIFEST(version, digests)                                                                 \
    "{\"format\":\"waggle-pack\",\"version\":" version ",\"project\":\"p\",\"made\":\"\","         \
    "\"persons_are\":\"keep\",\"step\":\"recorded\",\"takes\":[" digests "]}"

static void
test_bomb(PackFixture *f, gconstpointer data)
{
    g_autofree char *file = pack_fixture_at(f, "bomb.wagglepack");
    const gsize n = WG_PACK_TEXT_MAX + 1;
    g_autofree char *zeros = g_malloc0(n);
    GStatBuf facts;

    write_zip(file, MANIFEST("1", ""), zeros, n);
    g_assert_cmpint(g_stat(file, &facts), ==, 0);
    g_assert_cmpint(facts.st_size, <, 1 << 20);
    assert_refused(file, "unpacks to more than");
}

static void
test_deep(PackFixture *f, gconstpointer data)
{
    g_autofree char *file = pack_fixture_at(f, "deep.wagglepack");
    g_autoptr(GString) deep = g_string_new("{\"takes\":");

    for (int i = 0; i < 3000000; i++)
        g_string_append_c(deep, '[');
    write_zip(file, deep->str, "", 0);
    assert_refused(file, "no whole pack");
    /* a quote in a comment hides nothing */
    g_string_insert(deep, 1, "/*\"*/");
    write_zip(file, deep->str, "", 0);
    assert_refused(file, "no whole pack");
}

static void
test_newer(PackFixture *f, gconstpointer data)
{
    g_autofree char *file = pack_fixture_at(f, "new.wagglepack");

    write_zip(file, MANIFEST("2", ""), "", 0);
    assert_refused(file, "newer Waggle");
}

static void
test_lines(void)
{
    static const char *const bad[] = {
        "",
        "{}",
        "[]",
        "{\"digest\":3}",
        "{\"digest\":\"x\",\"label\":\"a\",\"samples\":2147483647,\"channels\":3,\"rate_hz\":12.5,"
        "\"units_per_g\":64,\"original\":\"AAAA\"}",
        "{\"digest\":\"x\",\"label\":\"a\",\"samples\":-1,\"channels\":3,\"rate_hz\":12.5,"
        "\"units_per_g\":64,\"original\":\"AAAA\"}",
        "{\"digest\":\"x\",\"label\":\"a\",\"samples\":1,\"channels\":3,\"rate_hz\":1e999,"
        "\"units_per_g\":64,\"original\":\"AAAAAAAAAAAAAAAA\"}",
        /* sound but for the digest */
        "{\"digest\":\"x\",\"label\":\"a\",\"samples\":1,\"channels\":3,\"rate_hz\":12.5,"
        "\"units_per_g\":64,\"original\":\"AAAAAAAAAAAAAAAA\"}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(wg_pack_line_read(bad[i], strlen(bad[i]), 4, "ada.wagglepack", &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
        g_assert_nonnull(strstr(error->message, "take 4"));
    }
}

#define ADD(path, function)                                                                        \
    g_test_add(path, PackFixture, NULL, pack_fixture_set_up, function, pack_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/workbench/pack/packed-and-merged-is-what-was-recorded", test_round_trip);
    ADD("/workbench/pack/merging-is-undone-at-once", test_undo);
    ADD("/workbench/pack/leaves-the-folders-of-the-computer-behind", test_leaves_paths_behind);
    ADD("/workbench/pack/replaces-or-drops-persons", test_persons);
    ADD("/workbench/pack/what-is-cut-or-bent-is-refused-and-adds-nothing", test_cut);
    ADD("/workbench/pack/does-not-unpack-a-bomb", test_bomb);
    ADD("/workbench/pack/deep-json-is-refused-before-it-is-parsed", test_deep);
    ADD("/workbench/pack/says-that-a-pack-is-newer", test_newer);
    g_test_add_func("/workbench/pack/refuses-lines-that-are-no-takes", test_lines);
    return g_test_run();
}
