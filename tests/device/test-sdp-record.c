/* Tests of the reader of a Bluetooth device's services. */
#include "device/sdp-record.h"

#include <string.h>

/* what a Bangle.js 1 and most serial boards answer: one record, its protocols L2CAP and RFCOMM */
static const guint8 answer[] = {0x35, 0x18, 0x35, 0x16, 0x09, 0x00, 0x04, 0x35, 0x11,
                                0x35, 0x03, 0x19, 0x01, 0x00, 0x35, 0x05, 0x19, 0x00,
                                0x03, 0x08, 0x07, 0x35, 0x03, 0x19, 0x00, 0x08};

static void
test_finds_the_channel(void)
{
    g_assert_cmpint(wg_sdp_find_channel(answer, sizeof answer), ==, 7);
}

static void
test_finds_it_by_a_long_name(void)
{
    /* the same with UUIDs of 128 and of 32 bits, in a list whose length has 16 bits */
    static const guint8 longer[] = {
        0x36, 0x00, 0x2e, 0x35, 0x2c, 0x09, 0x00, 0x04, 0x35, 0x27, 0x35, 0x05, 0x1a,
        0x00, 0x00, 0x01, 0x00, 0x35, 0x13, 0x1c, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00,
        0x10, 0x00, 0x80, 0x00, 0x00, 0x80, 0x5f, 0x9b, 0x34, 0xfb, 0x08, 0x05, 0x35,
        0x09, 0x09, 0x00, 0x01, 0x09, 0x00, 0x02, 0x08, 0x01, 0x00,
    };

    g_assert_cmpint(wg_sdp_find_channel(longer, sizeof longer), ==, 5);
}

static void
test_an_answer_cut_anywhere_ends(void)
{
    for (gsize n = 0; n < sizeof answer; n++) {
        /* its own memory, so that a sanitizer sees a byte too many */
        g_autofree guint8 *cut = g_memdup2(answer, n);

        g_assert_cmpint(wg_sdp_find_channel(cut, n), ==, 0);
    }
}

static void
test_each_wrong_byte_is_survived(void)
{
    for (gsize i = 0; i < sizeof answer; i++) {
        for (int value = 0; value < 256; value++) {
            g_autofree guint8 *wrong = g_memdup2(answer, sizeof answer);

            wrong[i] = (guint8)value;
            g_assert_cmpint(wg_sdp_find_channel(wrong, sizeof answer), <=, 30);
        }
    }
}

static void
test_lists_in_lists_are_given_up(void)
{
    guint8 deep[2000];

    for (gsize i = 0; i < sizeof deep; i += 4) {
        const gsize n = sizeof deep - i - 4;

        deep[i] = 0x37 - 1; /* a list with a length of 16 bits */
        deep[i + 1] = (guint8)((n + 1) >> 8);
        deep[i + 2] = (guint8)(n + 1);
        deep[i + 3] = 0x00;
    }
    g_assert_cmpint(wg_sdp_find_channel(deep, sizeof deep), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/sdp-record/finds-the-channel", test_finds_the_channel);
    g_test_add_func("/device/sdp-record/finds-it-by-a-long-name", test_finds_it_by_a_long_name);
    g_test_add_func("/device/sdp-record/an-answer-cut-anywhere-ends",
                    test_an_answer_cut_anywhere_ends);
    g_test_add_func("/device/sdp-record/each-wrong-byte-is-survived",
                    test_each_wrong_byte_is_survived);
    g_test_add_func("/device/sdp-record/lists-in-lists-are-given-up",
                    test_lists_in_lists_are_given_up);
    return g_test_run();
}
