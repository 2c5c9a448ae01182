/* Figures of a window that do not need a network: how far, how fast, how long it moved. */
#include "dataset/window-features.h"

int
wg_window_get_n_samples(const WgWindows *windows, int i)
{
    const int size = windows->length * windows->channels;
    const float *x = windows->x + (gsize)i * (gsize)size;
    int n = size;

    while (n > 0 && x[n - 1] == 0)
        n--;
    return (n + windows->channels - 1) / windows->channels;
}
