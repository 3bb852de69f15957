"""What the host of a server may set, each through an environment variable that begins with GX_."""

from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LogLevel = Literal["critical", "error", "warning", "info", "debug"]


class Settings(BaseSettings):
    """The server's settings; docs/reference/settings.md explains each one to its host."""

    model_config = SettingsConfigDict(env_prefix="GX_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    log_level: LogLevel = "warning"
    root_path: Annotated[str, Field(pattern=r"^(/[^/\s]+)*$")] = ""
    trusted_proxies: str = "127.0.0.1"
    embed_ancestors: Annotated[str, Field(pattern=r"^[^;,\r\n]+$")] = "*"
    max_sessions: Annotated[int, Field(ge=1)] = 64
    slice_ms: Annotated[float, Field(gt=0, le=100)] = 12.0
    max_message_bytes: Annotated[int, Field(ge=65_536)] = 4_194_304
