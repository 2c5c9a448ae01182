/* Any bytes as a stream: JSON or CSV, read and, where accepted, cut into windows. */
#include "fuzz.h"

#include "dataset/stream-window.h"

#include <string.h>

/* More samples than this are a real stream's work, not a parser's. */
#define SAMPLES_MAX (1 << 16)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const WgStreamOptions options = {0};
    g_autofree char *text = g_malloc(size + 1);
    g_autoptr(WgStream) stream = NULL;
    g_autoptr(WgStreamWindows) windows = NULL;

    memcpy(text, data, size);
    text[size] = '\0'; /* as g_file_get_contents() gives it */
    stream = wg_stream_parse("fuzz", text, size, &options, NULL);
    if (!stream || stream->n_samples > SAMPLES_MAX)
        return 0;
    windows = wg_stream_detect(stream, 50, NULL);
    g_free(wg_stream_to_json(stream));
    return 0;
}
