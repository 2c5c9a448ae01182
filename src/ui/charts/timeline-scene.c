/* What a timeline shows: where it looks, what is marked and chosen, and the ends that move. */
#include "dataset/label-spans.h"
#include "ui/charts/timeline-private.h"

#include "ui/charts/chart.h"

#include <glib/gi18n.h>
#include <math.h>

#define FEWEST_SEEN 8    /* samples that are looked at, at least */
#define FIRST_SECONDS 60 /* that are looked at first */

static const WgLabelSpan *
get_chosen(const WgTimelineScene *scene)
{
    return &g_array_index(scene->spans, WgLabelSpan, scene->chosen);
}

static char *
dup_time(const WgTimelineScene *scene, double sample)
{
    return wg_timeline_format_time(sample / scene->rate_hz);
}

static char *
describe_chosen(const WgTimelineScene *scene)
{
    const WgLabelSpan *span = get_chosen(scene);
    g_autofree char *start = dup_time(scene, span->first);
    g_autofree char *end = dup_time(scene, span->first + span->n_samples);

    return g_strdup_printf(
        _("Chosen: %s, from %s to %s; the arrow keys move its %s, Return keeps it"), span->label,
        start, end, scene->is_end ? C_("of a stretch", "end") : C_("of a stretch", "start"));
}

char *
wg_timeline_scene_describe(const WgTimelineScene *scene)
{
    g_autofree char *length = dup_time(scene, scene->n_samples);
    g_autofree char *start = NULL, *end = NULL, *what = NULL;

    if (scene->chosen >= 0) {
        what = describe_chosen(scene);
    } else if (scene->mark_n > 0) {
        start = dup_time(scene, scene->mark_first);
        end = dup_time(scene, scene->mark_first + scene->mark_n);
        what = g_strdup_printf(_("Marked: from %s to %s"), start, end);
    } else {
        start = dup_time(scene, scene->cursor);
        what =
            g_strdup_printf(_("At %s; Shift and the arrow keys mark a stretch, Page Down chooses "
                              "the next that is labelled"),
                            start);
    }
    return g_strdup_printf(ngettext("%s with %u labelled stretch. %s.",
                                    "%s with %u labelled stretches. %s.", scene->spans->len),
                           length, scene->spans->len, what);
}

void
wg_timeline_scene_look_at(WgTimelineScene *scene, double first, double n)
{
    scene->view_n = CLAMP(n, MIN(FEWEST_SEEN, scene->n_samples), scene->n_samples);
    scene->view_first = CLAMP(first, 0, scene->n_samples - scene->view_n);
}

void
wg_timeline_scene_look_for(WgTimelineScene *scene, int sample)
{
    const double border = scene->view_n / 20;

    if (sample < scene->view_first + border)
        wg_timeline_scene_look_at(scene, sample - border, scene->view_n);
    else if (sample > scene->view_first + scene->view_n - border)
        wg_timeline_scene_look_at(scene, sample + border - scene->view_n, scene->view_n);
}

void
wg_timeline_scene_mark(WgTimelineScene *scene, int from, int to)
{
    const int first = CLAMP(MIN(from, to), 0, scene->n_samples);
    const int end = CLAMP(MAX(from, to), 0, scene->n_samples);

    scene->mark_first = first;
    scene->mark_n = end - first;
    scene->chosen = -1;
}

void
wg_timeline_scene_choose(WgTimelineScene *scene, int span)
{
    scene->chosen = span >= 0 && span < (int)scene->spans->len ? span : -1;
    scene->mark_n = 0;
    scene->is_end = FALSE;
    if (scene->chosen >= 0) {
        scene->cursor = get_chosen(scene)->first;
        wg_timeline_scene_look_for(scene, scene->cursor + get_chosen(scene)->n_samples);
        wg_timeline_scene_look_for(scene, scene->cursor);
    }
}

void
wg_timeline_scene_move_end(WgTimelineScene *scene, int to)
{
    const int first = get_chosen(scene)->first, end = first + get_chosen(scene)->n_samples;

    if (scene->is_end)
        wg_label_spans_move(scene->spans, scene->chosen, first, to - first, scene->n_samples);
    else
        wg_label_spans_move(scene->spans, scene->chosen, MIN(to, end - 1), end - MIN(to, end - 1),
                            scene->n_samples);
}

gboolean
wg_timeline_scene_step(WgTimelineScene *scene, int direction, gboolean is_fine, gboolean is_marking)
{
    const int by = direction * (is_fine ? 1 : MAX(1, (int)(scene->view_n / 100)));
    const gboolean was_marked = scene->mark_n > 0;
    int anchor = scene->cursor;

    if (scene->chosen >= 0) {
        const WgLabelSpan *span = get_chosen(scene);

        wg_timeline_scene_move_end(
            scene, (scene->is_end ? span->first + span->n_samples : span->first) + by);
        return FALSE;
    }
    if (was_marked) /* the end that the cursor is not at */
        anchor = scene->cursor <= scene->mark_first ? scene->mark_first + scene->mark_n
                                                    : scene->mark_first;
    scene->cursor = CLAMP(scene->cursor + by, 0, scene->n_samples);
    wg_timeline_scene_mark(scene, is_marking ? anchor : scene->cursor, scene->cursor);
    wg_timeline_scene_look_for(scene, scene->cursor);
    return is_marking || was_marked;
}

int
wg_timeline_scene_find_next(const WgTimelineScene *scene, int direction)
{
    int next = scene->chosen + direction;

    if (scene->chosen < 0) {
        for (next = 0; next < (int)scene->spans->len; next++) {
            if (g_array_index(scene->spans, WgLabelSpan, next).first >= scene->cursor)
                break;
        }
        next -= direction < 0;
    }
    return CLAMP(next, 0, (int)scene->spans->len - 1);
}

void
wg_timeline_scene_zoom(WgTimelineScene *scene, double factor, double about)
{
    const double share = (about - scene->view_first) / MAX(scene->view_n, 1);

    wg_timeline_scene_look_at(scene, about - share * scene->view_n / factor,
                              scene->view_n / factor);
}

char *
wg_timeline_scene_dup_values(const WgTimelineScene *scene)
{
    GString *text = g_string_new("label,from,to\n");

    for (guint i = 0; i < scene->spans->len; i++) {
        const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, i);
        const double row[] = {span->first / scene->rate_hz,
                              (span->first + span->n_samples) / scene->rate_hz};

        wg_chart_append_row(text, span->label, row, 2, 3);
    }
    return g_string_free(text, FALSE);
}

/* x, y, z alone, with holes where samples are missing. */
static void
fill(WgTimelineScene *scene, const WgRecordingSpec *spec)
{
    g_autofree float *samples = g_new(float, 3 * (gsize)spec->n_samples + 1);

    for (int i = 0; i < 3 * spec->n_samples; i++) {
        samples[i] = spec->samples[(gsize)(i / 3) * (gsize)spec->n_channels + i % 3];
        scene->peak_g = fmax(scene->peak_g, fabs((double)samples[i]));
    }
    scene->pyramid = wg_pyramid_new(3);
    wg_pyramid_append(scene->pyramid, samples, spec->n_samples);
}

void
wg_timeline_scene_begin(WgTimelineScene *scene, const WgRecordingSpec *spec)
{
    g_clear_pointer(&scene->pyramid, wg_pyramid_free);
    scene->peak_g = 0;
    fill(scene, spec);
    scene->n_samples = spec->n_samples;
    scene->rate_hz = spec->rate_hz;
    scene->chosen = -1;
    scene->mark_n = scene->cursor = 0;
    wg_timeline_scene_look_at(scene, 0, FIRST_SECONDS * spec->rate_hz);
}

void
wg_timeline_scene_restore(WgTimelineScene *scene, const WgRecordingSpec *spec)
{
    g_clear_pointer(&scene->spans, g_array_unref);
    scene->spans = wg_label_spans_new(spec->spans, spec->n_spans);
    if (scene->chosen >= spec->n_spans)
        scene->chosen = -1;
}

gboolean
wg_timeline_scene_differs(const WgTimelineScene *scene, const WgRecordingSpec *spec)
{
    gboolean is_other = spec->n_spans != (int)scene->spans->len;

    for (int i = 0; !is_other && i < spec->n_spans; i++) {
        const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, i);

        is_other =
            span->first != spec->spans[i].first || span->n_samples != spec->spans[i].n_samples;
    }
    return is_other;
}
