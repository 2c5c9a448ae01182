/* The firmware's decimal form of a number. */
#include "virtual-watch/number.h"

#include <math.h>
#include <stdio.h>

#define REST 1e-7      /* what is not worth another digit */
#define MOST_PLACES 11 /* behind the point */
#define DIGIT_ROUND 1e-8

/* Scales into [1, 10) and gives the exponent; only for what is too large or small to write out. */
static int
take_exponent(double *value)
{
    int exponent = 0;
    if (*value >= 1e21) {
        for (; *value > 1e5; exponent += 5)
            *value /= 1e5;
        for (; *value > 10; exponent++)
            *value /= 10;
    } else if (*value < 1e-6) {
        for (; *value < 1e-5; exponent -= 5)
            *value *= 1e5;
        for (; *value < 1; exponent--)
            *value *= 10;
    }
    return exponent;
}

void
wg_number_format(double value, char text[WG_NUMBER_LENGTH])
{
    if (isnan(value) || isinf(value)) {
        g_strlcpy(text,
                  isnan(value) ? "NaN"
                  : value < 0  ? "-Infinity"
                               : "Infinity",
                  WG_NUMBER_LENGTH);
        return;
    }
    char *out = text;
    if (value < 0) {
        *out++ = '-';
        value = -value;
    }
    const int exponent = value > 0 ? take_exponent(&value) : 0;
    const double above = floor(value) + 1;
    if (value + REST >= above)
        value = above;
    const double whole = fabs(floor(value));
    out += snprintf(out, 32, "%.0f", whole);
    double rest = (value - whole) * 10;
    for (int place = 0; place < MOST_PLACES && rest > REST; place++) {
        const int digit = MIN((int)(rest + DIGIT_ROUND), 9);
        rest = (rest - digit) * 10;
        if (place == 0)
            *out++ = '.';
        *out++ = (char)('0' + digit);
    }
    *out = 0;
    if (exponent)
        snprintf(out, 8, "e%s%d", exponent > 0 ? "+" : "", exponent);
}
