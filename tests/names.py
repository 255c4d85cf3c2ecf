#!/usr/bin/python3
"""Every file and every test that a page or a comment names exists: a path from the root, from src, include or
tests, or from beside; a name alone, anywhere. Capitals stand for something (NAME), a star for anything. Then
looks whether names that are wrong are found.
usage: names.py SOURCE"""
import fnmatch
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
files = [p for p in sorted(root.rglob("*"))
         if p.is_file() and p.relative_to(root).parts[0] not in (".git", "build") and p.name != "names.py"]
names = {p.name for p in files}
folders = {p.relative_to(root).parts[0] for p in files} - names
# What people have, or a build makes.
OTHERS = {"build/CPackConfig.cmake", "mine.cpp", "builtin.cpp", "me.yaml", "r.yaml", "plan.yaml", "routine.yaml", "notes.yaml", "sheet.yaml",
          "screening.yaml", "nlohmann/json.hpp", "CLI/CLI.hpp"}

START = r"(?<![\w./~$}{<*-])"
PATH = re.compile(START + r"(?:\.\./|\./)*(?:%s)/[\w./*-]*" % "|".join(map(re.escape, sorted(folders))))
NAME = re.compile(START + r"(?:[\w-]+/)*[\w-]+\.(?:cpp|hpp|sh|py|cmake|exp|mjs|md|yaml|csv|txt)\b")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
TEST = re.compile(r"\btests? `([\w.*-]+)`")
COMMENT = {".md": r".*", ".cpp": r"//.*", ".hpp": r"//.*"}


tests = {re.sub(r"\$.*", "*", name) for file in files if file.name == "CMakeLists.txt"
         for name in re.findall(r"add_test\(NAME (\S+)", file.read_text())}


def exists(path, beside):
    if path in OTHERS or path in names:
        return True
    path = re.split(r"\b[A-Z][A-Z0-9_]*\b", path)[0].rstrip(".,")
    places = [beside, root, root / "src", root / "include", root / "tests"]
    return any(any(place.glob(path)) if "*" in path else (place / path).exists() for place in places)


def faults(file, text):
    for line in re.findall(COMMENT.get(file.suffix, r"#.*"), text):
        named = PATH.findall(line) + NAME.findall(line) + (LINK.findall(line) if file.suffix == ".md" else [])
        for path in dict.fromkeys(named):
            if not exists(path, file.parent):
                yield f"{file.relative_to(root)}: there is no {path}"
        for name in TEST.findall(line):
            if not any(fnmatch.fnmatch(name, test) for test in tests):
                yield f"{file.relative_to(root)}: there is no test {name}"


def not_found():
    """Names that are wrong and that nobody would notice."""
    for name, line in (("docs/cli.md", "see `tests/no-such-test`"), ("docs/cli.md", "see [x](no-such-page.md#part)"),
                       ("docs/cli.md", "`gone.cpp` does"), ("docs/cli.md", "the test `gone`"),
                       ("src/core/plan.cpp", "// see gone.hpp"),
                       ("scripts/build", "# scripts/gone"), ("tests/CMakeLists.txt", "# tests/gone/*.sh")):
        if not list(faults(root / name, line)):
            yield f"nobody minds {line}"


wrong = list(not_found())
for file in files:
    try:
        wrong += faults(file, file.read_text())
    except UnicodeDecodeError:
        pass  # an input of the fuzzers
print("\n".join(wrong) or f"what {len(files)} files name exists")
sys.exit(bool(wrong))
