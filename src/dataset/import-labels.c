/* Makes one label of those that differ only in case, while recordings are read. */
#include "dataset/import-labels.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct _Family Family;

typedef struct {
    char *label;
    int n;
    Family *family;
} Form;

/* Labels that differ only in case. */
struct _Family {
    const char *now; /* what is given for each of them */
    gboolean is_known;
    GPtrArray *forms; /* of Form */
};

struct _WgImportLabels {
    GHashTable *families; /* folded label to Family */
    GHashTable *forms;    /* label to Form */
    GPtrArray *order;     /* of Family, as they came */
};

static void
form_free(gpointer form)
{
    g_free(((Form *)form)->label);
    g_free(form);
}

static void
family_free(gpointer family)
{
    g_ptr_array_unref(((Family *)family)->forms);
    g_free(family);
}

static Form *
add_form(WgImportLabels *self, const char *label)
{
    g_autofree char *folded = g_utf8_casefold(label, -1);
    Family *family = g_hash_table_lookup(self->families, folded);
    Form *form = g_new0(Form, 1);

    form->label = g_strdup(label);
    if (!family) {
        family = g_new0(Family, 1);
        family->now = form->label;
        family->forms = g_ptr_array_new();
        g_hash_table_insert(self->families, g_steal_pointer(&folded), family);
        g_ptr_array_add(self->order, family);
    }
    form->family = family;
    g_ptr_array_add(family->forms, form);
    g_hash_table_insert(self->forms, form->label, form);
    return form;
}

WgImportLabels *
wg_import_labels_new(const char *const *known)
{
    WgImportLabels *self = g_new0(WgImportLabels, 1);

    self->families = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, family_free);
    self->forms = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, form_free);
    self->order = g_ptr_array_new();
    for (int i = 0; known && known[i]; i++) {
        const Form *form =
            g_hash_table_contains(self->forms, known[i]) ? NULL : add_form(self, known[i]);

        if (form) { /* of two that are known the latter */
            form->family->is_known = TRUE;
            form->family->now = form->label;
        }
    }
    return self;
}

void
wg_import_labels_free(WgImportLabels *self)
{
    g_ptr_array_unref(self->order);
    g_hash_table_unref(self->families);
    g_hash_table_unref(self->forms);
    g_free(self);
}

const char *
wg_import_labels_get(WgImportLabels *self, const char *label)
{
    Form *form = g_hash_table_lookup(self->forms, label);

    if (!form)
        form = add_form(self, label);
    form->n++;
    return form->family->now;
}

/* The most frequent; of several the last of the alphabet, so that small letters win. */
static const char *
choose(const Family *family)
{
    const Form *best = g_ptr_array_index(family->forms, 0);

    for (guint i = 1; i < family->forms->len; i++) {
        const Form *form = g_ptr_array_index(family->forms, i);

        if (form->n > best->n || (form->n == best->n && strcmp(form->label, best->label) > 0))
            best = form;
    }
    return best->label;
}

GHashTable *
wg_import_labels_finish(WgImportLabels *self, GPtrArray *messages)
{
    GHashTable *renamed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < self->order->len; i++) {
        const Family *family = g_ptr_array_index(self->order, i);
        const char *form = family->is_known ? family->now : choose(family);

        if (!g_str_equal(form, family->now))
            g_hash_table_insert(renamed, g_strdup(family->now), g_strdup(form));
        for (guint j = 0; j < family->forms->len; j++) {
            const Form *other = g_ptr_array_index(family->forms, j);

            if (other->n > 0 && !g_str_equal(other->label, form))
                g_ptr_array_add(messages, g_strdup_printf(_("“%s” and “%s” became one label, “%s”"),
                                                          other->label, form, form));
        }
    }
    return renamed;
}
