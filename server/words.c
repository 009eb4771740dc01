#include "server/words.h"

#include <string.h>

#include "server/words_lists.h"

#define NO_BASIS \
    {            \
        "", ""   \
    }

static const struct refusal ROWS[] = {
    /* --- requests --- */
    {"service.address",
     "",
     {"这里没有您要的内容。", "There is nothing at this address."},
     NO_BASIS,
     {"请从首页重新进入。", "Start again from the first page."}},
    {"service.method",
     "",
     {"这个地址不接受这种请求。", "This address does not take such a request."},
     NO_BASIS,
     {"请从首页重新进入。", "Start again from the first page."}},
    {"service.version",
     "",
     {"版本号应当是从 1 起的整数。", "A version is a whole number from 1."},
     NO_BASIS,
     {"请从报告页重新进入。", "Start again from the report's page."}},
    {"service.size",
     "",
     {"提交的内容超过了上限，没有收下。", "What was sent is too large; it was not taken."},
     {"一条文本连同签名不超过 65,535 字节。",
      "A text with its signatures has at most 65,535 bytes."},
     {"请减少内容后重新提交。", "Make it shorter and send it again."}},
    {"service.busy",
     "",
     {"此刻提交的人太多，没有收下。", "Too many are sending right now; it was not taken."},
     NO_BASIS,
     {"请几秒后用同一文本再交一次，不会重复。",
      "Send the same text again in some seconds; it counts once."}},
    {"service.rate",
     "",
     {"提交过于频繁，没有收下。", "Sent too often; it was not taken."},
     NO_BASIS,
     {"请一分钟后再试。", "Try again in a minute."}},
    {"service.storage",
     "",
     {"服务器无法写入存储，没有收下。",
      "The server cannot write to its storage; it was not taken."},
     {"没有落盘的内容不出具回执。", "No receipt is given for what is not stored durably."},
     {"请保留您的文本，稍后再交，并告知工作人员。",
      "Keep your text, send it later, and tell an officer."}},
    {"service.memory",
     "",
     {"服务器内存不足，没有收下。", "The server is short of memory; it was not taken."},
     NO_BASIS,
     {"请一分钟后再试。", "Try again in a minute."}},
    {"service.listen",
     "",
     {"无法在此端口监听。", "Cannot listen on this port."},
     NO_BASIS,
     {"请换一个端口，或停止占用它的程序。",
      "Take another port, or stop the program that uses it."}},
    {"envelope.form",
     "",
     {"提交的不是一个 JSON 对象。", "What was sent is not one JSON object."},
     NO_BASIS,
     {"请刷新页面后重试。", "Reload the page and try again."}},
    {"envelope.field",
     "",
     {"提交的内容缺少一项。", "What was sent lacks a field."},
     NO_BASIS,
     {"请刷新页面后重试。", "Reload the page and try again."}},
    {"envelope.broken",
     "",
     {"服务器无法写出答复。", "The server could not write its answer."},
     NO_BASIS,
     {"请告知工作人员。", "Tell an officer."}},
    {"qr.text",
     "",
     {"二维码的内容为空或过长。", "The QR code's text is empty or too long."},
     NO_BASIS,
     {"请缩短内容。", "Make the text shorter."}},
    {"qr.address",
     "",
     {"只为本服务自己的地址生成二维码。",
      "QR codes are made of this service's own addresses only."},
     NO_BASIS,
     {"请从本服务的页面复制地址。", "Copy the address from a page of this service."}},

    /* --- sessions and rights --- */
    {"session.none",
     "",
     {"您还没有登录，或登录已过期。", "You are not signed in, or no longer."},
     {"15 分钟不用、满 8 小时或密钥注销后，登录失效。",
      "A session ends after 15 idle minutes, after 8 hours, or with the keys."},
     {"请重新登录。投票、签字不需要登录。", "Sign in again. Voting and signing need no session."}},
    {"session.officer",
     "",
     {"只有工作人员可以查看。", "Only officers may read this."},
     NO_BASIS,
     {"请由工作人员登录后办理。", "Let an officer do it."}},
    {"session.challenge",
     "",
     {"登录口令已用过或已过期。", "The challenge was used or has expired."},
     {"口令只用一次，5 分钟内有效。", "A challenge is good once, for 5 minutes."},
     {"请再登录一次。", "Sign in once more."}},
    {"session.type",
     "",
     {"这不是登录文本。", "This text does not open a session."},
     NO_BASIS,
     {"请从登录页重试。", "Try again from the sign-in page."}},
    {"invite.token",
     "",
     {"邀请码无效、已用过或已过期。", "The invitation's token is unknown, used or expired."},
     {"邀请码只用一次，72 小时内有效。", "A token is good once, for 72 hours."},
     {"请向工作人员索取新的邀请。", "Ask an officer for a new invitation."}},
    {"invite.type",
     "",
     {"这不是邀请文本。", "This text is not an invitation."},
     NO_BASIS,
     {"请从人员页重试。", "Try again from the people page."}},

    /* --- keys, folder, start --- */
    {"identity.genesis",
     "",
     {"创世文本的日志名或公钥不是本服务的。", "The genesis names another origin or other keys."},
     {"日志的第一条写明本服务的日志名和公钥。", "Entry 0 names this service's origin and keys."},
     {"请核对数据目录和密钥文件。", "Compare the data folder with its key files."}},
    {"identity.missing",
     "",
     {"找不到密钥文件。", "A key file is missing."},
     NO_BASIS,
     {"请先运行 xiling init。", "Run xiling init first."}},
    {"identity.mode",
     "",
     {"密钥文件可以被他人读取，服务不启动。",
      "Others can read a key file; the service does not start."},
     NO_BASIS,
     {"请执行 chmod 600。", "Run chmod 600 on it."}},
    {"identity.form",
     "",
     {"密钥文件的格式不对。", "A key file is not in the right form."},
     NO_BASIS,
     {"请从保管处恢复原文件。", "Restore the file from safekeeping."}},
    {"config.option",
     "",
     {"不认识的选项或值。", "An unknown option or value."},
     NO_BASIS,
     {"请运行 xiling 查看用法。", "Run xiling to see its usage."}},
    {"config.threads",
     "",
     {"线程数至少为 2。", "There must be at least 2 threads."},
     NO_BASIS,
     {"请改用 2 或更大的数。", "Use 2 or more."}},
    {"config.host",
     "",
     {"找不到监听地址。", "The address to listen on is not known."},
     NO_BASIS,
     {"请改用 127.0.0.1 之类的地址。", "Use an address such as 127.0.0.1."}},
    {"config.origin",
     "",
     {"日志名缺失，或与密钥文件不符。", "The origin is missing or is not that of the key file."},
     NO_BASIS,
     {"请用 --origin 写明。", "Name it with --origin."}},
    {"config.data",
     "",
     {"数据目录无法使用。", "The data folder cannot be used."},
     NO_BASIS,
     {"请检查路径和权限。", "Check its path and permissions."}},
    {"config.web",
     "",
     {"找不到页面目录。", "The folder of the pages is missing."},
     NO_BASIS,
     {"请用 --web 写明。", "Name it with --web."}},
    {"config.witnesses",
     "",
     {"找不到见证人文件。", "The file of the witnesses is missing."},
     NO_BASIS,
     {"请用 --witnesses 写明。", "Name it with --witnesses."}},
    {"config.exists",
     "",
     {"已经存在，不会覆盖。", "It exists already and is not overwritten."},
     NO_BASIS,
     {"请换一个目录或文件名。", "Choose another folder or name."}},
    {"config.output",
     "",
     {"没有写明备份文件。", "The file of the backup is not named."},
     NO_BASIS,
     {"请用 --output 写明。", "Name it with --output."}},
    {"database.missing",
     "",
     {"找不到数据库。", "The database is missing."},
     NO_BASIS,
     {"请核对数据目录。", "Check the data folder."}},
    {"log.broken",
     "",
     {"日志的一条与其树不符，服务不启动。", "An entry of the log does not fit its tree; no start."},
     {"启动时重算全部日志。", "The whole log is recomputed at every start."},
     {"请从备份恢复，并保留损坏的文件。", "Restore a backup, and keep the broken files."}},
    {"log.rollback",
     "",
     {"日志比已签名的检查点短，服务不启动。", "The log is shorter than what was signed; no start."},
     {"已公布的内容不能消失。", "What was published cannot disappear."},
     {"请恢复更新的备份。", "Restore a later backup."}},
    {"log.fork",
     "",
     {"日志与已签名的检查点不同，服务不启动。",
      "The log is not the one that was signed; no start."},
     {"已公布的内容不能改变。", "What was published cannot change."},
     {"请保留全部文件，并告知审核人。", "Keep all files and tell the auditors."}},
    {"log.checkpoint",
     "",
     {"日志不再延续已签名的检查点，停止写入。",
      "The log no longer continues what was signed; nothing is written."},
     {"不一致的检查点绝不签名。", "A checkpoint that is not consistent is never signed."},
     {"请告知工作人员；已有回执仍然有效。", "Tell an officer; receipts given so far stay good."}},
    {"log.tile",
     "",
     {"日志还没有这一块。", "The log has no such tile yet."},
     NO_BASIS,
     {"请先读取检查点。", "Read the checkpoint first."}},
    {"hidden.opening",
     "",
     {"这个明文打不开那个隐藏字段。", "This does not open that hidden field."},
     NO_BASIS,
     {"请核对文本、字段和明文。", "Compare the text, the field and the value."}},
};

const struct refusal_list SERVICE_WORDS = {ROWS, sizeof ROWS / sizeof ROWS[0]};

static const struct refusal_list *const LISTS[] = {&SERVICE_WORDS, &DOCUMENT_WORDS};

#define LIST_COUNT (sizeof LISTS / sizeof LISTS[0])

size_t words_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < LIST_COUNT; i++) {
        count += LISTS[i]->count;
    }
    return count;
}

const struct refusal *words_at(size_t index)
{
    size_t list = 0;

    while (index >= LISTS[list]->count) {
        index -= LISTS[list]->count;
        list++;
    }
    return &LISTS[list]->rows[index];
}

const struct refusal *words_find(const char *rule)
{
    for (size_t i = 0; rule && i < words_count(); i++) {
        if (strcmp(rule, words_at(i)->rule) == 0) {
            return words_at(i);
        }
    }
    return refusal_find(rule);
}
