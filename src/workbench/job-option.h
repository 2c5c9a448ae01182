/* The options of a job: found by name, their values checked. Inside workbench/ only. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

const WgJobOption *wg_job_option_find(const WgJobKind *kind, const char *name); /* NULL: none */
/* WG_ERROR_USAGE when the value is no number where one is due, or out of range. */
gboolean wg_job_option_check(const WgJobOption *option, const char *value, GError **error);

G_END_DECLS
