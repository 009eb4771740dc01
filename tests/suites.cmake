# The tests that are not C unit tests. Each is a CTest test with a label that says when it runs:
# quick (tests/run quick), slow, journey, fuzz (tests/run all). Exit code 77 means "skipped".
set(source ${CMAKE_SOURCE_DIR})
set(suite_environment XILING_BUILD=${CMAKE_BINARY_DIR})

# suite(NAME label seconds command...) - a test that runs from the source tree.
function(suite name label seconds)
    add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${seconds}
        SKIP_RETURN_CODE 77 ENVIRONMENT "${suite_environment}")
endfunction()

# The house rules: each script first proves on a seeded tree that it can fail.
file(GLOB scripts CONFIGURE_DEPENDS ${source}/tests/style/*.sh)
list(FILTER scripts EXCLUDE REGEX "/frame\\.sh$")
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    suite(style.${name} quick 120 bash ${script})
endforeach()

# Checkers that take minutes.
file(GLOB scripts CONFIGURE_DEPENDS ${source}/tests/lint/*.sh)
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    suite(lint.${name} slow 1800 bash ${script})
endforeach()

# Programs that stand beside a run.sh, and benchmarks (run by hand: build/…/tests/bench-crypto).
file(GLOB programs CONFIGURE_DEPENDS ${source}/tests/bench/bench_*.c ${source}/tests/cross/*.c)
foreach(program ${programs})
    get_filename_component(folder ${program} DIRECTORY)
    get_filename_component(folder ${folder} NAME)
    get_filename_component(name ${program} NAME_WE)
    string(REPLACE "bench_" "" name ${name})
    add_executable(${folder}-${name} ${program})
    target_include_directories(${folder}-${name} PRIVATE ${source}/tests)
    target_link_libraries(${folder}-${name} PRIVATE flags support verifier PkgConfig::cmocka
                          PkgConfig::jansson)
endforeach()

# A folder with a run.sh is a suite of its own; "# label: quick" in it makes it a quick one.
file(GLOB scripts CONFIGURE_DEPENDS ${source}/tests/*/run.sh)
foreach(script ${scripts})
    get_filename_component(folder ${script} DIRECTORY)
    get_filename_component(name ${folder} NAME)
    file(STRINGS ${script} label REGEX "^# label: quick")
    if(label)
        suite(${name}.run quick 300 bash ${script})
    else()
        suite(${name}.run slow 1800 bash ${script})
        set_tests_properties(${name}.run PROPERTIES RUN_SERIAL TRUE)
    endif()
endforeach()

# Programs that these scripts run: tests/go/log.c is build/tests/go-log.
file(GLOB programs CONFIGURE_DEPENDS ${source}/tests/go/*.c ${source}/tests/peer/*.c)
foreach(program ${programs})
    get_filename_component(folder ${program} DIRECTORY)
    get_filename_component(folder ${folder} NAME)
    get_filename_component(name ${program} NAME_WE)
    add_executable(${folder}-${name} ${program})
    target_include_directories(${folder}-${name} PRIVATE ${source}/tests)
    target_link_libraries(${folder}-${name} PRIVATE flags support PkgConfig::cmocka PkgConfig::jansson)
endforeach()

# The protocol in JavaScript, under node.
file(GLOB scripts CONFIGURE_DEPENDS ${source}/tests/web/*.test.mjs)
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    suite(web.${name} quick 300 node --test ${script})
endforeach()

# The real service, killed, starved and corrupted.
file(GLOB scripts CONFIGURE_DEPENDS ${source}/tests/faults/*.mjs)
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    suite(faults.${name} slow 900 node ${script})
    set_tests_properties(faults.${name} PROPERTIES RUN_SERIAL TRUE)
endforeach()

# A real browser against the real service; what they share stands in tests/journeys/support.
file(GLOB scripts CONFIGURE_DEPENDS ${source}/tests/journeys/*.mjs)
foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    suite(journeys.${name} journey 900 node ${script})
    set_tests_properties(journeys.${name} PROPERTIES RUN_SERIAL TRUE)
endforeach()

# Constant time: secrets are marked undefined, and valgrind sees every branch or index on one.
if(NOT XILING_SANITIZE AND NOT XILING_COVERAGE)
    file(GLOB programs CONFIGURE_DEPENDS ${source}/tests/crypto/ct_*.c)
    foreach(program ${programs})
        get_filename_component(name ${program} NAME_WE)
        string(REPLACE "ct_" "ct-" name ${name})
        add_executable(${name} ${program})
        target_include_directories(${name} PRIVATE ${source}/tests)
        target_link_libraries(${name} PRIVATE flags support PkgConfig::cmocka PkgConfig::jansson)
        suite(crypto.${name} slow 900 valgrind --quiet --error-exitcode=1 $<TARGET_FILE:${name}>)
    endforeach()
endif()

# libFuzzer programs: every parser of bytes from outside, starting from the vectors.
if(XILING_FUZZ)
    target_compile_options(flags INTERFACE -fsanitize=fuzzer-no-link)
    add_custom_target(fuzzers)
    file(GLOB programs CONFIGURE_DEPENDS ${source}/tests/fuzz/fuzz_*.c)
    foreach(program ${programs})
        get_filename_component(name ${program} NAME_WE)
        string(REPLACE "fuzz_" "" name ${name})
        add_executable(fuzz-${name} EXCLUDE_FROM_ALL ${program})
        target_link_options(fuzz-${name} PRIVATE -fsanitize=fuzzer)
        target_link_libraries(fuzz-${name} PRIVATE flags support verifier)
        if(name STREQUAL form) # the one parser of the service's own
            target_link_libraries(fuzz-${name} PRIVATE service)
        endif()
        target_include_directories(fuzz-${name} PRIVATE ${source}/tests ${source}/tests/fuzz)
        add_dependencies(fuzzers fuzz-${name})
        suite(fuzz.${name} fuzz 120 bash ${source}/tests/fuzz/smoke $<TARGET_FILE:fuzz-${name}>)
    endforeach()
endif()
