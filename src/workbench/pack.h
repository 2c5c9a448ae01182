/* A project pack (.wagglepack): what one person hands in, takes and how far they came, to be pooled
 * with others'. Its form is told in docs/pack-format.md. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/project.h"

G_BEGIN_DECLS

#define WG_PACK_ENDING ".wagglepack"

/* What became of the persons' names. */
typedef enum {
    WG_PERSONS_KEPT,
    WG_PERSONS_REPLACED, /* "person 1", in the order of their names */
    WG_PERSONS_LETTERS,  /* "A", in the same order */
    WG_PERSONS_DROPPED,
} WgPackPersons;

/* A take of it: all that was recorded, and the stretch that a trim left (n 0: all of it). */
typedef struct {
    WgRecording *recording;
    int trim_first, trim_n;
} WgPackTake;

typedef struct {
    char *project;   /* what it was called */
    char *made;      /* ISO 8601, UTC */
    char *step;      /* "empty", "recorded", "trained" or "deployed" */
    char *kind;      /* of the watch that it was put on last; NULL: none */
    double accuracy; /* share right of the takes kept aside in training; negative: not told */
    WgPackPersons persons_are;
    GPtrArray *takes; /* of WgPackTake, in the order they were made */
} WgPack;

void wg_pack_free(WgPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPack, wg_pack_free)

/* All takes of the project but guests' (those deleted neither), and how far it came; `made` is now.
 */
WgPack *wg_pack_new_from_project(WgProject *project, GError **error);
/* A pack, or a project (.waggle) as if it had been packed: of that a copy is opened, so that
 * nothing is written where it lies. Errors name the file in one sentence. */
WgPack *wg_pack_read(const char *path, GCancellable *cancellable, GError **error);
/* A pack's bytes; `name` is for the errors. */
WgPack *wg_pack_read_bytes(GBytes *bytes, const char *name, GCancellable *cancellable,
                           GError **error);
/* Where names do not stay, neither do those of the files that takes were read from. */
void wg_pack_set_persons(WgPack *self, WgPackPersons persons);
/* "keep", "replace", "letters", "drop"; FALSE with WG_ERROR_USAGE. */
gboolean wg_pack_persons_find(const char *word, WgPackPersons *persons, GError **error);
const char *wg_pack_persons_get_name(WgPackPersons persons);
/* Replaces what is at `path`. `model`: a .tflite that goes along, may be NULL. WG_ERROR_STORAGE. */
gboolean wg_pack_write(const WgPack *self, const char *path, GBytes *model, GError **error);
/* Who performed that take in a pool: its person; where the pack has other names or none, the file's
 * name as well, as each pack's "person 1" is another. `path` is the pack's. Owner: caller. */
char *wg_pack_dup_pooled_person(const WgPack *self, guint take, const char *path);
/* Names of the persons, sorted; transfer full. */
char **wg_pack_dup_persons(const WgPack *self);
/* Takes (or spans, of a continuous recording) of each gesture that take part. Transfer full. */
JsonObject *wg_pack_count_labels(const WgPack *self);

G_END_DECLS
