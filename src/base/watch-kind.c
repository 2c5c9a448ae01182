/* The table of watches and boards a model can go to, each with its limits. */
#include "base/watch-kind.h"

#include "base/error.h"

#include <glib/gi18n.h>

/* Arena that aiGesture gives TensorFlow Lite Micro (jswrap_bangle.c, jswrap_tensorflow_create
 * call).
 * Our app could ask for more, but a model within it runs by either way. */
#define AI_GESTURE_ARENA 4000
/* Samples of its history (jswrap_bangle.c, ACCEL_HISTORY_LEN) and the poll interval of 80 ms. */
#define BANGLE_WINDOW 50
#define BANGLE_RATE_HZ 12.5
/* Multiply-adds a second of TensorFlow Lite Micro's reference kernels, which the watches have. An
 * estimate; nothing was measured on a watch, and it may well take half as long again. A loop like
 * that of its int8 convolution (reference/integer_ops/conv.h, 2.4.0), compiled by clang -Os for a
 * Cortex-M4, has 42 instructions a multiply-add; three dense layers of 512 are reported to take 516
 * ms on an M4 whose clock is not said (tflite-micro issue 1447). */
#define CYCLES_AN_OPERATION 40.0
#define NRF52_OPERATIONS (64e6 / CYCLES_AN_OPERATION)  /* 64 MHz */
#define ESP32_OPERATIONS (240e6 / CYCLES_AN_OPERATION) /* 240 MHz */

/* "Power Consumption" and "Features" of the makers' pages (boards/Bangle.js.md and Bangle.js2.md of
 * EspruinoDocs, 02b1aac). Sleep: the sensor at 1.25 Hz, as it is once the watch lies still; the
 * older page knows no such state. Infer: "100% CPU usage running JavaScript". Transmit: "BLE
 * Connected in high bandwidth mode", which the older page gives without the rest of the watch. */
static const WgWatchEnergy bangle1_energy = {
    350, 700, 0.7, 7, 1.2, N_("Espruino's page of the Bangle.js, Power Consumption"),
};
static const WgWatchEnergy bangle2_energy = {
    200, 150, 0.3, 4, 0.75, N_("Espruino's page of the Bangle.js 2, Power Consumption"),
};

static const WgWatchKind bangle1 = {
    "bangle1",
    "Bangle.js 1",
    AI_GESTURE_ARENA,
    AI_GESTURE_ARENA,
    8000,
    TRUE,
    BANGLE_RATE_HZ,
    BANGLE_WINDOW,
    NRF52_OPERATIONS,
    "Espruino BANGLEJS: 64 kB of RAM, shared with the program; aiGesture's own arena",
    &bangle1_energy,
};
static const WgWatchKind bangle2 = {
    "bangle2",
    "Bangle.js 2",
    AI_GESTURE_ARENA,
    AI_GESTURE_ARENA,
    32000,
    TRUE,
    BANGLE_RATE_HZ,
    BANGLE_WINDOW,
    NRF52_OPERATIONS,
    "Espruino BANGLEJS2: 256 kB of RAM, shared with the program; aiGesture's own arena",
    &bangle2_energy,
};
static const WgWatchKind microbit2 = {
    "microbit2",      "micro:bit 2 with Espruino",         16000, 0, 32000, TRUE, 0, 0,
    NRF52_OPERATIONS, "Espruino MICROBIT2: 128 kB of RAM",
};
static const WgWatchKind nano33ble = {
    "nano33ble",
    "Arduino Nano 33 BLE",
    50000,
    0,
    200000,
    FALSE,
    0,
    0,
    NRF52_OPERATIONS,
    "nRF52840: 256 kB of RAM, 1 MB of flash; the arena asked for in the founding chapter",
};
static const WgWatchKind esp32 = {
    "esp32",
    "ESP32",
    100000,
    0,
    500000,
    FALSE,
    0,
    0,
    ESP32_OPERATIONS,
    "ESP32: 520 kB of RAM, 4 MB of flash",
};
static const WgWatchKind micropython = {
    "micropython",
    "MicroPython board",
    0,
    0,
    20000,
    FALSE,
    0,
    0,
    0,
    "the 20 kB a module may have in the founding article",
};
static const WgWatchKind generic = {
    "generic", "TensorFlow Lite Micro", 0, 0, 0, FALSE, 0, 0, 0, "no limits are known",
};

const WgWatchKind *const wg_watch_kinds[] = {
    &bangle1, &bangle2, &microbit2, &nano33ble, &esp32, &micropython, &generic, NULL,
};

const WgWatchKind *
wg_watch_kind_find(const char *id, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (int i = 0; wg_watch_kinds[i]; i++) {
        if (g_strcmp0(wg_watch_kinds[i]->id, id) == 0)
            return wg_watch_kinds[i];
        g_string_append_printf(names, "%s%s", i ? ", " : "", wg_watch_kinds[i]->id);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("no kind of watch is called “%s”: %s"), id,
                names->str);
    return NULL;
}
