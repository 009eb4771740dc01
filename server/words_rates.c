#include "server/words_lists.h"

#define PAPER_ZH "等不及，也可以当面或邮寄书面材料：区评审办，工作日 9:00–17:00，同样出具回执。"
#define PAPER_EN                                                                                    \
    "Or bring or post it on paper: the Award Office, working days 9:00–17:00. You get a receipt " \
    "all the same."

static const struct refusal ROWS[] = {
    {"service.rate",
     "",
     {"从您的网络地址来的提交此刻太多，这一次还没有收下。",
      "Too much comes from your network address right now; this has not been taken yet."},
     {"每个网络地址各有限额，谁也挡不住别人。超出的稍等再交，或由设备算一道小题后立即提交。",
      "Each address has its own limit, so nobody keeps out others. Over it one waits, or the "
      "device "
      "solves a small puzzle and sends at once."},
     {"页面会自己算完再提交，请不要关闭；不用脚本的，请过所示的秒数后再交同一内容。" PAPER_ZH,
      "The page does so by itself: leave it open. Without scripts, send the same again after the "
      "seconds shown. " PAPER_EN}},
    {"objection.queue",
     "第二十一条",
     {"此刻提交异议的人太多，队列已满，这一份还没有收下。",
      "Too many objections arrive right now and the queue is full; this one has not been taken "
      "yet."},
     {"收下的每一份都立即出具回执；没有回执，就是还没有收下。",
      "Whatever is taken gets its receipt at once; no receipt means not taken yet."},
     {"页面会自己再交，请不要关闭；不用脚本的，请过所示的秒数后再交同一内容，不会重复。" PAPER_ZH,
      "The page sends it again by itself: leave it open. Without scripts, send the same again "
      "after "
      "the seconds shown; it counts once. " PAPER_EN}},
};

const struct refusal_list RATE_WORDS = {ROWS, sizeof ROWS / sizeof ROWS[0]};
