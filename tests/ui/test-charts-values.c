/* What each kind of chart gives as the rows of a table. */
#include "ui/charts/bars.h"
#include "ui/charts/beside.h"
#include "ui/charts/compared.h"
#include "ui/charts/curves.h"
#include "ui/charts/filter-picture.h"
#include "ui/charts/matrix.h"
#include "ui/charts/outcomes.h"
#include "ui/charts/overlay.h"
#include "ui/charts/path.h"
#include "ui/charts/strips.h"
#include "ui/charts/take-map-view.h"
#include "ui/charts/timeline.h"
#include "ui/charts/watch-picture.h"
#include "ui/charts/weights.h"

#include <string.h>

static const char *const labels[] = {"up", "down", NULL};

static void
assert_values(gpointer chart, const char *want)
{
    g_autofree char *have = NULL;

    g_object_ref_sink(chart);
    have = wg_chart_dup_values(WG_CHART(chart));
    g_assert_cmpstr(have, ==, want);
    gtk_widget_destroy(chart);
    g_object_unref(chart);
}

static WgRecording *
new_take(gint64 id)
{
    static const float samples[] = {0, 0.25F, -1, 0.5F, -0.125F, 1};
    static const WgLabelSpan span = {0, 1, "up"};

    return wg_recording_new(&(WgRecordingSpec){.id = id,
                                               .label = "long",
                                               .rate_hz = 12.5,
                                               .n_samples = 2,
                                               .n_channels = 3,
                                               .samples = samples,
                                               .original_units_per_g = 64,
                                               .spans = &span,
                                               .n_spans = 1});
}

static void
test_answers(void)
{
    const double watch[] = {0.75, 0.25}, computer[] = {0.5, 0.5}, thresholds[] = {0.6, 0.7};
    const int colours[] = {0, 1}, counts[] = {3, 1, 0, 2}, before[] = {2, 2, 0, 2};
    const WgOutcome outcomes[] = {{5, 1, 2}, {4, 0, 0}};
    WgBars *bars = g_object_new(WG_TYPE_BARS, NULL);
    WgMatrix *matrix = g_object_new(WG_TYPE_MATRIX, NULL);
    WgMatrix *difference = g_object_new(WG_TYPE_MATRIX, NULL);
    WgOutcomes *bar = g_object_new(WG_TYPE_OUTCOMES, NULL);

    wg_bars_set_labels(bars, labels, colours);
    wg_bars_set_values(bars, watch, computer, thresholds);
    assert_values(bars, "gesture,watch,computer,threshold\nup,0.75,0.5,0.6\ndown,0.25,0.5,0.7\n");
    wg_matrix_set(matrix, labels, counts);
    assert_values(matrix, "true,answered,takes\nup,up,3\nup,down,1\ndown,up,0\ndown,down,2\n");
    wg_matrix_set_difference(difference, labels, counts, before);
    assert_values(difference, "true,answered,takes,there\nup,up,3,2\nup,down,1,2\ndown,up,0,0\n"
                              "down,down,2,2\n");
    wg_outcomes_set(bar, labels, outcomes, "silent");
    assert_values(bar, "gesture,right,wrong,unanswered\nup,5,2,1\ndown,4,0,0\n");
}

static void
test_training(void)
{
    WgCurves *curves = g_object_new(WG_TYPE_CURVES, NULL);

    wg_curves_clear(curves, 10);
    wg_curves_add(curves, 1.5, 1.25);
    wg_curves_add(curves, 0.5, 0.75);
    wg_curves_add_beside(curves, 2, 3);
    assert_values(curves,
                  "run,epoch,training,validation\nthis one,1,1.5,1.25\nthis one,2,0.5,0.75\n"
                  "in use,1,2,3\n");
}

static void
test_takes(void)
{
    g_autoptr(WgRecording) take = new_take(7), other = new_take(8);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    const float before[] = {0, 0, 1}, after[] = {0.5F, 0, 1};
    WgCompared *compared = g_object_new(WG_TYPE_COMPARED, NULL);
    WgBeside *beside = g_object_new(WG_TYPE_BESIDE, NULL);
    WgTimeline *timeline = g_object_new(WG_TYPE_TIMELINE, NULL);

    g_ptr_array_add(others, other);
    wg_compared_set(compared, "up", take, others);
    assert_values(compared, "take,seconds,x,y,z\n7,0,0,0.25,-1\n7,0.08,0.5,-0.125,1\n"
                            "8,0,0,0.25,-1\n8,0.08,0.5,-0.125,1\n");
    wg_beside_set(beside, "up", 12.5, before, 1, after, 1);
    assert_values(beside, "line,seconds,x,y,z\nbefore,0,0,0,1\nchanged,0,0.5,0,1\n");
    wg_timeline_set_recording(timeline, take);
    assert_values(timeline, "label,from,to\nup,0,0.08\n");
}

/* Of one take the mean is the take, and the band has no width. */
static void
test_summaries(void)
{
    g_autoptr(WgRecording) take = new_take(7);
    g_autoptr(GPtrArray) takes = g_ptr_array_new();
    const WgMapDot dots[] = {{7, 0.5F, -0.25F, 0, FALSE}, {8, -1, 1, 1, TRUE}};
    const int colours[] = {0, 1};
    WgOverlay *overlay = g_object_new(WG_TYPE_OVERLAY, NULL);
    WgPath *path = g_object_new(WG_TYPE_PATH, NULL);
    WgTakeMapView *map = g_object_new(WG_TYPE_TAKE_MAP_VIEW, NULL);
    g_autofree char *of_overlay = NULL, *of_path = NULL;

    g_ptr_array_add(takes, take);
    wg_take_map_view_set(map, dots, 2, labels, labels, colours);
    assert_values(map, "take,gesture,x,y,outside\n7,up,0.5,-0.25,0\n8,down,-1,1,1\n");
    g_object_ref_sink(overlay);
    wg_overlay_set_takes(overlay, takes, &wg_window_options_watch);
    of_overlay = wg_chart_dup_values(WG_CHART(overlay));
    g_assert_true(g_str_has_prefix(of_overlay, "line,seconds,x,y,z\nmean,0,"));
    g_assert_nonnull(strstr(of_overlay, "\n10 of 100 below,0,"));
    g_assert_nonnull(strstr(of_overlay, "\n10 of 100 above,0,"));
    g_object_ref_sink(path);
    wg_path_set_takes(path, takes);
    of_path = wg_chart_dup_values(WG_CHART(path));
    g_assert_true(g_str_has_prefix(of_path, "path,x,y,z\n1,"));
    g_object_unref(overlay);
    g_object_unref(path);
}

static void
test_network(void)
{
    const float int8[] = {1, 2, 3, 4}, floats[] = {1.5F, 2, 3, 4};
    const int bins[] = {5, 6};
    const WgStripsLayer strips = {.number = 1,
                                  .op = "conv",
                                  .length = 2,
                                  .channels = 2,
                                  .int8 = int8,
                                  .floats = floats,
                                  .scale = 0.5};
    const WgWeightsLayer weights = {.n = 11, .n_channels = 1, .bins = bins, .n_bins = 2};
    const WgFilterShape filter = {.kernel = 2,
                                  .channels = 2,
                                  .dilation = 2,
                                  .weights = int8,
                                  .stretch = floats,
                                  .n_stretch = 2,
                                  .label = "up",
                                  .take = 7};
    const WgWatchPictureFacts facts = {1000, 4000, 500, -1, TRUE, FALSE};
    WgWatchPicture *watch = g_object_new(WG_TYPE_WATCH_PICTURE, NULL);

    assert_values(wg_strips_new(&strips), "moment,channel,watch,computer\n1,1,1,1.5\n1,2,2,2\n"
                                          "2,1,3,3\n2,2,4,4\n");
    assert_values(wg_weights_new("conv", &weights), "from,to,weights\n-127,0,5\n0,127,6\n");
    assert_values(wg_filter_picture_new(&filter),
                  "part,sample,1,2\nfilter,0,1,2\nfilter,2,3,4\nlikes best,0,1.5,2\n"
                  "likes best,1,3,4\n");
    wg_watch_picture_show(watch, &facts);
    assert_values(watch, "what,bytes,of\nRoom to work in,1000,4000\nStorage,500,\n");
}

int
main(int argc, char **argv)
{
    gtk_test_init(&argc, &argv, NULL);
    g_test_add_func("/ui/charts-values/of-answers", test_answers);
    g_test_add_func("/ui/charts-values/of-a-training", test_training);
    g_test_add_func("/ui/charts-values/of-takes", test_takes);
    g_test_add_func("/ui/charts-values/of-many-takes", test_summaries);
    g_test_add_func("/ui/charts-values/of-a-network-and-its-watch", test_network);
    return g_test_run();
}
