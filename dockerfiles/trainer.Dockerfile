# docker build -f dockerfiles/trainer.Dockerfile -t assay/trainer .
# docker run --rm -v "$PWD/data:/data:ro" -v assay:/app/.assay assay/trainer \
#   train configs/ai-vs-real.yaml data.path=/data/faces-ai-vs-real.tar.gz

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
RUN npm ci --omit=dev --ignore-scripts --workspace=@assay/trainer \
  && cd node_modules/onnxruntime-node/bin/napi-v6 \
  && find . -mindepth 2 -maxdepth 2 ! -path "./linux/$(node -p process.arch)" -exec rm -rf {} +

FROM node:24-slim
ENV NODE_ENV=production \
  MALLOC_ARENA_MAX=2
# Letters in pictures: the slim image has no font.
RUN apt-get update \
  && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=dependencies /app ./
COPY libs/drift-report/src libs/drift-report/src
COPY libs/drift-statistics/src libs/drift-statistics/src
COPY libs/event-bus/src libs/event-bus/src
COPY libs/explanation/src libs/explanation/src
COPY libs/model-registry/src libs/model-registry/src
COPY libs/model-runtime/src libs/model-runtime/src
COPY libs/object-store/src libs/object-store/src
COPY libs/onnx-graph/src libs/onnx-graph/src
COPY libs/prediction/src libs/prediction/src
COPY libs/prediction-log/src libs/prediction-log/src
COPY libs/preprocessing/src libs/preprocessing/src
COPY libs/provenance/src libs/provenance/src
COPY libs/random/src libs/random/src
COPY libs/schema/src libs/schema/src
COPY libs/training/src libs/training/src
COPY libs/training-runs/src libs/training-runs/src
COPY apps/trainer/src apps/trainer/src
COPY configs configs
# Runs and packages are written below the working directory.
RUN mkdir .assay && chown node .assay
USER node
ENTRYPOINT ["node", "apps/trainer/src/main.ts"]
CMD ["--help"]
