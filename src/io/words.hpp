#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace backplan {

/// Finds the index of a word among few known ones, faster than a map: the length and both ends of a
/// word tell nearly all ids apart, so the first comparison of two numbers settles it.
class Words {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  explicit Words(std::vector<std::string> words) : words_(std::move(words)) {
    while (slots() < 4 * words_.size()) --shift_;
    slots_.assign(slots(), free);
    for (const std::string& word : words_) {
      const Ends ends = ends_of(word);
      std::size_t at = start(ends, word.size());
      while (slots_[at] != free) at = next(at);
      slots_[at] = static_cast<std::uint16_t>(entries_.size());
      entries_.push_back({ends, word});
    }
  }
  Words(Words&&) = default;  // the entries look into the words, so it is not copied

  /// The index of `word`, or `none`.
  std::size_t find(std::string_view word) const {
    const Ends ends = ends_of(word);
    for (std::size_t at = start(ends, word.size());; at = next(at)) {
      const std::size_t index = slots_.data()[at];
      if (index == free) return none;
      if (entries_.data()[index].is(word, ends)) return index;
    }
  }

  const std::vector<std::string>& all() const { return words_; }

 private:
  /// The first and the last bytes, overlapping in a short word. With the length they are all of a word
  /// of up to 16.
  struct Ends {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend bool operator==(const Ends&, const Ends&) = default;
  };

  struct Entry {
    Ends ends;
    std::string_view word;

    bool is(std::string_view other, const Ends& its_ends) const {
      if (word.size() != other.size() || ends != its_ends) return false;
      return word.size() <= 16 || std::memcmp(word.data() + 8, other.data() + 8, word.size() - 16) == 0;
    }
  };

  static constexpr std::uint16_t free = 65535;  ///< no list is so long

  std::size_t slots() const { return std::size_t{1} << (64 - shift_); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots() - 1); }

  template <class Number>
  static std::uint64_t load(const char* from) {
    Number number;
    std::memcpy(&number, from, sizeof number);
    return number;
  }

  static Ends ends_of(std::string_view word) {
    const char* last = word.data() + word.size();
    if (word.size() >= 8) return {load<std::uint64_t>(word.data()), load<std::uint64_t>(last - 8)};
    if (word.size() >= 4) return {load<std::uint32_t>(word.data()), load<std::uint32_t>(last - 4)};
    std::uint64_t number = 0;
    for (const char c : word) number = number << 8 | static_cast<unsigned char>(c);
    return {number, 0};
  }

  std::size_t start(const Ends& ends, std::size_t size) const {
    return static_cast<std::size_t>(((ends.first + 3 * ends.last + size) * 0x9E3779B97F4A7C15U) >> shift_);
  }

  std::vector<std::string> words_;
  std::vector<Entry> entries_;        ///< by index
  std::vector<std::uint16_t> slots_;  ///< indices; small, to stay near the processor
  int shift_ = 62;                    ///< 64 - the binary logarithm of the number of slots
};

}  // namespace backplan
