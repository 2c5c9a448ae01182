/* The right to change the project that is open: one program at a time has it. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

/* Asks for it. Where another program has it the desk says so, and says when it came free: until
 * then the project can only be read. For as long as that project is open in the desk. */
void wg_project_claim_begin(WgDesk *desk);

G_END_DECLS
