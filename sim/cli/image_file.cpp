#include "sim/cli/image_file.h"

#include "base/error.h"
#include "base/file.h"

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <optional>
#include <png.h>
#include <span>
#include <string_view>

namespace xs3::cli {
namespace {

[[noreturn]] void fail(const std::string &path, const std::string &what) {
  throw Error(path + ": error: " + what);
}

std::string_view colourName(std::size_t channels) { return channels == 3 ? "RGB" : "grey"; }

std::string describeSize(std::size_t width, std::size_t height, std::string_view colour) {
  return std::to_string(width) + "x" + std::to_string(height) + " " + std::string(colour);
}

/// Width first, as image programs say it.
void checkSize(const std::string &path, std::size_t width, std::size_t height,
               std::string_view colour, const ImageSize &wanted) {
  if (width == wanted.width && height == wanted.height && colour == colourName(wanted.channels))
    return;
  fail(path, "the image is " + describeSize(width, height, colour) + ", but the network wants " +
                 describeSize(wanted.width, wanted.height, colourName(wanted.channels)) +
                 " (width x height); convert it with an image program first");
}

/// libpng reads from memory; its errors jump to where setjmp was called last.
class PngReader {
public:
  PngReader(std::span<const std::uint8_t> file, const std::string &path)
      : rest_(file), path_(path),
        png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning)),
        info_(png_ ? png_create_info_struct(png_) : nullptr) {
    if (!info_) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
    png_set_read_fn(png_, this, readMore);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader &) = delete;
  PngReader &operator=(const PngReader &) = delete;

  Image read(const ImageSize &wanted) {
    if (!readHeader())
      fail(path_, "the PNG is damaged: " + message_);
    checkKind();
    checkSize(path_, png_get_image_width(png_, info_), png_get_image_height(png_, info_),
              png_get_color_type(png_, info_) == PNG_COLOR_TYPE_GRAY ? "grey" : "RGB", wanted);
    std::vector<std::uint8_t> bytes(wanted.height * wanted.width * wanted.channels);
    std::vector<png_bytep> rows(wanted.height);
    for (std::size_t row = 0; row < rows.size(); ++row)
      rows[row] = bytes.data() + row * wanted.width * wanted.channels;
    if (!readRows(rows.data()))
      fail(path_, "the PNG is damaged: " + message_);
    return {{bytes.begin(), bytes.end()}, 255};
  }

private:
  bool readHeader() {
    if (setjmp(png_jmpbuf(png_)))
      return false;
    png_read_info(png_, info_);
    return true;
  }

  bool readRows(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_)))
      return false;
    if (png_get_bit_depth(png_, info_) < 8)
      png_set_expand_gray_1_2_4_to_8(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    png_read_image(png_, rows);
    png_read_end(png_, nullptr);
    return true;
  }

  void checkKind() const {
    const unsigned type = png_get_color_type(png_, info_);
    const unsigned depth = png_get_bit_depth(png_, info_);
    std::string what;
    if (type == PNG_COLOR_TYPE_PALETTE)
      what = "the PNG has a palette";
    else if (type & PNG_COLOR_MASK_ALPHA || png_get_valid(png_, info_, PNG_INFO_tRNS))
      what = "the PNG has transparent pixels";
    else if (depth > 8)
      what = "the PNG has " + std::to_string(depth) + " bits a channel";
    if (!what.empty())
      fail(path_, what + "; save it as 8-bit grey or RGB without transparency");
  }

  static void onError(png_structp png, png_const_charp text) {
    static_cast<PngReader *>(png_get_error_ptr(png))->message_ = text;
    png_longjmp(png, 1);
  }
  static void onWarning(png_structp, png_const_charp) {}
  static void readMore(png_structp png, png_bytep to, std::size_t count) {
    auto &rest = static_cast<PngReader *>(png_get_io_ptr(png))->rest_;
    if (count > rest.size())
      png_error(png, "it ends too early");
    std::memcpy(to, rest.data(), count);
    rest = rest.subspan(count);
  }

  std::span<const std::uint8_t> rest_;
  const std::string &path_;
  std::string message_;
  png_structp png_;
  png_infop info_;
};

/// "P5 8 8 255" and pixels; '#' begins a comment up to the line's end.
class PnmReader {
public:
  PnmReader(std::span<const std::uint8_t> file, const std::string &path)
      : kind_(file[1]), rest_(file.subspan(2)), path_(path) {}

  Image read(const ImageSize &wanted) {
    const bool colour = kind_ == '3' || kind_ == '6';
    const std::size_t width = number(), height = number();
    checkSize(path_, width, height, colour ? "RGB" : "grey", wanted);
    Image image;
    image.most = static_cast<unsigned>(number());
    if (image.most < 1 || image.most > 65535)
      fail(path_, "its largest value, " + std::to_string(image.most) + ", is not in 1 to 65535");
    image.pixels.resize(wanted.height * wanted.width * wanted.channels);
    if (kind_ == '5' || kind_ == '6')
      readBytes(image);
    else
      for (std::uint16_t &pixel : image.pixels)
        pixel = checked(number(), image.most);
    return image;
  }

private:
  [[noreturn]] void failDamaged() const {
    fail(path_, "the image is damaged: it ends too early or holds no number where one must stand");
  }

  std::uint16_t checked(std::size_t value, unsigned most) const {
    if (value > most)
      fail(path_, "the image is damaged: a pixel is " + std::to_string(value) +
                      ", above its largest value " + std::to_string(most));
    return static_cast<std::uint16_t>(value);
  }

  std::size_t number() {
    bool inComment = false;
    while (!rest_.empty() && (inComment || rest_[0] <= ' ' || rest_[0] == '#')) {
      inComment = inComment ? rest_[0] != '\n' : rest_[0] == '#';
      rest_ = rest_.subspan(1);
    }
    std::size_t value = 0, digits = 0;
    for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9' && digits < 9; ++digits) {
      value = 10 * value + (rest_[0] - '0');
      rest_ = rest_.subspan(1);
    }
    if (digits == 0)
      failDamaged();
    return value;
  }

  void readBytes(Image &image) {
    const std::size_t size = image.most > 255 ? 2 : 1; // Two bytes: the higher one first.
    if (rest_.size() != 1 + image.pixels.size() * size)
      fail(path_, "the image is damaged: it holds " +
                      std::to_string(rest_.empty() ? 0 : rest_.size() - 1) +
                      " bytes of pixels where its size wants " +
                      std::to_string(image.pixels.size() * size));
    rest_ = rest_.subspan(1); // One blank ends the header.
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
      image.pixels[i] = checked(
          size == 2 ? std::size_t{rest_[2 * i]} << 8 | rest_[2 * i + 1] : rest_[i], image.most);
  }

  std::uint8_t kind_;
  std::span<const std::uint8_t> rest_;
  const std::string &path_;
};

} // namespace

Image readImage(const std::string &path, const ImageSize &wanted) {
  const std::vector<std::uint8_t> file = readFile(path);
  if (file.size() >= 8 && png_sig_cmp(file.data(), 0, 8) == 0)
    return PngReader(file, path).read(wanted);
  if (file.size() > 2 && file[0] == 'P' &&
      (file[1] == '2' || file[1] == '3' || file[1] == '5' || file[1] == '6'))
    return PnmReader(file, path).read(wanted);
  fail(path, "this is neither a PNG nor a PGM or PPM image");
}

} // namespace xs3::cli
