/* Any bytes as what a board prints: read as samples, and as USB descriptors. */
#include "fuzz.h"

#include "device/number-lines.h"
#include "device/usb-acm.h"

#include <math.h>

static void
on_sample(const WgNumberSample *sample, gpointer user_data)
{
    gint64 *last = user_data;

    if (sample->number <= *last || !isfinite(sample->time_s) || !isfinite(sample->values[0]))
        g_error("sample %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT, sample->number, *last);
    *last = sample->number;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gint64 last = -1;
    g_autoptr(WgNumberLines) lines = wg_number_lines_new(on_sample, &last);
    const size_t part = size / 16 + 1;
    WgUsbAcm acm;

    for (size_t at = 0; at < size; at += part)
        wg_number_lines_feed(lines, data + at, MIN(part, size - at), (gint64)at * 1000);
    if (!(wg_number_lines_get_rate_hz(lines) >= 0) ||
        !(wg_number_lines_get_units_per_g(lines) >= 0))
        g_error("no rate or unit");
    wg_usb_acm_find(data, size, 1, &acm);
    return 0;
}
