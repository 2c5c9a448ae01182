/* The watch's Storage: named files of fixed length in a folder, with flash memory's rules. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WG_FLASH_NAME_MAX 28 /* longer names are cut silently (jsflash.h, JsfFileName) */

typedef struct _WgFlash WgFlash;

typedef struct {
    gsize total, free, file_bytes;
    int n_files;
    gsize trash_bytes; /* of erased files: theirs until the Storage is compacted */
    int n_trash;
} WgFlashStats;

/* Makes the folder when it is not there. Errors: WG_ERROR_STORAGE. */
WgFlash *wg_flash_new(const char *folder, gsize capacity_bytes, GError **error);
/* NULL when there is no such file. `name` is bytes (the first 28 count). */
GBytes *wg_flash_read(WgFlash *self, const char *name);
/* As Storage.write of jsflash.c: offset 0 makes the file `size` bytes long (0: as long as the data)
 * unless it is there with that length and still blank; later offsets fill it, each byte once. FALSE
 * without error only for a negative offset or size; every refusal has the firmware's own text. */
gboolean wg_flash_write(WgFlash *self, const char *name, gconstpointer data, gsize length,
                        gint64 offset, gint64 size, GError **error);
/* Asked before the files are pushed together; FALSE: it cannot be done now. */
typedef gboolean (*WgFlashCompactCallback)(gpointer user_data);
void wg_flash_set_compact_callback(WgFlash *self, WgFlashCompactCallback callback,
                                   gpointer user_data);
/* Gives the bytes of erased files back. TRUE where there were any. */
gboolean wg_flash_compact(WgFlash *self);
void wg_flash_erase(WgFlash *self, const char *name);
void wg_flash_erase_all(WgFlash *self);
char **wg_flash_list(WgFlash *self); /* sorted, NULL-terminated, transfer full */
WgFlashStats wg_flash_get_stats(WgFlash *self);
void wg_flash_free(WgFlash *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgFlash, wg_flash_free)

G_END_DECLS
