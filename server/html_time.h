/*
 * html_time.h - times as people read them; the twin of web/ui/time.js. Always +08:00.
 */
#pragma once

#include <stdint.h>

#include "server/html.h"

#define HTML_TIME_SIZE 80

/* Each writes a text and a zero byte, in the page's language; empty outside the years 1..9999. */
void html_day(bool english, uint64_t time, char out[static HTML_TIME_SIZE]); /* 2026年11月22日 */
void html_clock(uint64_t time, char out[static HTML_TIME_SIZE]);             /* 16:00:05 */
void html_moment(bool english, uint64_t time, char out[static HTML_TIME_SIZE]);
/* A term that ends with a day is said to end at 24:00 of it. */
void html_until(bool english, uint64_t time, char out[static HTML_TIME_SIZE]);
/* 还剩 2 天 7 小时 */
void html_remaining(struct html *html, uint64_t time, uint64_t now);
