#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "builtin/catalog.hpp"
#include "builtin/fields.hpp"

// Values as bytes, for the program to carry. Only for the program that they are compiled into: nothing
// is checked when they are unpacked, and the form may change at any time.

namespace backplan::builtin {

/// Appends values to bytes.
class Packer {
 public:
  std::string take() { return std::move(bytes_); }

  /// Seven bits a byte, the lowest first; negative numbers take ten.
  template <class Number>
  requires std::integral<Number> || std::is_enum_v<Number>
  void pack(Number number) {
    auto rest = static_cast<std::uint64_t>(number);
    for (; rest >= 0x80; rest >>= 7) bytes_ += static_cast<char>(rest | 0x80);
    bytes_ += static_cast<char>(rest);
  }
  void pack(std::chrono::seconds time) { pack(time.count()); }
  void pack(const std::string& text) {
    pack(text.size());
    bytes_ += text;
  }
  template <class Of>
  void pack(const Id<Of>& id) {
    pack(id.text);
  }
  // What can be left out, with its length.
  void pack(const std::vector<Technique>& list) { pack_part(list); }
  void pack(const std::vector<Example>& list) { pack_part(list); }
  void pack(const std::map<std::string, Condition>& map) { pack_part(map); }
  template <class T>
  void pack(const std::vector<T>& list) {
    pack_all(list);
  }
  template <class T>
  void pack(const std::set<T>& set) {
    pack_all(set);
  }
  template <class T, std::size_t Count>
  void pack(const std::array<T, Count>& array) {
    for (const T& each : array) pack(each);
  }
  template <class Key, class T>
  void pack(const std::map<Key, T>& map) {
    pack_all(map);
  }
  template <class First, class Second>
  void pack(const std::pair<First, Second>& both) {
    pack(both.first);
    pack(both.second);
  }
  template <class T>
  void pack(const std::optional<T>& maybe) {
    pack(maybe.has_value());
    if (maybe) pack(*maybe);
  }
  template <class... T>
  void pack(const std::variant<T...>& one) {
    pack(one.index());
    std::visit([this](const auto& value) { this->pack(value); }, one);
  }
  void pack(Unsure) {}
  template <class Struct>
  requires std::is_class_v<Struct>
  void pack(const Struct& value) {
    each_field(value, [this](const auto&... field) { (this->pack(field), ...); });
  }

 private:
  void pack_all(const auto& many) {
    pack(many.size());
    for (const auto& each : many) pack(each);
  }
  void pack_part(const auto& many) {
    Packer part;
    part.pack_all(many);
    pack(part.take());
  }

  std::string bytes_;
};

/// Takes values from the bytes of a Packer, in the same order.
class Unpacker {
 public:
  Unpacker(std::string_view bytes, Extent extent) : bytes_(bytes), extent_(extent) {}

  template <class Number>
  requires std::integral<Number> || std::is_enum_v<Number>
  void unpack(Number& number) {
    std::uint64_t all = 0;
    unsigned char byte = 0x80;
    for (int shift = 0; byte >= 0x80; shift += 7) {
      byte = static_cast<unsigned char>(take(1).front());
      all |= std::uint64_t{byte & 0x7FU} << shift;
    }
    number = static_cast<Number>(all);
  }
  void unpack(std::chrono::seconds& time) { time = std::chrono::seconds(unpacked<std::int64_t>()); }
  void unpack(std::string& text) { text = take(unpacked<std::size_t>()); }
  template <class Of>
  void unpack(Id<Of>& id) {
    unpack(id.text);
  }
  void unpack(std::vector<Technique>& list) { unpack_part(Extent::planning, list); }
  void unpack(std::vector<Example>& list) { unpack_part(Extent::everything, list); }
  void unpack(std::map<std::string, Condition>& map) { unpack_part(Extent::everything, map); }
  template <class T>
  void unpack(std::vector<T>& list) {
    unpack_all(list);
  }
  template <class T>
  void unpack(std::set<T>& set) {
    for (auto left = unpacked<std::size_t>(); left > 0; --left) set.insert(set.end(), unpacked<T>());
  }
  template <class T, std::size_t Count>
  void unpack(std::array<T, Count>& array) {
    for (T& each : array) unpack(each);
  }
  template <class Key, class T>
  void unpack(std::map<Key, T>& map) {
    unpack_all(map);
  }
  template <class T>
  void unpack(std::optional<T>& maybe) {
    if (unpacked<bool>()) unpack(maybe.emplace());
  }
  template <class... T>
  void unpack(std::variant<T...>& one) {
    const auto index = unpacked<std::size_t>();
    std::size_t i = 0;
    ((i++ == index ? unpack(one.template emplace<T>()) : void()), ...);
  }
  void unpack(Unsure&) {}
  template <class Struct>
  requires std::is_class_v<Struct>
  void unpack(Struct& value) {
    each_field(value, [this](auto&... field) { (this->unpack(field), ...); });
  }

 private:
  template <class T>
  T unpacked() {
    T value{};
    unpack(value);
    return value;
  }

  template <class T>
  void unpack_all(std::vector<T>& list) {
    list.resize(unpacked<std::size_t>());
    for (T& each : list) unpack(each);
  }
  template <class Key, class T>
  void unpack_all(std::map<Key, T>& map) {
    for (auto left = unpacked<std::size_t>(); left > 0; --left) {
      unpack(map.emplace_hint(map.end(), unpacked<Key>(), T{})->second);
    }
  }
  void unpack_part(Extent least, auto& many) {
    const std::string_view part = take(unpacked<std::size_t>());
    if (extent_ >= least) Unpacker(part, extent_).unpack_all(many);
  }

  std::string_view take(std::size_t size) {
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  std::string_view bytes_;
  Extent extent_;
};

}  // namespace backplan::builtin
