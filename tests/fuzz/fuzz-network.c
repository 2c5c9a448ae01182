/* Any bytes as a stored network or base model: read and, where accepted, given another head. */
#include "fuzz.h"

#include "train/transfer.h"

/* More than this is a real network's work, not a parser's: keeps one input from taking minutes. */
#define PARAMETERS_MAX (1 << 16)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* the checksum would refuse every mutation: made to agree, so that what follows is reached */
    g_autoptr(GByteArray) mended = g_byte_array_new();
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 sum[32];
    gsize length = sizeof sum;
    g_autoptr(GBytes) given = g_bytes_new(data, size);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(WgNetwork) refused = wg_network_deserialize(given, NULL);
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgNetwork) personal = NULL;

    if (size < sizeof sum)
        return 0;
    g_byte_array_append(mended, data, (guint)(size - sizeof sum));
    g_checksum_update(checksum, data, (gssize)(size - sizeof sum));
    g_checksum_get_digest(checksum, sum, &length);
    g_byte_array_append(mended, sum, sizeof sum);
    bytes = g_byte_array_free_to_bytes(g_steal_pointer(&mended));
    network = wg_network_deserialize(bytes, NULL);
    if (network && wg_network_get_n_parameters(network) < PARAMETERS_MAX)
        personal = wg_transfer_new(network, 3, NULL);
    return 0;
}
