#include "server/bundle_readme.h"

#include <stdio.h>

#include "base/text.h"
#include "verifier/report_bundle.h"

#define LINE_SIZE 4096

static const char CHINESE[] =
    "\n"
    "怎样核对\n"
    "1. 文件是否完整：在本目录运行\n"
    "       sha256sum -c SHA256SUMS\n"
    "2. 谁签了什么：运行\n"
    "       xiling-audit report . --vkey <印发的公钥>\n"
    "   程序不联网，逐项说明：条目在册、每个签名、签的就是这份文件、签署情况。\n"
    "3. 此后有无变化：加上 --log <服务地址>，对照整部记录。\n"
    "公钥请用印发件上的；本目录的 log.vkey 只是副本，不能证明自己。\n"
    "\n"
    "各文件\n"
    "  document.*        报告原件，与签署时一字不差\n"
    "  statements/       每份陈述的签署原文与签名行；理由等隐去的内容只有散列\n"
    "  receipts/         每份陈述的回执：它在记录中的位置与证明\n"
    "  evidence.txt      上述全部条目在同一检查点下的证明，检查页和二维码用的也是它\n"
    "  log.vkey          记录公钥（副本）    witness.policy  见证政策（可为空）\n"
    "  signing-page.pdf, attestation.json    由以上内容生成，便于阅读和交换，本身不是证据；\n"
    "                    attestation.json 由服务签名，各人只签署陈述\n";

static const char ENGLISH[] =
    "\n"
    "How to check\n"
    "1. Whether the files are whole: in this folder run\n"
    "       sha256sum -c SHA256SUMS\n"
    "2. Who signed what: run\n"
    "       xiling-audit report . --vkey <the printed key>\n"
    "   It asks nobody, and says of each: in the log, the signature, on this very file, the "
    "state.\n"
    "3. What happened since: add --log <address of the service>, which reads the whole log.\n"
    "Take the key from print; log.vkey in this folder is a copy and proves nothing of itself.\n"
    "\n"
    "The files\n"
    "  document.*        the report, byte for byte as it was signed\n"
    "  statements/       what each person signed, and the signature lines; of what is hidden, such "
    "as a\n"
    "                    reason, only the hash\n"
    "  receipts/         the receipt of each: where it is in the log, with the proof\n"
    "  evidence.txt      all of these entries under one checkpoint, as the check page and the QR "
    "codes\n"
    "                    have it\n"
    "  log.vkey          the log's key (a copy)      witness.policy  witnesses (may be empty)\n"
    "  signing-page.pdf, attestation.json    made from the above, to read and to exchange; no\n"
    "                    evidence themselves. The service signs attestation.json, persons sign\n"
    "                    statements only\n";

struct result bundle_readme_write(const struct sign_off *sign_off,
                                  const struct report_evidence *evidence, struct buffer *out)
{
    char document[REPORT_BUNDLE_NAME_SIZE];
    char line[LINE_SIZE];

    report_bundle_name_document(sign_off->format, document);
    snprintf(line, sizeof line,
             "西泠 证据包 / evidence bundle\n\n"
             "%.*s 第 %llu 版 / version %llu\n%.*s《%.*s》\n%s\n"
             "记录共 %llu 条时 / as of a log of %llu entries\n",
             (int)sign_off->report.size, (const char *)sign_off->report.data,
             (unsigned long long)sign_off->version, (unsigned long long)sign_off->version,
             (int)sign_off->kind.size, (const char *)sign_off->kind.data, (int)sign_off->title.size,
             (const char *)sign_off->title.data, document, (unsigned long long)evidence->head.size,
             (unsigned long long)evidence->head.size);
    TRY(buffer_append_text(out, line));
    TRY(buffer_append_text(out, CHINESE));
    return buffer_append_text(out, ENGLISH);
}
