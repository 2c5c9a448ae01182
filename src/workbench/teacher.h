/* The larger network that a smaller one learns from: a preset's with more filters. */
#pragma once

#include "workbench/smaller.h"

G_BEGIN_DECLS

/* Cross-validated, see docs/smaller-models.md. */
#define WG_TEACHER_OPTIONS                                                                         \
    {"teacher", WG_OPTION_STRING, "P", "the preset of the larger network", "waggle"},              \
        {"teacher-scale", WG_OPTION_INT, "N", "times the filters of that preset", "2", 1, 16},     \
        {"temperature", WG_OPTION_NUMBER, "T", "softens both networks' answers", "2", 0.1, 100},   \
    {                                                                                              \
        "share", WG_OPTION_NUMBER, "A", "of the loss, by the teacher's answers", "0.5", 0, 1       \
    }

/* Teacher (--epochs are its epochs too), temperature and share of the job into `options`; the
 * preset lives as long as the job. WG_ERROR_USAGE where there is no such preset. */
gboolean wg_teacher_read(WgJob *job, WgFormOptions *options, GError **error);

G_END_DECLS
