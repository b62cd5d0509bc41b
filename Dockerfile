# The hub alone: Node 24 runs the TypeScript as it is, so there is no build step.
FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /tradelane
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY src src
COPY bin bin
COPY standards standards
COPY mappings mappings
COPY config config
COPY connectors connectors
# The one folder that is written: the store, keys and drop folders. Mount a volume here.
RUN mkdir data && chown node:node data
USER node
VOLUME /tradelane/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the entry point, so that signals reach the hub.
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "src/cli.ts"]
CMD ["serve", "--host", "0.0.0.0"]
