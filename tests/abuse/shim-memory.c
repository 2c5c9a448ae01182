/* Memory that is not there: the C library's for all, or SQLite's own alone. */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t n);

static sqlite3_mem_methods real;

/* TRUE: this allocation fails, and of SQLite each after it: where GLib gets no memory it ends the
 * program at once. */
static bool
is_out(ShimFault fault)
{
    uint64_t n;

    if (shim_get_fault() != fault || !shim_started() || shim_get_at() == 0)
        return false;
    n = shim_count();
    return n == shim_get_at() || (n > shim_get_at() && fault == FAULT_SQLITE);
}

#ifdef SHIM_HAS_MALLOC
void *
malloc(size_t n)
{
    return is_out(FAULT_MEMORY) ? (errno = ENOMEM, NULL) : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
    return is_out(FAULT_MEMORY) ? (errno = ENOMEM, NULL) : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t n)
{
    return is_out(FAULT_MEMORY) ? (errno = ENOMEM, NULL) : __libc_realloc(old, n);
}
#endif

static void *
allocate(int n)
{
    return is_out(FAULT_SQLITE) ? NULL : real.xMalloc(n);
}

static void *
reallocate(void *old, int n)
{
    return is_out(FAULT_SQLITE) ? NULL : real.xRealloc(old, n);
}

/* The program's own SQLite, which it links. */
__attribute__((constructor)) static void
stand_before_sqlite(void)
{
    int (*config)(int, ...) = (int (*)(int, ...))dlsym(RTLD_DEFAULT, "sqlite3_config");
    sqlite3_mem_methods methods;

    if (!config || shim_get_fault() != FAULT_SQLITE ||
        config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
        return;
    methods = real;
    methods.xMalloc = allocate;
    methods.xRealloc = reallocate;
    config(SQLITE_CONFIG_MALLOC, &methods);
}
