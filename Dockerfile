# One image for both roles: ROLE=web, ROLE=worker, or neither for both in one process.
FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM packages AS build
RUN npm ci --include=dev --ignore-scripts
COPY tsconfig.json ./
COPY config config
COPY src src
COPY jobs jobs
RUN npm run build

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY views views
COPY config/node-flags config/node-flags
# for `bin/database backup` and `restore`
COPY bin/database bin/database
COPY config/database config/database
# the image's own user `node`
RUN mkdir /data && chown 1000:1000 /data
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["node", "dist/src/healthcheck.js"]
CMD ["sh", "-c", "exec node $(cat config/node-flags) dist/src/server.js"]
