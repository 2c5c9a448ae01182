/* Recognises gestures in the readings of a sensor. Written by Waggle. SPDX-License-Identifier: 0BSD */
#ifndef WAGGLE_H
#define WAGGLE_H

#include "waggle_debounce.h"
#include "waggle_model.h"
#include "waggle_window.h"

#define WAGGLE_N_VALUES @N_VALUES@ /* of a reading */

class WaggleRecogniser {
public:
    WaggleRecogniser();
@if HAS_GYROSCOPE
    /* Takes a reading of the sensor whenever there is one, at least @RATE_HZ@ times a second: x, y, z
       in g, then the angular rate around x, y, z in degrees per second; and micros(). */
@else
    /* Takes a reading of the sensor whenever there is one, at least @RATE_HZ@ times a second: x, y, z
       in g; and micros(). */
@end
    /* Gives the gesture that was recognised, an index into waggle_names, or -1. */
    int read(const float *values, uint32_t time_us);
    /* How sure the last gesture was, in percent. */
    int confidence() const;

private:
    int tick();

    waggle_window window_;
    waggle_debounce debounce_;
    waggle_output outputs_[WAGGLE_N_OUTPUTS];
    float sums_[WAGGLE_N_VALUES], mean_[WAGGLE_N_VALUES];
    int count_;
    bool started_;
    uint32_t tick_us_, time_ms_; /* when the samples now gathered began; and in ms, of samples */
    float rest_ms_;
    int confidence_;
};

#endif
