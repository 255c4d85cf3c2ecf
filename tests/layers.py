#!/usr/bin/python3
"""The walls between the rooms of docs/architecture.md: what each may include, and which words of the world
around it may not say. Then breaks every wall once, in what was read, to see that it stands.
usage: layers.py SOURCE"""
import pathlib
import re
import sys

STREAMS = "iostream istream ostream fstream sstream spanstream strstream syncstream iomanip cstdio print".split()
FILES = "filesystem fstream cstdio".split()
CLOCKS = "ctime locale clocale codecvt".split()
WORLD = "random cstdlib csignal thread mutex shared_mutex atomic future condition_variable".split()

# Folder or file; what it may include besides the standard library, by its beginning; and what not of that.
# The last that fits a file is the one that holds for it.
ROOMS = [
    ("include/backplan/", "backplan/", STREAMS + CLOCKS + WORLD),
    ("src/core/", "backplan/ core/", STREAMS + FILES + CLOCKS + WORLD),
    ("src/io/", "backplan/ core/ io/ yaml-cpp/ fmt/ nlohmann/ simdjson.h",
     ["iostream", "iomanip", "random", "csignal", "thread"] + FILES + CLOCKS),
    ("src/io/documents.cpp", "backplan/ io/ fcntl.h unistd.h sys/stat.h", CLOCKS + WORLD),
    ("src/builtin/", "backplan/ builtin/", STREAMS + FILES + CLOCKS + WORLD),
    ("src/builtin/main.cpp", "backplan/ builtin/", CLOCKS + WORLD),
    ("src/cli/", "backplan/ core/ io/ cli/ builtin/catalog.hpp CLI/ fmt/ nlohmann/ sqlite3ext.h dlfcn.h fcntl.h time.h "
     "poll.h signal.h spawn.h termios.h unistd.h sys/", []),
    ("src/manual/", "backplan/ manual/ cli/command_line.hpp cli/help.hpp CLI/ fmt/", CLOCKS + WORLD),
]
# What answers differently when it is asked again, and what leaves a mark outside.
PURE = ("include/backplan/", "src/core/", "src/io/", "src/io/documents.cpp", "src/builtin/")
WORDS = re.compile(
    r"_clock\s*::\s*now\b|\brandom_device\b|\bthis_thread\b"
    r"|\btime\s*\(\s*(?:nullptr|NULL|0|&)"
    r"|\b(?:clock|getenv|setenv|s?rand|system|exit|abort|localtime(?:_r)?|gmtime(?:_r)?|mktime|setlocale|strftime"
    r"|f?printf|puts|fopen|popen|gettimeofday|clock_gettime|current_zone|locate_zone)\s*\("
    r"|\bstd\s*::\s*(?:cout|cerr|clog|cin|[io]?fstream|locale)\b")

INCLUDE = re.compile(r"^[ \t]*#[ \t]*(?:include|include_next|import)\b[ \t]*(.*)$", re.M)
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def room_of(path):
    fitting = [room for room in ROOMS if path.startswith(room[0])]
    return fitting[-1] if fitting else None


def may_include(room, name):
    standard = re.fullmatch(r"[a-z_0-9]+", name)
    if standard:
        return name not in room[2]
    return ".." not in name and any(name.startswith(beginning) for beginning in room[1].split())


def faults(path, text):
    """What in this text does not belong into the room of this path."""
    room = room_of(path)
    if room is None:
        return [f"{path}: in no room of docs/architecture.md"]
    found = []
    for wanted in INCLUDE.findall(text):
        name = re.match(r'[<"]([^>"]+)[>"]', wanted)
        if not name or not may_include(room, name[1]):
            found.append(f"{path}: {room[0]} may not include {wanted.strip()}")
    if room[0] in PURE:
        found += [f"{path}: says {word}" for word in WORDS.findall(NOT_CODE.sub("", text))]
    return found


def sources(root):
    for folder in ("include", "src"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file():
                yield str(file.relative_to(root)), file.read_text()


# One line for each wall, to be added to a file of the room.
BROKEN = {
    "include/backplan/": ['#include "core/model.hpp"', '#include "io/layout.hpp"', "#include <yaml-cpp/yaml.h>",
                          "#include <iostream>", "#include <ctime>", '#include "../src/core/model.hpp"'],
    "src/core/": ['#include "io/layout.hpp"', '#include "cli/output.hpp"', '#include "builtin/catalog.hpp"',
                  '#include "../io/layout.hpp"', "#include <fmt/format.h>", "#include <io/layout.hpp>",
                  "#  include <fstream>", "#include <unistd.h>", "#include <time.h>", "#include LAYOUT",
                  "auto now = std::chrono::system_clock::now();", "auto t = time(nullptr);",
                  'auto home = std::getenv("HOME");', "auto t = std::chrono::steady_clock :: now();"],
    "src/io/": ['#include "cli/output.hpp"', '#include "builtin/catalog.hpp"', "#include <CLI/CLI.hpp>",
                "#include <iostream>", "#include <unistd.h>", "auto now = std::chrono::system_clock::now();"],
    "src/io/documents.cpp": ['#include "cli/output.hpp"', "#include <yaml-cpp/parser.h>"],
    "src/builtin/": ['#include "core/model.hpp"', '#include "io/layout.hpp"', "#include <fstream>"],
    "src/builtin/main.cpp": ['#include "core/model.hpp"', "#include <fmt/format.h>"],
    "src/cli/": ['#include "manual/definition.hpp"', "#include <yaml-cpp/parser.h>", '#include "builtin/packed.hpp"'],
    "src/manual/": ['#include "cli/output.hpp"', '#include "core/model.hpp"', '#include "io/layout.hpp"'],
    "src/": ['#include <string>'],
}


def walls_that_do_not_stand(texts):
    for room in [room[0] for room in ROOMS] + ["src/"]:
        path = next((p for p in texts if (room_of(p) or "?")[0] == room), room + "new.cpp")
        for line in BROKEN[room]:
            if not faults(path, texts.get(path, "") + line + "\n"):
                yield f"{path}: nobody minds {line}"


def main():
    texts = dict(sources(pathlib.Path(sys.argv[1])))
    wrong = [fault for path, text in texts.items() for fault in faults(path, text)]
    wrong += walls_that_do_not_stand(texts)
    print("\n".join(wrong) or f"{len(texts)} files, each in its room")
    sys.exit(bool(wrong))


main()
