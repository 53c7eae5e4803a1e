# docker build -f dockerfiles/drift-service.Dockerfile -t assay/drift-service .
# docker run --rm -p 8082:8080 -v assay:/app/.assay assay/drift-service

# The manifests alone decide what is installed: a changed source does not install anew.
FROM node:24-slim AS manifests
COPY . /source
WORKDIR /source
RUN mkdir /manifests \
  && cp --parents package.json package-lock.json .npmrc apps/*/package.json libs/*/package.json /manifests

FROM node:24-slim AS dependencies
COPY --from=manifests /manifests /app
WORKDIR /app
# No install scripts: nothing that is installed here needs one.
RUN npm ci --omit=dev --ignore-scripts --workspace=@assay/drift-service

FROM node:24-slim
ENV NODE_ENV=production \
  PORT=8080 \
  MALLOC_ARENA_MAX=2 \
  NODE_COMPILE_CACHE=/app/.compile-cache
WORKDIR /app
COPY --from=dependencies /app ./
COPY libs/drift-report/src libs/drift-report/src
COPY libs/drift-statistics/src libs/drift-statistics/src
COPY libs/event-bus/src libs/event-bus/src
COPY libs/model-registry/src libs/model-registry/src
COPY libs/object-store/src libs/object-store/src
COPY libs/prediction-log/src libs/prediction-log/src
COPY libs/random/src libs/random/src
COPY libs/schema/src libs/schema/src
COPY libs/service-kit/src libs/service-kit/src
COPY apps/drift-service/src apps/drift-service/src
# Of the packages only the references are read, but a package is checked whole.
COPY models models
# Loads every module once, as the user that will run them (Node keeps one cache a user): start-up compiles nothing.
RUN mkdir .compile-cache .assay && chown node .compile-cache .assay
USER node
RUN ["node", "--input-type=module", "--eval", "import '/app/apps/drift-service/src/start.ts'"]
EXPOSE 8080
CMD ["node", "apps/drift-service/src/main.ts"]
