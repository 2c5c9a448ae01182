/* A link without any input or output: the test is the other end, and takes bytes when it likes. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define PUPPET_TYPE_LINK (puppet_link_get_type())
G_DECLARE_FINAL_TYPE(PuppetLink, puppet_link, PUPPET, LINK, WgLink)

PuppetLink *puppet_link_new(void);
/* Opening fails from now on, or works again. */
void puppet_link_set_away(PuppetLink *self, gboolean is_away);
/* From now on bytes wait to be taken; else they are taken at once. */
void puppet_link_set_slow(PuppetLink *self, gboolean is_slow);
/* Takes up to n of those that wait. */
void puppet_link_take(PuppetLink *self, gsize n);
/* All that was taken since the last call; transfer full. */
char *puppet_link_dup_heard(PuppetLink *self);
void puppet_link_say(PuppetLink *self, const char *text);

G_END_DECLS
