/* When a fault strikes: counts operations and decides. */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct {
    bool is_read, is_active;
    ShimFault fault;
    uint64_t at, seed;
    char folder[4096];
    _Atomic uint64_t *n; /* in the report, so that it outlives a kill */
    _Atomic uint64_t own;
    _Atomic bool is_started;
} state;

static _Thread_local bool is_cutting; /* what it does itself is no operation */

static const char *const names[] = {"none",  "kill",   "power",  "full",
                                    "error", "broken", "memory", "sqlite"};

__attribute__((constructor)) static void
read_environment(void)
{
    const char *fault = getenv("WAGGLE_FAULT"), *at = getenv("WAGGLE_FAULT_AT");
    const char *program = getenv("WAGGLE_FAULT_PROGRAM"), *seed = getenv("WAGGLE_FAULT_SEED");
    const char *folder = getenv("WAGGLE_FAULT_FOLDER"), *report = getenv("WAGGLE_FAULT_REPORT");
    int fd;

    if (state.is_read)
        return;
    state.is_read = true; /* before anything that the shim itself stands before */
    fd = report ? open(report, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    state.n = &state.own;
    state.is_active =
        fault && folder && (!program || strcmp(program, program_invocation_short_name) == 0);
    if (!state.is_active)
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(fault, names[i]) == 0)
            state.fault = (ShimFault)i;
    state.at = at ? strtoull(at, NULL, 10) : 0;
    state.seed = seed ? strtoull(seed, NULL, 10) : 1;
    snprintf(state.folder, sizeof state.folder, "%s/", folder);
    if (fd >= 0 && ftruncate(fd, 8) == 0) {
        void *page = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

        if (page != MAP_FAILED)
            state.n = page;
    }
}

ShimFault
shim_get_fault(void)
{
    return state.fault;
}

uint64_t
shim_get_at(void)
{
    return state.at;
}

bool
shim_is_ours(const char *path)
{
    const size_t n = strlen(path);

    read_environment();
    return state.is_active && !is_cutting &&
           strncmp(path, state.folder, strlen(state.folder)) == 0 &&
           !(n > 4 && strcmp(path + n - 4, "-shm") == 0); /* memory, not a file */
}

/* Splitmix64. */
uint64_t
shim_random(void)
{
    uint64_t z = state.seed += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void
shim_start(void)
{
    state.is_started = true;
}

bool
shim_started(void)
{
    return state.is_started;
}

uint64_t
shim_count(void)
{
    return atomic_fetch_add(state.n, 1) + 1;
}

void
shim_die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

int
shim_meet(ShimWhat what)
{
    const ShimFault fault = state.fault;
    uint64_t n;

    shim_start();
    if (fault == FAULT_MEMORY || fault == FAULT_SQLITE)
        return 0;
    n = shim_count();
    if (state.at == 0 || n < state.at)
        return 0;
    switch (fault) {
    case FAULT_KILL:
        if (what != SHIM_OTHER && shim_random() % 2)
            return -1;
        shim_die();
    case FAULT_POWER:
        is_cutting = true;
        shim_cut_power();
        shim_die();
    case FAULT_FULL:
        return what == SHIM_GROW ? ENOSPC : 0;
    case FAULT_ERROR:
        return n == state.at ? EIO : 0;
    case FAULT_BROKEN:
        return EIO;
    default:
        return 0;
    }
}
