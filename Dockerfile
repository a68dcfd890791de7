# The portal alone: EventStoreDB, MongoDB and the reverse proxy are in docker-compose.yml.
FROM node:22 AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
COPY data data
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
ENV NODE_ENV=production \
    PORTAIL_HOST=0.0.0.0 \
    PORTAIL_PORT=3000 \
    PORTAIL_DATA=/var/lib/portail
WORKDIR /opt/portail
RUN install -d -o node -g node -m 0700 /var/lib/portail
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/data data
COPY --from=build /build/dist dist
USER node
VOLUME /var/lib/portail
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=64", "dist/main.js", "serve"]
