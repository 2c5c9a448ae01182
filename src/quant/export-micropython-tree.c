/* The exporter "micropython-tree": no network, but a decision tree as plain Python. */
#include "quant/export-micropython-trees.h"

#include <glib/gi18n.h>

const WgExporter wg_exporter_micropython_tree = {
    .name = "micropython-tree",
    .title = N_("MicroPython decision tree"),
    .summary = N_("no network: one tree of questions, the smallest and quickest"),
    .main_suffix = ".py",
    .write = wg_python_write_trees,
    .n_trees = 1,
};
