/* Whether the people of a dataset wear and record alike. */
#include "dataset/persons.h"

#include "dataset/scale.h"

#include <glib/gi18n.h>
#include <math.h>

#define ANGLE_WORTH_SAYING 45.0 /* degrees between two persons' mean attitudes */
#define FACTOR_WORTH_SAYING 1.2 /* between two persons' gravity */
#define N_FIRST 3               /* samples that show the attitude before a gesture moves */
#define FEWEST_TAKES 3

/* What the takes of one gesture by one person have in common. */
typedef struct {
    double sum[3]; /* of the first samples */
    int n_takes;
} Attitude;

typedef struct {
    char **names; /* of persons */
    int n_persons, n_labels;
    Attitude *attitudes; /* n_persons x n_labels */
    double *rest_g;      /* of each person */
} Persons;

static void
add_take(Attitude *attitude, const WgRecordingSpec *spec)
{
    for (int i = 0; i < MIN(N_FIRST, spec->n_samples); i++) {
        for (int axis = 0; axis < 3; axis++)
            attitude->sum[axis] += spec->samples[i * spec->n_channels + axis];
    }
    attitude->n_takes++;
}

static double
get_length(const double v[3])
{
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/* Degrees between two mean attitudes; 0 where either is of too few takes. */
static double
get_angle(const Attitude *a, const Attitude *b)
{
    const double lengths = get_length(a->sum) * get_length(b->sum);
    double product = 0;

    if (a->n_takes < FEWEST_TAKES || b->n_takes < FEWEST_TAKES || lengths <= 0)
        return 0;
    for (int axis = 0; axis < 3; axis++)
        product += a->sum[axis] * b->sum[axis];
    return acos(CLAMP(product / lengths, -1, 1)) * 180 / G_PI;
}

static int
find_person(GPtrArray *names, GPtrArray *takes, const char *name)
{
    for (guint i = 0; i < names->len; i++)
        if (g_str_equal(g_ptr_array_index(names, i), name))
            return (int)i;
    g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_add(takes, g_ptr_array_new());
    return (int)names->len - 1;
}

/* Magnitude of their takes at rest, in g as the recordings have it. */
static void
measure_rest(Persons *persons, GPtrArray *takes)
{
    for (int p = 0; p < persons->n_persons; p++) {
        GPtrArray *own = g_ptr_array_index(takes, p);
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(own, 0));
        const double units = spec->original_units_per_g;

        persons->rest_g[p] = units > 0 ? wg_scale_resting_magnitude(own) / units : 0;
    }
}

static char *
describe_axes(const Persons *persons, const char *const *labels)
{
    double widest = ANGLE_WORTH_SAYING;
    int one = 0, other = 0, label = -1, n_labels = 0;

    for (int l = 0; l < persons->n_labels; l++) {
        gboolean differs = FALSE;

        for (int p = 0; p < persons->n_persons; p++) {
            for (int q = 0; q < p; q++) {
                const double angle = get_angle(&persons->attitudes[p * persons->n_labels + l],
                                               &persons->attitudes[q * persons->n_labels + l]);

                differs = differs || angle > ANGLE_WORTH_SAYING;
                if (angle > widest) {
                    widest = angle;
                    one = q;
                    other = p;
                    label = l;
                }
            }
        }
        n_labels += differs;
    }
    if (label < 0)
        return NULL;
    return g_strdup_printf(
        _("the persons' axes differ: “%s” begins %.0f degrees apart between %s and "
          "%s, and %d of %d gestures more than %.0f: were the watches worn alike?"),
        labels[label], widest, persons->names[one], persons->names[other], n_labels,
        persons->n_labels, ANGLE_WORTH_SAYING);
}

static char *
describe_scale(const Persons *persons)
{
    for (int p = 0; p < persons->n_persons; p++) {
        for (int q = 0; q < p; q++) {
            const double a = persons->rest_g[p], b = persons->rest_g[q];

            if (a > 0 && b > 0 && MAX(a, b) > FACTOR_WORTH_SAYING * MIN(a, b))
                return g_strdup_printf(_("the persons' scales differ: %s rests at %.2f g, %s at "
                                         "%.2f g: import one again with its units a g"),
                                       persons->names[q], b, persons->names[p], a);
        }
    }
    return NULL;
}

char *
wg_persons_describe_difference(WgDataset *dataset)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    const int n = wg_dataset_get_n(dataset), n_labels = wg_dataset_get_n_labels(dataset);
    g_autofree int *whose = g_new(int, n + 1);
    g_autofree Attitude *attitudes = NULL;
    g_autofree double *rest_g = NULL;
    Persons persons = {.n_labels = n_labels};
    char *text;

    for (int i = 0; i < n; i++) {
        const char *name = wg_recording_get(wg_dataset_get(dataset, i))->person;

        whose[i] = find_person(names, takes, name ? name : "unknown");
        g_ptr_array_add(g_ptr_array_index(takes, whose[i]), wg_dataset_get(dataset, i));
    }
    persons.n_persons = (int)names->len;
    persons.names = (char **)names->pdata;
    persons.attitudes = attitudes = g_new0(Attitude, (gsize)names->len * (gsize)n_labels + 1);
    rest_g = g_new0(double, names->len + 1);
    persons.rest_g = rest_g;
    for (int i = 0; i < n; i++)
        add_take(&attitudes[whose[i] * n_labels + wg_dataset_get_label(dataset, i)],
                 wg_recording_get(wg_dataset_get(dataset, i)));
    measure_rest(&persons, takes);
    text = describe_scale(&persons);
    return text ? text : describe_axes(&persons, wg_dataset_get_labels(dataset));
}
