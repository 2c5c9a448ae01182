/* The values of a chart as rows of a table: how numbers and words are written. */
#include "ui/charts/chart.h"

#include <math.h>
#include <string.h>

void
wg_chart_append_number(GString *text, double number, int n_digits)
{
    char format[8], digits[G_ASCII_DTOSTR_BUF_SIZE];

    if (isnan(number))
        return;
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(n_digits, 0, 9));
    g_ascii_formatd(digits, sizeof digits, format, number);
    if (strchr(digits, '.')) {
        gsize n = strlen(digits);

        while (digits[n - 1] == '0')
            n--;
        digits[digits[n - 1] == '.' ? n - 1 : n] = '\0';
    }
    g_string_append(text, g_str_equal(digits, "-0") ? "0" : digits);
}

void
wg_chart_append_text(GString *text, const char *word)
{
    if (!strpbrk(word, ",\"\n")) {
        g_string_append(text, word);
        return;
    }
    g_string_append_c(text, '"');
    for (const char *c = word; *c; c++)
        g_string_append_printf(text, *c == '"' ? "\"%c" : "%c", *c == '\n' ? ' ' : *c);
    g_string_append_c(text, '"');
}

void
wg_chart_append_row(GString *text, const char *word, const double *numbers, int n, int n_digits)
{
    wg_chart_append_text(text, word);
    for (int i = 0; i < n; i++) {
        g_string_append_c(text, ',');
        wg_chart_append_number(text, numbers[i], n_digits);
    }
    g_string_append_c(text, '\n');
}

void
wg_chart_append_series(GString *text, const char *word, const float *values, int n, int n_channels,
                       int n_shown, double rate_hz)
{
    for (int i = 0; i < n; i++) {
        if (word) {
            wg_chart_append_text(text, word);
            g_string_append_c(text, ',');
        }
        wg_chart_append_number(text, i / rate_hz, 3);
        for (int channel = 0; channel < n_shown; channel++) {
            g_string_append_c(text, ',');
            wg_chart_append_number(text, (double)values[i * n_channels + channel], 4);
        }
        g_string_append_c(text, '\n');
    }
}
