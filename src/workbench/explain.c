/* What a model tells its two most alike gestures apart by. */
#include "workbench/explain.h"

#include "dataset/window-features.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PART_S 0.5
#define SHORT_S 0.75       /* below, half seconds are no parts */
#define LENGTHS_DIFFER 1.5 /* from here on the same second is not the same part of both */
#define N_PAIRS 16
#define TELLING_SHARE 0.6
#define SAYING_ALL 0.75      /* below, it tells mostly */
#define LEAST_TOLD_APART 0.2 /* of 2 */

/* The windows of one gesture. */
typedef struct {
    GArray *takes; /* int */
    double n_samples;
} Group;

static void
collect(const WgWindows *windows, int label, Group *group)
{
    double sum = 0;

    group->takes = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < windows->n; i++) {
        if (windows->labels[i] != label || wg_window_get_n_samples(windows, i) == 0)
            continue;
        g_array_append_val(group->takes, i);
        sum += wg_window_get_n_samples(windows, i);
    }
    group->n_samples = sum / MAX(1, group->takes->len);
}

/* Mean probability of label `other` over the takes of `label`; -1: there are none. */
static double
get_mean(const WgWindows *windows, const float *probabilities, int label, int other)
{
    double sum = 0;
    int n = 0;

    for (int i = 0; i < windows->n; i++) {
        if (windows->labels[i] != label)
            continue;
        sum += probabilities[(gsize)i * (gsize)windows->n_labels + (gsize)other];
        n++;
    }
    return n > 0 ? sum / n : -1;
}

static gboolean
find_pair(const WgModel *model, const WgWindows *windows, WgExplanation *self)
{
    g_autofree float *probabilities = g_new(float, (gsize)windows->n *(gsize)windows->n_labels + 1);

    self->mixed = -1;
    wg_model_predict(model, windows, probabilities);
    for (int a = 0; a < windows->n_labels; a++) {
        for (int b = a + 1; b < windows->n_labels; b++) {
            const double one = get_mean(windows, probabilities, a, b);
            const double other = get_mean(windows, probabilities, b, a);

            if (one >= 0 && other >= 0 && (one + other) / 2 > self->mixed) {
                self->mixed = (one + other) / 2;
                self->a = a;
                self->b = b;
            }
        }
    }
    return self->mixed >= 0;
}

static void
choose_parts(const Group *a, const Group *b, double rate_hz, WgExplanation *self)
{
    const double longer = MAX(a->n_samples, b->n_samples);
    const double shorter = MIN(a->n_samples, b->n_samples);

    self->seconds = (a->n_samples + b->n_samples) / 2 / rate_hz;
    self->is_by_time = longer <= LENGTHS_DIFFER * shorter && self->seconds >= SHORT_S;
    if (self->is_by_time)
        self->n_parts = CLAMP((int)lround(self->seconds / PART_S), 2, WG_EXPLAIN_PARTS_MAX);
    else
        self->n_parts = longer > LENGTHS_DIFFER * shorter ? 3 : 2;
}

/* The parts in `of_a` from window i, the others from window j, one after the other; what exceeds
 * the window is cut off, as the watch would. */
static void
put_together(const WgWindows *windows, int i, int j, int n_parts, int of_a, float *out)
{
    const int size = windows->length * windows->channels;
    const int takes[2] = {i, j};
    const int lengths[2] = {wg_window_get_n_samples(windows, i),
                            wg_window_get_n_samples(windows, j)};
    int at = 0;

    for (int part = 0; part < n_parts; part++) {
        const int which = of_a & (1 << part) ? 0 : 1;
        const int first = lengths[which] * part / n_parts;
        const int last = lengths[which] * (part + 1) / n_parts;
        const int n = MIN(last - first, windows->length - at);

        memcpy(out + at * windows->channels,
               windows->x + (gsize)takes[which] * (gsize)size + first * windows->channels,
               sizeof(float) * (gsize)(n * windows->channels));
        at += n;
    }
}

/* v(S) for all sets S of parts: mean of p(a) - p(b). */
static void
ask_all(const WgModel *model, const WgWindows *windows, const Group *a, const Group *b,
        const WgExplanation *self, double *v)
{
    const int n_sets = 1 << self->n_parts, size = windows->length * windows->channels;
    const int n_pairs = MIN(N_PAIRS, (int)MAX(a->takes->len, b->takes->len));
    g_autoptr(WgWindows) mixed = wg_windows_alloc_like(windows, n_pairs * n_sets);
    g_autofree float *probabilities = g_new(float, (gsize)mixed->n *(gsize)mixed->n_labels);

    for (int k = 0; k < n_pairs; k++) {
        /* spread over all takes there are */
        const int i = g_array_index(a->takes, int, k *(int)a->takes->len / n_pairs);
        const int j = g_array_index(b->takes, int, k *(int)b->takes->len / n_pairs);

        for (int set = 0; set < n_sets; set++)
            put_together(windows, i, j, self->n_parts, set,
                         mixed->x + ((gsize)k * (gsize)n_sets + (gsize)set) * (gsize)size);
    }
    wg_model_predict(model, mixed, probabilities);
    for (int set = 0; set < n_sets; set++)
        v[set] = 0;
    for (int i = 0; i < mixed->n; i++) {
        const float *row = probabilities + (gsize)i * (gsize)mixed->n_labels;

        v[i % n_sets] += (double)(row[self->a] - row[self->b]) / n_pairs;
    }
}

/* shares_k = sum over sets S without k of |S|! (n - |S| - 1)! / n! (v(S and k) - v(S)), over
 * v(all) - v(none) */
static void
share_out(const double *v, WgExplanation *self)
{
    const int n = self->n_parts, all = (1 << n) - 1;
    double factorials[WG_EXPLAIN_PARTS_MAX + 1] = {1};

    for (int i = 1; i <= n; i++)
        factorials[i] = factorials[i - 1] * i;
    self->told_apart = v[all] - v[0];
    for (int set = 0; set <= all; set++) {
        const int n_in = __builtin_popcount((unsigned)set);

        for (int k = 0; k < n; k++) {
            if (!(set & (1 << k)))
                self->shares[k] += factorials[n_in] * factorials[n - n_in - 1] / factorials[n] *
                                   (v[set | (1 << k)] - v[set]);
        }
    }
    for (int k = 0; k < n && fabs(self->told_apart) > 0; k++)
        self->shares[k] /= self->told_apart;
}

static void
find_telling_run(WgExplanation *self)
{
    for (int n = 1; n <= self->n_parts / 2; n++) {
        double most = 0;

        for (int first = 0; first + n <= self->n_parts; first++) {
            double sum = 0;

            for (int k = first; k < first + n; k++)
                sum += self->shares[k];
            if (sum >= TELLING_SHARE && sum > most) {
                most = self->telling_share = sum;
                self->first_part = first;
                self->n_telling = n;
            }
        }
        if (self->n_telling > 0)
            return;
    }
}

WgExplanation *
wg_explain_new(const WgModel *model, const WgWindows *windows)
{
    g_autofree WgExplanation *self = g_new0(WgExplanation, 1);
    double v[1 << WG_EXPLAIN_PARTS_MAX];
    Group a, b;

    if (!find_pair(model, windows, self))
        return NULL;
    collect(windows, self->a, &a);
    collect(windows, self->b, &b);
    if (a.takes->len > 0 && b.takes->len > 0) {
        choose_parts(&a, &b, windows->rate_hz, self);
        ask_all(model, windows, &a, &b, self, v);
        share_out(v, self);
        find_telling_run(self);
    }
    g_array_unref(a.takes);
    g_array_unref(b.takes);
    return self->n_parts > 0 ? g_steal_pointer(&self) : NULL;
}

/* What of the movement tells, as "the last half second"; NULL: all of it. */
static char *
dup_part(const WgExplanation *self)
{
    const int first = self->first_part, end = first + self->n_telling;
    const int n_halves = self->n_telling; /* a part is about half a second */

    if (self->n_telling == 0)
        return NULL;
    if (!self->is_by_time && self->n_parts == 2)
        return g_strdup(first == 0 ? _("the first half") : _("the last half"));
    if (!self->is_by_time)
        return g_strdup(first == 0   ? _("the first third")
                        : first == 1 ? _("the middle third")
                                     : _("the last third"));
    if (first > 0 && end < self->n_parts)
        return g_strdup_printf(_("what happens between %.1f and %.1f s"),
                               first * self->seconds / self->n_parts,
                               end * self->seconds / self->n_parts);
    if (n_halves == 1)
        return g_strdup(first == 0 ? _("the first half second") : _("the last half second"));
    if (n_halves == 2)
        return g_strdup(first == 0 ? _("the first second") : _("the last second"));
    return g_strdup_printf(first == 0 ? _("the first %g seconds") : _("the last %g seconds"),
                           n_halves * PART_S);
}

char *
wg_explanation_dup_words(const WgExplanation *self, const char *const *labels)
{
    g_autofree char *part = dup_part(self);

    if (self->told_apart < LEAST_TOLD_APART)
        return g_strdup_printf(_("%s and %s are hardly told apart"), labels[self->a],
                               labels[self->b]);
    if (!part)
        return g_strdup_printf(_("%s and %s are told apart by the movement as a whole"),
                               labels[self->a], labels[self->b]);
    if (self->telling_share < SAYING_ALL)
        return g_strdup_printf(_("%s and %s are told apart mostly by %s"), labels[self->a],
                               labels[self->b], part);
    return g_strdup_printf(_("%s and %s are told apart by %s"), labels[self->a], labels[self->b],
                           part);
}

JsonObject *
wg_explanation_to_json(const WgExplanation *self, const char *const *labels)
{
    g_autofree char *words = wg_explanation_dup_words(self, labels);
    JsonObject *object = json_object_new();
    JsonArray *pair = json_array_new();
    JsonArray *parts = json_array_new();

    json_array_add_string_element(pair, labels[self->a]);
    json_array_add_string_element(pair, labels[self->b]);
    for (int k = 0; k < self->n_parts; k++) {
        JsonObject *part = json_object_new();

        json_object_set_double_member(part, "from_s", k * self->seconds / self->n_parts);
        json_object_set_double_member(part, "to_s", (k + 1) * self->seconds / self->n_parts);
        json_object_set_double_member(part, "share", self->shares[k]);
        json_array_add_object_element(parts, part);
    }
    json_object_set_array_member(object, "labels", pair);
    json_object_set_double_member(object, "mixed", self->mixed);
    json_object_set_array_member(object, "parts", parts);
    json_object_set_string_member(object, "words", words);
    return object;
}
