/* The base of personal models: a network whose features serve gestures that it never saw. */
#include "train/base-model.h"

#include "base/error.h"
#include "train/preset.h"
#include "train/transfer.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define AXES WG_WINDOW_CHANNELS
#define TAKES_MOST 100 /* of a gesture and folder: the two largest have 982 and 548 */
#define TURNS 24
#define EPOCHS 180
#define TAKES_STREAM 77 /* separates the uses of one seed */
#define TURN_SEED 0x7475726e
#define SHAPELESS "random" /* the recordings' label for what is no gesture */
#define LOWEST_G (-128.0f / WG_UNITS_PER_G)
#define HIGHEST_G (127.0f / WG_UNITS_PER_G)

/* The takes that a base learns from, each with its kind: gesture and folder. */
typedef struct {
    GArray *takes, *kinds; /* of int */
    int n_kinds;
} Choice;

static char *
dup_kind(const WgRecordingSpec *spec)
{
    g_autofree char *folder = g_path_get_dirname(spec->file ? spec->file : "");
    g_autofree char *name = g_path_get_basename(folder);

    return g_strdup_printf("%s/%s", name, spec->label);
}

static int
number_kind(GHashTable *kinds, char *kind)
{
    gpointer number = NULL;

    if (!g_hash_table_lookup_extended(kinds, kind, NULL, &number)) {
        number = GINT_TO_POINTER(g_hash_table_size(kinds));
        g_hash_table_insert(kinds, g_strdup(kind), number);
    }
    return GPOINTER_TO_INT(number);
}

static void
choose(WgDataset *dataset, const WgBaseOptions *options, Choice *choice)
{
    const int n = wg_dataset_get_n(dataset);
    g_autoptr(GHashTable) kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) counts = g_array_new(FALSE, TRUE, sizeof(int));
    g_autofree int *order = g_new(int, n + 1);
    WgRandom random;

    for (int i = 0; i < n; i++)
        order[i] = i;
    wg_random_init(&random, options->seed, TAKES_STREAM);
    wg_random_shuffle(&random, order, n);
    for (int i = 0; i < n; i++) {
        const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get(dataset, order[i]));
        g_autofree char *name = dup_kind(spec);
        int kind;

        if (g_str_equal(spec->label, SHAPELESS))
            continue;
        kind = number_kind(kinds, name);
        g_array_set_size(counts, MAX(counts->len, (guint)kind + 1));
        if (g_array_index(counts, int, kind)++ >= TAKES_MOST)
            continue;
        g_array_append_val(choice->takes, order[i]);
        g_array_append_val(choice->kinds, kind);
    }
    choice->n_kinds = (int)g_hash_table_size(kinds);
}

/* A uniformly random rotation from a quaternion of four normal numbers (Shoemake 1992), mirrored
 * in x where asked. */
static void
draw_turn(WgRandom *random, gboolean is_mirrored, float turn[AXES][AXES])
{
    float q[4], square = 0;

    for (int i = 0; i < 4; i++) {
        q[i] = wg_random_normal(random);
        square += q[i] * q[i];
    }
    for (int i = 0; i < AXES; i++) {
        const int j = (i + 1) % AXES, k = (i + 2) % AXES;
        const float *v = q + 1;
        const float s = 2 / MAX(square, 1e-12f);

        turn[i][i] = 1 - s * (v[j] * v[j] + v[k] * v[k]);
        turn[i][j] = s * (v[i] * v[j] - v[k] * q[0]);
        turn[j][i] = s * (v[i] * v[j] + v[k] * q[0]);
    }
    for (int j = 0; is_mirrored && j < AXES; j++)
        turn[0][j] = -turn[0][j];
}

static void
apply_turn(float turn[AXES][AXES], const float *x, int length, float *out)
{
    for (int t = 0; t < length; t++) {
        for (int i = 0; i < AXES; i++) {
            float sum = 0;

            for (int j = 0; j < AXES; j++)
                sum += turn[i][j] * x[t * AXES + j];
            out[t * AXES + i] = CLAMP(sum, LOWEST_G, HIGHEST_G);
        }
    }
}

/* One turn of all chosen windows, at `first` of the task's. */
static void
add_turn(const WgWindows *plain, const Choice *choice, int number, int n_turns, guint64 seed,
         WgWindows *task, int first)
{
    const gsize size = (gsize)plain->length * AXES;

    for (int i = 0; i < plain->n; i++) {
        const int kind = g_array_index(choice->kinds, int, i);
        float *out = task->x + (gsize)(first + i) * size;
        float turn[AXES][AXES];
        WgRandom random;

        task->labels[first + i] = kind * n_turns + number;
        memcpy(out, plain->x + (gsize)i * size, sizeof(float) * size);
        if (number == 0)
            continue;
        wg_random_init(&random, seed ^ TURN_SEED, ((guint64)number << 32) | (guint64)kind);
        draw_turn(&random, number % 2, turn);
        apply_turn(turn, plain->x + (gsize)i * size, plain->length, out);
    }
}

static char **
name_classes(int n)
{
    char **names = g_new0(char *, n + 1);

    for (int i = 0; i < n; i++)
        names[i] = g_strdup_printf("%d", i);
    return names;
}

WgWindows *
wg_base_windows_new(WgDataset *dataset, const WgBaseOptions *options, GError **error)
{
    g_autoptr(GArray) takes = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(int));
    const int n_turns = options->n_turns > 0 ? options->n_turns : TURNS;
    Choice choice = {takes, kinds, 0};
    g_autoptr(WgWindows) plain = NULL;
    g_auto(GStrv) names = NULL;
    WgWindows *task;

    choose(dataset, options, &choice);
    if (takes->len == 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("there are no recordings to make a base model of"));
        return NULL;
    }
    plain = wg_windows_new(dataset, (const int *)(gpointer)takes->data, (int)takes->len);
    names = name_classes(choice.n_kinds * n_turns);
    task = wg_windows_alloc(plain->n * n_turns, plain->length, plain->channels,
                            (const char *const *)names);
    for (int k = 0; k < n_turns; k++)
        add_turn(plain, &choice, k, n_turns, options->seed, task, k * plain->n);
    return task;
}

WgNetwork *
wg_base_train(WgDataset *dataset, const WgBaseOptions *options, GCancellable *cancellable,
              GError **error)
{
    g_autoptr(WgWindows) task = wg_base_windows_new(dataset, options, error);
    const WgPreset *preset = wg_presets[0];
    WgTrainOptions train = preset->options;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgTraining) training = NULL;

    if (!task)
        return NULL;
    train.epochs = options->epochs > 0 ? options->epochs : EPOCHS;
    train.batch = 64;
    train.sharpness = 0;
    train.shift = 2;
    train.rotation = 0.3f;
    train.scale = 0.3f;
    train.stretch = 0.25f;
    train.seed = options->seed;
    train.n_threads = options->n_threads;
    network =
        wg_preset_build(preset, task->length, task->channels, task->n_labels, options->seed, error);
    training =
        network ? wg_train(network, task, NULL, &train, NULL, NULL, cancellable, error) : NULL;
    return training ? wg_transfer_new(network, 2, error) : NULL;
}
