#include "builtin/catalog.hpp"

#include <doctest/doctest.h>

#include "builtin/packed.hpp"

namespace {

using namespace backplan;
using builtin::Extent;

/// Every field, as bytes: equal bytes are equal values.
std::string packed(const Catalog& catalog) {
  builtin::Packer packer;
  packer.pack(catalog);
  return packer.take();
}

Catalog parsed() { return parse_catalog(builtin_documents()); }

}  // namespace

TEST_CASE("the library that is compiled in is what its documents say, in every field") {
  CHECK(packed(builtin_catalog()) == packed(parsed()));
}

TEST_CASE("for a plan it lacks only what readers of rules need") {
  Catalog catalog = parsed();
  catalog.definitions.clear();
  for (Rule& rule : catalog.rules) rule.examples.clear();
  CHECK(packed(builtin::catalog(Extent::planning)) == packed(catalog));
  catalog.techniques.clear();
  CHECK(packed(builtin::catalog(Extent::screening)) == packed(catalog));
}

TEST_CASE("what is packed comes back, whatever its length and sign") {
  Catalog catalog;
  for (const int number : {0, 1, -1, 127, 128, -128, 1 << 30, std::numeric_limits<int>::min()}) {
    catalog.questions.push_back({.least = number, .most = -number / 2});
  }
  for (const std::size_t length : {std::size_t{0}, std::size_t{127}, std::size_t{128}, std::size_t{70000}}) {
    catalog.sources.push_back({{"long"}, std::string(length, 'x')});
  }
  catalog.questions.back().unsure_as = OptionId{"often"};
  catalog.timing.get_ready = std::chrono::seconds(-5);
  Catalog back;
  const std::string bytes = packed(catalog);
  builtin::Unpacker(bytes, Extent::everything).unpack(back);
  REQUIRE(back.questions.size() == catalog.questions.size());
  for (std::size_t i = 0; i < back.questions.size(); ++i) {
    CHECK(back.questions[i].least == catalog.questions[i].least);
    CHECK(back.questions[i].most == catalog.questions[i].most);
    CHECK(back.questions[i].unsure_as == catalog.questions[i].unsure_as);
  }
  for (std::size_t i = 0; i < back.sources.size(); ++i) {
    CHECK(back.sources[i].citation == catalog.sources[i].citation);
  }
  CHECK(back.timing.get_ready == catalog.timing.get_ready);
}
