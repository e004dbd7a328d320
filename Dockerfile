# The worker and every other command of copytaster. Nothing is fetched once the image is built.
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
WORKDIR /src
COPY requirements.lock pyproject.toml ./
# What runs needs, in the versions and with the hashes of the lock: a layer that a change of code leaves alone.
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock >uv.lock \
    && pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore --require-hashes -r uv.lock \
    && python -m venv --without-pip /opt/copytaster \
    && uv pip install --no-cache --system-certs --compile-bytecode --python /opt/copytaster \
        --constraints requirements.lock -r pyproject.toml
COPY README.md LICENSE ./
COPY streams streams
COPY agents agents
RUN uv pip install --no-cache --system-certs --compile-bytecode --python /opt/copytaster \
        --build-constraints requirements.lock --no-deps .

FROM ${BASE}
# A volume that is put at the drop folder takes its owner over.
RUN groupadd --gid 10001 copytaster \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/copytaster copytaster \
    && install --directory --owner=10001 --group=10001 /var/lib/copytaster /var/spool/copytaster
COPY --from=build /opt/copytaster /opt/copytaster
ENV PATH=/opt/copytaster/bin:$PATH PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /var/lib/copytaster
ENTRYPOINT ["copytaster"]
CMD ["worker"]
