/* A take of a pack as one line of JSON. */
#pragma once

#include "workbench/pack.h"

G_BEGIN_DECLS

/* So much of text a pack holds at most, all its lines together. */
#define WG_PACK_TEXT_MAX (128 << 20)

WgPackTake *wg_pack_take_new(WgRecording *recording, int trim_first, int trim_n);
void wg_pack_take_free(WgPackTake *take);

/* Without a line end. Owner: caller. */
char *wg_pack_line_write(const WgPackTake *take);
/* `number` from 1, `name` of the pack, for the error: WG_ERROR_INPUT where the line is not a sound
 * take, or its samples are not those of its digest. */
WgPackTake *wg_pack_line_read(const char *line, gsize length, int number, const char *name,
                              GError **error);
/* JSON from outside as an object: text without anything deeper than a pack needs, as the parser
 * would recurse into it. NULL: it is not. */
JsonObject *wg_pack_parse(const char *text, gsize length);
/* A member of that type, NULL or the fallback where it is not one. */
const char *wg_pack_get_text(JsonObject *object, const char *name);
double wg_pack_get_number(JsonObject *object, const char *name, double fallback);

G_END_DECLS
