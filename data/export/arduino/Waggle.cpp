/* Recognises gestures in the readings of a sensor. Written by Waggle. SPDX-License-Identifier: 0BSD */
#include "Waggle.h"

#include <string.h>

/* of a sample that the model sees */
static const uint32_t PERIOD_US = (uint32_t)(1000000.0f / WAGGLE_RATE_HZ + 0.5f);
/* after a longer pause the samples in between are not made up */
static const uint32_t PAUSE_PERIODS = 8;

WaggleRecogniser::WaggleRecogniser()
    : count_(0), started_(false), tick_us_(0), time_ms_(0), rest_ms_(0), confidence_(0)
{
    waggle_window_init(&window_);
    waggle_debounce_init(&debounce_);
    memset(outputs_, 0, sizeof outputs_);
    memset(sums_, 0, sizeof sums_);
    memset(mean_, 0, sizeof mean_);
}

/* One sample at the model's rate: the mean of the readings since the last one, which also keeps out
   what is too fast for that rate; where there was none, the last again. */
int WaggleRecogniser::tick()
{
    int8_t window[WAGGLE_N_INPUTS];
    int gesture, best = 0;

    for (int i = 0; i < WAGGLE_N_VALUES; i++) {
        if (count_ > 0)
            mean_[i] = sums_[i] / (float)count_;
        sums_[i] = 0;
    }
    count_ = 0;
    rest_ms_ += 1000.0f / WAGGLE_RATE_HZ;
    time_ms_ += (uint32_t)rest_ms_;
    rest_ms_ -= (float)(uint32_t)rest_ms_;
    if (!waggle_window_feed(&window_, mean_, window))
        return -1;
    waggle_run(window, outputs_);
    for (int i = 1; i < WAGGLE_N_OUTPUTS; i++) {
        if (outputs_[i] > outputs_[best])
            best = i;
    }
    gesture = waggle_debounce_feed(&debounce_, time_ms_, waggle_decide(outputs_));
    if (gesture >= 0)
        confidence_ = (outputs_[best] + 128) * 100 / 256;
    return gesture;
}

int WaggleRecogniser::read(const float *values, uint32_t time_us)
{
    int gesture = -1;

    if (!started_ || time_us - tick_us_ > PAUSE_PERIODS * PERIOD_US) {
        started_ = true;
        tick_us_ = time_us;
        count_ = 0;
        memset(sums_, 0, sizeof sums_);
    }
    while (time_us - tick_us_ >= PERIOD_US) {
        const int answer = tick();

        gesture = answer >= 0 ? answer : gesture;
        tick_us_ += PERIOD_US;
    }
    for (int i = 0; i < WAGGLE_N_VALUES; i++)
        sums_[i] += values[i];
    count_++;
    return gesture;
}

int WaggleRecogniser::confidence() const
{
    return confidence_;
}
