/* Looks for the watch of last time, for a while after the start of the program. */
#pragma once

#include "device/finder.h"
#include "ui/last-watch.h"

G_BEGIN_DECLS

typedef struct _WgLastSearch WgLastSearch;
/* Once, on the main loop; the search may be freed from within. FALSE: it was looked for long
 * enough. */
typedef void (*WgLastSearchDone)(gboolean is_found, gpointer user_data);

/* Starts the finder; who owns it stops it. `last` must outlive the search. Owner: caller. */
WgLastSearch *wg_last_search_new(WgFinder *finder, const WgLastWatch *last, WgLastSearchDone done,
                                 gpointer user_data);
void wg_last_search_free(WgLastSearch *self);

G_END_DECLS
