/* The exporter "arduino": a library for the Arduino IDE, with sketches that read a sensor. */
#include "quant/export-c.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define NAME_MAX_LENGTH 40
#define READINGS_PER_SAMPLE 8   /* of the sensor, to take the mean of */
#define READING_US_MIN 2000     /* 14 bytes take 0.4 ms at 400 kHz */
#define MPU_RANGE_G 2.0         /* of its smallest range, 16384 units a g */
#define MPU_RANGE_UNITS 16384.0 /* MPU-6050 product specification 3.4, section 6.2 */
#define WATCH_RANGE_G 4.0       /* that the watch's detector listens to */

/* A name that the IDE takes for a library: letters, digits, _. */
static char *
make_library_name(const char *project)
{
    GString *name = g_string_new("Waggle_");

    for (const char *at = project; *at && *at != '.' && name->len < NAME_MAX_LENGTH; at++)
        g_string_append_c(name, g_ascii_isalnum(*at) ? *at : '_');
    return g_string_free(name, FALSE);
}

static void
set_sensor(const WgExportSource *source, WgTemplate *template)
{
    const double range_g =
        wg_window_options_is_watch(source->window) ? WATCH_RANGE_G : source->window->range_g;
    const double reading_us = 1e6 / source->window->rate_hz / READINGS_PER_SAMPLE;
    const gboolean has_gyroscope = wg_window_options_needs_gyroscope(source->window);
    int range = 0;

    while (range < 3 && MPU_RANGE_G * (1 << range) < range_g)
        range++;
    wg_template_set(template, "MPU_RANGE", "0x%02x", (guint)range << 3);
    wg_template_set(template, "MPU_RANGE_G", "%d", 2 << range);
    wg_template_set_number(template, "MPU_UNITS_PER_G", MPU_RANGE_UNITS / (1 << range));
    /* at least once a sample, and no oftener than the bus likes */
    wg_template_set(template, "READING_US", "%d",
                    (int)fmax(reading_us, fmin(READING_US_MIN, 1e6 / source->window->rate_hz)));
    wg_template_set(template, "N_VALUES", "%d", has_gyroscope ? 6 : 3);
    wg_template_set(template, "GYROSCOPE_UNITS", "%s",
                    has_gyroscope ? ", then the angular rate in degrees per second" : "");
    wg_template_set(template, "STATE_BYTES", "%d",
                    source->window->length * wg_window_options_get_n_channels(source->window) +
                        100);
}

static gboolean
write_library(const WgExportSource *source, GPtrArray *files, GError **error)
{
    g_autoptr(WgTemplate) template = wg_template_new();
    g_autofree char *name = make_library_name(source->project_name);

    if (wg_int8_network_get_input(source->network)->type != WG_TENSOR_INT8 ||
        wg_int8_network_get_output(source->network)->type != WG_TENSOR_INT8) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("the Arduino library takes models with int8 input and output: quantize in the "
              "project"));
        return FALSE;
    }
    if (!wg_export_c_library(source, template, "src/", files, error))
        return FALSE;
    wg_template_set(template, "LIBRARY", "%s", name);
    set_sensor(source, template);
    wg_template_add(template, "arduino/Waggle.h", files, "src/Waggle.h");
    wg_template_add(template, "arduino/Waggle.cpp", files, "src/Waggle.cpp");
    wg_template_add(template, "arduino/Nano33BLE.ino", files, "examples/Nano33BLE/Nano33BLE.ino");
    wg_template_add(template, "arduino/ESP32.ino", files, "examples/ESP32/ESP32.ino");
    wg_template_add(template, "arduino/library.properties", files, "library.properties");
    wg_template_add(template, "arduino/README.md", files, "README.md");
    wg_template_add(template, "LICENSE", files, "LICENSE");
    return TRUE;
}

const WgExporter wg_exporter_arduino = {
    "arduino",
    N_("Arduino library"),
    N_("a library with sketches for the Nano 33 BLE and ESP32 boards"),
    NULL,
    write_library,
};
