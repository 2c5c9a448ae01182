/* The options of a job: found by name, their values checked. Inside workbench/ only. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

/* WG_ERROR_USAGE when the value is no number where one is due, or out of range; when a text is
 * empty or not UTF-8, or a name is none. */
gboolean wg_job_option_check(const WgJobOption *option, const char *value, GError **error);

G_END_DECLS
