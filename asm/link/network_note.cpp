#include "asm/link/network_note.h"

#include "base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace xs3::assembler {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "xs3.network/1";

/// Reads values from one JSON object, and knows its path for messages.
class Reader {
public:
  Reader(const Json &object, std::string path, const std::string &fileName)
      : object_(object), path_(std::move(path)), fileName_(fileName) {
    if (!object.is_object())
      fail("", "is no JSON object");
  }

  std::string text(const char *key) const {
    const Json &value = at(key);
    if (!value.is_string())
      fail(key, "is no text");
    return value.get<std::string>();
  }

  template <typename T> T number(const char *key) const { return number<T>(at(key), key); }

  template <typename T> T numberOr(const char *key, T value) const {
    return object_.contains(key) ? number<T>(key) : value;
  }

  std::vector<std::uint32_t> shape(const char *key) const {
    std::vector<std::uint32_t> sizes;
    for (const Json &size : array(key))
      sizes.push_back(number<std::uint32_t>(size, key));
    if (sizes.size() > 8)
      fail(key, "has more than 8 dimensions");
    return sizes;
  }

  std::optional<double> optionalReal(const char *key) const {
    const auto found = object_.find(key);
    if (found == object_.end() || found->is_null())
      return std::nullopt;
    if (!found->is_number() || !(found->get<double>() > 0) || !std::isfinite(found->get<double>()))
      fail(key, "is no positive number");
    return found->get<double>();
  }

  Reader object(const char *key) const { return {at(key), path_ + key + ".", fileName_}; }

  template <typename T, typename Read> std::vector<T> list(const char *key, Read read) const {
    std::vector<T> values;
    for (const Json &value : array(key))
      values.push_back(
          read(Reader(value, path_ + key + "[" + std::to_string(values.size()) + "].", fileName_)));
    return values;
  }

  [[noreturn]] void fail(const std::string &key, const std::string &what) const {
    throw Error(fileName_ + ": error: the description of its network (section " +
                std::string(kNetworkNoteSection) +
                ") is damaged: " + (path_.empty() && key.empty() ? "it" : "'" + path_ + key + "'") +
                " " + what + "; compile the model again");
  }

private:
  const Json &at(const char *key) const {
    const auto found = object_.find(key);
    if (found == object_.end())
      fail(key, "is missing");
    return *found;
  }

  const Json &array(const char *key) const {
    const Json &value = at(key);
    if (!value.is_array())
      fail(key, "is no list");
    return value;
  }

  template <typename T> T number(const Json &value, const char *key) const {
    if (value.is_number_unsigned()) {
      if (const auto wide = value.get<std::uint64_t>();
          wide <= static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
        return static_cast<T>(wide);
    } else if (value.is_number_integer()) {
      if (const auto wide = value.get<std::int64_t>();
          std::numeric_limits<T>::is_signed &&
          wide >= static_cast<std::int64_t>(std::numeric_limits<T>::min()))
        return static_cast<T>(wide);
    }
    fail(key, "is no whole number in range");
  }

  const Json &object_;
  std::string path_; ///< "layers[3]."
  const std::string &fileName_;
};

NetworkTensor readTensor(const Reader &json) {
  NetworkTensor tensor;
  tensor.name = json.text("name");
  tensor.symbol = json.text("symbol");
  tensor.shape = json.shape("shape");
  tensor.dtype = json.text("dtype");
  tensor.scale = json.optionalReal("scale");
  if (tensor.scale)
    tensor.zeroPoint = json.number<std::int32_t>("zero_point");
  return tensor;
}

NetworkLayer readLayer(const Reader &json) {
  NetworkLayer layer;
  layer.index = json.number<std::uint32_t>("index");
  layer.name = json.text("name");
  layer.operatorName = json.text("operator");
  layer.outputShape = json.shape("output_shape");
  layer.outputSymbol = json.text("output_symbol");
  layer.outputDtype = json.text("output_dtype");
  layer.macsBinary = json.number<std::uint64_t>("macs_binary");
  layer.macsInt8 = json.number<std::uint64_t>("macs_int8");
  return layer;
}

MemoryMap readMemoryMap(const Reader &json) {
  MemoryMap map;
  map.codeBytes = json.number<std::uint64_t>("code_bytes");
  map.weightBytes = json.number<std::uint64_t>("weight_bytes");
  map.arenaBytes = json.number<std::uint64_t>("arena_bytes");
  map.stackBytes = json.number<std::uint64_t>("stack_bytes");
  map.scratchBytes = json.number<std::uint64_t>("scratch_bytes");
  map.streamBytes = json.numberOr<std::uint64_t>("stream_bytes", 0);
  map.externalBytes = json.number<std::uint64_t>("external_bytes");
  map.externalWeightBytes = json.numberOr<std::uint64_t>("external_weight_bytes", 0);
  return map;
}

Json toJson(const NetworkTensor &tensor) {
  Json json = {{"name", tensor.name},
               {"symbol", tensor.symbol},
               {"shape", tensor.shape},
               {"dtype", tensor.dtype}};
  json["scale"] = tensor.scale ? Json(*tensor.scale) : Json(nullptr);
  json["zero_point"] = tensor.scale ? Json(tensor.zeroPoint) : Json(nullptr);
  return json;
}

Json toJson(const NetworkLayer &layer) {
  return {{"index", layer.index},
          {"name", layer.name},
          {"operator", layer.operatorName},
          {"output_shape", layer.outputShape},
          {"output_symbol", layer.outputSymbol},
          {"output_dtype", layer.outputDtype},
          {"macs_binary", layer.macsBinary},
          {"macs_int8", layer.macsInt8}};
}

template <typename T> Json toJson(const std::vector<T> &values) {
  Json list = Json::array();
  for (const T &value : values)
    list.push_back(toJson(value));
  return list;
}

} // namespace

std::string formatNetworkNote(const NetworkNote &note) {
  const MemoryMap &map = note.memoryMap;
  const Json json = {{"schema", kSchema},
                     {"model", note.model},
                     {"model_sha256", note.modelSha256},
                     {"threads", note.threads},
                     {"copy_threads", note.copyThreads},
                     {"inputs", toJson(note.inputs)},
                     {"outputs", toJson(note.outputs)},
                     {"layers", toJson(note.layers)},
                     {"memory_map",
                      {{"code_bytes", map.codeBytes},
                       {"weight_bytes", map.weightBytes},
                       {"arena_bytes", map.arenaBytes},
                       {"stack_bytes", map.stackBytes},
                       {"scratch_bytes", map.scratchBytes},
                       {"stream_bytes", map.streamBytes},
                       {"external_bytes", map.externalBytes},
                       {"external_weight_bytes", map.externalWeightBytes}}}};
  // A tensor's name may hold any bytes: those that are no UTF-8 are replaced.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

NetworkNote parseNetworkNote(std::span<const std::uint8_t> bytes, const std::string &fileName) {
  const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
  const Reader reader(json, "", fileName);
  if (const std::string schema = reader.text("schema"); schema != kSchema)
    reader.fail("schema", "is '" + schema + "' where '" + std::string(kSchema) + "' is known");
  NetworkNote note;
  note.model = reader.text("model");
  note.modelSha256 = reader.text("model_sha256");
  note.threads = reader.number<std::uint32_t>("threads");
  if (note.threads < 1 || note.threads > 8)
    reader.fail("threads", "is not 1 to 8");
  note.copyThreads = reader.numberOr<std::uint32_t>("copy_threads", 0);
  if (note.copyThreads > 1 || note.threads + note.copyThreads > 8)
    reader.fail("copy_threads", "is too many");
  note.inputs = reader.list<NetworkTensor>("inputs", readTensor);
  note.outputs = reader.list<NetworkTensor>("outputs", readTensor);
  note.layers = reader.list<NetworkLayer>("layers", readLayer);
  note.memoryMap = readMemoryMap(reader.object("memory_map"));
  return note;
}

} // namespace xs3::assembler
