#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "backplan/report.hpp"
#include "cli/clock.hpp"

namespace backplan::cli {

/// How long a saved screening may be used: signs can change within a day.
inline constexpr std::chrono::hours saved_for{24};

/// Where everything is that is saved, or nothing when there is no home: $XDG_STATE_HOME when it is
/// absolute, else ~/.local/state, then backplan.
std::optional<std::filesystem::path> state_folder();

/// Makes the folder for the state when it is missing, for its owner alone. Throws WriteError, also
/// when a link or a file is in its place.
void make_state_folder(const std::filesystem::path& folder);

/// screening.yaml in the state folder.
std::optional<std::filesystem::path> saved_screening();

/// Saves the screening, readable by its owner alone. Throws WriteError.
void save(const std::filesystem::path& path, const ScreeningReport& report, const Advice& advice, Time now);

struct Saved {
  StatedScreening screening;
  Time at;
};

/// The saved screening when there is one that may be used; otherwise `note` says why not, or is
/// empty when there is none.
std::optional<Saved> load(const std::filesystem::path& path, const Catalog& catalog, Time now,
                          std::string& note);

/// "2026-11-21 06:52 UTC".
std::string in_words(Time time);

}  // namespace backplan::cli
