/* What a recogniser answered in a stream, held against what was done in it. */
#include "dataset/stream-match.h"

static int
count_overlap(const WgSpan *event, int start, int end)
{
    return MAX(0, MIN(event->end, end) - MAX(event->start, start));
}

/* Events by their start: how many begin before `sample`. */
static int
count_begun(const WgSpan *events, int n_events, int sample)
{
    int low = 0, high = n_events;

    while (low < high) {
        const int middle = low + (high - low) / 2;

        if (events[middle].start < sample)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The most samples of any event: none that began longer ago still goes on. */
static int
find_longest(const WgSpan *events, int n_events)
{
    int longest = 0;

    for (int i = 0; i < n_events; i++)
        longest = MAX(longest, events[i].end - events[i].start);
    return longest;
}

static int
find_event(const WgSpan *events, int n_events, int longest, const WgSpan *answer, int tolerance)
{
    int best = -1, best_overlap = 0;

    for (int i = count_begun(events, n_events, answer->end) - 1; i >= 0; i--) {
        const int overlap = count_overlap(&events[i], answer->start, answer->end);

        if ((gint64)events[i].start + longest + tolerance <= answer->start)
            break;
        if (overlap > best_overlap ||
            (overlap == 0 && best_overlap == 0 && events[i].end <= answer->start &&
             (gint64)answer->start - events[i].end < tolerance &&
             (best < 0 || events[i].end > events[best].end)))
            best = i;
        best_overlap = MAX(best_overlap, overlap);
    }
    return best;
}

static WgAnswerKind
judge(WgStreamMatch *self, const WgSpan *events, int event, int label)
{
    if (event < 0) {
        self->n_false_alarms++;
        return WG_ANSWER_FALSE_ALARM;
    }
    if (events[event].label != label) {
        self->n_wrong++;
        return WG_ANSWER_WRONG;
    }
    if (self->is_hit[event]) {
        self->n_doubles++;
        return WG_ANSWER_DOUBLE;
    }
    self->is_hit[event] = TRUE;
    self->n_hits++;
    return WG_ANSWER_HIT;
}

static int
count_idle(const WgSpan *events, int n_events, int n_samples, int tolerance)
{
    int n_idle = 0, busy_to = 0;

    for (int i = 0; i < n_events; i++) {
        n_idle += MAX(0, MIN(events[i].start, n_samples) - busy_to);
        busy_to = (int)MIN((gint64)n_samples, MAX(busy_to, (gint64)events[i].end + tolerance));
    }
    return n_idle + n_samples - busy_to;
}

WgStreamMatch *
wg_stream_match_new(const WgSpan *events, int n_events, const WgSpan *answers, int n_answers,
                    int n_samples, int tolerance)
{
    WgStreamMatch *self = g_new0(WgStreamMatch, 1);
    const int longest = find_longest(events, n_events);

    self->n_events = n_events;
    self->n_answers = n_answers;
    self->kinds = g_new0(WgAnswerKind, n_answers + 1);
    self->events = g_new0(int, n_answers + 1);
    self->is_hit = g_new0(gboolean, n_events + 1);
    for (int i = 0; i < n_answers; i++) {
        self->events[i] = find_event(events, n_events, longest, &answers[i], tolerance);
        self->kinds[i] = judge(self, events, self->events[i], answers[i].label);
    }
    self->n_misses = n_events - self->n_hits;
    self->n_idle = count_idle(events, n_events, n_samples, tolerance);
    return self;
}

void
wg_stream_match_free(WgStreamMatch *self)
{
    g_free(self->kinds);
    g_free(self->events);
    g_free(self->is_hit);
    g_free(self);
}

static int
find_shown(const WgSpan *events, int n_events, int longest, int start, int end)
{
    int best = -1, best_overlap = 0;

    for (int i = count_begun(events, n_events, end) - 1;
         i >= 0 && (gint64)events[i].start + longest > start; i--) {
        const int overlap = count_overlap(&events[i], start, end);
        const int shorter = MIN(events[i].end - events[i].start, end - start);

        if (overlap > best_overlap && 2 * overlap >= shorter) {
            best = i;
            best_overlap = overlap;
        }
    }
    return best;
}

void
wg_stream_find_shown(const WgSpan *events, int n_events, const int *starts, const int *ends, int n,
                     int *shown)
{
    const int longest = find_longest(events, n_events);

    for (int i = 0; i < n; i++)
        shown[i] = find_shown(events, n_events, longest, starts[i], ends[i]);
}
