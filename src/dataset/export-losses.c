/* What of the recordings a file format has no place for, in words. */
#include "dataset/export-losses.h"

#include "dataset/data-writer.h"
#include "dataset/export-values.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct {
    guint n_angular, n_spans, n_original, n_rate, n_person, n_device, n_label, n_gaps;
} Losses;

/* Whether the values as they were measured cannot be had from the file. */
static gboolean
loses_original(const WgFileFormat *format, const WgRecordingSpec *spec)
{
    WgRecordingSpec facts = *spec;
    g_auto(WgExportValues) values = {0};

    facts.n_samples = 0;
    wg_export_values_init(&values, &facts);
    if (format->holds & WG_HOLDS_ORIGINAL)
        return values.factor <= 0;
    if (format->holds & WG_HOLDS_UNIT)
        return fabs(values.factor - 1) > 0;
    return fabs(spec->original_units_per_g - 1) > 1e-9;
}

static void
count(Losses *losses, const WgFileFormat *format, const WgRecordingSpec *spec)
{
    const WgFormatHolds lacks = (WgFormatHolds)(WG_HOLDS_ALL & ~(guint)format->holds);
    g_autofree char *name = wg_data_writer_make_name(spec->label);

    losses->n_angular += (lacks & WG_HOLDS_ANGULAR_RATE) && spec->n_channels > 3;
    losses->n_spans += (lacks & WG_HOLDS_SPANS) && spec->n_spans > 0;
    losses->n_original += loses_original(format, spec);
    losses->n_rate += (lacks & WG_HOLDS_RATE) && fabs(spec->rate_hz - format->rate_hz) > 5e-4;
    losses->n_person += (lacks & WG_HOLDS_PERSON) && spec->person;
    losses->n_device += (lacks & WG_HOLDS_DEVICE) && spec->device;
    losses->n_label += (lacks & WG_HOLDS_LABEL) && !g_str_equal(name, spec->label);
    losses->n_gaps += spec->n_gaps > 0;
}

/* `singular` and `plural` as of ngettext, with the number in them. */
static void
say(GPtrArray *messages, guint n, const char *text)
{
    if (n > 0)
        g_ptr_array_add(messages, g_strdup_printf(text, n));
}

void
wg_export_losses_describe(const WgFileFormat *format, GPtrArray *recordings, GPtrArray *messages)
{
    Losses n = {0};

    for (guint i = 0; i < recordings->len; i++)
        count(&n, format, wg_recording_get_facts(g_ptr_array_index(recordings, i)));
    say(messages, n.n_angular,
        ngettext("%u take has angular rates, for which this format has no place: its acceleration "
                 "alone is written",
                 "%u takes have angular rates, for which this format has no place: their "
                 "acceleration alone is written",
                 n.n_angular));
    say(messages, n.n_spans,
        ngettext(
            "%u continuous recording has labelled spans, for which this format has no place: "
            "it is written under its own name",
            "%u continuous recordings have labelled spans, for which this format has no place: "
            "they are written under their own names",
            n.n_spans));
    say(messages, n.n_original,
        ngettext("%u take was measured in another unit than the format keeps: it is written in g",
                 "%u takes were measured in another unit than the format keeps: they are written "
                 "in g",
                 n.n_original));
    if (format->rate_hz > 0 && n.n_rate > 0)
        g_ptr_array_add(
            messages,
            g_strdup_printf(
                ngettext("%u take has another rate than the %g Hz that such a file is read with: "
                         "tell its reader the rate (--rate here)",
                         "%u takes have another rate than the %g Hz that such a file is read with: "
                         "tell its reader the rate (--rate here)",
                         n.n_rate),
                n.n_rate, format->rate_hz));
    say(messages, n.n_person,
        ngettext("%u take has a person, for whom this format has no place (a folder may be named "
                 "so)",
                 "%u takes have a person, for whom this format has no place (a folder may be named "
                 "so)",
                 n.n_person));
    say(messages, n.n_device,
        ngettext("of %u take the device is not written, as this format has no place for it",
                 "of %u takes the device is not written, as this format has no place for it",
                 n.n_device));
    say(messages, n.n_label,
        ngettext("of %u take the label has characters that this format cannot hold: they became _",
                 "of %u takes the label has characters that this format cannot hold: they became _",
                 n.n_label));
    say(messages, n.n_gaps,
        ngettext("%u take misses samples, which is not written: it looks whole there",
                 "%u takes miss samples, which is not written: they look whole there", n.n_gaps));
}
