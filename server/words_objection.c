#include "server/words_lists.h"

static const struct refusal ROWS[] = {
    {"status.unknown",
     "第二十一条",
     {"没有找到：查询码不对，或没有提交过。",
      "Not found: the code is wrong, or nothing was filed."},
     {"凭查询码查询；查询码只显示过一次，谁也补不了。",
      "A case is read by its receipt code, which was shown once and which nobody can restore."},
     {"请对照保存的回执逐位核对。",
      "Compare it with the receipt you kept, character by character."}},
    {"status.type",
     "",
     {"这份文书不是查询。", "This statement does not ask for a status."},
     {"", ""},
     {"请从查询页面重新查询。", "Ask again from the status page."}},
};

const struct refusal_list OBJECTION_WORDS = {ROWS, sizeof ROWS / sizeof ROWS[0]};
