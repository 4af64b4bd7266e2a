// Random JSON texts that look like a message: its keys, mostly with values that fit,
// often with ones that do not. For tests; the same seed gives the same texts.
#ifndef PORTICO_CORE_CODEC_RANDOM_JSON_H_
#define PORTICO_CORE_CODEC_RANDOM_JSON_H_

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <random>
#include <string>

namespace portico::codec {

class RandomJson {
 public:
  // `misfit_percent`: how often something is not as the message would have it.
  RandomJson(std::uint64_t seed, int misfit_percent)
      : random_(seed), misfit_percent_(misfit_percent) {}

  std::string Object(const google::protobuf::Descriptor& descriptor);
  std::string Array(const google::protobuf::FieldDescriptor& field);

 private:
  bool OneIn(int n) { return random_() % n == 0; }
  bool Misfit() { return static_cast<int>(random_() % 100) < misfit_percent_; }
  template <class... T>
  std::string Pick(T... choices);

  void Message(const google::protobuf::Descriptor& descriptor, int depth, std::string* out);
  void Field(const google::protobuf::FieldDescriptor& field, int depth, std::string* out);
  void Elements(const google::protobuf::FieldDescriptor& field, int depth, std::string* out);
  void Element(const google::protobuf::FieldDescriptor& field, int depth, std::string* out);
  void Any(int depth, std::string* out);
  void AnyObject(int depth, std::string* out);
  void AnyArray(int depth, std::string* out);
  void Deep(std::string* out);
  void Key(const std::string& name, std::string* out);
  std::string String();
  std::string FittingNumber();
  std::string Number();
  void Space(std::string* out);

  std::mt19937_64 random_;
  const int misfit_percent_;
};

}  // namespace portico::codec

#endif  // PORTICO_CORE_CODEC_RANDOM_JSON_H_
