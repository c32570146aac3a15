# syntax=docker/dockerfile:1
# The command line as an image: `docker run --rm -v ./acme:/workspace tierline sync`. No build step: Node runs the source.

FROM node:24-slim AS dependencies
WORKDIR /opt/tierline
COPY package.json package-lock.json ./
# The dev dependency `node` is for checkouts; here Node is the image's.
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:24-slim
LABEL org.opencontainers.image.title="Tierline" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /opt/tierline
COPY --from=dependencies /opt/tierline/node_modules node_modules
COPY package.json LICENSE ./
COPY mappings mappings
# `demo` and `sandbox` need the local CRMs.
COPY sandbox sandbox
COPY connectors connectors
COPY src src
RUN chmod 755 src/main.ts \
 && ln -s /opt/tierline/src/main.ts /usr/local/bin/tierline \
 && install -d -o node -g node /workspace
# Also what lets the embedded PostgreSQL start: it refuses root.
USER node
WORKDIR /workspace
ENV NODE_ENV=production \
    TIERLINE_WORKSPACE=/workspace
# Signals arrive: main.ts handles SIGINT and SIGTERM itself, so nothing has to stand before it as process 1.
ENTRYPOINT ["tierline"]
CMD ["--help"]
# A command ends with its exit code: that is its health. The check of `serve` is in compose.yaml.
HEALTHCHECK NONE
