#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "backplan/catalog.hpp"

namespace backplan {
namespace {

namespace fs = std::filesystem;

const std::string rule = "schema: backplan/rules/1\n";

/// A folder that is gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "backplan.XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path_ = fs::canonical(name);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }

  void write(const std::string& name, const std::string& text = rule) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }

  /// The names that are read, one after the other.
  std::string read() const {
    std::string names;
    for (const Document& document : read_documents(path_)) {
      names += fs::path(document.name).lexically_relative(path_).string() + " ";
    }
    return names;
  }

  std::string refused() const {
    try {
      read_documents(path_);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

 private:
  fs::path path_;
};

TEST_CASE("every way to write .yaml is read, in folders of any name too, in the order of the paths") {
  const Folder folder;
  for (const char* name :
       {"r.yaml", "r.yml", "r.YAML", "r.Yml", "sub/deep/r.yaml", "x.yaml/r.yaml", "README.yaml"}) {
    folder.write(name);
  }
  CHECK(folder.read() == "README.yaml r.YAML r.Yml r.yaml r.yml sub/deep/r.yaml x.yaml/r.yaml ");
}

TEST_CASE("what other programs leave and what explains a folder is passed over") {
  const Folder folder;
  for (const char* name : {".r.yaml",     "._r.yaml",    ".r.yaml.swp", ".git/config", ".stversions/r.yaml",
                           "r.yaml~",     "#r.yaml#",    "r.yaml.bak",  "r.yaml.swp",  "Thumbs.db",
                           "desktop.ini", "Desktop.ini", ".DS_Store",   "README.md",   "README",
                           "readme.txt",  "LICENSE",     "LICENCE.txt", "COPYING",     "notes.md"}) {
    folder.write(name, "\x01 no YAML");
  }
  fs::create_symlink("user@host.77:1795000000", folder.path() / ".#r.yaml");
  folder.write("r.yaml");
  CHECK(folder.read() == "r.yaml ");
}

TEST_CASE("every other file is named with the way out, as a rule in it would not hold") {
  for (const auto& [name, other] :
       std::vector<std::pair<std::string, std::string>>{{"r.yaml.txt", "r.yaml"},
                                                        {"r.YML.TXT", "r.yaml"},
                                                        {"r.json", "r.yaml"},
                                                        {"r.txt", "r.yaml"},
                                                        {"r", "r.yaml"},
                                                        {"r.yaml.md", "r.yaml"},
                                                        {"r.yaml.1", "r.yaml"},
                                                        {"r.yaml.orig", "r.yaml"},
                                                        {"my rule.yaml ", "my rule.yaml"},
                                                        {"r.yam", "r.yaml"},
                                                        {"readme.yaml.txt", "readme.yaml"}}) {
    INFO(name);
    const Folder folder;
    folder.write("good.yaml");
    folder.write("sub/" + name);
    CHECK(folder.refused() == (folder.path() / "sub" / name).string() +
                                  ": is not read, and what it says would not hold; rename it to " + other +
                                  ", or move it away\n");
  }
}

TEST_CASE("all of them are named at once") {
  const Folder folder;
  for (const char* name : {"a.json", "b.txt", "sub/c"}) folder.write(name);
  CHECK(std::ranges::count(folder.refused(), '\n') == 3);
}

TEST_CASE("links are followed, and one that leads back ends") {
  const Folder folder;
  const Folder elsewhere;
  elsewhere.write("r.yaml");
  elsewhere.write("s.yaml");
  fs::create_symlink(elsewhere.path(), folder.path() / "linked");
  fs::create_symlink(elsewhere.path() / "s.yaml", folder.path() / "s.yaml");
  fs::create_symlink(folder.path(), elsewhere.path() / "back");
  CHECK(folder.read() == "linked/r.yaml linked/s.yaml s.yaml ");
}

TEST_CASE("what cannot be read is an error and not passed over") {
  const Folder folder;
  fs::create_symlink("nowhere", folder.path() / "r.yaml");
  CHECK_THROWS_AS(folder.read(), ReadError);
  CHECK_THROWS_AS(read_documents(folder.path() / "none"), ReadError);
  const Folder link;
  fs::create_symlink("nowhere", link.path() / "rules");
  CHECK(link.refused().find("rules: is not read") != std::string::npos);
}

TEST_CASE("a folder of foreign files is said to be one after a few of them") {
  for (const char* end : {".yaml", ".json"}) {
    INFO(end);
    const Folder folder;
    folder.write("aa.yaml");
    for (int i = 0; i < 3000; ++i) folder.write("f" + std::to_string(i) + end, "kind: Deployment\n");
    for (int i = 0; i < 30; ++i) folder.write("g" + std::to_string(i) + ".yaml", "kind: Deployment\n");
    fs::create_symlink("nowhere",
                       folder.path() / "z.yaml");  // would be an error of its own, had it been read
    const std::string found = folder.refused();
    CHECK(found.find("is no folder of routines: 20 files in it are not backplan's, the last of them ") !=
          std::string::npos);
    CHECK(std::ranges::count(found, '\n') == 1);
  }
}

TEST_CASE("a few foreign files among one's own are each named, however many own ones there are") {
  const Folder folder;
  for (int i = 0; i < 300; ++i) folder.write("r" + std::to_string(i) + ".yaml");
  for (int i = 0; i < 19; ++i) folder.write("f" + std::to_string(i) + ".json");
  CHECK(std::ranges::count(folder.refused(), '\n') == 19);
}

}  // namespace
}  // namespace backplan
