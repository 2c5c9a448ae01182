/* A line of a CSV file and its cells. */
#include "dataset/csv.h"

#include <string.h>

char **
wg_csv_split(const char *line)
{
    const char *separator = strchr(line, ';') && !strchr(line, ',') ? ";"
                            : strchr(line, '\t')                    ? "\t"
                                                                    : ",";
    char **cells = g_strsplit(line, separator, WG_CSV_COLUMNS_MAX);

    for (int i = 0; cells[i]; i++) {
        g_strstrip(cells[i]);
        if (cells[i][0] == '"' && cells[i][strlen(cells[i]) - 1] == '"' && cells[i][1]) {
            memmove(cells[i], cells[i] + 1, strlen(cells[i]));
            cells[i][strlen(cells[i]) - 1] = '\0';
        }
    }
    return cells;
}

int
wg_csv_find(char **cells, const char *const *words, int n_words)
{
    for (int i = 0; cells[i]; i++) {
        for (int j = 0; j < n_words; j++) {
            if (g_ascii_strcasecmp(cells[i], words[j]) == 0)
                return i;
        }
    }
    return -1;
}

gboolean
wg_csv_is_blank(const char *line)
{
    return strspn(line, " \t\r,;") == strlen(line);
}
