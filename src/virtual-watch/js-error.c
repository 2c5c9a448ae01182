/* The one place where an error of ours becomes an exception of the watch. */
#include "virtual-watch/js-error.h"

duk_ret_t
wg_js_throw(duk_context *ctx, duk_errcode_t code, GError *error)
{
    duk_push_error_object(ctx, code, "%s", error ? error->message : "Error");
    g_clear_error(&error);
    return duk_throw(ctx);
}
