/* Pictures of takes, drawn once and kept as long as they are of use. */
#pragma once

#include "dataset/recording.h"
#include "ui/charts/theme.h"

G_BEGIN_DECLS

typedef struct _WgTiles WgTiles;

/* How a take is drawn; all of a grid the same way. */
typedef struct {
    int width, height; /* pixels */
    int n_shown;       /* samples across */
    double range_g;
} WgTileForm;

WgTiles *wg_tiles_new(void);
void wg_tiles_free(WgTiles *self);
/* From here on pictures are of that form and for that window; those of another go. `theme` is
 * compared too. */
void wg_tiles_set_form(WgTiles *self, GdkWindow *window, const WgTheme *theme,
                       const WgTileForm *form);
/* The picture, transfer none; NULL: not drawn yet, and `may_draw` is FALSE. The ground is left
 * open. */
cairo_surface_t *wg_tiles_get(WgTiles *self, WgRecording *recording, gboolean may_draw);
guint wg_tiles_get_n(WgTiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTiles, wg_tiles_free)

G_END_DECLS
