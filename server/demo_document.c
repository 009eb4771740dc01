#include "server/demo_document.h"

#include <stdio.h>

#include "server/sheet.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define LINE_SIZE    1024

/* A chapter of the criteria, as both kinds of report use it. */
struct chapter {
    const char *name;
    unsigned points;
    unsigned score;
    const char *strength;
    const char *gap;
    const char *seen; /* at the site */
};

static const struct chapter CHAPTERS[] = {
    {"领导", 110, 84,
     "高层领导每季度主持一次质量分析会，会议纪要、责任人和完成期限可以逐项追溯；使命、愿景和价值观"
     "在岗位说明书和新员工培训材料中有对应条款，抽查的六名员工均能说出与本岗位有关的内容。",
     "对治理层自身绩效的评价只有年度一次，评价结果与改进措施之间缺少书面的对应关系，建议把评价结果"
     "列入次年的领导班子改进清单，并由独立成员复核完成情况。",
     "评审组查阅了近两年的质量分析会纪要共八份，与总经理、质量负责人分别访谈四十分钟，并随机"
     "询问了六名一线员工。纪要中列出的二十三项措施有二十一项按期完成，两项延期的原因和新的"
     "期限都有记录。"},
    {"战略", 90, 66,
     "战略制定每年滚动一次，输入材料包括行业数据、顾客反馈和上年目标完成情况，形成的五项战略目标"
     "都有可以测量的指标，并分解到部门和季度。",
     "对关键假设的验证偏少，市场需求下降时的应对预案停留在原则层面；建议对两项投资最大的目标各做"
     "一次不利情景的推演，写明触发条件和调整顺序。",
     "评审组核对了战略目标分解表与各部门季度总结，抽查三个部门共十五项指标，十四项一致，一项因"
     "统计口径调整出现差异，现场已补充说明并由质量负责人签字。"},
    {"顾客与市场", 90, 70,
     "顾客按需求特点分为四类，分别设置了联系人和回访周期；投诉在两个工作日内给出答复，近三年投诉"
     "一次解决率由百分之八十六上升到百分之九十四。",
     "满意度调查的样本集中在长期顾客，流失顾客只做了电话询问，没有形成可以比较的数据；建议对流失"
     "顾客使用与在册顾客相同的问卷，并分开统计。",
     "评审组抽取投诉记录二十份，逐份核对受理时间、处理人、顾客确认和归档情况，二十份均完整；另致电"
     "五名顾客核实，所述与记录相符。"},
    {"资源", 130, 98,
     "人员培训按岗位能力矩阵安排，培训后一个月内由直接上级评价效果；关键设备建立了从采购到报废的"
     "档案，近三年非计划停机时间逐年下降。",
     "信息系统之间仍靠人工转录数据，转录环节没有复核记录；财务、人力和生产三方对同一数据的定义"
     "不完全一致，建议先统一定义，再考虑系统连接。",
     "评审组查看了能力矩阵和二十四份培训评价，走访两个班组；抽查关键设备档案六份，其中一份缺少"
     "最近一次校准证书的复印件，受评组织当日补齐，原件编号已核对。"},
    {"过程管理", 100, 75,
     "主要过程都有责任人、输入、输出和测量点，变更须经评审并保留前后对比；一线员工可以用便签提出"
     "改进，近一年采纳一百一十二条，采纳情况每月公布。",
     "支持过程的测量点明显少于主要过程，外包过程的检查只看结果、不看过程能力；建议把外包方的过程"
     "能力列入年度评价，并与付款条件相联系。",
     "评审组沿一个完整订单从接收走到交付，核对了十一个测量点的当日记录，记录时间与现场时钟相差"
     "均不超过三分钟；抽查的四个2025年改进项目中，数据引用清楚，但部分只有电子件。"},
    {"测量、分析与改进", 80, 59,
     "指标的定义、数据来源和计算方法集中在一份手册中，修改须经批准；每月的分析报告能够从数据追到"
     "结论，再从结论追到措施。",
     "与同行的比较只选取了两项指标，且比较对象规模较小；建议至少在交付准时率和能耗两项上选取水平"
     "更高的比较对象，说明差距和追赶的期限。",
     "评审组请受评组织当场重算三项指标，结果与报告一致；对一项异常波动，受评组织能够说明原因并出示"
     "当时的处理记录。"},
    {"结果", 400, 291,
     "质量、交付、顾客满意和员工四类结果近三年总体向好，十六项主要指标中有十三项连续改善；安全和"
     "环保方面没有发生需要上报的事件。",
     "财务结果的改善主要来自规模增长，单位产出的资源消耗下降不明显；社会责任方面的结果以投入为主，"
     "缺少对效果的测量。",
     "评审组将申报材料中的十六项指标逐项与原始凭证核对，十五项一致；一项四舍五入的方法不同，差异"
     "不影响结论，已在核对表中注明。"},
};

static struct result write(struct sheet *sheet, enum sheet_style style, const char *text)
{
    return sheet_write(sheet, style, bytes_of_string(text));
}

static struct result write_opening(struct sheet *sheet, const struct document_plan *plan)
{
    TRY(sheet_write(sheet, SHEET_TITLE, plan->title));
    TRY(write(sheet, SHEET_SUBTITLE, "演示文件：所列组织、人员和数据均为虚构"));
    TRY(write(sheet, SHEET_HEADING, "一、评审依据与方法"));
    TRY(write(sheet, SHEET_BODY,
              "本报告依据《西湖区政府质量奖管理办法》和本年度评审细则写成。评审组由不少于三名评审员"
              "组成，设组长一名；评审员在接触材料以前签署了保密承诺，并对本周期全部合格申报组织逐一"
              "声明了利益关系，有利益关系的不参加对该组织的评审。"));
    TRY(write(sheet, SHEET_BODY,
              "评分按七个类目进行，总分一千分。评审员先独立打分，再逐项讨论，取得一致后写入本报告；"
              "独立打分的记录与一致后的结果都予以保存。对类目的评价只写看到的事实和由此得出的判断，"
              "没有看到的不写。"));
    return OK;
}

static struct result write_closing(struct sheet *sheet, const char *heading)
{
    TRY(write(sheet, SHEET_HEADING, heading));
    TRY(write(
        sheet, SHEET_BODY,
        "本报告由评审组全体成员逐人签署。签署人可以同意，可以保留意见并说明理由，也可以不同意并"
        "说明理由；有人不同意的，报告不生效。签署针对的是本文件的全部字节，文件改动一个字节，"
        "签署即不再对应。"));
    TRY(write(
        sheet, SHEET_BODY,
        "受评组织对事实部分有异议的，应当在签署期限以前向评审组长书面提出；评审组核实后需要更正"
        "的，提交新的版本，旧版本随即作废，已经作出的签署不带入新版本。"));
    return write(sheet, SHEET_SMALL, "（以下无正文）");
}

/* --- a site report: every chapter of one organisation --- */

static struct result write_chapter(struct sheet *sheet, size_t place)
{
    static const char *const NUMERALS[] = {"一", "二", "三", "四", "五", "六", "七"};
    const struct chapter *chapter = &CHAPTERS[place];
    char line[LINE_SIZE];

    (void)snprintf(line, sizeof line, "（%s）%s（%u 分）", NUMERALS[place], chapter->name,
                   chapter->points);
    TRY(write(sheet, SHEET_HEADING, line));
    (void)snprintf(line, sizeof line, "查证：%s", chapter->seen);
    TRY(write(sheet, SHEET_BODY, line));
    (void)snprintf(line, sizeof line, "优势：%s", chapter->strength);
    TRY(write(sheet, SHEET_BODY, line));
    (void)snprintf(line, sizeof line, "改进空间：%s", chapter->gap);
    TRY(write(sheet, SHEET_BODY, line));
    (void)snprintf(line, sizeof line, "一致得分：%u 分。", chapter->score);
    return write(sheet, SHEET_BODY, line);
}

static struct result write_site(struct sheet *sheet, const struct document_plan *plan)
{
    unsigned total = 0;
    char line[LINE_SIZE];

    (void)snprintf(
        line, sizeof line,
        "受评组织：%s，统一社会信用代码 %s。评审组在现场工作两天，听取汇报一次，走访车间、"
        "库房和服务窗口七处，访谈二十六人，查阅文件和记录一百四十余份。",
        plan->bodies[0].name, plan->bodies[0].code);
    TRY(write(sheet, SHEET_HEADING, "二、现场评审概况"));
    TRY(write(sheet, SHEET_BODY, line));
    TRY(write(sheet, SHEET_HEADING, "三、分类目评价"));
    for (size_t i = 0; i < COUNT(CHAPTERS); i++) {
        TRY(write_chapter(sheet, i));
        total += CHAPTERS[i].score;
    }
    (void)snprintf(
        line, sizeof line,
        "七个类目合计 %u 分。评审组认为，受评组织的申报材料与现场情况总体相符，未发现弄虚"
        "作假；上列改进空间供受评组织自行安排。",
        total);
    TRY(write(sheet, SHEET_HEADING, "四、结论"));
    return write(sheet, SHEET_BODY, line);
}

/* --- a paper report: each organisation in turn --- */

static struct result write_body(struct sheet *sheet, const struct cast_body *body, size_t place)
{
    const struct chapter *strong = &CHAPTERS[place % COUNT(CHAPTERS)];
    const struct chapter *weak = &CHAPTERS[(place + 3) % COUNT(CHAPTERS)];
    char line[LINE_SIZE];

    TRY(write(sheet, SHEET_HEADING, body->name));
    (void)snprintf(
        line, sizeof line,
        "统一社会信用代码 %s。申报材料齐全，自评报告与证实性材料的页码对应清楚，资料评审中没有"
        "发现相互矛盾的数据。",
        body->code);
    TRY(write(sheet, SHEET_BODY, line));
    (void)snprintf(line, sizeof line, "突出的类目是“%s”。%s", strong->name, strong->strength);
    TRY(write(sheet, SHEET_BODY, line));
    (void)snprintf(line, sizeof line, "需要在现场查证的类目是“%s”。%s", weak->name, weak->gap);
    TRY(write(sheet, SHEET_BODY, line));
    (void)snprintf(line, sizeof line, "资料评审一致得分：%zu 分，建议进入现场评审。",
                   680 + place * 37 % 120);
    return write(sheet, SHEET_BODY, line);
}

static struct result write_paper(struct sheet *sheet, const struct document_plan *plan)
{
    char line[LINE_SIZE];

    (void)snprintf(
        line, sizeof line,
        "本组评审的申报组织共 %zu 家，申报材料均在规定期限内收到，并经资格审查合格。以下按"
        "登记次序逐家说明，不作排序。",
        plan->body_count);
    TRY(write(sheet, SHEET_HEADING, "二、资料评审概况"));
    TRY(write(sheet, SHEET_BODY, line));
    TRY(write(sheet, SHEET_HEADING, "三、逐家评价"));
    for (size_t i = 0; i < plan->body_count; i++) {
        TRY(write_body(sheet, &plan->bodies[i], i));
    }
    return OK;
}

static struct result compose(void *context, struct sheet *sheet)
{
    const struct document_plan *plan = context;

    TRY(write_opening(sheet, plan));
    TRY(plan->is_site ? write_site(sheet, plan) : write_paper(sheet, plan));
    return write_closing(sheet, plan->is_site ? "五、签署" : "四、签署");
}

struct result document_make(const struct document_plan *plan, struct buffer *out)
{
    const struct sheet_form form = {.title = plan->title,
                                    .office = LITERAL("西湖区政府质量奖（演示）"),
                                    .about = plan->title,
                                    .footer = LITERAL("演示文件，内容虚构"),
                                    .time = plan->time};
    struct document_plan content = *plan;

    return sheet_make(&form, compose, &content, out);
}
