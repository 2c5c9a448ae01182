/* What the watch recognised last: its name large, whether this machine agrees, and the odds. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_ANSWER_VIEW (wg_answer_view_get_type())
G_DECLARE_FINAL_TYPE(WgAnswerView, wg_answer_view, WG, ANSWER_VIEW, GtkBox)

/* Of the model's outputs, NULL-terminated (NULL: none); each has its colour of the gestures' list.
 */
void wg_answer_view_set_labels(WgAnswerView *self, const char *const *names, WgDesk *desk);
/* A row of the job "listen"; it is counted. */
void wg_answer_view_show(WgAnswerView *self, JsonObject *row);

G_END_DECLS
