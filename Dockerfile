# Stepwise CDS. The image starts in production mode and then refuses to run without its settings: see deploy/README.md.
# The file system may be read-only; nothing but /data is ever written.

FROM node:22.23.3-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY deploy/bundle.mjs deploy/service-code.mjs deploy/keep-code.mjs ./deploy/
COPY src ./src
COPY hooks ./hooks
COPY fhir-mappings ./fhir-mappings
RUN npm run build && npm prune --omit=dev

FROM node:22.23.3-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
RUN install --directory --owner=node --group=node /data
COPY package.json LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY src ./src
COPY hooks ./hooks
COPY fhir-mappings ./fhir-mappings
# The user `node` of the base image, by number so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Memory rather than a few per cent of time (docs/operation.md); the same as `npm start`.
ENV MALLOC_ARENA_MAX=1
CMD ["node", "--max-semi-space-size=4", "--max-old-space-size=512", "--v8-pool-size=1", "--no-allocation-site-pretenuring", "dist/main.js"]
