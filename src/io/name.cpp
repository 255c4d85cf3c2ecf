#include <array>
#include <cstdint>

#include "backplan/report.hpp"

namespace backplan {
namespace {

template <class Enum, std::size_t n>
std::string_view word(const std::array<std::string_view, n>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view name(Disposition disposition) {
  static constexpr std::array<std::string_view, disposition_count> words{
      "self_care", "modified", "rest_today", "clinician_first", "same_day", "emergency"};
  return word(words, disposition);
}

std::string_view name(std::optional<Disposition> stated) { return stated ? name(*stated) : "incomplete"; }

std::string_view name(FollowUp follow_up) {
  static constexpr std::array<std::string_view, 3> words{"none", "recheck", "appointment"};
  return word(words, follow_up);
}

std::string_view name(Phase phase) {
  static constexpr std::array<std::string_view, 6> words{"prepare", "warm-up",    "mobilise",
                                                         "release", "strengthen", "cool-down"};
  return word(words, phase);
}

std::string_view name(Sides sides) {
  static constexpr std::array<std::string_view, 3> words{"none", "together", "each"};
  return word(words, sides);
}

std::string_view name(DoseKind kind) {
  static constexpr std::array<std::string_view, 4> words{"hold", "repetitions", "breaths", "time"};
  return word(words, kind);
}

std::string_view name(Direction direction) {
  static constexpr std::array<std::string_view, 5> words{"extension", "rotation", "side-bending", "flexion",
                                                         "scapular"};
  return word(words, direction);
}

std::string_view name(Region region) {
  static constexpr std::array<std::string_view, 3> words{"upper", "middle", "lower"};
  return word(words, region);
}

std::string_view name(Intensity intensity) {
  static constexpr std::array<std::string_view, 2> words{"gentle", "normal"};
  return word(words, intensity);
}

std::string_view name(LimitKind kind) {
  static constexpr std::array<std::string_view, 3> words{"time", "equipment", "filter"};
  return word(words, kind);
}

std::string_view version() { return BACKPLAN_VERSION; }

std::string digest(std::span<const Document> documents) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash = (hash ^ 0xFF) * 1099511628211ULL;  // 0xFF is in no UTF-8 text: an end
  };
  for (const Document& document : documents) {
    add(document.name);
    add(document.text);
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[(hash >> shift) & 0xF];
  return text;
}

}  // namespace backplan
