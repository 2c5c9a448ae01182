/* A Bluetooth device's answer about its services: which channel its serial port has. libbluetooth
 * has a reader too, which never ends where an answer is cut short, and loses memory. */
#include "device/sdp-record.h"

#define TYPE_UNSIGNED 1
#define TYPE_UUID 3
#define TYPE_LIST 6        /* data element sequence */
#define TYPE_ALTERNATIVE 7 /* of lists, of which one holds */
#define PROTOCOL_LIST 0x0004
#define UUID_RFCOMM 0x0003
#define CHANNEL_MAX 30
#define DEPTH_MAX 8 /* lists in lists; protocols are in the third */

typedef struct {
    guint type;
    const guint8 *data; /* the value's bytes */
    gsize n;
} Element;

/* Takes the first element off the bytes; FALSE: there is none that is whole. */
static gboolean
take(const guint8 **data, gsize *n, Element *element)
{
    const guint size = *n > 0 ? (*data)[0] & 7 : 0;
    const gsize n_length = size < 5 ? 0 : (gsize)1 << (size - 5);
    guint64 length = 0;

    if (*n < 1 + n_length)
        return FALSE;
    element->type = (*data)[0] >> 3;
    for (gsize i = 0; i < n_length; i++)
        length = length << 8 | (*data)[1 + i];
    if (n_length == 0)
        length = element->type == 0 ? 0 : (guint64)1 << size;
    if (length > *n - 1 - n_length)
        return FALSE;
    element->data = *data + 1 + n_length;
    element->n = (gsize)length;
    *data = element->data + element->n;
    *n -= 1 + n_length + element->n;
    return TRUE;
}

static guint32
read_number(const Element *element)
{
    guint32 number = 0;

    /* of a UUID of 128 bits the first 32 are its own, the rest is the same for all protocols */
    for (gsize i = 0; i < MIN(element->n, 4); i++)
        number = number << 8 | element->data[i];
    return number;
}

/* Of a list of protocols: ((L2CAP), (RFCOMM, channel), ...), or alternatives of such. */
static int
find_in_protocols(Element list, int depth)
{
    Element first = {0}, second = {0}, inner;
    Element rest = list;
    int channel = 0;

    if (depth > DEPTH_MAX || (list.type != TYPE_LIST && list.type != TYPE_ALTERNATIVE))
        return 0;
    if (take(&rest.data, &rest.n, &first) && first.type == TYPE_UUID &&
        read_number(&first) == UUID_RFCOMM && take(&rest.data, &rest.n, &second) &&
        second.type == TYPE_UNSIGNED && second.n == 1)
        return second.data[0] <= CHANNEL_MAX ? second.data[0] : 0;
    while (channel == 0 && take(&list.data, &list.n, &inner))
        channel = find_in_protocols(inner, depth + 1);
    return channel;
}

/* A record is numbers and values by turns. */
static int
find_in_record(Element record)
{
    Element number, value;
    int channel = 0;

    while (channel == 0 && take(&record.data, &record.n, &number) &&
           take(&record.data, &record.n, &value)) {
        if (number.type == TYPE_UNSIGNED && number.n == 2 && read_number(&number) == PROTOCOL_LIST)
            channel = find_in_protocols(value, 0);
    }
    return channel;
}

int
wg_sdp_find_channel(const guint8 *data, gsize n)
{
    Element all, record;
    int channel = 0;

    if (!take(&data, &n, &all) || all.type != TYPE_LIST)
        return 0;
    while (channel == 0 && take(&all.data, &all.n, &record)) {
        if (record.type == TYPE_LIST)
            channel = find_in_record(record);
    }
    return channel;
}
