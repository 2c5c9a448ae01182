/* Where a string stands in a list. */
#include "base/find-string.h"

int
wg_find_string(const char *const *strings, const char *text)
{
    for (int i = 0; text && strings && strings[i]; i++)
        if (g_str_equal(strings[i], text))
            return i;
    return -1;
}
