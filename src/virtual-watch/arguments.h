/* What waggle-watch is told on its command line, and by the address of a virtual watch. */
#pragma once

#include "virtual-watch/machine.h"

G_BEGIN_DECLS

typedef struct {
    char *folder, *perform, *project, *tty, *firmware;
    WgMachineOptions options; /* its texts are those above; without the performance */
} WgArguments;

/* Errors: G_OPTION_ERROR. */
gboolean wg_arguments_parse(WgArguments *self, int *argc, char ***argv, GError **error);
void wg_arguments_clear(WgArguments *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WgArguments, wg_arguments_clear)

G_END_DECLS
