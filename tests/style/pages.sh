#!/usr/bin/env bash
# What pages never do: markup from strings, inline style or script, colours outside the tokens,
# and words that visual.md rules out.
. tests/style/frame.sh

pages=('web/*.html' 'web/*.js' 'web/*.mjs')
# Where words for people stand.
worded=('web/*.html' 'web/*.js' 'web/*.mjs' 'audit/*.c' 'server/*.c')

check() {
    seek '\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write)\b' \
        "markup from a string" "${pages[@]}"
    seek '\b(eval|Function)\(' "code from a string" "${pages[@]}"
    seek 'setAttribute\(.style|\sstyle\s*=\s*["'\'']|<style\b' "inline style" "${pages[@]}"
    seek '<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["'\'']|["'\'']javascript:' "inline script" \
        "${pages[@]}"
    seek '#[0-9a-fA-F]{3,8}\b(?=[^{]*$)|\b(rgb|rgba|hsl|hsla|oklch|lab|lch)\(' "a colour outside tokens.css" \
        'web/*.css' | grep -v '^web/style/tokens\.css:' || true
    seek ':\s*(white|black|red|green|blue|gray|grey|yellow|orange)\b' "a colour outside tokens.css" \
        'web/*.css' | grep -v '^web/style/tokens\.css:' || true
    seek '(fill|stroke|color)\s*[=:]\s*["'\'']?#[0-9a-fA-F]{3}' "a colour outside tokens.css" "${pages[@]}"
    seek '成功|请稍后再试|抱歉|你|！' "a word that pages do not use" "${worded[@]}"
    seek '第 ?([0-9]+|\{\w+\}) ?条' "an article is written in Chinese numerals" "${worded[@]}"
}

seed() {
    cat <<'TEXT' | plant web/pages/bad.js
a.textContent = b;
a.innerHTML = b;
a.setAttribute("style", "x");
say("提交成功");
say("第 412 号");
say("第 12 条");
say("第{n}条");
eval(a);
TEXT
    cat <<'TEXT' | plant web/index.html
<script src="app.js" type="module"></script>
<script>run()</script>
<p style="x">
<button onclick="run()">
<svg fill="#abc">
<a href="#abc">
TEXT
    printf ':root { --paper: #fff; }\n' | plant web/style/tokens.css
    printf '#add { color: var(--ink); }\np { color: #fff; }\np { color: white; }\np { color: rgb(1, 2, 3); }\n' |
        plant web/style/page.css
}

expected() {
    cat <<'TEXT'
web/pages/bad.js:2: markup from a string
web/pages/bad.js:3: inline style
web/pages/bad.js:4: a word that pages do not use
web/pages/bad.js:6: an article is written in Chinese numerals
web/pages/bad.js:7: an article is written in Chinese numerals
web/pages/bad.js:8: code from a string
web/index.html:2: inline script
web/index.html:3: inline style
web/index.html:4: inline script
web/index.html:5: a colour outside tokens.css
web/style/page.css:2: a colour outside tokens.css
web/style/page.css:3: a colour outside tokens.css
web/style/page.css:4: a colour outside tokens.css
TEXT
}

style_test
