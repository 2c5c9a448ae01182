/* Pictures of takes, drawn once and kept as long as they are of use. */
#include "ui/charts/tiles.h"

#include "ui/charts/thumbnail.h"

#include <string.h>

/* Some pages of the largest window: 8 x 10^4 pixels a picture at most, so under 20 MB. */
#define N_KEPT 600

struct _WgTiles {
    GHashTable *pictures; /* gint64 * of the recording -> Picture */
    GQueue order;         /* of Picture, the one used last first */
    GdkWindow *window;
    WgTheme theme;
    WgTileForm form;
};

typedef struct {
    gint64 id;
    WgRecording *recording; /* that it shows */
    cairo_surface_t *surface;
    GList link; /* in `order` */
} Picture;

static void
picture_free(gpointer data)
{
    Picture *picture = data;

    wg_recording_unref(picture->recording);
    cairo_surface_destroy(picture->surface);
    g_free(picture);
}

WgTiles *
wg_tiles_new(void)
{
    WgTiles *self = g_new0(WgTiles, 1);

    self->pictures = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, picture_free);
    g_queue_init(&self->order);
    return self;
}

static void
clear(WgTiles *self)
{
    g_queue_init(&self->order); /* the links are part of the pictures */
    g_hash_table_remove_all(self->pictures);
}

void
wg_tiles_free(WgTiles *self)
{
    clear(self);
    g_hash_table_unref(self->pictures);
    g_free(self);
}

void
wg_tiles_set_form(WgTiles *self, GdkWindow *window, const WgTheme *theme, const WgTileForm *form)
{
    if (self->window == window && wg_theme_equal(&self->theme, theme) &&
        self->form.width == form->width && self->form.height == form->height &&
        self->form.n_shown == form->n_shown && self->form.range_g >= form->range_g - 1e-9 &&
        self->form.range_g <= form->range_g + 1e-9)
        return;
    clear(self);
    self->window = window;
    self->theme = *theme;
    self->form = *form;
}

/* Lines are drawn in our own memory, and the picture is handed to the display once. */
static cairo_surface_t *
draw(WgTiles *self, WgRecording *recording)
{
    cairo_surface_t *drawn = gdk_window_create_similar_image_surface(
        self->window, CAIRO_FORMAT_ARGB32, self->form.width, self->form.height, 0);
    cairo_surface_t *kept = gdk_window_create_similar_surface(
        self->window, CAIRO_CONTENT_COLOR_ALPHA, self->form.width, self->form.height);
    cairo_t *cr = cairo_create(drawn);

    wg_thumbnail_draw(cr, &self->theme, recording, self->form.n_shown, self->form.range_g,
                      self->form.width, self->form.height);
    cairo_destroy(cr);
    cr = cairo_create(kept);
    cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
    cairo_set_source_surface(cr, drawn, 0, 0);
    cairo_paint(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(drawn);
    return kept;
}

static void
forget_oldest(WgTiles *self)
{
    GList *link = g_queue_pop_tail_link(&self->order);

    g_hash_table_remove(self->pictures, &((Picture *)link->data)->id);
}

cairo_surface_t *
wg_tiles_get(WgTiles *self, WgRecording *recording, gboolean may_draw)
{
    const gint64 id = wg_recording_get_facts(recording)->id;
    Picture *picture = g_hash_table_lookup(self->pictures, &id);

    if (picture && picture->recording == recording) {
        g_queue_unlink(&self->order, &picture->link);
        g_queue_push_head_link(&self->order, &picture->link);
        return picture->surface;
    }
    if (!may_draw)
        return NULL;
    if (picture) {
        g_queue_unlink(&self->order, &picture->link);
        g_hash_table_remove(self->pictures, &id);
    }
    picture = g_new0(Picture, 1);
    picture->id = id;
    picture->recording = wg_recording_ref(recording);
    picture->surface = draw(self, recording);
    picture->link.data = picture;
    g_hash_table_insert(self->pictures, &picture->id, picture);
    g_queue_push_head_link(&self->order, &picture->link);
    if (self->order.length > N_KEPT)
        forget_oldest(self);
    return picture->surface;
}

guint
wg_tiles_get_n(WgTiles *self)
{
    return self->order.length;
}
