/* The stub Arduino core: runs the sketch's setup() and loop() while takes are performed, and counts
 * what it printed. */
#include "Arduino.h"
#include "Arduino_LSM9DS1.h"
#include "Wire.h"
#include "player.h"
#include "takes.h"
#include "waggle_model.h"

#include <stdio.h>
#include <string>
#include <vector>

HardwareSerial Serial;
LSM9DS1Class IMU;
TwoWire Wire;

static const double SENSOR_HZ = 104; /* of the LSM9DS1 as its library sets it */
static const uint32_t LOOP_US = 500;

static uint64_t now_us;
static std::string line;
static std::vector<std::string> lines;

/* the take under way, and when its first sample was */
static const waggle_input *take;
static uint64_t take_start_us;
static bool is_smooth, rests;

uint32_t
micros()
{
    return (uint32_t)now_us;
}

uint32_t
millis()
{
    return (uint32_t)(now_us / 1000);
}

void
delay(uint32_t ms)
{
    now_us += (uint64_t)ms * 1000;
}

void
pinMode(uint8_t, uint8_t)
{
}

void
digitalWrite(uint8_t, uint8_t)
{
}

int
digitalRead(uint8_t)
{
    return 0;
}

void
HardwareSerial::begin(unsigned long)
{
}

size_t
HardwareSerial::print(const char *text)
{
    line += text;
    return strlen(text);
}

size_t
HardwareSerial::print(int number)
{
    line += std::to_string(number);
    return 1;
}

size_t
HardwareSerial::println(const char *text)
{
    lines.push_back(line + text);
    line.clear();
    return strlen(text) + 2;
}

static double
get_value(int sample, int channel)
{
    const int last = sample < WAGGLE_LENGTH ? sample : WAGGLE_LENGTH - 1;

    return take[(last < 0 ? 0 : last) * WAGGLE_CHANNELS + channel];
}

/* Samples of the take that are not the zeros behind it. */
static int
count_samples()
{
    int n = WAGGLE_N_INPUTS;

    while (n > WAGGLE_CHANNELS && take[n - 1] == 0)
        n--;
    return (n + WAGGLE_CHANNELS - 1) / WAGGLE_CHANNELS;
}

void
player_get_reading(float values[6])
{
    const double at = ((double)now_us - (double)take_start_us) * (double)WAGGLE_RATE_HZ / 1e6;
    const int n = count_samples();
    const bool is_over = at < 0 || at >= n;
    const double place = at < 0 ? 0 : at >= n - 1 ? n - 1 : at;
    const int before = (int)place;
    const double share = is_smooth ? place - before : 0;

    for (int channel = 0; channel < 6; channel++) {
        double value = 0;

        if (rests && is_over)
            value = channel == 2 ? (double)WAGGLE_UNITS_PER_G : 0;
        else if (channel < WAGGLE_CHANNELS)
            value = get_value(before, channel) * (1 - share) +
                    get_value(before + 1 < n ? before + 1 : n - 1, channel) * share;
#ifdef WAGGLE_UNITS_PER_DPS
        values[channel] =
            (float)(value / (double)(channel < 3 ? WAGGLE_UNITS_PER_G : WAGGLE_UNITS_PER_DPS));
#else
        values[channel] = (float)(value / (double)WAGGLE_UNITS_PER_G);
#endif
    }
}

bool
player_is_new()
{
    static uint64_t last;
    const uint64_t reading = (uint64_t)((double)now_us * SENSOR_HZ / 1e6);
    const bool is_new = reading != last;

    last = reading;
    return is_new;
}

static void
perform(const waggle_input *window, uint64_t before_us, uint64_t after_us)
{
    uint64_t end_us;

    take = window;
    take_start_us = now_us + before_us;
    end_us = take_start_us + (uint64_t)(count_samples() * 1e6 / (double)WAGGLE_RATE_HZ) + after_us;
    for (; now_us < end_us; now_us += LOOP_US)
        loop();
}

/* arguments: how many microseconds before its sample the take's clock begins; "smooth" or "hold"
 * between two samples; "rest" flat on the table around takes, or "still" as they begin and end */
int
main(int argc, char **argv)
{
    const uint64_t offset_us = argc > 1 ? (uint64_t)atoi(argv[1]) : 0;
    const uint64_t pause_us = 2 * (uint64_t)(1e6 * WAGGLE_LENGTH / (double)WAGGLE_RATE_HZ / 2);
    int n_right = 0, n_wrong = 0, n_none = 0, n_double = 0;

    is_smooth = argc > 2 && strcmp(argv[2], "smooth") == 0;
    rests = argc > 3 && strcmp(argv[3], "rest") == 0;
    take = take_inputs[0];
    take_start_us = UINT32_MAX;
    setup();
    if (lines.size() != 1 || lines[0] != "ready") {
        printf("setup=0\n");
        return 1;
    }
    now_us = UINT32_MAX - 5000000ull; /* micros() runs over */
    for (int i = 0; i < N_TAKES; i++) {
        const std::string wanted = std::string(waggle_names[take_labels[i]]) + " ";
        int n_named = 0;

        lines.clear();
        /* samples of the sketch are taken from multiples of their time on */
        now_us = (uint64_t)(ceil((double)now_us * (double)WAGGLE_RATE_HZ / 1e6) * 1e6 /
                            (double)WAGGLE_RATE_HZ) +
                 offset_us;
        perform(take_inputs[i], pause_us, pause_us);
        for (const std::string &said : lines)
            n_named += said.compare(0, wanted.size(), wanted) == 0;
        if (take_labels[i] == WAGGLE_OTHER && lines.empty()) {
            n_right++;
            continue;
        }
        n_none += lines.empty();
        n_double += lines.size() > 1;
        n_right += lines.size() == 1 && n_named == 1;
        n_wrong += lines.size() == 1 && n_named == 0;
    }
    printf("takes=%d\nright=%d\nwrong=%d\nnone=%d\ndouble=%d\n", N_TAKES, n_right, n_wrong, n_none,
           n_double);
    return 0;
}
