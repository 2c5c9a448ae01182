/* What a write-ahead log of SQLite holds, as SQLite will read it. */
#include "dataset/log-commits.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define MAGIC 0x377f0682u /* the last bit: its sums are of big-endian words */
#define HEADER_BYTES 32
#define AT_PAGE_BYTES 8
#define AT_SALTS 16
#define AT_SUMS 24
#define FRAME_BYTES 24 /* before its page */
#define AT_FRAME_PAGES 4
#define AT_FRAME_SALTS 8
#define AT_FRAME_SUMS 16
#define SALTS_BYTES 8
#define PAGE_BYTES_LEAST 512
#define PAGE_BYTES_MOST 65536
#define PAGE_BYTES_OURS 4096

typedef struct {
    gboolean is_big_endian;
    guint32 sums[2]; /* over all that was read */
    guint32 page_bytes;
    guint8 salts[SALTS_BYTES];
} Log;

static guint32
get_be32(const guint8 *bytes)
{
    return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* `n_bytes` is a multiple of 8. */
static void
add(Log *self, const guint8 *bytes, gsize n_bytes)
{
    for (gsize i = 0; i < n_bytes; i += 4) {
        const guint32 word = get_be32(bytes + i);

        self->sums[i / 4 % 2] +=
            (self->is_big_endian ? word : GUINT32_SWAP_LE_BE(word)) + self->sums[1 - i / 4 % 2];
    }
}

static gboolean
has_sums(const Log *self, const guint8 *stored)
{
    return get_be32(stored) == self->sums[0] && get_be32(stored + 4) == self->sums[1];
}

static gboolean
read_header(Log *self, FILE *file, gboolean *is_sound)
{
    guint8 header[HEADER_BYTES];
    guint32 magic;

    if (fread(header, 1, sizeof header, file) != sizeof header)
        return FALSE;
    magic = get_be32(header);
    self->is_big_endian = (magic & 1) != 0;
    self->page_bytes = get_be32(header + AT_PAGE_BYTES);
    memcpy(self->salts, header + AT_SALTS, SALTS_BYTES);
    add(self, header, AT_SUMS);
    *is_sound = (magic & ~1u) == MAGIC && has_sums(self, header + AT_SUMS) &&
                self->page_bytes >= PAGE_BYTES_LEAST && self->page_bytes <= PAGE_BYTES_MOST &&
                (self->page_bytes & (self->page_bytes - 1)) == 0;
    return TRUE;
}

/* Of a header that is damaged the first frame tells which run it is. */
static void
take_first_frame(Log *self, const guint8 *frame)
{
    memcpy(self->salts, frame + AT_FRAME_SALTS, SALTS_BYTES);
}

static void
count(Log *self, FILE *file, gboolean is_sound, WgLogCommits *commits)
{
    const gsize n_bytes = FRAME_BYTES + self->page_bytes;
    g_autofree guint8 *frame = g_malloc(n_bytes);
    gboolean is_first = TRUE, is_applied = is_sound;

    for (; fread(frame, 1, n_bytes, file) == n_bytes; is_first = FALSE) {
        if (is_first && !is_sound)
            take_first_frame(self, frame);
        if (memcmp(frame + AT_FRAME_SALTS, self->salts, SALTS_BYTES) != 0) {
            is_applied = FALSE;
            continue;
        }
        if (is_applied) {
            add(self, frame, AT_FRAME_SALTS);
            add(self, frame + FRAME_BYTES, self->page_bytes);
            is_applied = get_be32(frame) > 0 && has_sums(self, frame + AT_FRAME_SUMS);
        }
        if (get_be32(frame + AT_FRAME_PAGES) > 0)
            (*(is_applied ? &commits->n_applied : &commits->n_behind))++;
    }
}

void
wg_log_count_commits(const char *path, WgLogCommits *commits)
{
    Log self = {.page_bytes = 0};
    FILE *file = g_fopen(path, "rbe");
    gboolean is_sound = FALSE;

    *commits = (WgLogCommits){0, 0};
    if (!file)
        return;
    if (read_header(&self, file, &is_sound)) {
        if (!is_sound)
            self.page_bytes = PAGE_BYTES_OURS;
        count(&self, file, is_sound, commits);
    }
    fclose(file);
}
