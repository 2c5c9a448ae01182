/* One command line: parsed into a job, run on the main loop, its result printed. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

typedef struct {
    gboolean as_json, is_quiet;
} WgOutput;

/* Runs the words after the global options; gives the exit code. */
int wg_command_run(int n_words, char **words, const WgOutput *output);
/* "--help" or "-h". */
gboolean wg_help_is_asked(const char *word);
void wg_help_print_all(void);
void wg_help_print(const WgJobKind *kind);

G_END_DECLS
