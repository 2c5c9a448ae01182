/* The exporter "micropython-forest": no network, but a random forest as plain Python. */
#include "quant/export-micropython-trees.h"

#include <glib/gi18n.h>

const WgExporter wg_exporter_micropython_forest = {
    .name = "micropython-forest",
    .title = N_("MicroPython random forest"),
    .summary = N_("no network: trees that vote, quicker than the network"),
    .main_suffix = ".py",
    .write = wg_python_write_trees,
    .n_trees = 10,
};
