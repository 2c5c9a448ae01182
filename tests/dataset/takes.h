/* Makes recordings for tests. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* A take of n samples that depends on `number` alone. */
WgRecording *wg_test_take(const char *label, const char *person, int number, int n_samples);
/* n_labels x n_persons x n_each of them. */
GPtrArray *wg_test_takes(int n_labels, int n_persons, int n_each);

G_END_DECLS
