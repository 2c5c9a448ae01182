/* Grows the forest that "export --to micropython-forest" grows, writes its module, and prints what
 * wg_forest_predict() answers to the takes of the test part: forest-answers PROJECT N_TREES FOLDER.
 * JSON: {"windows":[[int8...]...],"answers":[[float...]...],"labels":[true...]}. */
#include "workbench/export-forest.h"
#include "workbench/export-forms.h"

typedef struct {
    const WgExporter *exporter;
    WgExportSource source;
    GPtrArray *files;
} Form;

static gboolean
fits(const WgForest *forest, gpointer user_data, GError **error)
{
    Form *form = user_data;

    g_ptr_array_set_size(form->files, 0);
    form->source.forest = forest;
    return form->exporter->write(&form->source, form->files, error);
}

static void
print_windows(const WgWindows *windows)
{
    const int size = windows->length * windows->channels;
    g_autofree gint8 *history = g_new(gint8, size);

    g_print("{\"windows\":[");
    for (int i = 0; i < windows->n; i++) {
        wg_windows_get_history(windows, i, history);
        for (int k = 0; k < size; k++)
            g_print("%s%d", k ? "," : i ? ",[" : "[", history[k]);
        g_print("]");
    }
    g_print("],\"labels\":[");
    for (int i = 0; i < windows->n; i++)
        g_print("%s%d", i ? "," : "", windows->labels[i]);
    g_print("],\"answers\":[");
}

static void
print_answers(const WgGrownForest *grown, const WgWindows *windows)
{
    g_autofree float *answers = g_new(float, (gsize)windows->n *(gsize)windows->n_labels);

    wg_grown_forest_predict(grown, windows, answers);
    for (int i = 0; i < windows->n * windows->n_labels; i++)
        g_print("%s%.9g", i % windows->n_labels ? "," : i ? "],[" : "[", (double)answers[i]);
    g_print("]]}\n");
}

static gboolean
run(const char *path, int n_trees, const char *folder, GError **error)
{
    g_autoptr(WgProject) project = wg_project_open(path, error);
    g_autoptr(WgModel) model = project ? wg_model_load(project, "float", error) : NULL;
    g_autoptr(WgDataset) dataset = model ? wg_model_load_part(model, project, "test", error) : NULL;
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(WgGrownForest) grown = NULL;
    g_autofree char *out = g_build_filename(folder, "waggle_model.py", NULL);
    const WgForestOptions options = {.n_trees = n_trees, .min_leaf = 1, .seed = 1};
    GBytes *content;

    if (!windows)
        return FALSE;
    Form form = {wg_exporter_find("micropython-forest", error),
                 {
                     .labels = (const char *const *)model->labels,
                     .window = &model->window,
                     .project_name = "test",
                     .made = "then",
                     .date = "now",
                     .threshold = 0.5,
                 },
                 files};
    grown = wg_grown_forest_new(model, project, &options, fits, &form, NULL, NULL, error);
    if (!grown)
        return FALSE;
    print_windows(windows);
    print_answers(grown, windows);
    content = ((WgExportFile *)files->pdata[0])->content;
    return g_file_set_contents(out, g_bytes_get_data(content, NULL),
                               (gssize)g_bytes_get_size(content), error);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (argc != 4 || !run(argv[1], (int)g_ascii_strtoll(argv[2], NULL, 10), argv[3], &error)) {
        g_printerr("%s\n", error ? error->message : "usage: forest-answers PROJECT TREES FOLDER");
        return 1;
    }
    return 0;
}
