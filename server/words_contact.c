#include "server/words_lists.h"

#define NO_BASIS \
    {            \
        "", ""   \
    }

static const struct refusal ROWS[] = {
    {"contact.type",
     "",
     {"这不是设置联系方式的文本。", "This text does not set a contact."},
     NO_BASIS,
     {"请从联系方式页重试。", "Try again from the page of contacts."}},
    {"contact.email",
     "",
     {"邮箱地址的格式不对，没有保存。", "This is not one e-mail address; it was not kept."},
     {"一个地址，只含英文字符，不带姓名。", "One address of ASCII characters, without a name."},
     {"请核对后重新填写。", "Check it and enter it again."}},
    {"contact.older",
     "",
     {"之后已经设置过联系方式，没有保存。", "A later one was set already; it was not kept."},
     {"以最后签名的为准。", "The one signed last counts."},
     {"请重新填写并签名。", "Enter and sign it again."}},
    {"config.mail",
     "",
     {"发邮件的选项不全或不对。", "The options for mail are incomplete or wrong."},
     {"--smtp 和 --mail-from 要么都写，要么都不写；地址为 smtp:// 或 smtps://。",
      "--smtp and --mail-from go together; the address is smtp:// or smtps://."},
     {"请核对选项。", "Check the options."}},
    {"mail.refused",
     "",
     {"邮件服务器说没有这个地址。", "The mail server knows nobody of this address."},
     NO_BASIS,
     {"请本人重新设置邮箱。", "Let the person set the address again."}},
    {"mail.failed",
     "",
     {"邮件服务器没有收下提醒。", "The mail server did not take a reminder."},
     {"提醒只是方便；任务以本人页面所列为准。",
      "A reminder is a convenience; tasks stand on the person's page."},
     {"请核对邮件服务器；稍后会再试。", "Check the mail server; it is tried again later."}},
};

const struct refusal_list CONTACT_WORDS = {ROWS, sizeof ROWS / sizeof ROWS[0]};
