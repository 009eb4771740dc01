#include "server/demo_cast.h"

#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "base/encoding.h"
#include "verifier/file.h"

#define SECRET_SIZE 32

const struct cast_person CAST[] = {
    {"officer-1", "何示例", "工作人员"},   {"officer-2", "吕示例", "工作人员"},
    {"chair-1", "沈示例", "主持人"},       {"scrutineer-1", "韩示例", "监票人"},
    {"scrutineer-2", "杨示例", "监票人"},  {"trustee-1", "朱示例", "受托人"},
    {"trustee-2", "秦示例", "受托人"},     {"trustee-3", "尤示例", "受托人"},
    {"member-01", "许示例甲", "委员"},     {"member-02", "许示例乙", "委员"},
    {"member-03", "施示例甲", "委员"},     {"member-04", "施示例乙", "委员"},
    {"member-05", "张示例甲", "委员"},     {"member-06", "张示例乙", "委员"},
    {"member-07", "孔示例甲", "委员"},     {"member-08", "孔示例乙", "委员"},
    {"member-09", "曹示例甲", "委员"},     {"member-10", "曹示例乙", "委员"},
    {"member-11", "严示例甲", "委员"},     {"member-12", "严示例乙", "委员"},
    {"member-13", "华示例甲", "委员"},     {"member-14", "华示例乙", "委员"},
    {CAST_NEWCOMER, "金示例", "委员"},     {"reviewer-1", "魏示例", "评审员"},
    {"reviewer-2", "陶示例", "评审员"},    {"reviewer-3", "姜示例", "评审员"},
    {"reviewer-4", "戚示例", "评审员"},    {"reviewer-5", "谢示例", "评审员"},
    {"reviewer-6", "邹示例", "评审员"},    {"reviewer-7", "喻示例", "评审员"},
    {"delegate-01", "柏示例", "组织代表"}, {"delegate-02", "水示例", "组织代表"},
    {"delegate-03", "窦示例", "组织代表"}, {"delegate-04", "章示例", "组织代表"},
    {"delegate-05", "云示例", "组织代表"}, {"delegate-06", "苏示例", "组织代表"},
    {"delegate-07", "潘示例", "组织代表"}, {"delegate-08", "葛示例", "组织代表"},
    {"delegate-09", "奚示例", "组织代表"}, {"delegate-10", "范示例", "组织代表"},
    {"delegate-11", "彭示例", "组织代表"}, {"delegate-12", "郎示例", "组织代表"},
    {"keeper-1", "鲁示例", "保管人"},      {"keeper-2", "韦示例", "保管人"},
    {"keeper-3", "昌示例", "保管人"},
};
const size_t CAST_COUNT = sizeof CAST / sizeof CAST[0];

const struct cast_body CAST_BODIES[] = {
    {"org-01", "西溪示例精密仪器有限公司", "91330106MA99X001XD", "delegate-01"},
    {"org-02", "云栖示例软件股份有限公司", "91330106MA99X0028D", "delegate-02"},
    {"org-03", "龙井示例茶业有限公司", "91330106MA99X00368", "delegate-03"},
    {"org-04", "古荡示例建设工程有限公司", "91330106MA99X00443", "delegate-04"},
    {"org-05", "留下示例环保科技有限公司", "91330106MA99X0052X", "delegate-05"},
    {"org-06", "三墩示例生物医药有限公司", "91330106MA99X0060Q", "delegate-06"},
    {"org-07", "转塘示例文化创意有限公司", "91330106MA99X0079M", "delegate-07"},
    {"org-08", "双浦示例农业科技有限公司", "91330106MA99X0087G", "delegate-08"},
    {"org-09", "蒋村示例物流有限公司", "91330106MA99X0095B", "delegate-09"},
    {"org-10", "北山示例酒店管理有限公司", "91330106MA99X01081", "delegate-10"},
    {"org-11", "西湖示例实验学校", "12330106MA99X01161", "delegate-11"},
    {"org-12", "西湖示例康复医院", "52330106MA99X0124P", "delegate-12"},
};
const size_t CAST_BODY_COUNT = sizeof CAST_BODIES / sizeof CAST_BODIES[0];

const struct cast_team CAST_TEAMS[] = {
    {"team-1", {"reviewer-1", CAST_INTERESTED, "reviewer-3"}, 0, 6},
    {"team-2", {CAST_LEADER, CAST_RESERVED, CAST_NEWCOMER_REVIEWER}, 6, 6},
};
const size_t CAST_TEAM_COUNT = sizeof CAST_TEAMS / sizeof CAST_TEAMS[0];

const struct cast_person *cast_member(size_t number)
{
    size_t i = 0;

    while (strcmp(CAST[i].role, "委员") != 0 || number > 0) {
        number -= strcmp(CAST[i].role, "委员") == 0;
        i++;
    }
    return &CAST[i];
}

struct result cast_file(const char *data, const char *person, const char *what,
                        struct cast_file *out)
{
    const int length = snprintf(out->path, sizeof out->path, "%s/demo/%s.%s", data, person, what);

    REQUIRE(length > 0 && (size_t)length < sizeof out->path, INVALID, "file.folder");
    return file_make_folders(out->path);
}

static struct result draw_code(const char *path, struct key_code *out)
{
    SECRET_BUFFER line = BUFFER_INIT;
    char shown[KEY_CODE_SIZE + 1];

    key_code_draw(out);
    key_code_print(out->bytes, shown);
    TRY(buffer_append_text(&line, shown));
    return file_write_secret(path, buffer_view(&line));
}

struct result cast_code(const char *data, const char *person, struct key_code *out)
{
    SECRET_BUFFER line = BUFFER_INIT;
    struct cast_file file;

    TRY(cast_file(data, person, "code", &file));
    const struct result result = file_read(file.path, &line);
    if (result.failure == NOT_FOUND) {
        return draw_code(file.path, out);
    }
    TRY(result);
    return key_code_read(buffer_view(&line), out->bytes);
}

struct result cast_device(const char *data, const char *person, struct bytes origin,
                          struct device *out)
{
    SECRET_CODE code;

    TRY(cast_code(data, person, &code));
    return device_make(&code, bytes_of_string(person), origin, out);
}

struct result cast_keep(const char *data, const char *person, const char *what, struct bytes secret)
{
    SECRET_BUFFER hex = BUFFER_INIT;
    struct cast_file file;

    TRY(cast_file(data, person, what, &file));
    TRY(hex_append(&hex, secret));
    return file_write_secret(file.path, buffer_view(&hex));
}

struct result cast_recall(const char *data, const char *person, const char *what,
                          uint8_t out[static 32])
{
    SECRET_BUFFER hex = BUFFER_INIT;
    struct cast_file file;

    TRY(cast_file(data, person, what, &file));
    TRY(file_read(file.path, &hex));
    return hex_decode(buffer_view(&hex), out, SECRET_SIZE);
}
