/* Projects as programs leave them that were killed: with a write-ahead log beside them. */
#pragma once

#include "dataset/project.h"

#define N_BATCHES 12

typedef struct {
    char *folder;
} WgKilledFixture;

void wg_killed_set_up(WgKilledFixture *f, gconstpointer unused);
void wg_killed_tear_down(WgKilledFixture *f, gconstpointer unused);
char *wg_killed_dup_path(const WgKilledFixture *f, const char *name);
/* Three takes, each of its own values, in one commit. */
void wg_killed_add(WgProject *project, int number);
guint wg_killed_count(WgProject *project);
/* Closed well. */
void wg_killed_make(const char *path, int first, int n);
void wg_killed_copy(const char *from, const char *to);
void wg_killed_copy_log(const char *from, const char *to);
/* The project at `path` gets batches from `first` on, and `to` is as a program leaves it that is
 * killed then. */
void wg_killed_add_and_kill(const char *path, int first, int n, const char *to);
gboolean wg_killed_is_there(const char *path, const char *ending);
/* How many takes are there, in a project that is whole. */
guint wg_killed_count_whole(const char *path, gboolean is_noted);
