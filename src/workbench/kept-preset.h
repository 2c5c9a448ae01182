/* Presets by name: the built-in ones, then those that the project keeps. */
#pragma once

#include "dataset/project.h"
#include "train/preset-text.h"

G_BEGIN_DECLS

/* Whether a preset may be kept under that name: 1 to 32 small letters, digits and hyphens, a letter
 * first, no built-in preset's. WG_ERROR_USAGE. */
gboolean wg_kept_preset_check_name(const char *name, GError **error);
/* The same, and that the project keeps none of that name and can be written. */
gboolean wg_kept_preset_check_new(WgProject *project, const char *name, GError **error);
/* Stores it under `name`; `note` says where it comes from, one sentence. Errors as above. */
gboolean wg_kept_preset_add(WgProject *project, const char *name, const WgPreset *preset,
                            const char *note, GError **error);
/* A copy of the built-in preset of that name, else the project's (`project` may be NULL). Errors:
 * WG_ERROR_USAGE naming all there are, WG_ERROR_INPUT for a damaged one. Any thread. */
WgPreset *wg_kept_preset_find(WgProject *project, const char *name, GError **error);

G_END_DECLS
