/*
 * temporary.h - a folder that lives as long as its scope.
 */
#pragma once

struct temporary {
    char path[64];
};

#define AUTO_TEMPORARY __attribute__((cleanup(temporary_remove))) struct temporary

void temporary_make(struct temporary *out);
void temporary_remove(struct temporary *folder);
