/* A project, and edits of all kinds drawn at random. */
#pragma once

#include "base/random.h"
#include "workbench/edits.h"

G_BEGIN_DECLS

/* The names of the facts that they set. */
extern const char *const wg_test_edited_facts[];

/* Takes of several forms, a long recording with stretches and gaps, and models. */
void wg_test_fill_project(WgProject *project);
/* One edit of a drawn kind, which may be one that changes nothing. */
void wg_test_edit_at_random(WgEdits *edits, WgProject *project, WgRandom *random);

G_END_DECLS
