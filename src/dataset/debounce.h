/* Makes one answer of many inferences: enough of them in a short time, and the most frequent wins.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The rule of the MicroPython article: inferences of any gesture enter a buffer; when it holds at
 * least `n` and its first and last are less than `span_ms` apart, the most frequent of the first n
 * is the answer (of equals the one that came first). Inferences that are too old for that leave the
 * buffer. After an answer inferences are swallowed until it was quiet: until none was of a gesture
 * for span_ms. */
typedef struct _WgDebounce WgDebounce;

/* The article's: 9 inferences (of one each 20 ms) within 450 ms. */
#define WG_DEBOUNCE_N 9
#define WG_DEBOUNCE_SPAN_MS 450.0

WgDebounce *wg_debounce_new(int n, double span_ms);
void wg_debounce_free(WgDebounce *self);
/* One inference at `time_ms`, which never goes back; label -1: of no gesture. Gives the answer's
 * label, and in `first_ms` when the first inference of its buffer was; or -1. */
int wg_debounce_feed(WgDebounce *self, double time_ms, int label, double *first_ms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDebounce, wg_debounce_free)

/* The most inferences up to `wanted` that fit into a span when one comes each step_ms; at least 1.
 */
int wg_debounce_fit(int wanted, double span_ms, double step_ms);

G_END_DECLS
