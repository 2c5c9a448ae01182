/* Edits of the project that change several things at once. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

/* Each one edit that can be undone, as the functions of WgEdits with these names say, which call
 * them. Any thread. */
gboolean wg_edit_rename(WgProject *project, const char *from, const char *to, GError **error);
gboolean wg_edit_split(WgProject *project, gint64 id, const WgLabelSpan *spans, int n,
                       gint64 *new_ids, GError **error);
gboolean wg_edit_choose_model(WgProject *project, gint64 id, GError **error);

G_END_DECLS
