/* Weighted progress of a job: told from any thread, heard on the job's own main context. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WG_TYPE_PROGRESS (wg_progress_get_type())
G_DECLARE_FINAL_TYPE(WgProgress, wg_progress, WG, PROGRESS, GObject)

/* A new progress at 0; its signal "changed" is emitted in the thread-default context of the thread
 * that calls this. Properties "fraction" (double, 0..1) and "text" (string, for the user). */
WgProgress *wg_progress_new(void);
/* The part of `parent` from `start` to `end` (fractions): what is told to it is told to the parent,
 * scaled. `parent` may be NULL, then the result is NULL and every function here takes that. */
WgProgress *wg_progress_split(WgProgress *parent, double start, double end);
/* From any thread. `text` may be NULL to leave it; changes are merged, so telling is cheap. */
void wg_progress_tell(WgProgress *progress, double fraction, const char *text);
double wg_progress_get_fraction(WgProgress *progress);
/* Seconds still to go by the pace so far, or a negative number while unknown. */
double wg_progress_get_remaining_s(WgProgress *progress);
/* Owner is the caller; NULL when no text was told. */
char *wg_progress_dup_text(WgProgress *progress);

G_END_DECLS
