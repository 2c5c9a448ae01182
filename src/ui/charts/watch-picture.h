/* A watch with what a model takes of its storage and of its room to work in. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_WATCH_PICTURE (wg_watch_picture_get_type())
G_DECLARE_FINAL_TYPE(WgWatchPicture, wg_watch_picture, WG, WATCH_PICTURE, WgChart)

typedef struct {
    gint64 arena_bytes, arena_limit_bytes;    /* limit 0: not known */
    gint64 storage_bytes, storage_free_bytes; /* free -1: not known */
    gboolean is_connected;                    /* else it is drawn pale */
    gboolean has_model;                       /* this one is on it already */
} WgWatchPictureFacts;

/* NULL: nothing is known, so the watch alone is drawn. */
void wg_watch_picture_show(WgWatchPicture *self, const WgWatchPictureFacts *facts);
/* "12.7 kB of 8.4 MB", "3.1 of 4.0 kB"; `of` <= 0: not known. Owner: caller. */
char *wg_watch_picture_format(gint64 bytes, gint64 of);

G_END_DECLS
