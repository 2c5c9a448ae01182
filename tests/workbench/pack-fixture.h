/* A folder for packs and projects, and jobs run on them to their end. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
    char *folder;
} PackFixture;

void pack_fixture_set_up(PackFixture *f, gconstpointer data);
void pack_fixture_tear_down(PackFixture *f, gconstpointer data);
/* The path of that name in the folder; transfer full. */
char *pack_fixture_at(PackFixture *f, const char *name);
/* Runs the job on the project (a path; NULL: none) with those arguments to its end. Transfer
 * full; NULL with the error. */
JsonObject *pack_fixture_run(const char *project, const char *name, const char *const *arguments,
                             GError **error);

G_END_DECLS
