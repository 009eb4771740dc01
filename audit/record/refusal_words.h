/*
 * refusal_words.h - bases and advice that many rows of refusals share.
 */
#pragma once

#define BASIS_GRAMMAR                                                                  \
    {                                                                                  \
        "文书规则：只收规定的类型、字段、次序和字符。",                                \
            "Statement rules: only the types, fields, order and characters laid down." \
    }
#define BASIS_SIGNING                                                                              \
    {                                                                                              \
        "签署规则：由规定的人按次序各签一行，并须仍任其职。",                                      \
            "Signing rules: the persons laid down sign, one line each, in order, while they hold " \
            "the role."                                                                            \
    }
#define BASIS_LOG                                                                                \
    {                                                                                            \
        "公开记录只增不改，时间不倒退。", "The public log only grows, and time never goes back." \
    }
#define BASIS_PEOPLE                                                             \
    {                                                                            \
        "双人规则：登记、任职和撤销须两名工作人员确认。",                        \
            "Two-person rule: two officers confirm keys, roles and revocations." \
    }
#define BASIS_YEAR                                                                            \
    {                                                                                         \
        "第四条和第九条：一年一次，数额与程序由细则规定。",                                   \
            "Articles 4 and 9: once a year; numbers and procedure are in the detailed rules." \
    }
#define BASIS_MEETING                                                      \
    {                                                                      \
        "第二十条与会议规则。", "Article 20 and the rules of the meeting." \
    }
#define BASIS_DRAW                                                                               \
    {                                                                                            \
        "候选次序由抽签决定，谁也不能左右。", "The order is drawn, so that nobody can steer it." \
    }
#define BASIS_SHARED                                                    \
    {                                                                   \
        "共管钥匙规则：受托人的每一步都可以核对。",                     \
            "Shared-key rules: every step of a trustee can be checked." \
    }
#define BASIS_LIST                                                                          \
    {                                                                                       \
        "第二十条与表决清单：清单的每一行都由公开记录推出。",                               \
            "Article 20 and the ballot list: every line of it follows from the public log." \
    }
#define BASIS_BALLOT                                                  \
    {                                                                 \
        "第二十条与表决清单：一人一票。",                             \
            "Article 20 and the ballot list: one person, one ballot." \
    }
#define BASIS_BATCH                                                                               \
    {                                                                                             \
        "选票按批入册，批内按标签排序，次序不泄露谁先投。",                                       \
            "Ballots are recorded in batches, sorted by tag, so that the order tells nobody who " \
            "cast first."                                                                         \
    }
#define BASIS_PAPER                                                            \
    {                                                                          \
        "作废电子票不足 3 张时不用纸质票，以免露出个人的选择。",               \
            "Paper is used only for 3 or more, so that nobody's choice shows." \
    }
#define BASIS_TALLY                                                                          \
    {                                                                                        \
        "只开总数，人人可以重算。", "Only totals are opened, and anyone can recompute them." \
    }
#define BASIS_RUNOFF                                                                              \
    {                                                                                             \
        "第二十条与细则：并列的加投，仍并列的空缺，没有决定票。",                                 \
            "Article 20 and the detailed rules: a tie is run off, then stays vacant; no casting " \
            "vote."                                                                               \
    }
#define BASIS_CODE                                                 \
    {                                                              \
        "密钥码规则：26 个字符加 1 个校验字符。",                  \
            "Key-code rules: 26 characters and a check character." \
    }
#define BASIS_SEAL                                                            \
    {                                                                         \
        "密封文件的格式是固定的。", "The form of a sealed document is fixed." \
    }
#define BASIS_READ                                                                \
    {                                                                             \
        "查阅规则：公开的人人可看，其余须登录。",                                 \
            "Reading rules: what is public is for all, the rest needs a session." \
    }
#define BASIS_QUALIFIED                                                                    \
    {                                                                                      \
        "第十三条、第十七条：登记的组织，经资格审核确定合格名单。",                        \
            "Articles 13 and 17: registered organisations; the check fixes who qualifies." \
    }
#define BASIS_REVIEWER                                                                       \
    {                                                                                        \
        "第十二条：评审员逐家申报，有利益关系的回避。",                                      \
            "Article 12: reviewers declare for each organisation; a conflict rules one out." \
    }
#define BASIS_SECRECY                                                                       \
    {                                                                                       \
        "第二十九条：参与评审的人须保密。", "Article 29: whoever takes part keeps secrecy." \
    }
#define BASIS_TEAM                                                                    \
    {                                                                                 \
        "第十一条：3 名（含）以上，组长 1 名。", "Article 11: 3 or more, one leader." \
    }
#define BASIS_REPORT                                                                            \
    {                                                                                           \
        "第十八条、第十九条：全体成员（现场评审还有受评组织）签署同一份文件。",                 \
            "Articles 18 and 19: all of the team, and on site the organisation, sign one file." \
    }
#define BASIS_REFUSAL                                                                  \
    {                                                                                  \
        "第十九条与细则：拒签由组长和工作人员共同见证。",                              \
            "Article 19 and the detailed rules: leader and officer witness a refusal." \
    }
#define BASIS_NONE \
    {              \
        "", ""     \
    }

#define DO_RELOAD                                                      \
    {                                                                  \
        "请刷新本页，再签一次；已填的都在。",                          \
            "Reload this page and sign again; what you typed is kept." \
    }
#define DO_CORRECT                                         \
    {                                                      \
        "请改正后重新签署。", "Correct it and sign again." \
    }
#define DO_RIGHT                                                                              \
    {                                                                                         \
        "请由规定的人签署；要换人，先由两名工作人员办理任职。",                               \
            "Have the right person sign; to change who that is, two officers grant the role " \
            "first."                                                                          \
    }
#define DO_OFFICE                                   \
    {                                               \
        "请联系区评审办。", "Ask the Award Office." \
    }
#define DO_CHAIR                            \
    {                                       \
        "请告诉主持人。", "Tell the chair." \
    }
#define DO_DONE                                                                            \
    {                                                                                      \
        "不用再做；打开公开记录可以看到。", "Nothing more to do; the public log shows it." \
    }
#define DO_WAIT                                                      \
    {                                                                \
        "请等前一步完成；本页会自己继续。",                          \
            "Wait for the step before; this page goes on by itself." \
    }
#define DO_AGAIN                                                                  \
    {                                                                             \
        "请稍后再试；您没有提交任何东西。", "Try again later; nothing was filed." \
    }
#define DO_NEWCEREMONY                                                 \
    {                                                                  \
        "请另起一次共管钥匙仪式。", "Start a new shared-key ceremony." \
    }
#define DO_NEWROUND                                                 \
    {                                                               \
        "请由主持人和工作人员作废本轮，另开一轮。",                 \
            "Chair and officer cancel this round and open another." \
    }
#define DO_RECOMPUTE                                                                       \
    {                                                                                      \
        "请按公开记录重新算出后再签。", "Recompute it from the public log and sign again." \
    }
#define DO_AUDITOR                                              \
    {                                                           \
        "请停下，告诉监督人员。", "Stop, and tell the auditor." \
    }
#define DO_LOOK                                                                                 \
    {                                                                                           \
        "请核对编号；公开记录页上有全部编号。", "Check the id; the log page lists all of them." \
    }
#define DO_TYPE                                                                    \
    {                                                                              \
        "请对照纸面逐格重新输入。", "Type it again, cell by cell, from the paper." \
    }
#define DO_OPERATOR                                                                            \
    {                                                                                          \
        "请把时间和这条规则名告诉管理员。", "Tell the operator the time and this rule's name." \
    }
#define DO_CLOCK                                                                    \
    {                                                                               \
        "打开“自动设置时间”，再点一次。", "Turn on automatic time, then try again." \
    }
#define DO_PASSPHRASE                                                \
    {                                                                \
        "忘了口令：用密钥码重来，不影响已签的。",                    \
            "Forgotten: use the key code; earlier signatures stand." \
    }
#define DO_SECOND                                                                 \
    {                                                                             \
        "请另一名工作人员签另一行。", "Have another officer sign the other line." \
    }
#define DO_NEWPERSON                                                                             \
    {                                                                                            \
        "请用新的编号和新的密钥码重新邀请。", "Invite again under a new id with a new key code." \
    }
#define DO_OFFICER                                                            \
    {                                                                         \
        "请先让另一个人任工作人员。", "Make another person an officer first." \
    }
#define DO_REVIEWER                                                             \
    {                                                                           \
        "请换一名没有利益关系的评审员。", "Choose another, without a conflict." \
    }
#define DO_REVEAL                                            \
    {                                                        \
        "请公布封存的随机数。", "Reveal what was committed." \
    }
#define DO_SPLIT                                                                     \
    {                                                                                \
        "请减少候选单位，分成两次表决。", "Take fewer candidates, in two elections." \
    }
#define DO_NEWMEETING                               \
    {                                               \
        "请另行召开会议。", "Hold another meeting." \
    }
#define DO_REBALLOT                                                           \
    {                                                                         \
        "请刷新本页，换一张新票重投；投不出请叫监票人。",                     \
            "Reload and cast a new ballot; if that fails, call a scrutineer." \
    }
#define DO_FIRST                                                                 \
    {                                                                            \
        "打开第一张的回执核对；不是您投的，请立即叫监票人。",                    \
            "Check the first receipt; if it was not you, call a scrutineer now." \
    }
#define DO_MINUTES                                                                      \
    {                                                                                   \
        "如认为有误，请立即向主持人提出，会议纪要会写明。",                             \
            "If you think this is wrong, tell the chair now; it goes into the minutes." \
    }
#define DO_CHOICES                                                      \
    {                                                                   \
        "把多选的改为“不授奖”，其他选择都还在。",                       \
            "Set what is too much to “No award”; the rest is kept." \
    }
#define DO_COMPLAIN                                                                    \
    {                                                                                  \
        "请在本页投诉；仪式会停下，双方可各自证明。",                                  \
            "Complain on this page; the ceremony stops and both can prove their side." \
    }
#define BASIS_EVIDENCE                                       \
    {                                                        \
        "协议第 9 节：证据的每一行只有一种写法。",           \
            "Protocol section 9: evidence has one spelling." \
    }
#define DO_FETCH                                                                          \
    {                                                                                     \
        "请重新取得这份证据；若再次出现，请保存并告知审计人。",                           \
            "Fetch the evidence again; if it happens again, keep it and tell an auditor." \
    }
#define DO_SCAN                                                                             \
    {                                                                                       \
        "请把同一张签署页上的码逐个重新扫描。", "Scan the codes of one signing page again." \
    }
#define BASIS_NOTICE                                                                            \
    {                                                                                           \
        "第二十一条：初选名单公示 7 天；起止按细则和放假表计算。",                              \
            "Article 21: the list is shown for 7 days; start and end follow the rules and the " \
            "holiday table."                                                                    \
    }
#define BASIS_OBJECTION                                                                          \
    {                                                                                            \
        "第二十一条：任何单位和个人可以实名提出异议，并提供书面材料。",                          \
            "Article 21: any unit or person may object, by real name and with written material." \
    }
#define BASIS_CASE                                                                               \
    {                                                                                            \
        "第二十一条：异议由没有利益关系的承办人按期核实、答复。",                                \
            "Article 21: handlers without a conflict verify an objection and answer it in time." \
    }
#define BASIS_HEARING                                                                              \
    {                                                                                              \
        "第二十一条：认定异议成立之前，被异议的组织看得到遮去身份的摘要，并可陈述一次。",          \
            "Article 21: before an objection is upheld, the organisation reads a summary without " \
            "identities and may reply once."                                                       \
    }
#define BASIS_IDENTITY                                                                          \
    {                                                                                           \
        "身份保护：须两名保管人同时打开，每次打开异议人都看得到。",                             \
            "Protection of identity: two keepers open it together, and the objector sees each " \
            "opening."                                                                          \
    }
#define BASIS_FINAL                                                                              \
    {                                                                                            \
        "第二十二条：异议办结后确定名单；被异议的单位暂停，其他照常。",                          \
            "Article 22: the list is settled after objections; only the organisation concerned " \
            "is held back."                                                                      \
    }
