# tests/test_wheel.py takes the same steps, so that they are tested where no Docker engine runs.

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY app app
COPY engine engine
COPY static static
COPY templates templates
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && python -m venv /opt/gradient-express \
    && /opt/gradient-express/bin/python -m pip install --no-cache-dir --constraint constraints.txt /wheels/*.whl

FROM python:3.13-slim
COPY --from=build /opt/gradient-express /opt/gradient-express
RUN useradd --system --no-create-home express
USER express
WORKDIR /tmp
ENV GX_HOST=0.0.0.0 GX_PORT=8000 PYTHONUNBUFFERED=1 OMP_NUM_THREADS=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["/opt/gradient-express/bin/python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['GX_PORT']}/healthz\", timeout=2)"]
CMD ["/opt/gradient-express/bin/gradient-express"]
