/* Some takes of a project that stand for all: as many of each gesture, and of each person. */
#include "workbench/take-sample.h"

#include "base/random.h"
#include "dataset/project-each.h"
#include "workbench/counts.h"

#include <string.h>

#define SHARE_STREAM 0x73686172
#define DRAW_STREAM 0x64726177
/* Between gesture and person in the name of a group. */
#define BETWEEN '\x1f'

typedef struct {
    WgCounts *groups; /* of the takes of one gesture and person */
    GString *name;    /* of the group that was last asked for */
    int *wanted;      /* of each group how many are still to be drawn */
    int *left;        /* and of how many */
    guint n_groups;   /* that there were when they were counted */
    WgRandom random;
    GPtrArray *recordings;
    WgProgress *progress;
} Sample;

static gboolean
takes_part(const WgRecordingSpec *facts)
{
    return !facts->disabled && facts->n_spans == 0;
}

static guint
find_group(Sample *self, const WgRecordingSpec *facts, int n)
{
    g_string_assign(self->name, facts->label);
    g_string_append_c(self->name, BETWEEN);
    g_string_append(self->name, facts->person ? facts->person : "");
    return wg_counts_add(self->groups, self->name->str, n);
}

static gboolean
count(const WgRecordingSpec *facts, gpointer user_data)
{
    if (takes_part(facts))
        find_group(user_data, facts, 1);
    return FALSE;
}

/* Selection sampling: each of those that are left is drawn with the same chance, and as many as are
 * wanted in the end (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S). */
static gboolean
draw(const WgRecordingSpec *facts, gpointer user_data)
{
    Sample *self = user_data;
    guint group;

    if (!takes_part(facts))
        return FALSE;
    group = find_group(self, facts, 0);
    if (group >= self->n_groups || self->left[group] == 0) /* it came while they were counted */
        return FALSE;
    if ((int)wg_random_below(&self->random, (guint32)self->left[group]--) >= self->wanted[group])
        return FALSE;
    self->wanted[group]--;
    return TRUE;
}

static gboolean
keep(GPtrArray *recordings, int n_read, int n_all, gpointer user_data, GError **error)
{
    Sample *self = user_data;

    for (guint i = 0; i < recordings->len; i++)
        g_ptr_array_add(self->recordings, wg_recording_ref(g_ptr_array_index(recordings, i)));
    wg_progress_tell(self->progress, (double)n_read / MAX(1, n_all), NULL);
    return TRUE;
}

static gint64
sum_to_level(const int *rooms, int n, int level)
{
    gint64 sum = 0;

    for (int i = 0; i < n; i++)
        sum += MIN(rooms[i], level);
    return sum;
}

void
wg_take_sample_share(const int *rooms, int n, int total, guint64 seed, int *shares)
{
    g_autofree int *order = g_new(int, n + 1);
    int low = 0, high = total;
    gint64 rest;
    WgRandom random;

    while (low < high) { /* the highest level to which all can be filled */
        const int level = high - (high - low) / 2;

        if (sum_to_level(rooms, n, level) <= total)
            low = level;
        else
            high = level - 1;
    }
    rest = total - sum_to_level(rooms, n, low);
    wg_random_init(&random, seed, SHARE_STREAM);
    for (int i = 0; i < n; i++)
        order[i] = i;
    wg_random_shuffle(&random, order, n);
    for (int i = 0; i < n; i++) {
        shares[order[i]] = MIN(rooms[order[i]], low);
        if (rest > 0 && rooms[order[i]] > low) {
            shares[order[i]]++;
            rest--;
        }
    }
}

/* The gestures with the takes of all their groups; `rows` gets each group's. */
static WgCounts *
sum_gestures(const Sample *self, guint *rows)
{
    WgCounts *gestures = wg_counts_new();

    for (guint i = 0; i < self->n_groups; i++) {
        const WgCount *group = wg_counts_get(self->groups, i);
        g_autofree char *gesture =
            g_strndup(group->name, (gsize)(strrchr(group->name, BETWEEN) - group->name));

        rows[i] = wg_counts_add(gestures, gesture, group->n);
    }
    return gestures;
}

/* Shares n_most among the gestures. */
static int *
share_among_gestures(const WgCounts *gestures, int n_most, guint64 seed)
{
    const guint n = wg_counts_get_n(gestures);
    g_autofree int *rooms = g_new(int, n + 1);
    int *shares = g_new(int, n + 1);

    for (guint i = 0; i < n; i++)
        rooms[i] = (int)wg_counts_get(gestures, i)->n;
    wg_take_sample_share(rooms, (int)n, n_most, seed, shares);
    return shares;
}

/* And what a gesture gets among its persons. */
static void
share_among_groups(Sample *self, int n_most, guint64 seed)
{
    g_autofree guint *rows = g_new(guint, self->n_groups + 1);
    g_autoptr(WgCounts) gestures = sum_gestures(self, rows);
    const guint n = wg_counts_get_n(gestures);
    g_autofree int *shares = share_among_gestures(gestures, n_most, seed);
    g_autofree GArray **groups = g_new(GArray *, n + 1);

    for (guint i = 0; i < n; i++)
        groups[i] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < (int)self->n_groups; i++)
        g_array_append_val(groups[rows[i]], i);
    for (guint i = 0; i < n; i++) {
        g_autoptr(GArray) own = groups[i];
        g_autofree int *rooms = g_new(int, own->len + 1), *given = g_new(int, own->len + 1);

        for (guint k = 0; k < own->len; k++)
            rooms[k] = self->left[g_array_index(own, int, k)];
        wg_take_sample_share(rooms, (int)own->len, shares[i], seed + i, given);
        for (guint k = 0; k < own->len; k++)
            self->wanted[g_array_index(own, int, k)] = given[k];
    }
}

static gboolean
load(Sample *self, WgProject *project, int n_most, guint64 seed, int *n_all,
     GCancellable *cancellable, GError **error)
{
    const WgEachTake counting = {.choose = count, .user_data = self};
    const WgEachTake drawing = {.choose = draw, .block = keep, .user_data = self};

    if (!wg_project_for_each_take(project, &counting, cancellable, error))
        return FALSE;
    self->n_groups = wg_counts_get_n(self->groups);
    self->wanted = g_new0(int, self->n_groups + 1);
    self->left = g_new0(int, self->n_groups + 1);
    *n_all = 0;
    for (guint i = 0; i < self->n_groups; i++) {
        self->left[i] = (int)wg_counts_get(self->groups, i)->n;
        *n_all += self->left[i];
    }
    share_among_groups(self, n_most, seed);
    wg_random_init(&self->random, seed, DRAW_STREAM);
    return wg_project_for_each_take(project, &drawing, cancellable, error);
}

GPtrArray *
wg_take_sample_load(WgProject *project, int n_most, guint64 seed, int *n_all, WgProgress *progress,
                    GCancellable *cancellable, GError **error)
{
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    Sample self = {.groups = wg_counts_new(),
                   .name = g_string_new(NULL),
                   .recordings = recordings,
                   .progress = progress};
    const gboolean is_done = load(&self, project, n_most, seed, n_all, cancellable, error);

    wg_counts_free(self.groups);
    g_string_free(self.name, TRUE);
    g_free(self.wanted);
    g_free(self.left);
    return is_done ? g_steal_pointer(&recordings) : NULL;
}
