#include "server/demo_links.h"

#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "server/qr.h"

#define LINK_SIZE 512

static struct result make_link(struct stage *stage, const char *url, const char *person,
                               char link[static LINK_SIZE])
{
    SECRET_CODE code;
    char shown[KEY_CODE_SIZE + 1];

    TRY(cast_code(stage->data, person, &code));
    key_code_print(code.bytes, shown);
    (void)snprintf(link, LINK_SIZE, "%s/enter.html#%s.%s", url, person, shown);
    return OK;
}

static struct result print_qr(const char *text)
{
    AUTO_BUFFER drawing = BUFFER_INIT;

    TRY(qr_write_terminal(bytes_of_string(text), &drawing));
    (void)fwrite(drawing.data, 1, drawing.size, stdout);
    return OK;
}

static struct result print_role(struct stage *stage, const char *url, const char *person,
                                const char *words)
{
    char link[LINK_SIZE];

    TRY(make_link(stage, url, person, link));
    (void)printf("  %s\n    %s\n", words, link);
    return OK;
}

static const struct {
    const char *person;
    const char *words;
} ROLES[] = {
    {"chair-1", "主持人 / chair"},
    {"officer-1", "工作人员 / officer"},
    {"officer-2", "另一名工作人员 / another officer"},
    {"scrutineer-1", "监票人 / scrutineer"},
    {"scrutineer-2", "另一名监票人 / another scrutineer"},
    {"trustee-1", "受托人 / trustee"},
};

struct result links_print(struct stage *stage, const char *url)
{
    char link[LINK_SIZE];

    TRY(make_link(stage, url, CAST_NEWCOMER, link));
    (void)printf(
        "\n西泠 Xiling  演示会议已就绪 / the demonstration is ready\n\n"
        "您是委员 member-15：打开下面的链接，设一个口令，签到，投票。\n"
        "You are member-15: open this link, choose a passphrase, sign in, vote.\n\n    %s\n\n",
        link);
    TRY(print_qr(link));
    (void)printf("\n其他角色 / other roles\n");
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
        TRY(print_role(stage, url, ROLES[i].person, ROLES[i].words));
    }
    (void)printf("\n任何人 / anybody\n"
                 "  第二部手机 / second device   %s/check.html\n"
                 "  会场大屏 / the wall          %s/wall.html?meeting=" STAGE_MEETING "\n"
                 "  表决结果 / result            %s/result.html?election=" STAGE_ELECTION "\n"
                 "  自己验证 / verify            %s/verify.html\n"
                 "  公开记录 / public log        %s/log.html\n"
                 "  命令行 / command line        build/release/xiling-audit verify %s\n\n",
                 url, url, url, url, url, url);
    (void)fflush(stdout);
    return OK;
}
