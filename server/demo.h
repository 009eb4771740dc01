/*
 * demo.h - `xiling demo`: a demonstration district with fictional members.
 */
#pragma once

/* argv[0] is the word `demo`, its options follow. Returns the exit code of the program. */
int demo_run(int argc, char **argv);
