/* TensorFlow Lite's own C library as judge: loaded at run time, and a test without it fails. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgReferee WgReferee;

/* Fails the test when the library or the model cannot be loaded. */
WgReferee *wg_referee_new(GBytes *tflite);
void wg_referee_free(WgReferee *self);
/* Raw bytes of the input and output tensor. */
void wg_referee_run(WgReferee *self, gconstpointer input, gsize n_input, gpointer output,
                    gsize n_output);

G_END_DECLS
