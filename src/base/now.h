/* The date and time as files and watches keep it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Now, ISO 8601 in UTC to the second: "2026-05-01T12:00:00Z". Owner: caller. Any thread. */
char *wg_format_now(void);

G_END_DECLS
