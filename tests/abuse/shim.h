/* What the parts of the fault shim share: which file operations count, and what befalls which. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* From the environment: WAGGLE_FAULT=KIND, ..._AT=K, ..._SEED=S, ..._FOLDER=PREFIX (only files
 * below count), ..._PROGRAM=NAME (only there), ..._REPORT=FILE (gets the number of operations). */
typedef enum {
    FAULT_NONE,   /* counts only */
    FAULT_KILL,   /* SIGKILL before operation K, or in its middle */
    FAULT_POWER,  /* what was not synchronised is lost, wholly or in part; then SIGKILL */
    FAULT_FULL,   /* from K on nothing grows: ENOSPC */
    FAULT_ERROR,  /* K fails: EIO */
    FAULT_BROKEN, /* from K on each fails: EIO */
    FAULT_MEMORY, /* the K-th allocation since the program began on its files gives NULL */
    FAULT_SQLITE, /* so do those of SQLite, from the K-th on */
} ShimFault;

typedef enum { SHIM_WRITE, SHIM_GROW, SHIM_OTHER } ShimWhat;

ShimFault shim_get_fault(void);
uint64_t shim_get_at(void);
bool shim_is_ours(const char *path);
/* A number that depends on the seed and how often it was asked. */
uint64_t shim_random(void);
void shim_start(void); /* the first operation of ours: from here on memory may fail */
bool shim_started(void);
/* Counts an operation; what errno it is to fail with, 0: it goes on; -1: die in the middle of it.
 */
int shim_meet(ShimWhat what);
_Noreturn void shim_die(void);
/* Counts what is no file operation. */
uint64_t shim_count(void);

/* The journal of what a power cut would lose. `name` is the file's real path. */
void shim_keep_write(const char *name, const void *data, size_t n, off_t offset);
void shim_keep_size(const char *name, off_t size);
void shim_keep_made(const char *name);
void shim_keep_removed(const char *name);                 /* before it is */
void shim_keep_renamed(const char *from, const char *to); /* before it is */
void shim_forget_file(const char *name);                  /* it was synchronised */
void shim_forget_folder(const char *name);                /* so were the names in it */
void shim_cut_power(void);

/* The system's own, past the shim. */
ssize_t shim_real_pwrite(int fd, const void *data, size_t n, off_t offset);
