/* The one domain of errors. */
#include "base/error.h"

G_DEFINE_QUARK(wg - error - quark, wg_error)
