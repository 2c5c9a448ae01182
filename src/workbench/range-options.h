/* The options that say how the ranges of an int8 network are found. */
#pragma once

#include "quant/range.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* A job that quantizes lists them in its table. */
#define WG_RANGE_OPTIONS                                                                           \
    {"ranges", WG_OPTION_STRING, "mse|min-max|percentile", "how the ranges of int8 are found",     \
     "mse"},                                                                                       \
        {"percentile", WG_OPTION_NUMBER,  "P", "of the values that percentile keeps",              \
         "99.999",     WG_PERCENTILE_MIN, 100},                                                    \
    {                                                                                              \
        "samples", WG_OPTION_INT, "N",                                                             \
            "takes to calibrate on in all, evenly by gesture; 0: every one", "0", 0, 1e9           \
    }

G_END_DECLS
