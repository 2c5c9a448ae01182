/* A project, and edits of all kinds drawn at random. */
#include "random-edits.h"

const char *const wg_test_edited_facts[] = {"threshold", "actions", "split", "current-model", NULL};

static const char *const labels[] = {"circle", "up \"and\" down", "links\\nrechts", "円", "[0,1]"};

static const char *
draw_label(WgRandom *random)
{
    return labels[wg_random_below(random, G_N_ELEMENTS(labels))];
}

/* The take of that number, always the same. */
static WgRecording *
make_take(int number)
{
    const int n_channels = number % 4 == 3 ? 6 : 3, n_samples = 4 + number % 9;
    const WgGap gaps[] = {{1, 2}, {3, 1}};
    g_autofree float *samples = g_new(float, (gsize)(n_samples * n_channels));
    WgRandom random;

    wg_random_init(&random, 7, (guint64)number);
    for (int i = 0; i < n_samples * n_channels; i++)
        samples[i] = (float)((int)wg_random_below(&random, 256) - 128) / 64;
    return wg_recording_new(&(WgRecordingSpec){
        .label = labels[number % 3],
        .person = number % 3 ? "Ada" : NULL,
        .device = number % 2 ? "bangle" : NULL,
        .file = number % 5 ? NULL : "some/where.csv",
        .line = number,
        .rate_hz = number % 2 ? 12.5 : 100,
        .n_samples = n_samples,
        .n_channels = n_channels,
        .samples = samples,
        .original_units_per_g = 64,
        .n_clipped = number % 3,
        .disabled = number % 6 == 5,
        .held_back = number % 6 == 5 ? "clipping" : NULL,
        .wrist = number % 7 == 6 ? WG_WRIST_LEFT : WG_WRIST_UNKNOWN,
        .gaps = gaps,
        .n_gaps = number % 4 == 1 ? 2 : 0,
    });
}

static WgRecording *
make_long(void)
{
    const WgLabelSpan spans[] = {{0, 10, "circle"}, {20, 5, "円"}, {25, 15, "circle"}};
    const WgGap gaps[] = {{12, 3}, {33, 1}};
    float samples[60 * 3];

    for (int i = 0; i < 60 * 3; i++)
        samples[i] = (float)i / 64;
    return wg_recording_new(&(WgRecordingSpec){.label = "morning",
                                               .rate_hz = 50,
                                               .n_samples = 60,
                                               .n_channels = 3,
                                               .samples = samples,
                                               .original_units_per_g = 4096,
                                               .n_clipped = 5,
                                               .spans = spans,
                                               .n_spans = 3,
                                               .gaps = gaps,
                                               .n_gaps = 2});
}

static gint64
store_model(WgProject *project, const char *kind, gint64 parent)
{
    WgModelRecord record = {.parent = parent,
                            .kind = (char *)kind,
                            .preset = (char *)"waggle",
                            .meta = (char *)"{\"split\": {\"test\": [1, 2]}}",
                            .data = g_bytes_new_static("x", 1)};

    g_assert_true(wg_project_store_model(project, &record, NULL));
    g_bytes_unref(record.data);
    g_free(record.created);
    return record.id;
}

static void
add_takes(WgProject *project, int first, int n)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; i < n; i++)
        g_ptr_array_add(takes, make_take(first + i));
    g_assert_true(wg_project_add_recordings(project, takes, NULL, NULL, NULL));
}

void
wg_test_fill_project(WgProject *project)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    gint64 first;

    add_takes(project, 0, 8);
    g_ptr_array_add(list, make_long());
    g_assert_true(wg_project_add_recordings(project, list, NULL, NULL, NULL));
    first = store_model(project, "float", 0);
    store_model(project, "int8", first);
    store_model(project, "int8", first);
    store_model(project, "int8", store_model(project, "float", 0));
}

/* Some of those that are there, by chance none. */
static GArray *
draw_ids(GPtrArray *recordings, WgRandom *random)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    const guint one_in = 1 + wg_random_below(random, 5);

    for (guint i = 0; i < recordings->len; i++) {
        if (wg_random_below(random, one_in) == 0)
            g_array_append_val(ids, wg_recording_get(recordings->pdata[i])->id);
    }
    return ids;
}

/* Stretches in order within n samples, up to 4. */
static int
draw_spans(int n_samples, WgLabelSpan spans[4], WgRandom *random)
{
    int n = 0, at = 0;

    while (n < 4) {
        const int first = at + (int)wg_random_below(random, 5);
        const int length = 1 + (int)wg_random_below(random, 12);

        if (first + length > n_samples)
            break;
        spans[n++] = (WgLabelSpan){first, length, draw_label(random)};
        at = first + length;
    }
    return n;
}

static gboolean
edit_one(WgEdits *edits, const WgRecordingSpec *spec, guint kind, WgRandom *random)
{
    const int n_whole = spec->n_whole > 0 ? spec->n_whole : spec->n_samples;
    const int first = (int)wg_random_below(random, (guint)n_whole);
    WgLabelSpan spans[4];
    int n = draw_spans(spec->n_samples, spans, random);

    switch (kind) {
    case 0:
        return wg_edits_trim(edits, spec->id, first,
                             1 + (int)wg_random_below(random, (guint)(n_whole - first)), NULL);
    case 1:
        return wg_edits_trim(edits, spec->id, 0, 0, NULL);
    case 2:
        return wg_edits_set_spans(edits, spec->id, spans,
                                  (int)wg_random_below(random, (guint)n + 1), NULL);
    default:
        return n == 0 || wg_edits_split(edits, spec->id, spans, n, NULL, NULL);
    }
}

static gboolean
edit_project(WgEdits *edits, WgProject *project, guint kind, WgRandom *random)
{
    static const char *const values[] = {NULL, "0.5", "0.8"};
    static const char *const acts[] = {"none", "media:next", "media:play"};
    g_autoptr(GHashTable) actions = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) models = wg_project_list_models(project, NULL);

    switch (kind) {
    case 0:
        return wg_edits_set_fact(edits, "threshold", values[wg_random_below(random, 3)],
                                 "Set the threshold", NULL);
    case 1:
        for (gsize i = 0; i < G_N_ELEMENTS(labels); i++)
            g_hash_table_insert(actions, (gpointer)labels[i],
                                (gpointer)acts[wg_random_below(random, 3)]);
        return wg_edits_set_actions(edits, actions, NULL);
    case 2:
        return wg_edits_choose_model(
            edits, ((WgModelRecord *)models->pdata[wg_random_below(random, models->len)])->id,
            NULL);
    case 3:
        return wg_edits_rename(edits, draw_label(random), draw_label(random), NULL);
    default:
        add_takes(project, (int)wg_random_below(random, 16), 1 + (int)wg_random_below(random, 3));
        return TRUE;
    }
}

static gboolean
edit_many(WgEdits *edits, GArray *ids, guint kind, WgRandom *random)
{
    static const char *const persons[] = {NULL, "Ada", "Åse"};

    switch (kind) {
    case 0:
        return wg_edits_delete(edits, ids, NULL);
    case 1:
        return wg_edits_keep(edits, ids, NULL);
    case 2:
        return wg_edits_set_disabled(edits, ids, wg_random_below(random, 2) > 0, NULL);
    case 3:
        return wg_edits_relabel(edits, ids, draw_label(random), NULL);
    case 4:
        return wg_edits_set_person(edits, ids, persons[wg_random_below(random, 3)], NULL);
    default:
        return wg_edits_set_wrist(edits, ids, (WgWrist)wg_random_below(random, 3), NULL);
    }
}

void
wg_test_edit_at_random(WgEdits *edits, WgProject *project, WgRandom *random)
{
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(project, NULL);
    const guint kind = wg_random_below(random, 15);
    g_autoptr(GArray) ids = draw_ids(recordings, random);

    if (kind < 6) {
        /* a deletion of half of them leaves little to edit */
        if (kind == 0 && ids->len > 3)
            g_array_set_size(ids, 3);
        g_assert_true(edit_many(edits, ids, kind, random));
    } else if (kind < 11) {
        g_assert_true(edit_project(edits, project, kind - 6, random));
    } else if (recordings->len > 0) {
        const guint at = wg_random_below(random, recordings->len);

        g_assert_true(edit_one(edits, wg_recording_get(recordings->pdata[at]), kind - 11, random));
    }
}
