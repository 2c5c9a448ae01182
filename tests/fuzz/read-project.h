/* Reads all that a project holds, as the window and the commands do. */
#pragma once

#include "dataset/project.h"

void read_project(WgProject *project);
