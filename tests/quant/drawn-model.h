/* Models whose weights are as they were drawn, and windows to ask them of. */
#pragma once

#include "dataset/window.h"

G_BEGIN_DECLS

#define DRAWN_GESTURES 6

/* Swings of many sizes and paces. */
WgWindows *drawn_windows(guint64 seed);
/* A preset's network as it is drawn, its last layer turned up until it is sure of something. */
GBytes *drawn_model(const char *preset_name, guint64 seed, gboolean softmax, WgWindows *windows);
/* Raw outputs, n x DRAWN_GESTURES; caller frees. */
float *drawn_run(GBytes *tflite, WgWindows *windows);

G_END_DECLS
