/* Stored takes, and the outputs that Waggle got for them. Written by Waggle.
   SPDX-License-Identifier: 0BSD */
#ifndef WAGGLE_TESTS_H
#define WAGGLE_TESTS_H

#include "waggle_model.h"

#define WAGGLE_N_TESTS @N_TESTS@

static const waggle_input waggle_test_inputs[WAGGLE_N_TESTS][WAGGLE_N_INPUTS] = {
@TEST_INPUTS@
};

static const waggle_output waggle_test_outputs[WAGGLE_N_TESTS][WAGGLE_N_OUTPUTS] = {
@TEST_OUTPUTS@
};

#endif
