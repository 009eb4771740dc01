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
    {"share.right",
     "第二十一条",
     {"这份身份没有由您向这个人打开，没有收下。",
      "You have not opened this identity to this person; not taken."},
     {"先由两名保管人签署打开身份，再交出各自的一份。",
      "First two keepers sign the opening; then each hands over a share."},
     {"请先签署打开身份；已销毁的身份不能再打开。",
      "Sign the opening first. An identity that was erased cannot be opened."}},
    {"status.type",
     "",
     {"这份文书不是查询。", "This statement does not ask for a status."},
     {"", ""},
     {"请从查询页面重新查询。", "Ask again from the status page."}},
};

const struct refusal_list OBJECTION_WORDS = {ROWS, sizeof ROWS / sizeof ROWS[0]};
