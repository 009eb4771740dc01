#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "check.h"
#include "server/address.h"

static struct address parsed(const char *text)
{
    struct address out = {0};

    assert_true(address_parse(bytes_of_string(text), &out));
    return out;
}

static void check_same(struct address a, struct address b)
{
    assert_true(address_equal(&a, &b));
}

/* An address that connects by IPv4. */
static struct sockaddr_in peer_of(const char *text)
{
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(40000)};

    assert_int_equal(inet_pton(AF_INET, text, &peer.sin_addr), 1);
    return peer;
}

static struct address behind(const char *peer, const char *proxy, const char *forwarded)
{
    const struct sockaddr_in at = peer_of(peer);

    return address_behind((const struct sockaddr *)(const void *)&at, proxy,
                          bytes_of_string(forwarded));
}

static void knows_a_peer_of_either_family(void **state)
{
    struct sockaddr_in6 peer = {.sin6_family = AF_INET6};
    const struct sockaddr local = {.sa_family = AF_UNIX};
    (void)state;

    check_same(behind("192.0.2.7", "", ""), parsed("192.0.2.7"));
    assert_int_equal(inet_pton(AF_INET6, "2001:db8::7", &peer.sin6_addr), 1);
    check_same(address_of((const struct sockaddr *)(const void *)&peer), parsed("2001:db8::7"));
    check_same(address_of(&local), parsed("::"));
    check_same(address_of(0), parsed("::"));
}

/* A service that listens on both families sees IPv4 mapped. */
static void counts_mapped_ipv4_as_ipv4(void **state)
{
    const struct address a = parsed("::ffff:192.0.2.7");
    const struct address b = parsed("::ffff:192.0.2.8");
    struct address network = address_network(&a);
    (void)state;

    check_same(a, parsed("192.0.2.7"));
    check_same(network, a);
    network = address_network(&b);
    assert_false(address_equal(&network, &a));
}

static void counts_ipv6_by_its_64(void **state)
{
    const struct address one = parsed("2001:db8:1:2:3:4:5:6");
    const struct address near = parsed("2001:db8:1:2::");
    const struct address far = parsed("2001:db8:1:3:3:4:5:6");
    const struct address of_far = address_network(&far);
    (void)state;

    check_same(address_network(&one), near);
    assert_false(address_equal(&of_far, &near));
}

static void believes_only_its_own_proxy(void **state)
{
    (void)state;

    check_same(behind("127.0.0.1", "127.0.0.1", "203.0.113.9"), parsed("203.0.113.9"));
    check_same(behind("127.0.0.1", "127.0.0.1", "2001:db8::9"), parsed("2001:db8::9"));
    check_same(behind("192.0.2.7", "127.0.0.1", "203.0.113.9"), parsed("192.0.2.7"));
    check_same(behind("127.0.0.1", "", "203.0.113.9"), parsed("127.0.0.1"));
}

/* What stands before is what the client itself wrote. */
static void believes_only_the_last_hop(void **state)
{
    (void)state;

    check_same(behind("127.0.0.1", "127.0.0.1", "10.0.0.1, 198.51.100.4,\t203.0.113.9 "),
               parsed("203.0.113.9"));
    check_same(behind("127.0.0.1", "127.0.0.1", "203.0.113.9, unknown"), parsed("127.0.0.1"));
    check_same(behind("127.0.0.1", "127.0.0.1", "203.0.113.9,"), parsed("127.0.0.1"));
    check_same(behind("127.0.0.1", "127.0.0.1", " , "), parsed("127.0.0.1"));
}

static void refuses_what_is_no_address(void **state)
{
    static const char *const BAD[] = {
        "",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.1:80",
        "[2001:db8::1]",
        "host.example",
        "2001:db8::g",
        "::ffff:192.0.2.7 ",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
    };
    struct address out;
    (void)state;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(address_parse(bytes_of_string(BAD[i]), &out));
    }
    assert_false(address_parse(LITERAL("192.0.2.1\0"), &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_a_peer_of_either_family),
        cmocka_unit_test(counts_mapped_ipv4_as_ipv4),
        cmocka_unit_test(counts_ipv6_by_its_64),
        cmocka_unit_test(believes_only_its_own_proxy),
        cmocka_unit_test(believes_only_the_last_hop),
        cmocka_unit_test(refuses_what_is_no_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
