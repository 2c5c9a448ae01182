/* The one domain of errors: each code is a kind of remedy, the message names the thing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_ERROR (wg_error_quark())

typedef enum {
    WG_ERROR_USAGE,       /* ask in another way: the command line exits with 2 */
    WG_ERROR_INPUT,       /* mend the file or value that the message names */
    WG_ERROR_MISSING,     /* do, or provide, another thing first */
    WG_ERROR_TOO_SHORT,   /* record more */
    WG_ERROR_UNSUPPORTED, /* choose another model, watch or option */
    WG_ERROR_STORAGE,     /* make room, or choose a place that can be written */
    WG_ERROR_CONNECTION,  /* bring the watch nearer, plug it in, close the other program */
    WG_ERROR_VERIFY,      /* what the watch holds is not what was sent: try again */
    WG_ERROR_BUSY,        /* another program has it: wait, or close that one */
    WG_ERROR_DAMAGED,     /* save what can be read of the project's file */
} WgError;

GQuark wg_error_quark(void);
/* Of n errors, NULL where there was none, as workers left them: the first goes to `error`, the
 * others are freed, and the array is left empty. TRUE where there was none. */
gboolean wg_error_propagate_first(GError **errors, int n, GError **error);

G_END_DECLS
