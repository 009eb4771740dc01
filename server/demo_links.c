#include "server/demo_links.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "base/secret.h"
#include "server/demo_objection.h"
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

struct link_role {
    const char *person;
    const char *words;
    bool drawn; /* as a QR code too */
};

static const struct link_role ROLES[] = {
    {CAST_LEADER, "评审组长 / leader of a review team", true},
    {CAST_DELEGATE, "组织代表 / an organisation's representative", true},
    {"chair-1", "主持人 / chair", false},
    {"officer-1", "工作人员，承办异议 / officer, handles objections", false},
    {"officer-2", "另一名工作人员 / another officer", false},
    {"scrutineer-1", "监票人 / scrutineer", false},
    {"scrutineer-2", "另一名监票人 / another scrutineer", false},
    {"trustee-1", "受托人 / trustee", false},
    {"keeper-1", "身份保管人 / keeper of identities", false},
    {"keeper-2", "另一名保管人 / another keeper", false},
};

static struct result print_role(struct stage *stage, const char *url, const struct link_role *role)
{
    char link[LINK_SIZE];

    TRY(make_link(stage, url, role->person, link));
    (void)printf("  %s\n    %s\n", role->words, link);
    return role->drawn ? print_qr(link) : OK;
}

static struct result print_newcomer(struct stage *stage, const char *url, const char *person,
                                    const char *words)
{
    char link[LINK_SIZE];

    TRY(make_link(stage, url, person, link));
    (void)printf("\n%s\n\n    %s\n\n", words, link);
    return print_qr(link);
}

/* The leader's and the representative's are drawn too: both sign on a phone. */
static struct result print_roles(struct stage *stage, const char *url)
{
    (void)printf("\n其他角色 / other roles\n");
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
        TRY(print_role(stage, url, &ROLES[i]));
    }
    return OK;
}

#define GROUP_SIZE 3

/* As the receipt shows it: nine groups of three. */
static void print_code(const struct key_code *code)
{
    char shown[KEY_CODE_SIZE + 1];
    size_t printed = 0;

    key_code_print(code->bytes, shown);
    for (size_t i = 0; shown[i] != 0; i++) {
        if (shown[i] != '-') {
            (void)printf(printed > 0 && printed % GROUP_SIZE == 0 ? " %c" : "%c", shown[i]);
            printed++;
        }
    }
    secret_wipe(shown, sizeof shown);
}

/* The code goes by no address, ever: it is printed to be typed. */
static struct result print_notice(struct stage *stage, const char *url)
{
    SECRET_CODE code;
    char link[LINK_SIZE];

    TRY(cast_code(stage->data, OBJECTORS[0].id, &code));
    (void)snprintf(link, LINK_SIZE, "%s/notice.html#%s", url, SITTING_BEFORE.notice);
    (void)printf("\n公示异议：2025年度的名单正在公示，已有两件异议。打开公示页，实名提出一件。\n"
                 "The notice of 2025 is open, with two objections: open it, file one of yours.\n\n"
                 "    %s\n\n",
                 link);
    TRY(print_qr(link));
    (void)printf("  提出异议 / object            %s/object.html#%s\n"
                 "  查进度 / follow a case       %s/status.html\n"
                 "  一件异议的查询码 / its code  ",
                 url, SITTING_BEFORE.notice, url);
    print_code(&code);
    (void)printf(
        "\n  承办 / handle it             officer-1, officer-2   %s/cases.html\n"
        "  打开身份 / open an identity  keeper-1, keeper-2     （链接见上 / links above）\n",
        url);
    return OK;
}

static void print_addresses(const char *url)
{
    (void)printf("\n任何人 / anybody\n"
                 "  第二部手机 / second device   %s/check.html\n"
                 "  会场大屏 / the wall          %s/wall.html?meeting=%s\n"
                 "  表决结果 / result            %s/result.html?election=%s\n"
                 "  全部公示 / all notices       %s/notice.html\n"
                 "  报告进度 / reports           %s/reports.html\n"
                 "  核对报告 / check a report    %s/report-check.html\n"
                 "  自己验证 / verify            %s/verify.html\n"
                 "  公开记录 / public log        %s/log.html\n"
                 "  命令行 / command line        build/release/xiling-audit verify %s\n\n",
                 url, url, SITTING_NOW.meeting, url, SITTING_NOW.election, url, url, url, url, url,
                 url);
}

struct result links_print(struct stage *stage, const char *url)
{
    (void)printf("\n西泠 Xiling  演示已就绪 / the demonstration is ready\n");
    TRY(print_newcomer(stage, url, CAST_NEWCOMER,
                       "您是委员 member-15：打开下面的链接，设一个口令，签到，投票。\n"
                       "You are member-15: open this link, choose a passphrase, sign in, vote."));
    TRY(print_newcomer(stage, url, CAST_NEWCOMER_REVIEWER,
                       "您也是评审员 reviewer-6：打开下面的链接，读一份现场评审报告，签署。\n"
                       "You are also reviewer-6: open this link, read a site report, sign it."));
    TRY(print_roles(stage, url));
    TRY(print_notice(stage, url));
    print_addresses(url);
    (void)fflush(stdout);
    return OK;
}
