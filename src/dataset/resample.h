/* Samples of one rate as samples of another, with what the slower one cannot hold filtered out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rates that windows may have. */
#define WG_RATE_MIN_HZ 10.0
#define WG_RATE_MAX_HZ 200.0

/* Samples that n samples (at least 1) at from_hz become at to_hz: floor((n - 1) to / from) + 1. */
int wg_resample_get_length(int n, double from_hz, double to_hz);

/* n x channels samples at from_hz as *n_out x channels samples at to_hz; sample i of the answer is
 * at the time i / to_hz, and both begin at the same moment. From_hz is above 0, to_hz
 * WG_RATE_MIN_HZ to WG_RATE_MAX_HZ, any ratio; the units are those given. Equal rates give equal
 * bits. Below 3/4 of the lower of both Nyquist rates amplitude and phase stay within 0.002 of full
 * scale, above that Nyquist rate all is 58 dB down, away from the ends; a constant stays exactly
 * itself. Beyond the ends the first and the last sample repeat. Transfer full. Errors:
 * WG_ERROR_USAGE when a rate is out of range, WG_ERROR_INPUT when there is nothing to resample or
 * the answer would be too long. Any thread. */
float *wg_resample(const float *samples, int n, int channels, double from_hz, double to_hz,
                   int *n_out, GError **error);

G_END_DECLS
