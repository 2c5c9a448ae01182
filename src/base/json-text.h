/* Looks over JSON from outside before a parser sees it, which would recurse, saturate or choose. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What files of ours, splits and streams nest at most, with room; a level costs the library's
 * reader some hundred bytes of the stack. */
#define WG_JSON_DEPTH_MAX 64

/* NULL where the text is UTF-8 without lists and objects nested deeper than `deepest`, without what
 * json-glib reads and JSON has not (comments, other quotes), without a whole number too long for 64
 * bits, without the same key twice in one object and without anything after the first value; else
 * why not, a part of a sentence for the user (transfer none). `offset` (may be NULL) is where. That
 * the text is JSON is the parser's to say. */
const char *wg_json_text_find_fault(const char *text, gsize length, int deepest, gsize *offset);
/* The same as a line number from 1. */
int wg_json_text_get_line(const char *text, gsize offset);

G_END_DECLS
