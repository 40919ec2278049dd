#include "kernels/compiler/import/model_file.h"

#include <limits>

namespace xs3::compiler {

const tflite::Model &openModel(std::span<const std::uint8_t> file, const Place &place) {
  const std::string refusal = "not a .tflite file: ";
  const std::string remedy = "; give a network converted by Larq Compute Engine or TensorFlow Lite";
  if (file.empty())
    place.fail(refusal + "it is empty" + remedy);
  if (file.size() < 8 || !tflite::ModelBufferHasIdentifier(file.data()))
    place.fail(refusal + "bytes 4 to 7 are not TFL3" + remedy);
  if (file.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()) - 1)
    place.fail(refusal + "it is longer than 2 GiB" + remedy);

  // Whoever writes a flatbuffer pads it to whole words; the verifier alone would not miss the
  // padding.
  const bool whole = file.size() % 4 == 0;
  flatbuffers::Verifier verifier(file.data(), file.size());
  if (!whole || !tflite::VerifyModelBuffer(verifier))
    place.fail(refusal + "it begins like one, but is cut off or damaged; copy or convert it again");

  const tflite::Model &model = *tflite::GetModel(file.data());
  if (model.version() != 3)
    place.fail("schema version " + std::to_string(model.version()) +
               " is not supported; convert the network for version 3");
  if (entries(model.subgraphs()) != 1)
    place.fail("it holds " + std::to_string(entries(model.subgraphs())) +
               " graphs; only networks of one graph, without control flow, are supported");
  return model;
}

} // namespace xs3::compiler
