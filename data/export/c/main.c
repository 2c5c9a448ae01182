/* Proves the model on this machine: stored takes with the outputs that Waggle got. Written by
   Waggle. SPDX-License-Identifier: 0BSD */
#include "waggle_model.h"
#include "waggle_tests.h"

#include <stdio.h>
#include <string.h>

int
main(void)
{
    int n_equal = 0;

    for (int i = 0; i < WAGGLE_N_TESTS; i++) {
        waggle_output outputs[WAGGLE_N_OUTPUTS];
        int gesture;

        waggle_run(waggle_test_inputs[i], outputs);
        n_equal += memcmp(outputs, waggle_test_outputs[i], sizeof outputs) == 0;
        gesture = waggle_decide(outputs);
        printf("take %d: %s\n", i + 1, gesture < 0 ? "none of the gestures" : waggle_names[gesture]);
    }
    printf("%d of %d\n", n_equal, WAGGLE_N_TESTS);
    return n_equal == WAGGLE_N_TESTS ? 0 : 1;
}
