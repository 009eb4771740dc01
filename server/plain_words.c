#include "server/plain_words.h"

#include <string.h>

#include "server/plain_words_lists.h"

static const struct plain_words ROWS[] = {
    /* --- as web/i18n says it --- */
    {"name", "西泠", "Xiling"},
    {"head.skip", "跳到正文", "Skip to the content"},
    {"foot.words", "每一步都记入公开记录，人人可以自己验证。",
     "Every step enters the public log; anybody can verify it."},
    {"do.home", "回到待办", "Back to my tasks"},
    {"time.over", "已到时", "time is up"},
    {"time.seconds", "还剩 {n} 秒", "{n} s left"},
    {"time.minutes", "还剩 {n} 分", "{n} min left"},
    {"time.hours", "还剩 {h} 小时 {n} 分", "{h} h {n} min left"},
    {"time.days", "还剩 {d} 天 {h} 小时", "{d} d {h} h left"},
    {"time.server", "服务器时间 {t}", "Server time {t}"},
    {"refuse.title", "没有办成", "Not done"},
    {"refuse.what", "发生了什么", "What happened"},
    {"refuse.basis", "依据", "Rule"},
    {"refuse.do", "现在怎么办", "What to do now"},
    {"grade.质量奖", "质量奖", "Quality"},
    {"notice.id", "公示 {id}", "Notice {id}"},
    {"notice.none", "现在没有公示", "There is no notice"},
    {"notice.none.body", "区评委会表决之后，名单会在这里公示 7 天（第二十一条）。",
     "After the committee's vote the list stands here for 7 days (Article 21)."},
    {"notice.read", "看这份名单", "Read this list"},
    {"notice.all", "公示名单", "Public notices"},
    {"notice.order", "同一等次内按抽签顺序排列，不分先后。",
     "Inside a grade the order is the drawn one and means nothing."},
    {"notice.open.body", "公示从 {from} 开始，到 {to} 24:00 止。",
     "The notice runs from {from} to the end of {to}."},
    {"notice.head", "初选名单公示", "Notice of the preliminary list"},
    {"notice.settled", "名单已确定", "Settled"},
    {"notice.settled.body", "公示期满，名单已报区政府审定（第二十二条）。",
     "The notice is over and the list has gone to the District Government (Article 22)."},
    {"notice.removed", "异议成立，已移出（第 {n} 号）", "Removed after an objection (entry {n})"},
    {"notice.count", "{n} 家", "{n}"},
    {"obj.title", "公示异议", "Objection"},
    {"obj.free", "本服务不收任何费用（第五条）。不会让您付款或登录微信。",
     "This service is free of charge (Article 5). It never asks you to pay or to log in to "
     "WeChat."},
    {"obj.start",
     "任何单位或者个人都可以实名提出异议（第二十一条）。约 5 分钟。不收费，不需要登录微信。",
     "Any unit or person may object under their real name (Article 21). About 5 minutes, free of "
     "charge, no WeChat login."},
    {"obj.notice", "看公示", "The notice"},
    {"obj.early.word", "还没有开始", "Not begun"},
    {"obj.early.body", "公示从 {t} 开始，此后才能提出异议。",
     "The notice begins {t}; objections are possible from then on."},
    {"obj.over", "公示已于 {t} 截止。仍可提交，按一般反映处理；回执会写“逾期”。",
     "The notice ended {t}. You may still file as a general report; the receipt says late."},
    {"obj.term.before", "公示到 ", "The notice stands until "},
    {"obj.term.after", " 止，", ", "},
    {"obj.noreader.what", "所有承办人都与这家单位有利益关系，没有人能读您的异议。",
     "Every handler has an interest in this organisation; nobody could read your objection."},
    {"obj.noreader.basis", "第十二条：有利益关系的应当回避。",
     "Article 12: whoever has an interest stands aside."},
    {"obj.noreader.do", "请当面或邮寄提交书面材料，区评审办会另派人承办。",
     "File it on paper, in person or by post; the office will name somebody else."},
    {"obj.subject.head", "您对哪一家有异议？", "Whom do you object to?"},
    {"obj.subject", "异议对象", "Organisation"},
    {"obj.subject.none", "请选一家", "Choose one"},
    {"obj.code4", "（信用代码尾号 {code}）", "(code ends in {code})"},
    {"obj.ground.head", "为什么？", "Why?"},
    {"obj.ground", "理由", "Ground"},
    {"obj.ground.none", "请选一个理由", "Choose a ground"},
    {"obj.ground.申报材料不实", "申报材料不实", "The application is untrue"},
    {"obj.ground.三年内违法违规", "三年内有违法违规", "Breaches of law within three years"},
    {"obj.ground.质量安全环保事故", "质量、安全、环保等事故",
     "Accidents of quality, safety or environment"},
    {"obj.ground.评审程序", "评审程序有问题", "The review procedure"},
    {"obj.ground.其他", "其他", "Other"},
    {"obj.request", "您的请求", "What you ask for"},
    {"obj.request.hint", "例如：请核实，不予授奖。",
     "For example: please verify, and do not grant the award."},
    {"obj.request.none", "请写明您的请求", "Say what you ask for"},
    {"obj.facts.head", "发生了什么？", "What happened?"},
    {"obj.facts", "事实经过", "Facts"},
    {"obj.facts.hint", "写清时间、地点、什么事、您怎么知道的。",
     "When, where, what, and how you know."},
    {"obj.facts.none", "请写明事实（第二十一条：书面提出）",
     "Write down the facts (Article 21: in writing)"},
    {"obj.files", "证明材料", "Material"},
    {"obj.file.hint", "PDF、照片（JPEG、PNG）或文本，单个不超过 20 MB，最多 {n} 个。",
     "PDF, photographs (JPEG, PNG) or text, up to 20 MB each, at most {n}."},
    {"obj.file.add", "加一个文件", "Add a file"},
    {"obj.file.many", "没有收下：最多 {n} 个文件。", "Not taken: at most {n} files."},
    {"obj.file.empty", "没有收下：“{name}”是空的。", "Not taken: “{name}” is empty."},
    {"obj.file.large", "没有收下：“{name}”有 {size}，单个不超过 20 MB。",
     "Not taken: “{name}” has {size}; 20 MB is the most."},
    {"obj.file.together", "没有收下：加上“{name}”就超过合计 50 MB。",
     "Not taken: with “{name}” all would be more than 50 MB."},
    {"obj.file.office",
     "没有收下“{name}”：不接收 Word、压缩包（可能含宏）。请另存为 PDF 再加进来。",
     "“{name}” was not taken: no Word files or archives (they may hold macros). Save it as PDF and "
     "add that."},
    {"obj.file.format", "没有收下“{name}”：只收 PDF、JPEG、PNG 和 UTF-8 文本。",
     "“{name}” was not taken: only PDF, JPEG, PNG and UTF-8 text are."},
    {"obj.id.head", "您是谁？", "Who are you?"},
    {"obj.id.kind", "以什么名义提出", "You file as"},
    {"obj.id.kind.none", "请选个人或者单位", "Choose a person or a unit"},
    {"obj.id.person", "个人", "a person"},
    {"obj.id.unit", "单位", "a unit"},
    {"obj.id.name", "姓名", "Name"},
    {"obj.id.unit.name", "单位名称", "Name of the unit"},
    {"obj.id.uscc", "统一社会信用代码", "Unified Social Credit Code"},
    {"obj.id.uscc.hint", "18 位，在营业执照上。", "18 characters, on the business licence."},
    {"obj.id.legal", "法定代表人", "Legal representative"},
    {"obj.id.agent", "代理人（经办人）", "Agent"},
    {"obj.id.agent.hint", "本人办理就写法定代表人。", "The legal representative, if in person."},
    {"obj.id.seal", "盖章的授权书", "Sealed authorisation"},
    {"obj.id.type", "证件类型", "Document"},
    {"obj.id.居民身份证", "居民身份证", "Resident identity card"},
    {"obj.id.港澳台居民居住证", "港澳台居民居住证",
     "Residence permit for Hong Kong, Macao and Taiwan"},
    {"obj.id.港澳居民来往内地通行证", "港澳居民来往内地通行证",
     "Mainland travel permit, Hong Kong and Macao"},
    {"obj.id.台湾居民来往大陆通行证", "台湾居民来往大陆通行证", "Mainland travel permit, Taiwan"},
    {"obj.id.外国人永久居留身份证", "外国人永久居留身份证", "Foreign permanent resident card"},
    {"obj.id.护照", "护照", "Passport"},
    {"obj.id.number", "证件号码", "Number of the document"},
    {"obj.id.number.hint", "只核对写得对不对，不联网查询。",
     "Only checked for slips; nothing is looked up."},
    {"obj.id.phone", "电话", "Telephone"},
    {"obj.id.phone.hint", "受理前会打电话核实是您本人。",
     "Before the objection is accepted you are called."},
    {"obj.id.disclosure", "必要时可以告知被异议单位您的身份吗",
     "May the organisation be told who you are, if need be"},
    {"obj.id.disclosure.no", "不同意（一般选这个）", "No (as most choose)"},
    {"obj.id.disclosure.yes", "同意", "Yes"},
    {"obj.id.disclosure.none", "请选一个", "Choose one"},
    {"obj.identity.name", "请写真实姓名（第二十一条：应当以实名形式提出）",
     "Give your real name (Article 21)"},
    {"obj.identity.unit", "请写单位全称", "Give the unit's full name"},
    {"obj.identity.uscc", "信用代码不对：18 位，最后一位是校验码，请对照营业执照",
     "The code is wrong: 18 characters, the last a check; compare the licence"},
    {"obj.identity.seal", "请附盖章的授权书或证明", "Add the sealed authorisation"},
    {"obj.identity.resident", "身份证号码不对：应是 18 位，末位可以是 X",
     "Not a resident number: 18 digits, the last may be X"},
    {"obj.identity.resident_old", "15 位的旧号码已停用，请填现在的 18 位号码",
     "15-digit numbers are no longer valid; give the 18-digit one"},
    {"obj.identity.date", "号码里的出生日期不存在，请再看一遍",
     "The date of birth in it does not exist; look again"},
    {"obj.identity.check", "号码的校验位不对，有一位写错了，请再看一遍",
     "Its check digit is wrong: one digit is mistyped"},
    {"obj.identity.permit", "居住证号码不对：18 位，以 810000、820000 或 830000 开头",
     "Not a permit number: 18 characters, beginning 810000, 820000 or 830000"},
    {"obj.identity.foreign", "号码不对：新卡 18 位、以 9 开头；旧卡 15 位",
     "Not a number of this card: 18 characters beginning with 9, or 15 on old ones"},
    {"obj.identity.hongkong", "号码不对：H 或 M 加 8 位数字",
     "Not a number of this permit: H or M and 8 digits"},
    {"obj.identity.taiwan", "号码不对：8 位数字", "Not a number of this permit: 8 digits"},
    {"obj.identity.passport", "护照号码不对：5 至 17 位字母和数字",
     "Not a passport number: 5 to 17 letters and digits"},
    {"obj.identity.type", "请选证件类型", "Choose the document"},
    {"obj.identity.phone", "电话号码不对。手机 11 位；座机带区号；境外号码以 + 开头",
     "Not a telephone number. Mobile: 11 digits; landline: with area code; abroad: beginning with "
     "+"},
    {"obj.promise", "我对所提交内容的真实性负责。", "I answer for the truth of what I submit."},
    {"obj.promise.none", "请先勾选这一项", "Tick this first"},
    {"obj.button", "实名提交异议", "File the objection under my name"},

    /* --- what is different without scripts --- */
    {"plain.language", "English", "中文"},
    {"plain.title", "异议（不用脚本）", "Objection (without scripts)"},
    {"plain.all", "公示名单（不用脚本）", "Public notices (without scripts)"},
    {"plain.here", "填写异议", "Write the objection"},
    {"plain.different", "这个页面不用脚本，有这些不同",
     "This page works without scripts. What is different:"},
    {"plain.different.seal", "您的浏览器没有密封功能。材料由服务器收到后立即密封，回执会写明。",
     "Your browser cannot seal. The server seals it on arrival, and the receipt says so."},
    {"plain.different.seen",
     "密封之前，服务器在内存里读得到您写的全部内容和您的身份；不写入文件，不记入日志，密封后即抹去"
     "。",
     "Until it is sealed the server can read all you write and who you are, in its memory; it is "
     "written to no file and no journal and wiped once sealed."},
    {"plain.different.kept", "离开本页，填的内容就没有了；本机和服务器都不保存。",
     "Leave this page and what you typed is gone: neither this device nor the server keeps it."},
    {"plain.different.upload", "文件要一次传完，断网不能接着传。",
     "Files are sent in one go; a lost connection cannot be resumed."},
    {"plain.different.photo", "照片里的拍摄地点和手机型号不会清除，会随原件一起密封。",
     "Place and model of the phone in photographs are not cleaned; they are sealed with the "
     "original."},
    {"plain.different.other", "换一部能用脚本的手机或电脑，就在您自己的设备上密封。",
     "A phone or computer with scripts seals it on your own device."},
    {"plain.list", "公示的名单", "The list"},
    {"plain.faults", "没有提交：有 {n} 处要改。", "Not filed: {n} to be corrected."},
    {"plain.faults.basis", "每一处下面写明了为什么。", "Each says why, below."},
    {"plain.faults.do", "请改好后再提交一次。填的字都在；文件要重新选。",
     "Correct them and file again. Everything typed is still there; files have to be chosen "
     "again."},
    {"plain.refused.do", "填的字都在；文件要重新选。",
     "Everything typed is still there; files have to be chosen again."},
    {"plain.files.again", "文件要重新选。", "Files have to be chosen again."},
    {"plain.files.hint",
     "PDF、照片（JPEG、PNG）或 UTF-8 文本，单个不超过 20 MB，最多 {n} 个，全部文件合计不超过 50 "
     "MB。",
     "PDF, photographs (JPEG, PNG) or UTF-8 text, up to 20 MB each, at most {n}, all files "
     "together up to 50 MB."},
    {"plain.files.more", "从别处再选", "Choose more from elsewhere"},
    {"plain.seal.hint",
     "只有单位要填：盖单位印章的授权书或证明，照片或 PDF，最多 2 个。与身份一起密封。",
     "Units only: an authorisation under the unit's seal, photograph or PDF, at most 2. It is "
     "sealed with your identity."},
    {"plain.person", "个人填这里", "If a person"},
    {"plain.unit", "单位填这里", "If a unit"},
    {"plain.both", "个人、单位的代理人都要填", "Person, or the unit's agent"},
    {"plain.choose", "请选择", "choose"},
    {"plain.long", "太长了：最多 {n} 字", "Too long: at most {n} characters"},
    {"plain.utf8", "这里有读不出来的字符，请重写",
     "Some characters here cannot be read; write them again"},
    {"plain.promise.legend", "承诺", "Declaration"},
    {"plain.back", "看全部公示", "All notices"},
    {"plain.faults.first", "去第一处", "Go to the first"},
    {"plain.sealed",
     "身份单独密封（由服务在收到时密封）。须两名保管人同时打开才读得到，每次打开您都看得到；被异议"
     "的单位看不到。",
     "Your identity is sealed apart, by the service on arrival. Two keepers must open it together, "
     "and you see each time they do. The organisation never sees it."},
    {"plain.noreader",
     "所有承办人都与这家单位有利益关系，没有人能读您的异议。请当面或邮寄提交书面材料，区评审办会另"
     "派人承办（第十二条）。",
     "Every handler has an interest in this organisation; nobody could read your objection. File "
     "it on paper; the office will name somebody else (Article 12)."},
    {"plain.sealed.large",
     "文件太多或太大：密封以后合计超过 128 MB。请少选几个，其余的补交或当面交。",
     "Too many or too large: sealed, they are more than 128 MB. Choose fewer; bring the rest later "
     "or in person."},
    {"plain.wait", "请 {n} 秒后再交一次。", "Send it again in {n} seconds."},
};

static const struct plain_words_list FORM_WORDS = {ROWS, sizeof ROWS / sizeof ROWS[0]};

static const struct plain_words_list *const LISTS[] = {&FORM_WORDS, &STATUS_WORDS};

#define LIST_COUNT (sizeof LISTS / sizeof LISTS[0])

size_t plain_words_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < LIST_COUNT; i++) {
        count += LISTS[i]->count;
    }
    return count;
}

const struct plain_words *plain_words_at(size_t index)
{
    size_t list = 0;

    while (index >= LISTS[list]->count) {
        index -= LISTS[list]->count;
        list++;
    }
    return &LISTS[list]->rows[index];
}

const struct plain_words *plain_words_find(const char *key)
{
    for (size_t i = 0; i < plain_words_count(); i++) {
        if (strcmp(plain_words_at(i)->key, key) == 0) {
            return plain_words_at(i);
        }
    }
    return 0;
}
