# Thanadak in a container, on the newest LTS line of Node (26, Lithium).
#
#   docker build --tag thanadak .
#   docker run --name thanadak --detach --init --stop-timeout 35 --restart unless-stopped \
#     --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     --volume thanadak:/var/lib/thanadak --volume /etc/thanadak:/etc/thanadak:ro \
#     --publish 25:2525 --publish 127.0.0.1:8025:8025 thanadak
#   docker exec thanadak node bin/thanadak.js ticket list
#
# /etc/thanadak/thanadak.yaml says `data_dir: /var/lib/thanadak` and listens on 0.0.0.0:2525 and 0.0.0.0:8025.
# For a release, pin both FROM lines to the digest that was tested.

FROM node:26-bookworm-slim AS build
# The database addon is compiled when no ready-made one fits.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:26-bookworm-slim
ENV NODE_ENV=production
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/thanadak
WORKDIR /opt/thanadak
COPY package.json LICENSE ./
COPY --from=build /build/node_modules node_modules
COPY bin bin
COPY config config
COPY migrations migrations
COPY --from=build /build/dist dist
# Templates, style sheet and browser modules are read as they are.
COPY --from=build /build/src/web/views src/web/views
COPY --from=build /build/src/web/assets src/web/assets
# The user `node` of the image, as a number so that an orchestrator can see that it is not root.
USER 1000:1000
VOLUME ["/var/lib/thanadak"]
EXPOSE 2525 8025
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["node", "bin/thanadak.js", "status"]
ENTRYPOINT ["node", "bin/thanadak.js"]
CMD ["serve"]
