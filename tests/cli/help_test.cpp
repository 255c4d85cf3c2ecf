#include "cli/help.hpp"

#include <doctest/doctest.h>

#include <string>

using backplan::cli::folded;

TEST_CASE("help: long lines go on under the words that explain") {
  const std::string words = "words that go on and on and on and on and on and on and on and on and on";
  CHECK(folded("  -f,--flag       " + words + "\n  next\n") ==
        "  -f,--flag       words that go on and on and on and on and on and on and on and\n"
        "                  on and on\n"
        "  next\n");
  CHECK(folded("\nUsage: " + words + " and on\n") ==
        "\n"
        "Usage: words that go on and on and on and on and on and on and on and on and on\n"
        "and on\n");
  CHECK(folded("  two  gaps  here\n\n") == "  two  gaps here\n\n");
}
