/* What of a timeline a drag takes hold of. */
#include "dataset/label-spans.h"
#include "ui/charts/timeline-private.h"

#include <math.h>

#define REACH 14 /* pixels about an end that take hold of it */

WgTimelineGrip
wg_timeline_find_grip(const WgTimelineFrame *self, const WgTimelineScene *scene, double x, double y)
{
    if (y >= self->all_y)
        return WG_TIMELINE_VIEW;
    if (scene->chosen >= 0) {
        const WgLabelSpan *span = &g_array_index(scene->spans, WgLabelSpan, scene->chosen);
        const double to_start = fabs(x - wg_timeline_x(self, scene, span->first));
        const double to_end = fabs(x - wg_timeline_x(self, scene, span->first + span->n_samples));

        if (MIN(to_start, to_end) <= REACH)
            return to_end < to_start ? WG_TIMELINE_END : WG_TIMELINE_START;
    }
    return WG_TIMELINE_MARK;
}
