/* Writes all takes of a part of a project's split, with what its int8 network says of each, as the
 * C header that the programs of this folder are compiled with. */
#include "workbench/model.h"

#include <stdlib.h>

/* As the watch's app decides: the largest output, where its probability reaches the threshold. */
static int
decide(const float *outputs, int n, double threshold)
{
    int best = 0;

    for (int i = 1; i < n; i++)
        best = outputs[i] > outputs[best] ? i : best;
    return ((double)outputs[best] + 128) / 256 >= threshold ? best : -1;
}

static void
append_inputs(GString *out, const gint8 *inputs, int n, int n_inputs)
{
    g_string_append(out, "static const waggle_input take_inputs[N_TAKES][WAGGLE_N_INPUTS] = {\n");
    for (int i = 0; i < n; i++) {
        g_string_append(out, "    {");
        for (int j = 0; j < n_inputs; j++)
            g_string_append_printf(out, "%d, ", inputs[(gsize)i * (gsize)n_inputs + (gsize)j]);
        g_string_append(out, "},\n");
    }
    g_string_append(out, "};\n");
}

static char *
write_takes(const WgModel *model, const WgWindows *windows, double threshold)
{
    const int n = windows->n, n_inputs = windows->length * windows->channels;
    const int n_outputs = wg_int8_network_get_output(model->int8)->n_elements;
    g_autofree gint8 *inputs = g_malloc((gsize)n * (gsize)n_inputs);
    g_autofree float *outputs = g_new(float, (gsize)n *(gsize)n_outputs);
    GString *out = g_string_new(NULL);

    for (int i = 0; i < n; i++)
        wg_windows_get_history(windows, i, inputs + (gsize)i * (gsize)n_inputs);
    wg_int8_network_run_history(model->int8, inputs, n, outputs);
    g_string_append_printf(out, "#include \"waggle_model.h\"\n\n#define N_TAKES %d\n", n);
    append_inputs(out, inputs, n, n_inputs);
    g_string_append(out,
                    "static const waggle_output take_outputs[N_TAKES][WAGGLE_N_OUTPUTS] = {\n");
    for (int i = 0; i < n; i++) {
        g_string_append(out, "    {");
        for (int j = 0; j < n_outputs; j++)
            g_string_append_printf(out, "%d, ",
                                   (int)outputs[(gsize)i * (gsize)n_outputs + (gsize)j]);
        g_string_append(out, "},\n");
    }
    g_string_append(out, "};\nstatic const int take_answers[N_TAKES] = {\n");
    for (int i = 0; i < n; i++)
        g_string_append_printf(out, "    %d,\n",
                               decide(outputs + (gsize)i * (gsize)n_outputs, n_outputs, threshold));
    g_string_append(out, "};\n/* as they were labelled */\n"
                         "static const int take_labels[N_TAKES] = {\n");
    for (int i = 0; i < n; i++)
        g_string_append_printf(out, "    %d,\n", windows->labels[i]);
    g_string_append(out, "};\n");
    return g_string_free(out, FALSE);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgProject) project = argc == 5 ? wg_project_open(argv[1], &error) : NULL;
    g_autoptr(WgModel) model = project ? wg_model_load(project, "int8", &error) : NULL;
    g_autoptr(WgDataset) dataset =
        model ? wg_model_load_part(model, project, argv[2], &error) : NULL;
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autofree char *text = windows ? write_takes(model, windows, atof(argv[3])) : NULL;

    if (argc != 5)
        g_printerr("usage: dump-takes PROJECT PART THRESHOLD OUT.h\n");
    else if (!text || !g_file_set_contents(argv[4], text, -1, &error))
        g_printerr("%s\n", error->message);
    return text && !error ? EXIT_SUCCESS : EXIT_FAILURE;
}
