/* The page Deploy: whether the model fits the watch, the way onto it, and its proof. */
#pragma once

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_PAGE_DEPLOY (wg_page_deploy_get_type())
G_DECLARE_FINAL_TYPE(WgPageDeploy, wg_page_deploy, WG, PAGE_DEPLOY, GtkBox)

void wg_page_deploy_set_desk(WgPageDeploy *self, WgDesk *desk);

G_END_DECLS
