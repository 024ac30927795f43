# Wadi in a container: docs/container.md says how to build and run it, and how large it is.
# BuildKit is needed (any Docker since 23). The images are pinned by version; to pin them by digest
# as well, as a release does, write it behind the tag: eclipse-temurin:25.0.3_9-jre-noble@sha256:...
ARG BUILD_IMAGE=eclipse-temurin:25.0.3_9-jdk-noble
ARG BASE_IMAGE=eclipse-temurin:25.0.3_9-jre-noble

# Java needs no emulation: this stage runs as the machine that builds, whatever it builds for.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true package
COPY deploy/container/OnePlatform.java deploy/container/
ARG TARGETARCH
RUN java deploy/container/OnePlatform.java target/lib "${TARGETARCH}" \
    && touch -d 2026-01-01T00:00:00Z target/wadi.jar

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Wadi" \
      org.opencontainers.image.description="Carries events into a partitioned lake, each exactly once." \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.3_9-jre-noble"
RUN groupadd --gid 10001 wadi \
    && useradd --uid 10001 --gid wadi --no-create-home --home-dir /var/lib/wadi --shell /usr/sbin/nologin wadi \
    && install -d -o wadi -g wadi -m 0750 /var/lib/wadi
# What changes least comes first: the libraries, the launcher, Wadi itself.
COPY --from=build /build/target/lib /opt/wadi/lib
COPY --chmod=755 wadi /opt/wadi/wadi
COPY --from=build /build/target/wadi.jar /opt/wadi/wadi.jar
ENV PATH=/opt/wadi:${PATH}
# A short run leaves the classes that it has loaded in an archive, by which every start takes half
# the time. It goes with these very jars and this very Java, so it is made here.
RUN java -XX:ArchiveClassesAtExit=/opt/wadi/wadi.jsa -Xlog:disable -jar /opt/wadi/wadi.jar \
      run --data /tmp/trial --port 0 --rate max --events 50 \
    && test -s /opt/wadi/wadi.jsa \
    && rm -rf /tmp/*

# All but loopback: the container's own network decides who comes in.
ENV WADI_HTTP_HOST=0.0.0.0
# Half of the container's memory is the heap; DuckDB, buffers and Java's own take of the other half.
# Out of memory, the process ends and is started again: half alive, it would hold what it has taken.
# Libraries still use what Java 25 warns of at every start.
ENV WADI_JAVA_OPTS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow"
# Declared, a mounted folder gets this image's owner where the platform would make it root's (ECS).
VOLUME ["/var/lib/wadi", "/tmp"]
EXPOSE 8080
USER 10001:10001
WORKDIR /var/lib/wadi
# Only what a new process would mend: some platforms restart what is unhealthy.
HEALTHCHECK --interval=30s --timeout=10s --start-period=300s --retries=3 CMD ["wadi", "health", "--live"]
ENTRYPOINT ["wadi"]
CMD ["run", "--profile", "aws", "--data", "/var/lib/wadi"]
