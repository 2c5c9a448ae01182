/* Runs one fuzz target over seeded mutations of real files for some seconds, so that every test run
 * fuzzes a little; the same target links with libFuzzer for longer runs (meson option `fuzz`).
 * Speaks TAP. */
#include "base/random.h"
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEWEST 200 /* runs, however long they take */
#define LONGEST_BYTES 32768

/* One to eight edits: bits, bytes, interesting numbers, cuts, copies of a part elsewhere. */
static void
mutate(GByteArray *bytes, WgRandom *random)
{
    static const guint32 interesting[] = {0,      1,      0x7f,       0x80,       0xff,      0x7fff,
                                          0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff};
    const int n = 1 + (int)wg_random_below(random, 8);

    for (int i = 0; i < n && bytes->len > 8; i++) {
        const guint at = wg_random_below(random, bytes->len - 4);
        const guint32 number = interesting[wg_random_below(random, G_N_ELEMENTS(interesting))];

        switch (wg_random_below(random, 6)) {
        case 0:
            bytes->data[at] ^= (guint8)(1u << wg_random_below(random, 8));
            break;
        case 1:
            bytes->data[at] = (guint8)wg_random_next(random);
            break;
        case 2:
            memcpy(bytes->data + at, &number, 4);
            break;
        case 3:
            g_byte_array_set_size(bytes, at + 4);
            break;
        case 4:
            g_byte_array_remove_range(bytes, at, wg_random_below(random, bytes->len - at));
            break;
        default: {
            const guint from = wg_random_below(random, bytes->len - 4);

            memmove(bytes->data + at, bytes->data + from,
                    MIN(bytes->len - at, MIN(bytes->len - from, 64)));
            break;
        }
        }
    }
}

static void
run_once(const char *content, gsize length, WgRandom *random)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();

    g_byte_array_append(bytes, (const guint8 *)content, (guint)MIN(length, LONGEST_BYTES));
    if (random)
        mutate(bytes, random);
    LLVMFuzzerTestOneInput(bytes->data, bytes->len);
}

/* How often it ran within the time; the sequence depends on `number` alone. */
static int
run_for(double seconds, const char *content, gsize length, int number)
{
    const gint64 end_us = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);
    WgRandom random;
    int n = 1;

    wg_random_init(&random, 1, (guint64)number);
    for (run_once(content, length, NULL); n < FEWEST || g_get_monotonic_time() < end_us; n++)
        run_once(content, length, &random);
    return n;
}

/* mutate SECONDS FILE... */
int
main(int argc, char **argv)
{
    const double seconds = g_ascii_strtod(argc > 1 ? argv[1] : "0", NULL) / MAX(argc - 2, 1);

    printf("1..%d\n", argc - 2);
    for (int i = 2; i < argc; i++) {
        g_autofree char *content = NULL;
        g_autofree char *name = g_path_get_basename(argv[i]);
        gsize length = 0;

        if (!g_file_get_contents(argv[i], &content, &length, NULL)) {
            printf("not ok %d /fuzz/%s # cannot be read\n", i - 1, name);
            continue;
        }
        printf("# %d runs\n", run_for(seconds, content, length, i));
        printf("ok %d /fuzz/%s/survives-its-mutations\n", i - 1, name);
        fflush(stdout);
    }
    return 0;
}
