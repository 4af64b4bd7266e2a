#!/usr/bin/env bash
# Writes the table behind Assets(): embed_assets.sh PATH=FILE... > OUT, with the paths
# in their sorted order.
set -euo pipefail

content_type() {
  case $1 in
    *.html) echo 'text/html; charset=utf-8' ;;
    *.js) echo 'text/javascript; charset=utf-8' ;;
    *.css) echo 'text/css; charset=utf-8' ;;
    *.svg) echo 'image/svg+xml' ;;
    *) echo 'text/plain; charset=utf-8' ;;
  esac
}

# The file as it is embedded. The maps that Swagger UI's files point to are not served.
packed() { sed '/^\/[/*]# sourceMappingURL=/d' "$1" | gzip -9n; }

echo '#include "gateway/page/asset.h"'
echo 'namespace portico::page {'
echo 'namespace {'
number=0
for argument; do
  echo "constexpr char kAsset${number}[] ="
  packed "${argument#*=}" | od -An -v -to1 | sed 's/ /\\/g; s/.*/"&"/'
  echo ';'
  number=$((number + 1))
done
echo '}  // namespace'
echo 'absl::Span<const Asset> Assets() {'
echo '  static constexpr Asset kAssets[] = {'
number=0
for argument; do
  file=${argument#*=}
  etag=$(packed "$file" | sha256sum | cut -c 1-16)
  printf '    {"%s", "%s", "\\"%s\\"", {kAsset%d, sizeof(kAsset%d) - 1}},\n' \
    "${argument%%=*}" "$(content_type "$file")" "$etag" "$number" "$number"
  number=$((number + 1))
done
echo '  };'
echo '  return kAssets;'
echo '}'
echo '}  // namespace portico::page'
