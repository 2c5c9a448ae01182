/* What the real firmware answered, for tests: files of tests/data/golden. */
#pragma once

#include "quant/int8-network.h"

#include <json-glib/json-glib.h>

/* Path of a file there. (transfer full) */
char *golden_path(const char *name);
/* A file there as JSON; one that cannot be read fails the test. (transfer full) */
JsonNode *golden_read_json(const char *name);
/* A model there; one that is refused fails the test. (transfer full) */
WgInt8Network *golden_read_model(const char *name);
/* A window of golden.json as the bytes of the model's input, 0 behind it. */
void golden_read_window(JsonArray *window, const WgTensorInfo *in, void *input);
