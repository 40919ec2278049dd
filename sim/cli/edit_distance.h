// What was probably meant: the nearest of some words.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace xs3::cli {

/// The number of letters to insert, drop, change or swap with their neighbour to make `b` of `a`.
std::size_t editDistance(std::string_view a, std::string_view b);

/// A word that begins with `word`, else the one closest to it, the first of equals; empty when none
/// is near enough to be meant (a third of the letters, at least two).
std::string nearest(std::string_view word, std::span<const std::string> words);

} // namespace xs3::cli
