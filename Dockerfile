# Build: the .NET SDK with Node beside it. Run: the ASP.NET runtime alone, as its unprivileged user, with all state in /data.
FROM node:22-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src

# The engine, which MSBuild reads from the environment: Managed, or TorchSharp with the native half cpu or cuda-linux (docs/engines.md).
ARG VitLabEngine=Managed
ARG VitLabTorchBackend=

# What decides the packages comes first, so that a change of code does not fetch them again.
COPY global.json Directory.Build.props Directory.Packages.props Engine.targets ./
COPY VitLab.Core/VitLab.Core.csproj VitLab.Core/
COPY VitLab.Web/VitLab.Web.csproj VitLab.Web/*.targets VitLab.Web/
RUN dotnet restore VitLab.Web
COPY wwwroot-assets/package.json wwwroot-assets/package-lock.json wwwroot-assets/.npmrc wwwroot-assets/
RUN cd wwwroot-assets && npm ci --no-audit --no-fund

COPY . .
RUN dotnet publish VitLab.Web -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
ENV VITLAB_HOME=/data ASPNETCORE_HTTP_PORTS=5080
RUN mkdir /data && chown $APP_UID:$APP_UID /data
VOLUME /data
EXPOSE 5080
USER $APP_UID

# The image has bash but neither curl nor wget.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/5080 && printf 'GET /api/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "VitLab.Web.dll"]
