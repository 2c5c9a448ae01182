/* Makes one answer of many inferences: enough of them in a short time, and the most frequent wins.
 */
#include "dataset/debounce.h"

typedef struct {
    double time_ms;
    int label;
} Inference;

struct _WgDebounce {
    int n;
    double span_ms;
    GArray *buffer; /* of Inference */
    double last_ms; /* of the newest that was swallowed */
    gboolean is_answered;
};

WgDebounce *
wg_debounce_new(int n, double span_ms)
{
    WgDebounce *self = g_new0(WgDebounce, 1);

    g_return_val_if_fail(n >= 1, NULL);
    self->n = n;
    self->span_ms = span_ms;
    self->buffer = g_array_new(FALSE, FALSE, sizeof(Inference));
    return self;
}

void
wg_debounce_free(WgDebounce *self)
{
    g_array_unref(self->buffer);
    g_free(self);
}

static int
find_most_frequent(const WgDebounce *self)
{
    int best = -1, n_best = 0;

    for (int i = 0; i < self->n; i++) {
        const int label = g_array_index(self->buffer, Inference, i).label;
        int n = 0;

        for (int j = i; j < self->n; j++)
            n += g_array_index(self->buffer, Inference, j).label == label;
        if (n > n_best) {
            best = label;
            n_best = n;
        }
    }
    return best;
}

int
wg_debounce_feed(WgDebounce *self, double time_ms, int label, double *first_ms)
{
    const Inference inference = {time_ms, label};
    guint n_old = 0;

    if (self->is_answered && time_ms - self->last_ms >= self->span_ms)
        self->is_answered = FALSE;
    if (label < 0)
        return -1;
    self->last_ms = time_ms;
    if (self->is_answered)
        return -1;
    g_array_append_val(self->buffer, inference);
    while (time_ms - g_array_index(self->buffer, Inference, n_old).time_ms >= self->span_ms &&
           n_old + 1 < self->buffer->len)
        n_old++;
    g_array_remove_range(self->buffer, 0, n_old);
    if ((int)self->buffer->len < self->n)
        return -1;
    label = find_most_frequent(self);
    *first_ms = g_array_index(self->buffer, Inference, 0).time_ms;
    g_array_set_size(self->buffer, 0);
    self->is_answered = TRUE;
    return label;
}

int
wg_debounce_fit(int wanted, double span_ms, double step_ms)
{
    int n = 1;

    while (n < wanted && n * step_ms < span_ms)
        n++;
    return n;
}
