#include "server/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#define MAPPED_SIZE  12 /* bytes before the four of IPv4 */
#define NETWORK_SIZE 8

static const uint8_t MAPPED[MAPPED_SIZE] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static struct address of_ipv4(const struct in_addr *ipv4)
{
    struct address out;

    memcpy(out.bytes, MAPPED, MAPPED_SIZE);
    memcpy(out.bytes + MAPPED_SIZE, ipv4, sizeof *ipv4);
    return out;
}

static struct address of_ipv6(const struct in6_addr *ipv6)
{
    struct address out;

    memcpy(out.bytes, ipv6, sizeof out.bytes);
    return out;
}

/* Copied, because a sockaddr need not lie where the larger structs may. */
struct address address_of(const struct sockaddr *peer)
{
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;

    if (peer && peer->sa_family == AF_INET) {
        memcpy(&ipv4, peer, sizeof ipv4);
        return of_ipv4(&ipv4.sin_addr);
    }
    if (peer && peer->sa_family == AF_INET6) {
        memcpy(&ipv6, peer, sizeof ipv6);
        return of_ipv6(&ipv6.sin6_addr);
    }
    return (struct address){0};
}

bool address_parse(struct bytes text, struct address *out)
{
    char word[INET6_ADDRSTRLEN];
    struct in_addr ipv4;
    struct in6_addr ipv6;

    if (text.size == 0 || text.size >= sizeof word || memchr(text.data, 0, text.size)) {
        return false;
    }
    memcpy(word, text.data, text.size);
    word[text.size] = 0;
    if (inet_pton(AF_INET, word, &ipv4) == 1) {
        *out = of_ipv4(&ipv4);
        return true;
    }
    if (inet_pton(AF_INET6, word, &ipv6) == 1) {
        *out = of_ipv6(&ipv6);
        return true;
    }
    return false;
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

static bool parse_last(struct bytes list, struct address *out)
{
    size_t end = list.size;
    size_t start;

    while (end > 0 && is_space(list.data[end - 1])) {
        end--;
    }
    start = end;
    while (start > 0 && list.data[start - 1] != ',' && !is_space(list.data[start - 1])) {
        start--;
    }
    return address_parse(bytes_slice(list, start, end - start), out);
}

struct address address_behind(const struct sockaddr *peer, const char *proxy,
                              struct bytes forwarded)
{
    struct address out = address_of(peer);
    struct address trusted;

    if (proxy[0] && address_parse(bytes_of_string(proxy), &trusted) &&
        address_equal(&out, &trusted)) {
        (void)parse_last(forwarded, &out);
    }
    return out;
}

bool address_equal(const struct address *a, const struct address *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

struct address address_network(const struct address *address)
{
    struct address out = *address;

    if (memcmp(out.bytes, MAPPED, MAPPED_SIZE) != 0) {
        memset(out.bytes + NETWORK_SIZE, 0, sizeof out.bytes - NETWORK_SIZE);
    }
    return out;
}
