/* The names of gestures as a watch can hold and show them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `labels` (NULL-terminated, UTF-8) in the letters of Latin-1, which is what the strings of every
 * firmware and the fonts of a watch have: another letter becomes its nearest of them, a sign that
 * has none a "?". A name of which nothing would be left is "gesture N" (from 1), and no two are
 * the same, so that a name stands for its place. Owner: caller. */
char **wg_watch_names_new(const char *const *labels);
/* One text in those letters; `otherwise` where nothing would be left of it. Owner: caller. */
char *wg_watch_names_fold(const char *text, const char *otherwise);
/* Names as the file .tfnames of the firmware has them: one byte a letter. Owner: caller. */
char *wg_watch_names_join(const char *const *names);
/* The place of the label of which `name` is the watch's; -1: of none. */
int wg_watch_names_find(const char *const *labels, const char *name);

G_END_DECLS
