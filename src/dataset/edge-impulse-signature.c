/* Signatures of Edge Impulse's files: HMAC-SHA256 over all bytes, 64 zeros in their own place. */
#include "dataset/edge-impulse-signature.h"

#include <string.h>

#define DIGITS (sizeof(WG_EDGE_IMPULSE_UNSIGNED) - 1)

gboolean
wg_edge_impulse_signature_is(const char *signature)
{
    gsize n = 0;

    while (g_ascii_isxdigit(signature[n]))
        n++;
    return n == DIGITS && signature[n] == '\0';
}

static char *
compute(const void *content, gsize length, const char *key)
{
    return g_compute_hmac_for_data(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key), content,
                                   length);
}

/* Of equal length: takes the same time wherever they differ. */
static gboolean
is_equal(const char *left, const char *right)
{
    int difference = 0;

    for (gsize i = 0; i < DIGITS; i++)
        difference |= g_ascii_tolower(left[i]) ^ g_ascii_tolower(right[i]);
    return difference == 0;
}

gboolean
wg_edge_impulse_signature_check(const char *content, gsize length, const char *signature,
                                const char *key)
{
    g_autofree char *unsigned_content = NULL, *wanted = NULL;
    const char *place = memmem(content, length, signature, DIGITS);
    gsize at;

    if (!place)
        return FALSE;
    /* where it stands twice, it cannot be told which one is the signature */
    at = (gsize)(place - content);
    if (memmem(content + at + DIGITS, length - at - DIGITS, signature, DIGITS))
        return FALSE;
    unsigned_content = g_memdup2(content, length);
    memcpy(unsigned_content + at, WG_EDGE_IMPULSE_UNSIGNED, DIGITS);
    wanted = compute(unsigned_content, length, key);
    return is_equal(wanted, signature);
}

void
wg_edge_impulse_signature_put(GByteArray *content, const char *key)
{
    char *place = memmem(content->data, content->len, WG_EDGE_IMPULSE_UNSIGNED, DIGITS);
    g_autofree char *signature = compute(content->data, content->len, key);

    g_return_if_fail(place);
    memcpy(place, signature, DIGITS);
}
