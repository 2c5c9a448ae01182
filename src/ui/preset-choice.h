/* The list of networks to choose from: those built in, and those that a project keeps. */
#pragma once

#include <gtk/gtk.h>

#include "dataset/project.h"

G_BEGIN_DECLS

/* Those built in, by their names as ids; the first is chosen. */
void wg_preset_choice_fill(GtkComboBoxText *box);
/* Behind these those of the project, NULL: none. What was chosen stays so where it is there. */
void wg_preset_choice_follow(GtkComboBoxText *box, WgProject *project);

G_END_DECLS
