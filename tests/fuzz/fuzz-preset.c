/* Any bytes as a preset that a project keeps: read, and where accepted written, built and measured.
 */
#include "fuzz.h"

#include "workbench/search-space.h"

#include <string.h>

#define WORK_MAX (1 << 14) /* parameters: keeps one input from taking minutes */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const labels[] = {"a", "b", NULL};
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(WgPreset) preset = wg_preset_from_text("fuzz", text, NULL);
    g_autoptr(WgPreset) again = NULL;
    g_autofree char *written = NULL, *rewritten = NULL, *reason = NULL;
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgWindows) windows = NULL;
    WgSearchNeed need;

    if (!preset)
        return 0;
    written = wg_preset_to_text(preset);
    again = wg_preset_from_text("fuzz", written, NULL);
    rewritten = again ? wg_preset_to_text(again) : NULL;
    if (g_strcmp0(written, rewritten) != 0)
        g_error("“%s” was read back as “%s”", written, rewritten);
    network = wg_preset_build(preset, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, 2, 1, NULL);
    if (!network || wg_network_get_n_parameters(network) > WORK_MAX)
        return 0;
    windows = wg_windows_alloc(1, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS, labels);
    reason = wg_search_measure(preset, windows, wg_watch_kind_find("bangle2", NULL), 12.5, &need);
    return 0;
}
