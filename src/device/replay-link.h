/* A link to a trace: plays the watch's side, as far as this side says what it had said. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_REPLAY_LINK (wg_replay_link_get_type())
G_DECLARE_FINAL_TYPE(WgReplayLink, wg_replay_link, WG, REPLAY_LINK, WgLink)

/* The trace is read when it is opened. `speed`: so many times faster than it was. What the watch
 * said comes once this side has said all that it had said before, and in the time that it took
 * then. A talk that goes another way, or on beyond the trace's end, is closed with a sentence that
 * says where. Questions whether the watch is still there depend on this machine's pace: those that
 * the trace has not are answered, those that nobody asks are passed over. */
WgLink *wg_replay_link_new(const char *address, const char *path, double speed);

G_END_DECLS
