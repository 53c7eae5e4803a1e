# docker build -f dockerfiles/frontend.Dockerfile -t assay/frontend .
# docker run --rm -p 8080:8080 -e INFERENCE_URL=http://host.docker.internal:8081 -e DRIFT_URL=http://host.docker.internal:8082 assay/frontend

# The manifests alone decide what is installed: a changed source does not install anew.
FROM node:24-slim AS manifests
COPY . /source
WORKDIR /source
RUN mkdir /manifests \
  && cp --parents package.json package-lock.json .npmrc apps/*/package.json libs/*/package.json /manifests

# The page: made by what is not needed to serve it.
FROM node:24-slim AS page
COPY --from=manifests /manifests /app
WORKDIR /app
RUN npm ci --ignore-scripts --workspace=@assay/frontend
COPY --from=manifests /source/tsconfig.base.json ./
COPY --from=manifests /source/apps/frontend apps/frontend
RUN node apps/frontend/scripts/build-page.ts

FROM node:24-slim AS dependencies
COPY --from=manifests /manifests /app
WORKDIR /app
RUN npm ci --omit=dev --ignore-scripts --workspace=@assay/frontend

FROM node:24-slim
ENV NODE_ENV=production \
  PORT=8080 \
  NODE_COMPILE_CACHE=/app/.compile-cache
WORKDIR /app
COPY --from=dependencies /app ./
COPY libs/schema/src libs/schema/src
COPY libs/service-kit/src libs/service-kit/src
COPY libs/training-runs/src libs/training-runs/src
COPY apps/frontend/server apps/frontend/server
COPY --from=page /app/apps/frontend/dist apps/frontend/dist
# Loads every module once, as the user that will run them (Node keeps one cache a user): start-up compiles nothing.
RUN mkdir .compile-cache && chown node .compile-cache
USER node
RUN ["node", "--input-type=module", "--eval", "import '/app/apps/frontend/server/start.ts'"]
EXPOSE 8080
CMD ["node", "apps/frontend/server/main.ts"]
