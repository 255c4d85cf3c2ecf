"""A program that takes the address of every function that the headers declare, members and constructors too:
it links to the shared library only when that shows them all.
usage: exports.py INCLUDE_FOLDER > exports.cpp
"""
import pathlib
import re
import sys

HEADERS = sorted(pathlib.Path(sys.argv[1], "backplan").glob("*.hpp"))
SCOPE = re.compile(r"(namespace|class|struct|enum)\b[^;(]*$")
NAME = re.compile(r"(?P<result>.*?)(?P<name>operator\W+|~?\w+)\((?P<parameters>.*)\)(?P<after> const)?$")


def statements(text):
    """What stands at the level of namespaces and classes, each with the names of those around it. Bodies of
    functions are left out: who has one needs no library."""
    text = re.sub(r"//[^\n]*|^\s*#[^\n]*", "", text, flags=re.M)
    around, access, word, skip = [], [], "", 0
    for part in re.split(r"([{};])", text):
        if skip or part == "{":
            if part == "{":
                if not skip and SCOPE.match(word) and not word.startswith("enum"):
                    around.append(word.split(":")[0].split()[-1])
                    access.append(word.startswith("class"))
                    word = ""
                    continue
                skip += 1
            elif part == "}":
                skip -= 1
                if not skip:
                    word = "" if "(" in word.split("=")[0] and not word.startswith("inline constexpr") else word + "{}"
            continue
        if part == ";":
            if not (access and access[-1]) and word:
                yield [name for name in around if name != "backplan"], word
            word = ""
        elif part == "}":
            around.pop()
            access.pop()
            word = ""
        else:
            for piece in re.split(r"\b(public|private|protected):", part):
                if piece in ("public", "private", "protected"):
                    access[-1] = piece != "public"
                else:
                    word = (word + " " + " ".join(piece.split())).strip()


def pointer(classes, declaration):
    """The line of C++ for a declaration; nothing when it is no function of the library."""
    declaration = re.sub(r"BACKPLAN_EXPORT |\[\[nodiscard\]\] |explicit ", "", declaration).strip()
    if re.match(r"(using|friend|template|constexpr|inline|enum|struct|class)\b", declaration):
        return None
    if re.search(r"= (default|delete)$|^~", declaration):
        return None
    if "(" not in declaration.split("=")[0].split("{")[0]:
        return None  # a member of data
    found = NAME.match(re.sub(r" = (\{\}|[^,)]+)", "", declaration))
    if not found:
        raise SystemExit(f"cannot read: {declaration}")
    result, name = found["result"].strip(), found["name"].strip()
    parameters, after = found["parameters"], found["after"] or ""
    of = "::".join(classes)
    if classes and name == classes[-1]:
        names = [re.search(r"(\w+)$", each)[1] for each in parameters.split(", ")]
        return f"+[]({parameters}) {{ return {of}({', '.join(f'std::move({each})' for each in names)}); }};"
    scope = of + "::" if of else ""
    member = "" if result.startswith("static ") else scope
    return f"({result.removeprefix('static ')} ({member}*)({parameters}){after}) &{scope}{name};"


def main():
    lines = []
    for header in HEADERS:
        for classes, declaration in statements(header.read_text()):
            line = pointer(classes, declaration)
            if line:
                lines.append(f"  volatile auto f{len(lines)} = {line}\n  static_cast<void>(f{len(lines)});")
    if len(lines) < 40:
        raise SystemExit(f"only {len(lines)} functions were found")
    includes = "\n".join(f"#include <backplan/{header.name}>" for header in HEADERS)
    print(f"{includes}\n#include <utility>\n\nint main() {{\n  using namespace backplan;\n" + "\n".join(lines) + "\n}")


main()
