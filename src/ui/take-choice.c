/* Which of a list of takes are chosen, and where the keyboard is among them. */
#include "ui/take-choice.h"

#include <string.h>

struct _WgTakeChoice {
    GPtrArray *takes;
    GByteArray *chosen; /* one byte a take */
    guint n_chosen, focus, anchor;
};

static GPtrArray *
new_takes(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
}

WgTakeChoice *
wg_take_choice_new(void)
{
    WgTakeChoice *self = g_new0(WgTakeChoice, 1);

    self->takes = new_takes();
    self->chosen = g_byte_array_new();
    return self;
}

void
wg_take_choice_free(WgTakeChoice *self)
{
    g_ptr_array_unref(self->takes);
    g_byte_array_unref(self->chosen);
    g_free(self);
}

static const gint64 *
get_id(GPtrArray *takes, guint index)
{
    return &wg_recording_get_facts(g_ptr_array_index(takes, index))->id;
}

static GHashTable *
collect_chosen(const WgTakeChoice *self)
{
    GHashTable *ids = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (guint i = 0; i < self->takes->len && self->n_chosen > 0; i++) {
        if (self->chosen->data[i])
            g_hash_table_add(ids, (gpointer)get_id(self->takes, i));
    }
    return ids;
}

gboolean
wg_take_choice_set_takes(WgTakeChoice *self, GPtrArray *takes)
{
    g_autoptr(GPtrArray) before = g_steal_pointer(&self->takes);
    const gint64 focus = self->focus < before->len ? *get_id(before, self->focus) : 0;
    const guint n_before = self->n_chosen;
    g_autoptr(GHashTable) ids = NULL;

    self->takes = before;
    ids = collect_chosen(self);
    self->takes = g_ptr_array_ref(takes);
    g_byte_array_set_size(self->chosen, takes->len);
    if (takes->len > 0)
        memset(self->chosen->data, 0, takes->len);
    self->n_chosen = 0;
    self->focus = takes->len > 0 ? MIN(self->focus, takes->len - 1) : 0;
    for (guint i = 0; i < takes->len; i++) {
        const gint64 *id = get_id(takes, i);

        if (n_before > 0 && g_hash_table_contains(ids, id)) {
            self->chosen->data[i] = TRUE;
            self->n_chosen++;
        }
        if (*id == focus)
            self->focus = i;
    }
    self->anchor = self->focus;
    return self->n_chosen != n_before;
}

guint
wg_take_choice_get_n(const WgTakeChoice *self)
{
    return self->takes->len;
}

WgRecording *
wg_take_choice_get_take(const WgTakeChoice *self, guint index)
{
    return g_ptr_array_index(self->takes, index);
}

guint
wg_take_choice_get_n_chosen(const WgTakeChoice *self)
{
    return self->n_chosen;
}

gboolean
wg_take_choice_contains(const WgTakeChoice *self, guint index)
{
    return self->chosen->data[index];
}

void
wg_take_choice_set_all(WgTakeChoice *self, gboolean is_chosen)
{
    if (self->takes->len > 0)
        memset(self->chosen->data, is_chosen, self->takes->len);
    self->n_chosen = is_chosen ? self->takes->len : 0;
}

void
wg_take_choice_toggle(WgTakeChoice *self, guint index)
{
    self->chosen->data[index] = !self->chosen->data[index];
    self->n_chosen = self->chosen->data[index] ? self->n_chosen + 1 : self->n_chosen - 1;
    self->anchor = self->focus = index;
}

void
wg_take_choice_set_only(WgTakeChoice *self, guint index)
{
    self->anchor = index;
    wg_take_choice_extend(self, index);
}

void
wg_take_choice_extend(WgTakeChoice *self, guint index)
{
    const guint first = MIN(self->anchor, index), n = MAX(self->anchor, index) - first + 1;

    wg_take_choice_set_all(self, FALSE);
    memset(self->chosen->data + first, TRUE, n);
    self->n_chosen = n;
    self->focus = index;
}

guint
wg_take_choice_get_focus(const WgTakeChoice *self)
{
    return self->focus;
}

void
wg_take_choice_set_focus(WgTakeChoice *self, guint index)
{
    self->focus = index;
}

GPtrArray *
wg_take_choice_dup(const WgTakeChoice *self)
{
    GPtrArray *chosen = new_takes();

    for (guint i = 0; i < self->takes->len && self->n_chosen > 0; i++) {
        if (self->chosen->data[i])
            g_ptr_array_add(chosen, wg_recording_ref(g_ptr_array_index(self->takes, i)));
    }
    return chosen;
}
