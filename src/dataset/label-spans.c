/* Lists of labelled stretches: how one is put in, taken out and moved so that none overlap. */
#include "dataset/label-spans.h"

static void
clear_span(gpointer data)
{
    g_free((gpointer)((WgLabelSpan *)data)->label);
}

static void
append(GArray *spans, int first, int end, const char *label)
{
    const WgLabelSpan span = {first, end - first, g_strdup(label)};

    g_array_append_val(spans, span);
}

GArray *
wg_label_spans_new(const WgLabelSpan *spans, int n)
{
    GArray *copy = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));

    g_array_set_clear_func(copy, clear_span);
    for (int i = 0; i < n; i++)
        append(copy, spans[i].first, spans[i].first + spans[i].n_samples, spans[i].label);
    return copy;
}

int
wg_label_spans_put(GArray *spans, int first, int n, const char *label)
{
    g_autoptr(GArray) before =
        wg_label_spans_new((const WgLabelSpan *)(gpointer)spans->data, (int)spans->len);
    g_autofree char *name = g_strdup(label); /* it may be that of a span that goes */
    const int end = first + n;
    int index = -1;

    g_array_set_size(spans, 0);
    for (guint i = 0; i < before->len; i++) {
        const WgLabelSpan *span = &g_array_index(before, WgLabelSpan, i);
        const int span_end = span->first + span->n_samples;

        if (span->first < first)
            append(spans, span->first, MIN(span_end, first), span->label);
        if (index < 0 && span_end > first) {
            index = (int)spans->len;
            append(spans, first, end, name);
        }
        if (span_end > end)
            append(spans, MAX(span->first, end), span_end, span->label);
    }
    if (index < 0) {
        index = (int)spans->len;
        append(spans, first, end, name);
    }
    return index;
}

void
wg_label_spans_move(GArray *spans, int i, int first, int n, int n_samples)
{
    WgLabelSpan *span = &g_array_index(spans, WgLabelSpan, i);
    const int least = i > 0 ? span[-1].first + span[-1].n_samples : 0;
    const int most = i + 1 < (int)spans->len ? span[1].first : n_samples;
    const int start = CLAMP(first, least, most - 1);

    span->first = start;
    span->n_samples = CLAMP(first + n, start + 1, most) - start;
}

int
wg_label_spans_find(GArray *spans, int sample)
{
    for (guint i = 0; i < spans->len; i++) {
        const WgLabelSpan *span = &g_array_index(spans, WgLabelSpan, i);

        if (sample >= span->first && sample < span->first + span->n_samples)
            return (int)i;
    }
    return -1;
}
