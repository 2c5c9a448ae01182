/* The option --units-per-g of the jobs that read foreign files. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

/* Of the job's option "units-per-g": 0 for auto; WG_ERROR_USAGE where it is no number above 0. */
gboolean wg_units_option_read(WgJob *job, double *units_per_g, GError **error);

G_END_DECLS
