#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace backplan {

/// Finds the index of a word among few known ones, faster than a map: the length and both ends of a
/// word tell nearly all ids apart, so one comparison settles it.
class Words {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  explicit Words(std::vector<std::string> words) : words_(std::move(words)) {
    while (slots() < 4 * words_.size()) --shift_;
    slots_.assign(slots(), none);
    for (std::size_t i = 0; i < words_.size(); ++i) {
      std::size_t at = start(words_[i]);
      while (slots_[at] != none) at = next(at);
      slots_[at] = i;
    }
  }

  /// The index of `word`, or `none`.
  std::size_t find(std::string_view word) const {
    for (std::size_t at = start(word); slots_[at] != none; at = next(at)) {
      if (words_[slots_[at]] == word) return slots_[at];
    }
    return none;
  }

  const std::vector<std::string>& all() const { return words_; }

 private:
  std::size_t slots() const { return std::size_t{1} << (64 - shift_); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots() - 1); }

  template <class Number>
  static std::uint64_t load(const char* from) {
    Number number;
    std::memcpy(&number, from, sizeof number);
    return number;
  }

  /// The first and the last bytes, overlapping in a short word.
  static std::uint64_t ends(std::string_view word) {
    const char* last = word.data() + word.size();
    if (word.size() >= 8) return load<std::uint64_t>(word.data()) + 3 * load<std::uint64_t>(last - 8);
    if (word.size() >= 4) return load<std::uint32_t>(word.data()) + 3 * load<std::uint32_t>(last - 4);
    std::uint64_t number = 0;
    for (const char c : word) number = number << 8 | static_cast<unsigned char>(c);
    return number;
  }

  std::size_t start(std::string_view word) const {
    return static_cast<std::size_t>(((ends(word) + word.size()) * 0x9E3779B97F4A7C15U) >> shift_);
  }

  std::vector<std::string> words_;
  std::vector<std::size_t> slots_;
  int shift_ = 62;  ///< 64 - the binary logarithm of the number of slots
};

}  // namespace backplan
