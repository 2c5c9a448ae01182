/* Files of other tools: what their fields mean, signatures, files of labels, absurd content. */
#include "base/error.h"
#include "foreign-files.h"
#include "takes.h"

#include <string.h>

static void
test_createai_generations(void)
{
    g_autoptr(GString) old = g_string_new("[{\"ID\":1,\"name\":\"wave\",\"recordings\":[{\"ID\":2,"
                                          "\"data\":{\"x\":[");
    static const char *const axes[] = {"],\"y\":[", "],\"z\":[", "]}}]}]"};
    const WgImportOptions none = {0}, told = {.rate_hz = 25};
    g_autoptr(WgImport) today = wg_test_import_text("a.json", CREATEAI, &none, NULL);
    g_autoptr(WgImport) before = NULL, rated = NULL;

    for (int axis = 0; axis < 3; axis++) {
        for (int i = 0; i < 80; i++)
            g_string_append(old, i > 0 ? ",0.5" : "0.5");
        g_string_append(old, axes[axis]);
    }
    before = wg_test_import_text("a.json", old->str, &none, NULL);
    rated = wg_test_import_text("a.json", old->str, &told, NULL);
    g_assert_cmpfloat_with_epsilon(wg_test_get_take(today, 0)->rate_hz, 50, 1e-9);
    g_assert_cmpstr(wg_test_get_take(today, 0)->label, ==, "wave");
    g_assert_cmpfloat_with_epsilon(wg_test_get_take(today, 0)->samples[8], -1, 1e-9);
    g_assert_nonnull(strstr(g_ptr_array_index(today->messages, 0), "50 Hz"));
    g_assert_cmpfloat_with_epsilon(wg_test_get_take(before, 0)->rate_hz, 40, 1e-9);
    g_assert_nonnull(strstr(g_ptr_array_index(before->messages, 0), "40 Hz"));
    g_assert_cmpfloat_with_epsilon(wg_test_get_take(rated, 0)->rate_hz, 25, 1e-9);
}

static void
test_edge_impulse_units(void)
{
    const WgImportOptions none = {0};
    g_autoptr(WgImport) import = wg_test_import_text("left.1.json", EDGE_IMPULSE, &none, NULL);
    const WgRecordingSpec *take = wg_test_get_take(import, 0);

    g_assert_cmpstr(take->label, ==, "left");
    g_assert_cmpstr(take->device, ==, "ac:87:a3:0a:2d:1b");
    g_assert_cmpfloat_with_epsilon(take->rate_hz, 12.5, 1e-9);
    g_assert_cmpfloat_with_epsilon(take->original_units_per_g, 9.80665, 1e-9);
    g_assert_cmpfloat_with_epsilon(take->samples[0], -9.81 / 9.80665, 1e-6);
}

/* An HMAC by its definition (RFC 2104), for one block of key: not what the program uses. */
static char *
compute_hmac(const char *key, const char *text, gsize length)
{
    guint8 pads[2][64], inner[32];
    gsize n = sizeof inner;
    g_autoptr(GChecksum) first = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GChecksum) second = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < 64; i++) {
        const guint8 byte = i < strlen(key) ? (guint8)key[i] : 0;

        pads[0][i] = byte ^ 0x36;
        pads[1][i] = byte ^ 0x5c;
    }
    g_checksum_update(first, pads[0], 64);
    g_checksum_update(first, (const guchar *)text, (gssize)length);
    g_checksum_get_digest(first, inner, &n);
    g_checksum_update(second, pads[1], 64);
    g_checksum_update(second, inner, 32);
    return g_strdup(g_checksum_get_string(second));
}

static void
test_signature(void)
{
    const WgImportOptions none = {0}, right = {.key = "Jefe"}, wrong = {.key = "jefe"};
    /* RFC 4231, test case 2 */
    g_autofree char *vector = compute_hmac("Jefe", "what do ya want for nothing?", 28);
    g_autoptr(GString) text = g_string_new(EDGE_IMPULSE);
    g_autofree char *signature = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(WgImport) unchecked = NULL, checked = NULL, refused = NULL, changed = NULL,
                        unsigned_import = wg_test_import_text("a.json", text->str, &right, NULL);
    char *at;

    g_assert_cmpstr(vector, ==, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    g_assert_nonnull(strstr(g_ptr_array_index(unsigned_import->messages, 0), "not signed"));
    g_string_replace(text, "none", "HS256", 1);
    signature = compute_hmac("Jefe", text->str, text->len);
    at = strstr(text->str, "0000000000000000000000000000000000000000000000000000000000000000");
    memcpy(at, signature, 64);
    unchecked = wg_test_import_text("a.json", text->str, &none, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(g_ptr_array_index(unchecked->messages, 0), "not checked"));
    checked = wg_test_import_text("a.json", text->str, &right, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(checked->recordings->len, ==, 1);
    refused = wg_test_import_text("a.json", text->str, &wrong, &error);
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "signature"));
    g_clear_error(&error);
    g_string_replace(text, "-9.81", "-9.82", 1);
    changed = wg_test_import_text("a.json", text->str, &right, &error);
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_null(refused);
    g_assert_null(changed);
}

/* Tools that do not sign leave 64 zeros, an empty text or none. */
static void
test_unsigned(void)
{
    static const char zeros[] =
        "\"0000000000000000000000000000000000000000000000000000000000000000\"";
    const WgImportOptions none = {0};
    g_autoptr(GString) text = g_string_new(EDGE_IMPULSE);
    g_autoptr(WgImport) unsigned_one = NULL, signed_one = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(g_string_replace(text, zeros, "\"\"", 1), ==, 1);
    unsigned_one = wg_test_import_text("a.json", text->str, &none, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(unsigned_one->recordings->len, ==, 1);
    g_string_replace(text, "\"alg\":\"none\"", "\"alg\":\"HS256\"", 1);
    signed_one = wg_test_import_text("a.json", text->str, &none, &error);
    g_assert_null(signed_one);
    g_assert_nonnull(strstr(error->message, "64 hexadecimal digits"));
}

static void
test_label_files(void)
{
    const WgImportOptions none = {0}, told = {.label = "mine", .person = "me"};
    const gsize length = strlen(EDGE_IMPULSE);
    g_autoptr(WgImport) named = wg_test_import_files(
        "left.1.json", EDGE_IMPULSE, length, "info.labels", INFO, strlen(INFO), &none, NULL);
    g_autoptr(WgImport) mine = wg_test_import_files("left.1.json", EDGE_IMPULSE, length,
                                                    "info.labels", INFO, strlen(INFO), &told, NULL);
    g_autoptr(WgImport) other = wg_test_import_files(
        "right.1.json", EDGE_IMPULSE, length, "info.labels", INFO, strlen(INFO), &none, NULL);
    g_autoptr(WgImport) spans =
        wg_test_import_files("left.1.json", EDGE_IMPULSE, length, "structured_labels.labels",
                             STRUCTURED, strlen(STRUCTURED), &none, NULL);
    g_autoptr(GString) beyond = g_string_new(STRUCTURED);
    g_autoptr(WgImport) refused = NULL;

    g_assert_cmpstr(wg_test_get_take(named, 0)->label, ==, "Swipe");
    g_assert_cmpstr(wg_test_get_take(named, 0)->person, ==, "zoe");
    g_assert_cmpstr(wg_test_get_take(mine, 0)->label, ==, "mine");
    g_assert_cmpstr(wg_test_get_take(mine, 0)->person, ==, "me");
    g_assert_cmpstr(wg_test_get_take(other, 0)->label, ==, "right");
    g_assert_cmpint(wg_test_get_take(spans, 0)->n_spans, ==, 2);
    g_assert_cmpint(wg_test_get_take(spans, 0)->spans[1].first, ==, 1);
    g_assert_cmpint(wg_test_get_take(spans, 0)->spans[1].n_samples, ==, 2);
    g_assert_cmpstr(wg_test_get_take(spans, 0)->spans[1].label, ==, "wave");
    g_string_replace(beyond, "\"endIndex\":2", "\"endIndex\":3", 1);
    refused = wg_test_import_files("left.1.json", EDGE_IMPULSE, length, "structured_labels.labels",
                                   beyond->str, beyond->len, &none, NULL);
    g_assert_cmpuint(refused->refused->n, ==, 1);
    g_assert_cmpint(wg_test_get_take(refused, 0)->n_spans, ==, 0);
}

static void
test_absurd_content(void)
{
    const WgImportOptions none = {0};
    g_autoptr(GString) deep = g_string_new("{\"payload\":");
    static const char *const texts[] = {
        "[{\"name\":\"a\",\"recordings\":[],\"recordings\":[],\"data\":0}]",
        "{\"payload\":1,\"payload\":2,\"sensors\":3}",
        "{\"payload\":{\"interval_ms\":NaN},\"sensors\":1}",
        "{\"payload\":99999999999999999999,\"sensors\":1}",
        "{\"payload\":1e999,\"sensors\":1}",
        "{\"payload\":\"sensors\"",
    };

    for (int i = 0; i < 100000; i++)
        g_string_append_c(deep, '[');
    g_string_append(deep, "\"sensors\"");
    for (guint i = 0; i <= G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(
            wg_test_import_text("a.json", i == 0 ? deep->str : texts[i - 1], &none, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    }
}

static void
test_absurd_cbor(void)
{
    /* each begins as a file of this format would: a map with two of its words */
    static const struct {
        const char *bytes;
        gsize length;
    } cases[] = {
        {"\xbf\x67payload\x9b\x7f\xff\xff\xff\xff\xff\xff\xff\x67sensors", 26}, /* 2^63 entries */
        {"\xbf\x67payload\x7b\xff\xff\xff\xff\xff\xff\xff\xff\x67sensors", 26}, /* so long a text */
        {"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x67payload\x01\x67sensors\x01", 27},
        {"\xa2\x67payload\x01\x67payload\x67sensors", 26},  /* twice */
        {"\xa2\x67payload\xf9\x7e\x00\x67sensors\x01", 21}, /* NaN where an object is due */
        {"\xa2\x67payload\x9f\x9f\x9f\x9f\x9f\x9f\x9f\x67sensors", 24},
        {"\xa2\x67payload\x41\x00\x67sensors\x01", 20}, /* bytes */
        {"\xa2\x67payload\xc1\x01\x67sensors\x01", 20}, /* a tag */
        {"\xa2\x01\x67payload\x67sensors\x01", 19},     /* a number for a key */
        {"\xbf\x67payload\xff\x67sensors", 18},
        {"\xa2\x67payload\x7f\x01\xff\x67sensors\x01", 21}, /* a number within a text */
    };
    const WgImportOptions none = {0};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(wg_test_import_files("a.cbor", cases[i].bytes, cases[i].length, NULL, NULL, 0,
                                           &none, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/edge-impulse/units-and-rate-are-the-file-s", test_edge_impulse_units);
    g_test_add_func("/dataset/edge-impulse/signatures-are-checked", test_signature);
    g_test_add_func("/dataset/edge-impulse/an-empty-signature-is-none", test_unsigned);
    g_test_add_func("/dataset/edge-impulse/labels-come-from-beside", test_label_files);
    g_test_add_func("/dataset/createai/both-generations-have-their-rate",
                    test_createai_generations);
    g_test_add_func("/dataset/json-fields/absurd-content-is-refused", test_absurd_content);
    g_test_add_func("/dataset/cbor-json/absurd-content-is-refused", test_absurd_cbor);
    return g_test_run();
}
