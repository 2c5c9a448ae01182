/* A link over a descriptor that breaks, or damages a byte, at a given place in what is sent. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define FAULT_TYPE_LINK (fault_link_get_type())
G_DECLARE_FINAL_TYPE(FaultLink, fault_link, FAULT, LINK, WgLink)

/* The descriptor stays the caller's. What comes while the link is closed is thrown away, as by a
 * watch with nobody there. */
FaultLink *fault_link_new(int fd);
/* From now on: so many bytes go through, then it closes, once. Below 0: never. */
void fault_link_cut_after(FaultLink *self, gint64 n_bytes);
/* From now on: the byte after so many others is changed by this pattern, once. */
void fault_link_flip_at(FaultLink *self, gint64 n_bytes, guint8 pattern);
/* Bytes sent since one of both was called. */
gint64 fault_link_get_sent(const FaultLink *self);
/* Times that the direction of the talk went from sending to hearing since then. */
int fault_link_get_turns(const FaultLink *self);

G_END_DECLS
