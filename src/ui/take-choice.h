/* Which of a list of takes are chosen, and where the keyboard is among them. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

typedef struct _WgTakeChoice WgTakeChoice; /* one thread */

WgTakeChoice *wg_take_choice_new(void);
void wg_take_choice_free(WgTakeChoice *self);
/* Another list (GPtrArray of WgRecording, kept): those of the same id stay chosen, and the keyboard
 * stays with its take. TRUE: not all that were chosen are there any more. */
gboolean wg_take_choice_set_takes(WgTakeChoice *self, GPtrArray *takes);
guint wg_take_choice_get_n(const WgTakeChoice *self);
WgRecording *wg_take_choice_get_take(const WgTakeChoice *self, guint index); /* transfer none */
guint wg_take_choice_get_n_chosen(const WgTakeChoice *self);
gboolean wg_take_choice_contains(const WgTakeChoice *self, guint index);
void wg_take_choice_set_all(WgTakeChoice *self, gboolean is_chosen);
/* From now on a range begins there. */
void wg_take_choice_toggle(WgTakeChoice *self, guint index);
void wg_take_choice_set_only(WgTakeChoice *self, guint index);
/* All from where a range begins to `index`, either way, and no others. */
void wg_take_choice_extend(WgTakeChoice *self, guint index);
/* Below the number of takes, or 0 where there is none. */
guint wg_take_choice_get_focus(const WgTakeChoice *self);
void wg_take_choice_set_focus(WgTakeChoice *self, guint index);
/* The chosen ones, in their order; transfer full. */
GPtrArray *wg_take_choice_dup(const WgTakeChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTakeChoice, wg_take_choice_free)

G_END_DECLS
