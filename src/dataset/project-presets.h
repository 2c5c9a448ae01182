/* The presets that a project keeps: names, and texts that others write and read. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

typedef struct {
    char *name;
    char *text;    /* as wg_preset_to_text() gives it; may be damaged */
    char *note;    /* where it comes from, one sentence, or "" */
    char *created; /* ISO 8601, UTC */
} WgPresetRecord;

/* Any thread. WG_ERROR_USAGE where one of that name is kept already. */
gboolean wg_project_add_preset(WgProject *self, const char *name, const char *text,
                               const char *note, GError **error);
/* GPtrArray of WgPresetRecord, oldest first; transfer full. Any thread. */
GPtrArray *wg_project_list_presets(WgProject *self, GError **error);
/* NULL without error where there is none of that name. Any thread. */
WgPresetRecord *wg_project_load_preset(WgProject *self, const char *name, GError **error);
void wg_preset_record_free(WgPresetRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPresetRecord, wg_preset_record_free)

G_END_DECLS
