/* Makes one answer of many. Written by Waggle. SPDX-License-Identifier: 0BSD */
#ifndef WAGGLE_DEBOUNCE_H
#define WAGGLE_DEBOUNCE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* So many gestures within so many milliseconds are one answer: the most frequent of them. After it
   all are swallowed until for that long there was none. */
#define WAGGLE_DEBOUNCE_N @DEBOUNCE_N@
#define WAGGLE_DEBOUNCE_MS @DEBOUNCE_MS@

typedef struct {
    uint32_t times_ms[WAGGLE_DEBOUNCE_N];
    int gestures[WAGGLE_DEBOUNCE_N];
    int n;
    uint32_t last_ms;
    int is_answered;
} waggle_debounce;

void waggle_debounce_init(waggle_debounce *self);
/* Takes what waggle_decide gave, and when. Gives the answer, or -1 while there is none. */
int waggle_debounce_feed(waggle_debounce *self, uint32_t time_ms, int gesture);

#ifdef __cplusplus
}
#endif

#endif
