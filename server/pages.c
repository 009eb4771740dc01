#include "server/pages.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/text.h"
#include "primitive/hash.h"
#include "server/app.h"

#define NAME_MAX_SIZE 200
#define FILE_SIZE_MAX ((off_t)32 << 20)
#define PAGES_MAX     1024

struct page {
    char name[NAME_MAX_SIZE + 8];
    struct timespec changed;
    off_t size;
    char etag[40];
    struct blob *contents;
};

struct pages {
    int folder;
    pthread_mutex_t lock;
    size_t count;
    struct page pages[PAGES_MAX];
};

static const struct {
    const char *ending;
    const char *content_type;
} TYPES[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".pfb", "application/octet-stream"},
    {".bcmap", "application/octet-stream"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".md", "text/plain; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
};

struct result pages_open(const char *folder, struct pages **out)
{
    struct pages *const pages = calloc(1, sizeof *pages);

    REQUIRE(pages, OUT_OF_MEMORY, "service.memory");
    pages->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (pages->folder < 0) {
        free(pages);
        return fail(NOT_FOUND, "config.web");
    }
    pthread_mutex_init(&pages->lock, 0);
    *out = pages;
    return OK;
}

void pages_close(struct pages *pages)
{
    if (!pages) {
        return;
    }
    for (size_t i = 0; i < pages->count; i++) {
        blob_release(pages->pages[i].contents);
    }
    close(pages->folder);
    pthread_mutex_destroy(&pages->lock);
    free(pages);
}

static bool is_name_byte(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '-';
}

bool page_name_is_valid(struct bytes name)
{
    bool at_start = true;

    if (name.size == 0 || name.size > NAME_MAX_SIZE) {
        return false;
    }
    for (size_t i = 0; i < name.size; i++) {
        const uint8_t byte = name.data[i];

        if (at_start ? !is_name_byte(byte) || byte == '.' : !is_name_byte(byte) && byte != '/') {
            return false;
        }
        at_start = byte == '/';
    }
    return !at_start;
}

static bool ends_in(struct bytes name, const char *ending)
{
    const size_t size = strlen(ending);

    return name.size > size && memcmp(name.data + name.size - size, ending, size) == 0;
}

/* The folders that pages load from; what else stands in web/ is for building it. */
static bool is_offered(struct bytes name)
{
    static const char *const FOLDERS[] = {"lib", "ui", "pages", "style", "i18n", "vendor"};
    struct bytes rest = name;
    const struct bytes folder = text_cut(&rest, '/');

    if (rest.size == 0) {
        return !ends_in(name, ".json");
    }
    for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++) {
        if (bytes_is(folder, FOLDERS[i])) {
            return true;
        }
    }
    return false;
}

static const char *find_type(struct bytes name)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (ends_in(name, TYPES[i].ending)) {
            return TYPES[i].content_type;
        }
    }
    return 0;
}

static struct result read_all(int file, size_t size, struct buffer *out)
{
    TRY(buffer_reserve(out, size));
    while (out->size < size) {
        const ssize_t got = read(file, out->data + out->size, size - out->size);

        REQUIRE(got > 0, STORAGE_FAILED, "service.storage");
        out->size += (size_t)got;
    }
    return OK;
}

static struct result print_etag(struct bytes contents, char out[static 40])
{
    const struct hash32 hash = sha256_of(contents);
    AUTO_BUFFER hex = BUFFER_INIT;
    const char *text;

    TRY(hex_append(&hex, (struct bytes){hash.bytes, 16}));
    TRY(buffer_terminate(&hex, &text));
    snprintf(out, 40, "\"%s\"", text);
    return OK;
}

/* Fills `page`, whose name is set, from the open file. */
static struct result load_page(int file, const struct stat *status, struct page *page)
{
    AUTO_BUFFER contents = BUFFER_INIT;

    TRY(read_all(file, (size_t)status->st_size, &contents));
    TRY(print_etag(buffer_view(&contents), page->etag));
    page->changed = status->st_mtim;
    page->size = status->st_size;
    return blob_make(&contents, &page->contents);
}

static struct page *find_page(struct pages *pages, const char *name)
{
    for (size_t i = 0; i < pages->count; i++) {
        if (strcmp(pages->pages[i].name, name) == 0) {
            return &pages->pages[i];
        }
    }
    return 0;
}

static bool is_same(const struct page *page, const struct stat *status)
{
    return page->contents && page->size == status->st_size &&
           page->changed.tv_sec == status->st_mtim.tv_sec &&
           page->changed.tv_nsec == status->st_mtim.tv_nsec;
}

/* The lock is held. Reads the file unless memory has it as it is. */
static struct result refresh(struct pages *pages, const char *name, const struct stat *status,
                             struct page **out)
{
    struct page *page = find_page(pages, name);
    struct page fresh = {0};
    struct result loaded;
    int file;

    *out = page;
    if (page && is_same(page, status)) {
        return OK;
    }
    REQUIRE(page || pages->count < PAGES_MAX, NOT_FOUND, "service.address");
    file = openat(pages->folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    REQUIRE(file >= 0, NOT_FOUND, "service.address");
    snprintf(fresh.name, sizeof fresh.name, "%s", name);
    loaded = load_page(file, status, &fresh);
    close(file);
    TRY(loaded);
    page = page ? page : &pages->pages[pages->count++];
    blob_release(page->contents);
    *page = fresh;
    *out = page;
    return OK;
}

/* A shared file into the response; NOT_FOUND if it does not stand. */
static struct result take_page(struct pages *pages, const char *name, struct response *response)
{
    struct stat status;
    struct page *page = 0;
    struct result found;

    REQUIRE(fstatat(pages->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                S_ISREG(status.st_mode) && status.st_size <= FILE_SIZE_MAX,
            NOT_FOUND, "service.address");
    pthread_mutex_lock(&pages->lock);
    found = refresh(pages, name, &status, &page);
    if (is_ok(found)) {
        response->blob = blob_share(page->contents);
        memcpy(response->etag, page->etag, sizeof response->etag);
    }
    pthread_mutex_unlock(&pages->lock);
    return found;
}

static bool is_not_before(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec > b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec >= b->tv_nsec);
}

/* Whether FILE.br or FILE.gz stands and is not older than FILE. */
static bool has_packed(const struct pages *pages, const char *name, const char *packed)
{
    struct stat plain;
    struct stat small;

    return fstatat(pages->folder, name, &plain, AT_SYMLINK_NOFOLLOW) == 0 &&
           fstatat(pages->folder, packed, &small, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(small.st_mode) && is_not_before(&small.st_mtim, &plain.st_mtim);
}

struct result pages_serve(struct pages *pages, struct bytes name, const struct request *request,
                          struct response *response)
{
    static const struct {
        const char *word;
        const char *ending;
    } PACKINGS[] = {{"br", ".br"}, {"gzip", ".gz"}};
    const struct bytes wanted = name.size ? name : LITERAL("index.html");
    char plain[NAME_MAX_SIZE + 1];
    char packed[NAME_MAX_SIZE + 8];

    REQUIRE(page_name_is_valid(wanted) && is_offered(wanted), NOT_FOUND, "service.address");
    response->content_type = find_type(wanted);
    REQUIRE(response->content_type, NOT_FOUND, "service.address");
    response->caching = CACHE_REVALIDATE;
    if (ends_in(wanted, "-standalone.html")) {
        response->disposition = "attachment";
    }
    snprintf(plain, sizeof plain, "%.*s", (int)wanted.size, (const char *)wanted.data);
    for (size_t i = 0; i < sizeof PACKINGS / sizeof PACKINGS[0]; i++) {
        snprintf(packed, sizeof packed, "%s%s", plain, PACKINGS[i].ending);
        if (text_find(request->accept_encoding, bytes_of_string(PACKINGS[i].word)) != SIZE_MAX &&
            has_packed(pages, plain, packed)) {
            response->encoding = PACKINGS[i].word;
            return take_page(pages, packed, response);
        }
    }
    return take_page(pages, plain, response);
}

struct result handle_page(struct app *app, const struct request *request, struct response *response)
{
    return pages_serve(app->pages, request->tail, request, response);
}
