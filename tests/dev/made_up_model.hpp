#pragma once

#include "core/model.hpp"

namespace backplan::dev {

/// The model of a made-up library of so many techniques, with numbers like those of routines/: larger
/// than anybody has, to see how far the solver goes. The same on every machine.
Model made_up_model(int techniques, int minutes, unsigned seed);

}  // namespace backplan::dev
