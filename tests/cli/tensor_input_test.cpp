// How images, sound and real numbers become input tensors.
#include "base/error.h"
#include "base/file.h"
#include "sim/cli/log_mel.h"
#include "sim/cli/tensor_input.h"
#include "sim/cli/wave_file.h"
#include "tests/cli/cli_run.h"
#include "tests/cli/made_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

namespace xs3::cli {
namespace {

using test::PngColour;
using test::pngFile;
using testing::HasSubstr;

assembler::NetworkTensor image(std::uint32_t height, std::uint32_t width, std::uint32_t channels) {
  return {"x", "input0", {1, height, width, channels}, "int8", 2 / 255.0, 0};
}

assembler::NetworkTensor sound() {
  return {"x", "input0", {1, 49, 40, 1}, "int8", 0.009803921915590763, -26};
}

std::vector<int> read(const std::string &path, const assembler::NetworkTensor &tensor,
                      const InputOptions &options = {}) {
  std::vector<int> values;
  for (const std::uint8_t byte : readInput(path, tensor, options).bytes)
    values.push_back(static_cast<std::int8_t>(byte));
  return values;
}

/// The sentence with which the file is refused.
std::string refusal(const std::string &path, const assembler::NetworkTensor &tensor,
                    const InputOptions &options = {}) {
  try {
    readInput(path, tensor, options);
  } catch (const Error &error) {
    return error.what();
  }
  return "";
}

TEST(ImageInput, GreyPngSpansTheRange) {
  const test::Folder folder;
  const std::string path = folder.file(
      "a.png", pngFile(3, 2, 8, PngColour::Grey, {{"\x00\x80\xff", 3}, {"\x01\x02\x03", 3}}));
  // numpy: round((2 p / 255 - 1) as float32 / scale as float32). Halves, p - 127.5, fall to the
  // side to which the two floats were rounded.
  EXPECT_EQ(read(path, image(2, 3, 1)), (std::vector<int>{-127, 0, 127, -126, -125, -124}));
  EXPECT_THAT(readInput(path, image(2, 3, 1), {}).conversion,
              HasSubstr("image, values 0 to 255 as -1 to 1, quantized to int8 with scale 0.00784314"
                        " and zero point 0"));
}

TEST(ImageInput, ColourPngKeepsItsChannels) {
  const test::Folder folder;
  const std::string path =
      folder.file("a.png", pngFile(2, 1, 8, PngColour::Rgb, {{"\x00\x40\x80\xc0\xff\x20", 6}}));
  EXPECT_EQ(read(path, image(1, 2, 3)), (std::vector<int>{-127, -63, 0, 64, 127, -96}));
}

TEST(ImageInput, BitsOfABlackAndWhitePngAreItsEnds) {
  const test::Folder folder;
  const std::string path = folder.file("a.png", pngFile(4, 1, 1, PngColour::Grey, {"\xa0"}));
  EXPECT_EQ(read(path, image(1, 4, 1)), (std::vector<int>{127, -127, 127, -127}));
}

TEST(ImageInput, TheRangeOfPixelsIsTheUsers) {
  const test::Folder folder;
  const std::string path = folder.file("a.pgm", "P2 2 1 4\n0 4\n");
  EXPECT_EQ(read(path, image(1, 2, 1), parseInputOptions("auto", "0..0.5")),
            (std::vector<int>{0, 64}));
  EXPECT_EQ(read(path, image(1, 2, 1), parseInputOptions("image", "1..-1")),
            (std::vector<int>{127, -127}));
}

TEST(ImageInput, PgmAndPpmInAllTheirForms) {
  const test::Folder folder;
  const std::vector<int> expected = {-127, 127};
  const auto grey = image(1, 2, 1);
  EXPECT_EQ(read(folder.file("a.pgm", "P2 # a comment\n2 1\n9 0 9"), grey), expected);
  EXPECT_EQ(read(folder.file("b.pgm", std::string("P5 2 1 7\n\0\7", 11)), grey), expected);
  EXPECT_EQ(read(folder.file("c.pgm", std::string("P5 2 1 256\n\0\0\1\0", 15)), grey), expected);
  EXPECT_EQ(read(folder.file("d.ppm", std::string("P6\n1 1\n255\n\0\xff\x80", 14)), image(1, 1, 3)),
            (std::vector<int>{-127, 127, 0}));
  EXPECT_EQ(read(folder.file("e.ppm", "P3 1 1 2 0 2 1"), image(1, 1, 3)),
            (std::vector<int>{-127, 127, 0}));
}

TEST(ImageInput, TheBundledDigitAsAnImageIsTheBundledTensor) {
  // The digits have grey values 0 to 16, real = p / 8 - 1; inputs.bin was made with numpy.
  const std::string tensors = readTextFile(test::kDigits + "inputs.bin");
  ASSERT_EQ(tensors.size() % 64, 0u);
  const test::Folder folder;
  for (std::size_t digit = 0; digit < tensors.size() / 64; ++digit) {
    std::string text = "P2 8 8 16\n";
    std::vector<int> expected;
    for (std::size_t i = 0; i < 64; ++i) {
      expected.push_back(static_cast<std::int8_t>(tensors[64 * digit + i]));
      const double real = expected.back() * 0.007843137718737125;
      text += std::to_string(std::lround((real + 1) * 8)) + " ";
    }
    EXPECT_EQ(read(folder.file("digit.pgm", text), image(8, 8, 1)), expected) << digit;
  }
}

TEST(ImageInput, AnotherSizeOrKindIsRefused) {
  const test::Folder folder;
  const std::string png = folder.file("a.png", pngFile(3, 2, 8, PngColour::Grey, {"abc", "abc"}));
  EXPECT_THAT(refusal(png, image(3, 2, 1)),
              HasSubstr("a.png: error: the image is 3x2 grey, but the network wants 2x3 grey"));
  EXPECT_THAT(refusal(png, image(2, 3, 3)), HasSubstr("3x2 grey, but the network wants 3x2 RGB"));
  EXPECT_THAT(refusal(png, sound()), HasSubstr("wants 40x49 grey"));
  EXPECT_THAT(refusal(png, image(2, 3, 7)), HasSubstr("int8 1x2x3x7, which no image is"));
  EXPECT_THAT(
      refusal(folder.file("b.png", pngFile(1, 1, 16, PngColour::Grey, {"ab"})), image(1, 1, 1)),
      HasSubstr("16 bits a channel"));
  EXPECT_THAT(
      refusal(folder.file("c.png", pngFile(1, 1, 8, PngColour::GreyAlpha, {"ab"})), image(1, 1, 1)),
      HasSubstr("transparent pixels"));
  EXPECT_THAT(
      refusal(folder.file("d.png", pngFile(1, 1, 8, PngColour::Palette, {"\1"})), image(1, 1, 1)),
      HasSubstr("palette"));
  EXPECT_THAT(refusal(folder.file("e.png", "no image"), image(1, 1, 1)),
              HasSubstr("neither a PNG nor a PGM"));
}

TEST(ImageInput, ADamagedPngIsRefusedWhereverItIsCut) {
  const test::Folder folder;
  const std::string png = pngFile(8, 8, 8, PngColour::Grey,
                                  std::vector<std::string>(8, std::string("\0\1\2\3\4\5\6\7", 8)));
  for (std::size_t size = 8; size < png.size(); ++size)
    EXPECT_THAT(refusal(folder.file("a.png", png.substr(0, size)), image(8, 8, 1)),
                HasSubstr("a.png: error: "))
        << size;
  for (std::size_t at = 8; at < png.size(); ++at) {
    std::string bent = png;
    bent[at] = static_cast<char>(bent[at] ^ 0x10);
    EXPECT_THAT(refusal(folder.file("a.png", bent), image(8, 8, 1)), HasSubstr("a.png: error: "))
        << at;
  }
}

TEST(ImageInput, ADamagedPgmIsRefused) {
  const test::Folder folder;
  const auto grey = image(1, 2, 1);
  for (const char *text : {"P5 2 1 255\na", "P5 2 1 255\nabc", "P5", "P2 2 1 9 1", "P2 2 1 9 1 x",
                           "P2 2 1 9 1 10", "P5 2 1 0\nab", "P5 2 1 70000\nabcd",
                           "P2 99999999999999999999 1 9 1 1", "P2 999999999 999999999 9 1"})
    EXPECT_THAT(refusal(folder.file("a.pgm", text), grey), HasSubstr("a.pgm: error: ")) << text;
}

/// A sawtooth of 440 Hz that fades, with noise: whole numbers alone, so the same everywhere.
std::vector<std::int16_t> tone() {
  std::vector<std::int16_t> samples;
  std::uint32_t state = 2463534242;
  for (int i = 0; i < 16'000; ++i) {
    const int saw = ((i * 440LL * 65536 / 16'000) & 0xffff) - 32768;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    const int noise = static_cast<int>(state >> 20) - 2048;
    const auto floorDivide = [](int a, int b) { return a >= 0 ? a / b : -((-a + b - 1) / b); };
    samples.push_back(
        static_cast<std::int16_t>(floorDivide(saw, 4 + i / 1000) + floorDivide(noise, 4)));
  }
  return samples;
}

TEST(SoundInput, FeaturesAreWhatNumpyComputed) {
  // golden/log_mel.npy: log_mel of kws_data.py, which made the keyword networks' training data, for
  // the same samples (numpy 2.4).
  const Array expected =
      parseNpy(readFile(XS3_SOURCE_DIR "/tests/cli/golden/log_mel.npy"), "log_mel.npy");
  ASSERT_EQ(expected.shape, (std::vector<std::size_t>{49, 40}));
  const test::Folder folder;
  const auto features = logMel(readWave(folder.file("a.wav", test::waveFile(tone()))));
  ASSERT_EQ(features.size(), 49u * 40);
  for (std::size_t i = 0; i < features.size(); ++i) {
    float wanted = 0;
    std::memcpy(&wanted, expected.bytes.data() + 4 * i, 4);
    EXPECT_NEAR(features[i], wanted, 1e-6) << i;
  }
}

TEST(SoundInput, FeaturesFollowTheDefinition) {
  // The discrete Fourier transform as a sum, for a few frames and bands.
  const std::vector<std::int16_t> samples = tone();
  std::vector<float> reals;
  for (const std::int16_t sample : samples)
    reals.push_back(static_cast<float>(sample) / 32768);
  const std::vector<float> features = logMel(reals);
  const auto mel = [](double f) { return 2595 * std::log10(1 + f / 700); };
  for (const auto &[frame, band] : {std::pair{0, 0}, {7, 13}, {48, 39}}) {
    const auto corner = [&, step = (mel(7600) - mel(60)) / 41](int i) {
      return 700 * (std::pow(10, (mel(60) + step * i) / 2595) - 1) * 1024 / 16'000;
    };
    double power = 0;
    for (int k = 0; k <= 512; ++k) {
      const double weight =
          std::min((k - corner(band)) / (corner(band + 1) - corner(band)),
                   (corner(band + 2) - k) / (corner(band + 2) - corner(band + 1)));
      double real = 0, imaginary = 0;
      for (int i = 0; weight > 0 && i < 640; ++i) {
        const double hann = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / 639);
        const double value = reals[static_cast<std::size_t>(320 * frame + i)] * hann;
        real += value * std::cos(2 * std::numbers::pi * i * k / 1024);
        imaginary += value * std::sin(2 * std::numbers::pi * i * k / 1024);
      }
      power += std::max(weight, 0.0) * (real * real + imaginary * imaginary);
    }
    EXPECT_NEAR(features[static_cast<std::size_t>(40 * frame + band)],
                (std::log(power + 1e-4) + 2) / 8, 1e-6);
  }
}

TEST(SoundInput, SilenceIsQuantized) {
  const test::Folder folder;
  const std::string path =
      folder.file("a.wav", test::waveFile(std::vector<std::int16_t>(16'000, 0)));
  // (ln(0.0001) + 2) / 8 = -0.9013; / 0.0098039 = -91.93; -92 - 26.
  EXPECT_EQ(read(path, sound()), std::vector<int>(49 * 40, -118));
  EXPECT_THAT(readInput(path, sound(), {}).conversion, HasSubstr("49 frames of 40 ms"));
}

TEST(SoundInput, OtherSoundIsRefused) {
  const test::Folder folder;
  const std::vector<std::int16_t> second(16'000);
  const auto refused = [&](const std::string &file) {
    return refusal(folder.file("a.wav", file), sound());
  };
  EXPECT_THAT(refused(test::waveFile(second, {.rate = 8000})),
              HasSubstr("16-bit PCM, 1 channel, 8000 Hz; 16-bit PCM of 1 channel at 16000 Hz is"));
  EXPECT_THAT(refused(test::waveFile(second, {.channels = 2})), HasSubstr("2 channels"));
  EXPECT_THAT(refused(test::waveFile(second, {.bits = 8})), HasSubstr("8-bit PCM"));
  EXPECT_THAT(refused(test::waveFile(second, {.encoding = 3})), HasSubstr("of encoding 3"));
  EXPECT_THAT(refused(test::waveFile(std::vector<std::int16_t>(15'999))),
              HasSubstr("has 15999 samples, and one second of 16000 is wanted"));
  EXPECT_THAT(refused("RIFF"), HasSubstr("this is no WAV file"));
  const std::string whole = test::waveFile(second);
  for (std::size_t size = 0; size < 100; ++size)
    EXPECT_THAT(refused(whole.substr(0, size)), HasSubstr("a.wav: error: ")) << size;
  EXPECT_THAT(refusal(folder.file("b.wav", whole), image(8, 8, 1)),
              HasSubstr("sound is for inputs of 1x49x40x1"));
}

TEST(RealInput, FloatsAreQuantizedHalvesToEven) {
  const test::Folder folder;
  assembler::NetworkTensor tensor{"x", "input0", {1, 6}, "int8", 0.5, 3};
  const auto file = [&](const Array &array) {
    const std::vector<std::uint8_t> npy = formatNpy(array);
    return folder.file("a.npy", std::string(npy.begin(), npy.end()));
  };
  const std::vector<int> expected = {3, 3, 5, 5, -128, 127};
  EXPECT_EQ(
      read(file(test::arrayOf<float>("float32", {6}, {0, 0.25, 0.75, 1.25, -1e9F, 1e9F})), tensor),
      expected);
  EXPECT_EQ(
      read(file(test::arrayOf<double>("float64", {1, 6}, {0, 0.25, 0.75, 1.25, -70, 70})), tensor),
      expected);
  // 0, 0.25, 0.75, 1.25, -70, 70 as binary16.
  EXPECT_EQ(read(file(test::arrayOf<std::uint16_t>("float16", {6},
                                                   {0, 0x3400, 0x3a00, 0x3d00, 0xd460, 0x5460})),
                 tensor),
            expected);
  EXPECT_THAT(refusal(file(test::arrayOf<float>("float32", {6}, {0, NAN, 0, 0, 0, 0})), tensor),
              HasSubstr("no finite number"));
  EXPECT_THAT(refusal(file(test::arrayOf<float>("float32", {2}, {0, 1})), tensor),
              HasSubstr("it holds float32 2 where"));
  EXPECT_THAT(refusal(file(test::arrayOf<std::int16_t>("int16", {6}, {0, 1, 2, 3, 4, 5})), tensor,
                      parseInputOptions("real", "-1..1")),
              HasSubstr("it holds int16; --input-as real wants float16, float32 or float64"));
}

TEST(InputOptions, WrongWordsAreUsage) {
  for (const auto &[kind, range] : {std::pair{"picture", "-1..1"},
                                    {"auto", "1"},
                                    {"auto", "a..b"},
                                    {"auto", "1..1"},
                                    {"auto", "0..inf"}})
    EXPECT_THROW(parseInputOptions(kind, range), Error) << kind << range;
}

} // namespace
} // namespace xs3::cli
