/* Runs an exported model over all takes on this machine; with a number, so many times over, and
 * says how long one inference keeps the processor. */
#define _POSIX_C_SOURCE 199309L
#include "waggle_model.h"

#include "takes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
get_used_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int
main(int argc, char **argv)
{
    const int n_rounds = argc > 1 ? atoi(argv[1]) : 0;
    int n_equal = 0, n_answers = 0, n_right = 0;
    waggle_output outputs[WAGGLE_N_OUTPUTS];

    for (int i = 0; i < N_TAKES; i++) {
        const int answer = (waggle_run(take_inputs[i], outputs), waggle_decide(outputs));

        n_equal += memcmp(outputs, take_outputs[i], sizeof outputs) == 0;
        n_answers += answer == take_answers[i];
        n_right += answer == take_labels[i];
    }
    printf("takes=%d\nequal=%d\nanswers=%d\nright=%d\n", N_TAKES, n_equal, n_answers, n_right);
    if (n_rounds > 0) {
        const double start_s = get_used_s();

        for (int i = 0; i < n_rounds * N_TAKES; i++)
            waggle_run(take_inputs[i % N_TAKES], outputs);
        printf("us=%.2f\n", (get_used_s() - start_s) / n_rounds / N_TAKES * 1e6);
    }
    return n_equal == N_TAKES && n_answers == N_TAKES ? 0 : 1;
}
