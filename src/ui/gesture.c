/* A gesture as the window shows it: its name, how many takes, how they are, its colour and letter.
 */
#include "ui/gesture.h"

#include "dataset/project-loading.h"

enum { PROP_N_TAKES = 1, PROP_N_CLIPPED, N_PROPS };

struct _WgGesture {
    GObject parent_instance;
    char *label;
    int index, n_takes, n_clipped, n_left_out;
};

G_DEFINE_FINAL_TYPE(WgGesture, wg_gesture, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
wg_gesture_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    WgGesture *self = WG_GESTURE(object);

    if (id == PROP_N_TAKES)
        g_value_set_int(value, self->n_takes);
    else if (id == PROP_N_CLIPPED)
        g_value_set_int(value, self->n_clipped);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
wg_gesture_finalize(GObject *object)
{
    g_free(WG_GESTURE(object)->label);
    G_OBJECT_CLASS(wg_gesture_parent_class)->finalize(object);
}

static void
wg_gesture_class_init(WgGestureClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);

    object_class->get_property = wg_gesture_get_property;
    object_class->finalize = wg_gesture_finalize;
    props[PROP_N_TAKES] = g_param_spec_int("n-takes", "Takes", "How many takes there are", 0,
                                           G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    props[PROP_N_CLIPPED] =
        g_param_spec_int("n-clipped", "Clipped takes", "How many of them are clipped", 0, G_MAXINT,
                         0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);
}

static void
wg_gesture_init(WgGesture *self)
{
}

WgGesture *
wg_gesture_new(const char *label, int index)
{
    WgGesture *self = g_object_new(WG_TYPE_GESTURE, NULL);

    self->label = g_strdup(label);
    self->index = index;
    return self;
}

const char *
wg_gesture_get_label(WgGesture *self)
{
    return self->label;
}

int
wg_gesture_get_index(WgGesture *self)
{
    return self->index;
}

int
wg_gesture_get_n_takes(WgGesture *self)
{
    return self->n_takes;
}

int
wg_gesture_get_n_clipped(WgGesture *self)
{
    return self->n_clipped;
}

int
wg_gesture_get_n_taking_part(WgGesture *self)
{
    return self->n_takes - self->n_left_out;
}

gboolean
wg_gesture_is_left_out(WgGesture *self)
{
    return self->n_takes > 0 && self->n_left_out == self->n_takes;
}

void
wg_gesture_set_counts(WgGesture *self, int n_takes, int n_clipped, int n_left_out)
{
    const gboolean is_changed =
        self->n_takes != n_takes || self->n_clipped != n_clipped || self->n_left_out != n_left_out;

    self->n_takes = n_takes;
    self->n_left_out = n_left_out;
    self->n_clipped = n_clipped;
    if (!is_changed)
        return;
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_N_TAKES]);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_N_CLIPPED]);
}

char *
wg_gesture_dup_letter(WgGesture *self)
{
    const char letter = (char)('A' + self->index % 26);

    if (self->index < 26)
        return g_strdup_printf("%c", letter);
    return g_strdup_printf("%c%d", letter, self->index / 26);
}

typedef struct {
    int n_takes, n_clipped, n_left_out;
} Counts;

static Counts *
find_counts(GHashTable *counts, GPtrArray *labels, const char *label)
{
    Counts *count = g_hash_table_lookup(counts, label);

    if (count)
        return count;
    count = g_new0(Counts, 1);
    g_hash_table_insert(counts, (gpointer)label, count);
    g_ptr_array_add(labels, (gpointer)label);
    return count;
}

static gboolean
has_same_labels(GListStore *gestures, GPtrArray *labels)
{
    if (g_list_model_get_n_items(G_LIST_MODEL(gestures)) != labels->len)
        return FALSE;
    for (guint i = 0; i < labels->len; i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(G_LIST_MODEL(gestures), i);

        if (!g_str_equal(gesture->label, g_ptr_array_index(labels, i)))
            return FALSE;
    }
    return TRUE;
}

static void
update(GListStore *gestures, GPtrArray *labels, GHashTable *counts)
{
    if (!has_same_labels(gestures, labels)) {
        g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func(g_object_unref);

        for (guint i = 0; i < labels->len; i++) {
            const char *label = g_ptr_array_index(labels, i);
            const Counts *count = g_hash_table_lookup(counts, label);
            WgGesture *gesture = wg_gesture_new(label, (int)i);

            wg_gesture_set_counts(gesture, count->n_takes, count->n_clipped, count->n_left_out);
            g_ptr_array_add(made, gesture);
        }
        g_list_store_splice(gestures, 0, g_list_model_get_n_items(G_LIST_MODEL(gestures)),
                            made->pdata, made->len);
        return;
    }
    for (guint i = 0; i < labels->len; i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(G_LIST_MODEL(gestures), i);
        const Counts *count = g_hash_table_lookup(counts, gesture->label);

        wg_gesture_set_counts(gesture, count->n_takes, count->n_clipped, count->n_left_out);
    }
}

void
wg_gestures_update(GListStore *gestures, GPtrArray *recordings, const char *extra)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GPtrArray) labels = g_ptr_array_new(); /* in the order in which they first appear */

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));
        Counts *count = find_counts(counts, labels, spec->label);

        count->n_takes++;
        count->n_clipped += spec->n_clipped > 0;
        count->n_left_out += spec->disabled;
    }
    if (extra && *extra)
        find_counts(counts, labels, extra);
    update(gestures, labels, counts);
}

void
wg_gestures_update_counts(GListStore *gestures, GArray *label_counts, const char *extra)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GPtrArray) labels = g_ptr_array_new();

    for (guint i = 0; i < label_counts->len; i++) {
        const WgLabelCount *count = &g_array_index(label_counts, WgLabelCount, i);

        find_counts(counts, labels, count->label)->n_takes = count->n;
    }
    if (extra && *extra)
        find_counts(counts, labels, extra);
    update(gestures, labels, counts);
}

WgGesture *
wg_gestures_find(GListModel *gestures, const char *label)
{
    for (guint i = 0; label && i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);

        if (g_str_equal(gesture->label, label))
            return gesture; /* the model holds it */
    }
    return NULL;
}
