/* What is most useful to record next, until a first training is worth its while. */
#include "workbench/next-step.h"

#include "dataset/project-salvage.h"

typedef struct {
    const char *label;
    int n_takes;
    gboolean is_other;
} Gesture;

gboolean
wg_label_is_other(const char *label, const char *word)
{
    static const char *const usual[] = {"other", "random", "nothing", "idle", NULL};

    return g_strv_contains(usual, label) || g_strcmp0(label, word) == 0;
}

static Gesture *
find_or_add(GArray *gestures, const char *label, const char *other_word)
{
    Gesture added = {label, 0, wg_label_is_other(label, other_word)};

    for (guint i = 0; i < gestures->len; i++) {
        Gesture *gesture = &g_array_index(gestures, Gesture, i);

        if (g_str_equal(gesture->label, label))
            return gesture;
    }
    g_array_append_val(gestures, added);
    return &g_array_index(gestures, Gesture, gestures->len - 1);
}

void
wg_next_step_count(WgCounts *counts, const WgRecordingSpec *facts)
{
    /* also one whose takes are all held back is a gesture, unless nobody knows which */
    if (facts->n_spans == 0 && g_strcmp0(facts->held_back, WG_HELD_BACK_DAMAGED) != 0)
        wg_counts_add(counts, facts->label, !facts->disabled);
}

/* In the order of their first takes, but for the chosen one, which comes first. */
static GArray *
list_gestures(const WgCounts *counts, const char *chosen, const char *other_word)
{
    GArray *gestures = g_array_new(FALSE, FALSE, sizeof(Gesture));

    if (chosen && *chosen)
        find_or_add(gestures, chosen, other_word);
    for (guint i = 0; i < wg_counts_get_n(counts); i++) {
        const WgCount *count = wg_counts_get(counts, i);

        find_or_add(gestures, count->name, other_word)->n_takes += (int)count->n;
    }
    return gestures;
}

static int
compare_counts(gconstpointer a, gconstpointer b)
{
    return *(const int *)a - *(const int *)b;
}

/* The upper one of two in the middle. */
static int
find_median(GArray *gestures)
{
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(int));

    for (guint i = 0; i < gestures->len; i++) {
        const Gesture *gesture = &g_array_index(gestures, Gesture, i);

        if (!gesture->is_other)
            g_array_append_val(counts, gesture->n_takes);
    }
    g_array_sort(counts, compare_counts);
    return counts->len > 0 ? g_array_index(counts, int, counts->len / 2) : 0;
}

static WgNextStep
make(WgStepKind kind, const char *label, int n)
{
    return (WgNextStep){kind, g_strdup(label), n};
}

/* The first gesture that has fewer than `n_least`; NULL: none. */
static const Gesture *
find_poor(GArray *gestures, int n_least)
{
    for (guint i = 0; i < gestures->len; i++) {
        const Gesture *gesture = &g_array_index(gestures, Gesture, i);

        if (!gesture->is_other && gesture->n_takes < n_least)
            return gesture;
    }
    return NULL;
}

/* So many takes are missing of what stands for other movement. */
static int
count_missing_other(GArray *gestures, const char **label)
{
    int n = 0;

    *label = NULL;
    for (guint i = 0; i < gestures->len; i++) {
        const Gesture *gesture = &g_array_index(gestures, Gesture, i);

        if (!gesture->is_other)
            continue;
        n += gesture->n_takes;
        *label = *label ? *label : gesture->label;
    }
    return MAX(0, WG_STEP_TAKES - n);
}

WgNextStep
wg_next_step_find(GPtrArray *recordings, const char *chosen, const char *other_word)
{
    g_autoptr(WgCounts) counts = wg_counts_new();

    for (guint i = 0; i < recordings->len; i++)
        wg_next_step_count(counts, wg_recording_get_facts(g_ptr_array_index(recordings, i)));
    return wg_next_step_find_of(counts, chosen, other_word);
}

WgNextStep
wg_next_step_find_of(const WgCounts *counts, const char *chosen, const char *other_word)
{
    g_autoptr(GArray) gestures = list_gestures(counts, chosen, other_word);
    const int n_balanced = MIN(WG_STEP_TAKES_PLENTY, (find_median(gestures) + 1) / 2);
    const Gesture *poor = find_poor(gestures, WG_STEP_TAKES);
    const char *other;
    const int n_other = count_missing_other(gestures, &other);
    guint n_gestures = 0;

    for (guint i = 0; i < gestures->len; i++)
        n_gestures += !g_array_index(gestures, Gesture, i).is_other;
    if (gestures->len == 0)
        return make(WG_STEP_NAME, NULL, 0);
    if (poor)
        return make(WG_STEP_MORE, poor->label, WG_STEP_TAKES - poor->n_takes);
    if (n_gestures < 2)
        return make(WG_STEP_ANOTHER, NULL, 0);
    if (n_other > 0)
        return make(WG_STEP_OTHER, other, n_other);
    poor = find_poor(gestures, n_balanced);
    if (poor)
        return make(WG_STEP_BALANCE, poor->label, n_balanced - poor->n_takes);
    return make(WG_STEP_TRAIN, NULL, 0);
}

void
wg_next_step_clear(WgNextStep *self)
{
    g_clear_pointer(&self->label, g_free);
}

const char *
wg_step_kind_get_name(WgStepKind kind)
{
    static const char *const names[] = {"name", "more", "another", "other", "balance", "train"};

    return names[kind];
}
