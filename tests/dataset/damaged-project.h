/* A project whose file is damaged by the test, and what was saved of it. */
#pragma once

#include "dataset/project-salvage.h"
#include "dataset/project-verify.h"
#include "dataset/project.h"

#define N_LABELS 3
#define N_PERSONS 2
#define N_EACH 20
#define N_TAKES (N_LABELS * N_PERSONS * N_EACH)
#define PAGE_BYTES 4096

typedef struct {
    char *folder, *path, *damaged, *saved;
    GPtrArray *takes; /* as the project has them */
} WgDamagedProject;

/* The whole project at `path`: N_TAKES takes, a model, a fact. */
void wg_damaged_project_set_up(WgDamagedProject *fixture, gconstpointer unused);
void wg_damaged_project_tear_down(WgDamagedProject *fixture, gconstpointer unused);
/* Makes `damaged`: a copy of the project with `length` bytes from `at` overwritten, or cut off
 * there where `fill` is -1; what was saved before goes. */
void wg_damaged_project_make(const WgDamagedProject *fixture, gsize at, gsize length, int fill);
/* Such a copy that is whole, and then changed by `sql`. */
void wg_damaged_project_change(const WgDamagedProject *fixture, const char *sql);
/* Makes `saved` of `damaged`. */
WgSalvage wg_damaged_project_save(const WgDamagedProject *fixture);
/* The new project is whole, and what takes part in it is just as it was. */
void wg_damaged_project_assert_saved(const WgDamagedProject *fixture, const WgSalvage *salvage);
