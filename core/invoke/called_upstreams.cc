#include "core/invoke/called_upstreams.h"

#include <algorithm>

namespace portico::invoke {
namespace {

bool FetchesToken(const plan::Upstream& upstream) {
  const auto fetches = [](const plan::Authentication& authentication) {
    return authentication.scheme == plan::AuthenticationScheme::kClientCredentials;
  };
  return fetches(upstream.authentication) ||
         std::any_of(upstream.further_authentication.begin(), upstream.further_authentication.end(),
                     fetches);
}

}  // namespace

CalledUpstreams::CalledUpstreams(loop::EventLoop& loop, const plan::Plan& plan,
                                 const upstream::Credentials& credentials,
                                 upstream::UpstreamClient& client, upstream::UpstreamHealth& health)
    : credentials_(credentials),
      client_(client),
      health_(health),
      tokens_(plan.upstreams().size()) {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!FetchesToken(plan.upstreams()[i])) continue;
    tokens_[i] = std::make_unique<Tokens>(loop, client_, [this, i] { return CredentialOf(i); });
  }
}

upstream::UpstreamClient& CalledUpstreams::ClientOf(std::size_t upstream) {
  return tokens_[upstream] == nullptr ? client_ : tokens_[upstream]->client;
}

const upstream::Token* CalledUpstreams::TokenOf(std::size_t upstream) const {
  return tokens_[upstream] == nullptr ? nullptr : tokens_[upstream]->source.Last();
}

}  // namespace portico::invoke
