#include "server/plain_page.h"

#include "server/answer.h"
#include "server/words.h"

#define RETRY_SECONDS 30

/* No script at all; a form goes to this service and nowhere else. */
static const char POLICY[] = "default-src 'none'; style-src 'self'; img-src 'self'; "
                             "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

bool plain_is_english(const struct request *request)
{
    return bytes_is(request->language, "en");
}

void plain_language(struct html *html)
{
    html_raw(html, html->english ? "?lang=en" : "");
}

static void write_header(struct html *html, const char *title, const char *path)
{
    html_raw(html, "<header class=\"head\"><div class=\"head-row\">"
                   "<img class=\"logo\" src=\"/style/logo.svg\" alt=\"\">"
                   "<div class=\"head-name\"><b>");
    html_word(html, "name");
    html_raw(html, "</b><span>");
    html_word(html, title);
    html_raw(html, "</span></div>");
    if (path) {
        html_raw(html, html->english ? "<a class=\"tool other\" lang=\"zh\" href=\""
                                     : "<a class=\"tool other\" lang=\"en\" href=\"");
        html_string(html, path);
        html_raw(html, html->english ? "\">" : "?lang=en\">");
        html_word(html, "plain.language");
        html_raw(html, "</a>");
    }
    html_raw(html, "</div><div class=\"rule\" aria-hidden=\"true\"></div></header>");
}

void plain_begin(struct html *html, const char *title, const char *path)
{
    html_raw(html, "<!doctype html>\n");
    html_raw(html, html->english ? "<html lang=\"en\">" : "<html lang=\"zh-CN\">");
    html_raw(html, "<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\"><title>");
    html_word(html, title);
    html_raw(html, " · ");
    html_word(html, "name");
    html_raw(html, "</title><link rel=\"icon\" href=\"/style/logo.svg\" type=\"image/svg+xml\">"
                   "<link rel=\"stylesheet\" href=\"/style/tokens.css\">"
                   "<link rel=\"stylesheet\" href=\"/style/base.css\">"
                   "<link rel=\"stylesheet\" href=\"/style/components.css\">"
                   "<link rel=\"stylesheet\" href=\"/style/lists.css\">"
                   "<link rel=\"stylesheet\" href=\"/style/review.css\">"
                   "<link rel=\"stylesheet\" href=\"/style/objection.css\">"
                   "<link rel=\"stylesheet\" href=\"/style/print.css\"></head>\n<body>"
                   "<a class=\"skip\" href=\"#main\">");
    html_word(html, "head.skip");
    html_raw(html, "</a>");
    write_header(html, title, path);
    html_raw(html, "<main id=\"main\" class=\"main\" tabindex=\"-1\">\n");
}

void plain_end(struct html *html)
{
    html_raw(html, "\n</main><footer class=\"foot\"><p>");
    html_word(html, "foot.words");
    html_raw(html, "</p></footer></body></html>\n");
}

struct result plain_answer(struct html *html, unsigned status, struct response *response)
{
    TRY(html_end(html));
    response_take(response, "text/html; charset=utf-8", &html->out);
    response->secret = true;
    response->status = status;
    response->policy = POLICY;
    response->caching = CACHE_NEVER;
    return OK;
}

void plain_banner_begin(struct html *html, const char *kind, const char *word)
{
    html_raw(html, "<section class=\"banner ");
    html_raw(html, kind);
    html_raw(html, "\" role=\"status\"><h1 class=\"banner-word long\">");
    html_word(html, word);
    html_raw(html, "</h1><p>");
}

void plain_banner_end(struct html *html)
{
    html_raw(html, "</p></section>\n");
}

static void write_part(struct html *html, const char *label, const struct refusal_words *words,
                       const char *fallback)
{
    const char *const text = html->english ? words->en : words->zh;

    html_raw(html, "<dt>");
    html_word(html, label);
    html_raw(html, "</dt><dd>");
    html_string(html, text[0] ? text : fallback);
    html_raw(html, "</dd>");
}

void plain_refusal(struct html *html, const struct result *result, const char *advice)
{
    const struct refusal *const refusal = words_find(result->rule);

    html_raw(html, "<section class=\"refusal\" role=\"alert\"><h2 class=\"refusal-title\">");
    html_word(html, "refuse.title");
    html_raw(html, "</h2><dl>");
    write_part(html, "refuse.what", &refusal->what, "");
    write_part(html, "refuse.basis", &refusal->basis, refusal->article[0] ? refusal->article : "–");
    write_part(html, "refuse.do", &refusal->advice, "–");
    html_raw(html, "</dl>");
    if (advice) {
        html_raw(html, "<p>");
        html_word(html, advice);
        html_raw(html, "</p>");
    }
    html_raw(html, "</section>\n");
}

void plain_wait(struct html *html, unsigned seconds)
{
    AUTO_BUFFER number = BUFFER_INIT;

    html_note(html, buffer_append_decimal(&number, seconds));
    html_raw(html, "<p class=\"note wait\"><b>");
    HTML_FILL(html, "plain.wait", {"n", buffer_view(&number)});
    html_raw(html, "</b></p>\n");
}

void plain_problem(const struct request *request, const struct result *result, unsigned wait,
                   struct response *response)
{
    const unsigned status = answer_status(result);
    SECRET_HTML html = HTML_INIT(plain_is_english(request));

    response_reset(response);
    plain_begin(&html, "plain.title", 0);
    plain_refusal(&html, result, 0);
    if (wait > 0) {
        plain_wait(&html, wait);
    }
    html_raw(&html, "<a class=\"button\" href=\"/plain");
    plain_language(&html);
    html_raw(&html, "\">");
    html_word(&html, "plain.back");
    html_raw(&html, "</a>");
    plain_end(&html);
    if (!is_ok(plain_answer(&html, status, response))) {
        response_reset(response);
        response->status = 503;
    }
    response->rule = result->rule;
    response->retry_after = wait > 0 ? wait : status == 503 || status == 429 ? RETRY_SECONDS : 0;
}
