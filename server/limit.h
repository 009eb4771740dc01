/*
 * limit.h - how much the system lets this process have.
 */
#pragma once

/* As many connections as there may be open files, less what files and databases need. */
unsigned limit_connections(void);
/* What is in memory is never dumped to a file. */
void limit_dumps(void);
