#include "server/grades.h"

#include "base/text.h"

/* A line is `等次：<grade> <weight> <name>`. */
struct bytes grade_name(struct bytes lines, uint64_t grade)
{
    static const char LABEL[] = "等次：";

    while (lines.size > 0) {
        struct bytes line = text_cut(&lines, '\n');
        uint64_t number;

        if (!bytes_starts_with(line, bytes_of_string(LABEL))) {
            continue;
        }
        line = bytes_slice(line, sizeof LABEL - 1, line.size - (sizeof LABEL - 1));
        if (is_ok(text_parse_number(text_cut(&line, ' '), &number)) && number == grade) {
            (void)text_cut(&line, ' ');
            return line;
        }
    }
    return bytes_of_string("");
}
