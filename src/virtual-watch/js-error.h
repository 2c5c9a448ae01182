/* Throws a GError into JavaScript, freeing it first: Duktape unwinds past all cleanup. */
#pragma once

#include "virtual-watch/engine.h"

G_BEGIN_DECLS

/* Takes the error; does not return to its caller's caller. `code`: DUK_ERR_ERROR, ... */
duk_ret_t wg_js_throw(duk_context *ctx, duk_errcode_t code, GError *error);

G_END_DECLS
