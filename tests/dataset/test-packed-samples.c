/* Packing gives back the very same floats, whatever they are. */
#include "dataset/packed-samples.h"

#include "base/random.h"
#include "dataset/recording.h"

#include <math.h>
#include <string.h>

#define N 301

static void
assert_round_trip(const float *values)
{
    g_autofree guint8 *packed = g_malloc(WG_PACKED_BYTES_MAX(N));
    const gsize n_bytes = wg_packed_samples_write(values, N, packed);
    float again[N];

    g_assert_true(wg_packed_samples_read(packed, n_bytes, N, again));
    /* any other number of bytes or values is refused */
    g_assert_false(wg_packed_samples_read(packed, n_bytes - 1, N, again));
    g_assert_false(wg_packed_samples_read(packed, n_bytes, N + 1, again));
    g_assert_false(wg_packed_samples_read(packed, 0, 0, again));
    g_assert_cmpmem(again, sizeof again, values, N * sizeof *values);
}

static void
test_round_trip(void)
{
    static const float ends[] = {-128, 127, 128, -129, 32767, 32768, -32768, -32769};
    WgRandom random;

    wg_random_init(&random, 1, 0);
    for (int turn = 0; turn < 200; turn++) {
        const float step = turn % 3 == 0 ? 1.0F / 64 : turn % 3 == 1 ? 1 : 0.3F;
        const guint32 range = turn % 2 ? 250 : 60000;
        float values[N];

        for (int i = 0; i < N; i++)
            values[i] = ((float)wg_random_below(&random, range) - (float)(range / 2)) * step;
        assert_round_trip(values);
        if (turn < (int)G_N_ELEMENTS(ends)) /* just inside and just outside what fits */
            values[7] = ends[turn] * step;
        assert_round_trip(values);
        values[N - 1] = wg_random_normal(&random);
        assert_round_trip(values);
        values[0] = turn % 4 == 0 ? -0.0F : turn % 4 == 1 ? NAN : turn % 4 == 2 ? INFINITY : 1e-40F;
        assert_round_trip(values);
    }
}

/* A packed recording is the same to who looks at it, also where its original was clipped. */
static void
test_recording(void)
{
    enum { N_SAMPLES = 60 };
    for (int turn = 0; turn < 40; turn++) {
        const int n_channels = turn % 2 ? 3 : 6;
        float samples[N_SAMPLES * 6], original[N_SAMPLES * 6], copied[N_SAMPLES * 6];
        const WgGap gap = {10, 3};
        WgRecordingSpec spec = {.id = 5,
                                .label = "shake",
                                .person = "Ada",
                                .rate_hz = 12.5,
                                .n_samples = N_SAMPLES,
                                .n_channels = n_channels,
                                .samples = samples,
                                .original_units_per_g = 8192,
                                .gaps = &gap,
                                .n_gaps = 1,
                                .held_back = "clipping"};
        g_autoptr(WgRecording) plain = NULL, packed = NULL;
        const WgRecordingSpec *facts, *all, *expected;
        const gsize n_bytes = sizeof(float) * N_SAMPLES * (gsize)n_channels;
        WgRandom random;

        wg_random_init(&random, 3, (guint64)turn);
        for (int i = 0; i < N_SAMPLES * n_channels; i++) {
            samples[i] = (float)((int)wg_random_below(&random, 255) - 128) / 64;
            original[i] = samples[i] * 8192 + (turn % 4 < 2 ? 0 : (float)(i % 5));
        }
        spec.original = turn % 3 ? original : NULL;
        plain = wg_recording_new(&spec);
        packed = wg_recording_new_packed(&spec, wg_recording_get_digest(plain));
        expected = wg_recording_get(plain);
        facts = wg_recording_get_facts(packed);
        g_assert_cmpstr(facts->label, ==, "shake");
        g_assert_cmpstr(facts->held_back, ==, "clipping");
        g_assert_cmpint(facts->gaps[0].n_missing, ==, 3);
        g_assert_null(facts->samples); /* which is what packing is for */
        wg_recording_copy_samples(packed, copied);
        g_assert_cmpmem(copied, n_bytes, expected->samples, n_bytes);
        g_assert_null(facts->samples);
        g_assert_true(wg_recording_get_peak_g(packed) == wg_recording_get_peak_g(plain));
        all = wg_recording_get(packed);
        g_assert_cmpmem(all->samples, n_bytes, expected->samples, n_bytes);
        g_assert_cmpmem(all->original, n_bytes, expected->original, n_bytes);
        g_assert_cmpstr(wg_recording_get_digest(packed), ==, wg_recording_get_digest(plain));
    }
}

static gpointer
look(gpointer recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);

    return GINT_TO_POINTER((int)(spec->samples[0] * 64 + spec->original[2]));
}

static void
test_threads(void)
{
    const float samples[] = {0.25F, 0.5F, 1};
    const WgRecordingSpec spec = {.label = "a",
                                  .rate_hz = 12.5,
                                  .n_samples = 1,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 64};

    for (int turn = 0; turn < 200; turn++) {
        g_autoptr(WgRecording) recording = wg_recording_new_packed(&spec, "");
        GThread *threads[4];

        for (int i = 0; i < 4; i++)
            threads[i] = g_thread_new("look", look, recording);
        for (int i = 0; i < 4; i++)
            g_assert_cmpint(GPOINTER_TO_INT(g_thread_join(threads[i])), ==, 16 + 64);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/packed-samples/gives-the-very-same-floats", test_round_trip);
    g_test_add_func("/dataset/packed-samples/makes-no-other-recording", test_recording);
    g_test_add_func("/dataset/packed-samples/unpacks-once-for-many-threads", test_threads);
    return g_test_run();
}
