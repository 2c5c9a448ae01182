/* One layer as a word of a preset's text, and the numbers in such words. */
#include "train/preset-layer-text.h"

#include "train/op.h"

#include <math.h>
#include <string.h>

#define LIMIT_NUMBER (1 << 20) /* of filters, samples, units: as wg_network_new takes */

/* Settings of layers without a form of their own. */
typedef struct {
    const char *name;
    gboolean is_float;
    gsize offset; /* in WgLayerSpec */
} Field;

static const Field fields[] = {
    {"units=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, units)},
    {"kernel=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, kernel)},
    {"stride=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, stride)},
    {"dilation=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, dilation)},
    {"same=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, same)},
    {"bias=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, has_bias)},
    {"pool=", FALSE, G_STRUCT_OFFSET(WgLayerSpec, pool)},
    {"rate=", TRUE, G_STRUCT_OFFSET(WgLayerSpec, rate)},
};

void
wg_text_append_float(GString *text, float value)
{
    char form[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(form, sizeof form, "%.6g", (double)value);
    if ((float)g_ascii_strtod(form, NULL) != value)
        g_ascii_formatd(form, sizeof form, "%.9g", (double)value);
    g_string_append(text, form);
}

static void
append_fields(GString *text, const WgLayerSpec *layer)
{
    char between = ':';

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        const float *real = (gconstpointer)((const char *)layer + fields[i].offset);
        const int *whole = (gconstpointer)((const char *)layer + fields[i].offset);

        if (fields[i].is_float ? *real == 0 : *whole == 0)
            continue;
        g_string_append_c(text, between);
        g_string_append(text, fields[i].name);
        if (fields[i].is_float)
            wg_text_append_float(text, *real);
        else
            g_string_append_printf(text, "%d", *whole);
        between = ',';
    }
}

void
wg_layer_append_text(GString *text, const WgLayerSpec *layer, int n_segments)
{
    if (g_str_equal(layer->op, "conv")) {
        g_string_append_printf(text, "c%dk%ds%d", layer->units, layer->kernel,
                               MAX(1, layer->stride));
        if (layer->dilation > 1)
            g_string_append_printf(text, "d%d", layer->dilation);
        g_string_append(text, layer->same ? "" : "v");
        g_string_append(text, layer->has_bias ? "b" : "");
    } else if (g_str_equal(layer->op, "dense")) {
        g_string_append(text, "fc");
        if (layer->units > 0)
            g_string_append_printf(text, "%d", layer->units);
        g_string_append(text, layer->has_bias ? "b" : "");
    } else if (g_str_equal(layer->op, "max-pool") || g_str_equal(layer->op, "average-pool")) {
        g_string_append(text, layer->op[0] == 'm' ? "max" : "avg");
        if (layer->pool > 0)
            g_string_append_printf(text, "%d", layer->pool);
        else if (layer->op[0] == 'm' && n_segments > 1)
            g_string_append_printf(text, "/%d", n_segments);
    } else if (g_str_equal(layer->op, "dropout")) {
        g_string_append(text, "drop");
        wg_text_append_float(text, layer->rate);
    } else if (g_str_equal(layer->op, "batch-norm")) {
        g_string_append(text, "bn");
    } else if (g_str_equal(layer->op, "flatten")) {
        g_string_append(text, "flat");
    } else {
        g_string_append(text, layer->op);
        append_fields(text, layer);
    }
}

gboolean
wg_text_take_number(const char **at, int *number)
{
    gint64 value = 0;
    const char *start = *at;

    while (g_ascii_isdigit(**at) && value <= LIMIT_NUMBER)
        value = value * 10 + *(*at)++ - '0';
    *number = (int)value;
    return *at > start && value <= LIMIT_NUMBER;
}

gboolean
wg_text_take_prefix(const char **at, const char *prefix)
{
    if (!g_str_has_prefix(*at, prefix))
        return FALSE;
    *at += strlen(prefix);
    return TRUE;
}

gboolean
wg_text_take_real(const char **at, double *value)
{
    char *end = NULL;

    *value = g_ascii_strtod(*at, &end);
    /* strtod also reads signs, hexadecimal numbers, infinities */
    if (!g_ascii_isdigit(**at) || strspn(*at, "0123456789.e-+") < (gsize)(end - *at) ||
        !isfinite(*value))
        return FALSE;
    *at = end;
    return TRUE;
}

static gboolean
read_conv(const char **at, WgLayerSpec *layer)
{
    layer->op = "conv";
    layer->stride = layer->dilation = 1;
    if (!wg_text_take_number(at, &layer->units) || !wg_text_take_prefix(at, "k") ||
        !wg_text_take_number(at, &layer->kernel) ||
        (wg_text_take_prefix(at, "s") && !wg_text_take_number(at, &layer->stride)) ||
        (wg_text_take_prefix(at, "d") && !wg_text_take_number(at, &layer->dilation)))
        return FALSE;
    layer->same = !wg_text_take_prefix(at, "v");
    return layer->units > 0 && layer->kernel > 0 && layer->stride > 0 && layer->dilation > 0;
}

/* What is behind "max" or "avg"; segments are the preset's, so all such pools have the same. */
static gboolean
read_pool(const char **at, WgLayerSpec *layer, int *n_segments)
{
    int n_said = 1;

    if (g_ascii_isdigit(**at))
        return wg_text_take_number(at, &layer->pool) && layer->pool > 0;
    if (layer->op[0] != 'm')
        return TRUE;
    if (wg_text_take_prefix(at, "/") && (!wg_text_take_number(at, &n_said) || n_said < 2))
        return FALSE;
    if (*n_segments > 0 && *n_segments != n_said)
        return FALSE;
    *n_segments = n_said;
    return TRUE;
}

/* "setting=value"; FALSE where it is none. */
static gboolean
read_field(const char **at, WgLayerSpec *layer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        gpointer member = (char *)layer + fields[i].offset;
        double value;

        if (!wg_text_take_prefix(at, fields[i].name))
            continue;
        if (!fields[i].is_float)
            return wg_text_take_number(at, member);
        if (!wg_text_take_real(at, &value) || value > LIMIT_NUMBER)
            return FALSE;
        *(float *)member = (float)value;
        return TRUE;
    }
    return FALSE;
}

/* An operation of the table by its own name. Those with a form of their own have that alone, so
 * that a text stands for one network and a network for one text. */
static gboolean
read_named(const char *word, WgLayerSpec *layer)
{
    static const char *const others[] = {"conv",    "dense",      "max-pool", "average-pool",
                                         "dropout", "batch-norm", "flatten",  NULL};
    const gsize n_name = strcspn(word, ":");
    g_autofree char *name = g_strndup(word, n_name);
    const WgOp *op = g_strv_contains(others, name) ? NULL : wg_op_find(name, NULL);
    const char *at = word + n_name;

    if (!op)
        return FALSE;
    layer->op = op->name;
    while (*at) {
        if (*at != (at == word + n_name ? ':' : ','))
            return FALSE;
        at++;
        if (!read_field(&at, layer))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_layer_take_text(const char *word, WgLayerSpec *layer, int *n_segments)
{
    const char *at = word;
    gboolean may_have_bias = FALSE;
    double rate;

    *layer = (WgLayerSpec){0};
    if (read_named(word, layer))
        return TRUE;
    *layer = (WgLayerSpec){0};
    if (g_str_equal(word, "bn")) {
        layer->op = "batch-norm";
        return TRUE;
    }
    if (g_str_equal(word, "flat")) {
        layer->op = "flatten";
        return TRUE;
    }
    if (wg_text_take_prefix(&at, "drop")) {
        layer->op = "dropout";
        if (!wg_text_take_real(&at, &rate) || rate >= 1)
            return FALSE;
        layer->rate = (float)rate;
    } else if (wg_text_take_prefix(&at, "max") || wg_text_take_prefix(&at, "avg")) {
        layer->op = word[0] == 'm' ? "max-pool" : "average-pool";
        if (!read_pool(&at, layer, n_segments))
            return FALSE;
    } else if (wg_text_take_prefix(&at, "fc")) {
        layer->op = "dense";
        may_have_bias = TRUE;
        if (g_ascii_isdigit(*at) && (!wg_text_take_number(&at, &layer->units) || layer->units == 0))
            return FALSE;
    } else {
        may_have_bias = TRUE;
        if (!wg_text_take_prefix(&at, "c") || !read_conv(&at, layer))
            return FALSE;
    }
    layer->has_bias = may_have_bias && wg_text_take_prefix(&at, "b");
    return *at == '\0';
}
