/* Decision trees and forests of them as Python. */
#include "quant/export-micropython-trees.h"

#include "base/error.h"
#include "dataset/window-features.h"
#include "quant/micropython-module.h"
#include "quant/micropython.h"

#include <glib/gi18n.h>
#include <math.h>

#define QUESTION 0x8000   /* a branch that goes to a question, not to an answer */
#define MODULE_BYTES 5000 /* of functions and names once it is imported, about: gc.mem_alloc() */
#define N_STATISTICS 11   /* of each of x, y, z and magnitude (dataset/window-features.h) */
#define DEVIATION 1
#define LENGTH_MAX 1000 /* sums of squares of more are no whole numbers of 24 bits */

/* Those of the magnitude that are none of sums of roots. */
static gboolean
is_exact_of_magnitude(int statistic)
{
    static const int statistics[] = {2, 3, 4, 6, 9, 10};

    for (guint i = 0; i < G_N_ELEMENTS(statistics); i++) {
        if (statistics[i] == statistic)
            return TRUE;
    }
    return FALSE;
}

/* Whether it is one division of whole numbers or one root, which every board with floats of 32 bits
 * rounds as this machine does. */
static gboolean
is_exact(int feature)
{
    if (feature < 3 * N_STATISTICS)
        return feature % N_STATISTICS != DEVIATION;
    if (feature < 4 * N_STATISTICS)
        return is_exact_of_magnitude(feature % N_STATISTICS);
    return feature < 4 * N_STATISTICS + 9 || feature == WG_N_WINDOW_FEATURES - 1;
}

void
wg_micropython_mask_features(float *features, int n)
{
    for (int i = 0; i < n * WG_N_WINDOW_FEATURES; i++) {
        if (!is_exact(i % WG_N_WINDOW_FEATURES))
            features[i] = 0;
    }
}

/* Its place in what features() of the module gives. */
static int
find_place(int feature)
{
    int place = 0;

    for (int i = 0; i < feature; i++)
        place += is_exact(i);
    return place;
}

typedef struct {
    GByteArray *asked, *limits, *next, *shares;
    GArray *roots, *targets; /* of guint32; targets: a number for each node of the tree at hand */
    int n_questions, n_shares;
} Trees;

static void
put(GByteArray *data, guint32 value, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++) {
        const guint8 byte = (guint8)(value >> (8 * i));

        g_byte_array_append(data, &byte, 1);
    }
}

static void
put_float(GByteArray *data, float value)
{
    const union {
        float value;
        guint32 bits;
    } both = {.value = value};

    put(data, both.bits, 4);
}

/* The label that has all, or that many and the place among the shares of mixed answers. */
static int
put_shares(Trees *trees, const float *shares, int n_labels)
{
    for (int label = 0; label < n_labels; label++) {
        if (shares[label] == 1)
            return label;
    }
    for (int label = 0; label < n_labels; label++)
        put_float(trees->shares, shares[label]);
    return n_labels + trees->n_shares++;
}

/* Where a branch goes: to an answer, or behind all of those to a question. */
static guint32
get_target(const Trees *trees, int node)
{
    return g_array_index(trees->targets, guint32, node);
}

/* Numbers of the questions and answers of one tree; answers stand before all questions. */
static void
number_nodes(Trees *trees, const WgTree *tree, int n_labels)
{
    const int n = wg_tree_get_n_nodes(tree);

    g_array_set_size(trees->targets, (guint)n);
    for (int i = 0; i < n; i++) {
        const WgTreeNode *node = wg_tree_get_node(tree, i);
        guint32 *target = &g_array_index(trees->targets, guint32, i);

        if (node->feature < 0)
            *target = (guint32)put_shares(trees, wg_tree_get_leaf_shares(tree, node), n_labels);
        else
            *target = QUESTION | (guint32)trees->n_questions++;
    }
}

static gboolean
put_tree(Trees *trees, const WgTree *tree, int n_labels, GError **error)
{
    const int n = wg_tree_get_n_nodes(tree);
    guint32 root;

    number_nodes(trees, tree, n_labels);
    root = get_target(trees, 0);
    g_array_append_val(trees->roots, root);
    for (int i = 0; i < n; i++) {
        const WgTreeNode *node = wg_tree_get_node(tree, i);

        if (node->feature < 0)
            continue;
        if (!is_exact(node->feature)) {
            g_autofree char *name = wg_window_feature_dup_name(node->feature);

            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("a tree asks for “%s”, which the MicroPython form does not have"), name);
            return FALSE;
        }
        put(trees->asked, (guint32)find_place(node->feature), 1);
        put_float(trees->limits, node->threshold);
        put(trees->next, get_target(trees, node->left), 2);
        put(trees->next, get_target(trees, node->right), 2);
    }
    if (trees->n_questions < QUESTION && n_labels + trees->n_shares < QUESTION)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("the trees have more than %d questions: fewer trees, or less deep ones"),
                QUESTION);
    return FALSE;
}

static void
trees_free(Trees *trees)
{
    g_byte_array_unref(trees->asked);
    g_byte_array_unref(trees->limits);
    g_byte_array_unref(trees->next);
    g_byte_array_unref(trees->shares);
    g_array_unref(trees->roots);
    g_array_unref(trees->targets);
    g_free(trees);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trees, trees_free)

static Trees *
take_apart(const WgForest *forest, GError **error)
{
    g_autoptr(Trees) trees = g_new0(Trees, 1);

    trees->asked = g_byte_array_new();
    trees->limits = g_byte_array_new();
    trees->next = g_byte_array_new();
    trees->shares = g_byte_array_new();
    trees->roots = g_array_new(FALSE, FALSE, sizeof(guint32));
    trees->targets = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (int i = 0; i < wg_forest_get_n_trees(forest); i++) {
        if (!put_tree(trees, wg_forest_get_tree(forest, i), wg_forest_get_n_labels(forest), error))
            return NULL;
    }
    return g_steal_pointer(&trees);
}

static gboolean
check_window(const WgWindowOptions *window, GError **error)
{
    int exponent;
    const guint axes = WG_CHANNELS_ACCELERATION;

    if (window->length > LENGTH_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the trees' MicroPython form takes windows of %d samples at most, not %d"),
                    LENGTH_MAX, window->length);
        return FALSE;
    }
    if ((window->channels & axes) != axes || frexp(window->range_g, &exponent) != 0.5) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("the trees' MicroPython form takes x, y and z with a range that is a power of "
              "two, not a range of %g g"),
            window->range_g);
        return FALSE;
    }
    return TRUE;
}

static void
append(GByteArray *data, const GByteArray *more)
{
    if (more->len > 0)
        g_byte_array_append(data, more->data, more->len);
}

gboolean
wg_python_write_trees(const WgExportSource *source, GPtrArray *files, GError **error)
{
    const int n = source->forest ? wg_forest_get_n_trees(source->forest) : 0;
    g_autofree char *what =
        n == 1 ? g_strdup("a decision tree") : g_strdup_printf("a random forest of %d trees", n);
    g_autofree char *title = g_strdup(what);
    g_autoptr(GByteArray) data = g_byte_array_new();
    g_autoptr(Trees) trees = NULL;
    g_autoptr(GBytes) content = NULL;
    g_autoptr(GString) roots = g_string_new(NULL);
    GString *text;

    g_return_val_if_fail(source->forest, FALSE);
    if (!check_window(source->window, error))
        return FALSE;
    trees = take_apart(source->forest, error);
    if (!trees)
        return FALSE;
    title[0] = 'A';
    for (int i = 0; i < n; i++)
        g_string_append_printf(roots, i ? ", %u" : "%u", g_array_index(trees->roots, guint32, i));
    append(data, trees->asked);
    append(data, trees->limits);
    append(data, trees->next);
    append(data, trees->shares);
    const WgPythonModule module = {
        .what = what,
        .title = title,
        .promise = "Asks for figures of a gesture and answers what Waggle answers.",
        .holds = "questions, figures of a gesture",
        .infers =
            "the share of each label, 0 .. 1, and `features(samples)` what the trees ask for.",
        .advice = "",
        .probability = "outputs[best]",
        .parts = 1u << WG_PYTHON_FEATURES | 1u << WG_PYTHON_TREES,
        .data = data,
        .memory_bytes = MODULE_BYTES + (gsize)data->len * 7 / 3, /* and once more as base64 */
    };
    text = wg_python_module_text(source, &module);
    wg_python_fill_number(text, "@NODES@", trees->n_questions);
    wg_python_fill_number(text, "@SHARES@",
                          trees->n_shares * wg_forest_get_n_labels(source->forest));
    wg_python_fill_number(text, "@TREES@", n);
    wg_python_fill(text, "@ROOTS@", roots->str);
    content = wg_python_module_finish(text, error);
    if (!content)
        return FALSE;
    wg_python_module_add(source, &module, content, files);
    return TRUE;
}
