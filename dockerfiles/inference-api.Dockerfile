# docker build -f dockerfiles/inference-api.Dockerfile -t assay/inference-api .
# docker run --rm -p 8081:8080 -v assay:/app/.assay assay/inference-api

# The manifests alone decide what is installed: a changed source does not install anew.
FROM node:24-slim AS manifests
COPY . /source
WORKDIR /source
RUN mkdir /manifests \
  && cp --parents package.json package-lock.json .npmrc apps/*/package.json libs/*/package.json /manifests

FROM node:24-slim AS dependencies
COPY --from=manifests /manifests /app
WORKDIR /app
# No install scripts: what they would fetch (CUDA libraries) is not used. ONNX Runtime brings every platform's binaries.
RUN npm ci --omit=dev --ignore-scripts --workspace=@assay/inference-api \
  && cd node_modules/onnxruntime-node/bin/napi-v6 \
  && find . -mindepth 2 -maxdepth 2 ! -path "./linux/$(node -p process.arch)" -exec rm -rf {} +

FROM node:24-slim
ENV NODE_ENV=production \
  PORT=8080 \
  MALLOC_ARENA_MAX=2 \
  NODE_OPTIONS=--max-semi-space-size=4 \
  NODE_COMPILE_CACHE=/app/.compile-cache
WORKDIR /app
COPY --from=dependencies /app ./
COPY libs/event-bus/src libs/event-bus/src
COPY libs/explanation/src libs/explanation/src
COPY libs/model-registry/src libs/model-registry/src
COPY libs/model-runtime/src libs/model-runtime/src
COPY libs/object-store/src libs/object-store/src
COPY libs/onnx-graph/src libs/onnx-graph/src
COPY libs/prediction/src libs/prediction/src
COPY libs/preprocessing/src libs/preprocessing/src
COPY libs/provenance/src libs/provenance/src
COPY libs/random/src libs/random/src
COPY libs/schema/src libs/schema/src
COPY libs/service-kit/src libs/service-kit/src
COPY apps/inference-api/src apps/inference-api/src
COPY models models
# Loads every module once, as the user that will run them (Node keeps one cache a user): start-up compiles nothing.
RUN mkdir .compile-cache .assay && chown node .compile-cache .assay
USER node
RUN ["node", "--input-type=module", "--eval", "import '/app/apps/inference-api/src/start.ts'"]
EXPOSE 8080
CMD ["node", "apps/inference-api/src/main.ts"]
