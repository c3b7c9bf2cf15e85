using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Processes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server on loopback that keeps nothing: what relays tell each other is of no use after them.</summary>
public sealed class RedisResource : HostedResource
{
    private string _program = "redis-server";

    internal RedisResource(string name) : base(name)
    {
        Endpoints.Add(new EndpointReference(this, "tcp"));
    }

    internal override string Kind => "Redis";

    internal override string ConnectionString => $"127.0.0.1:{Endpoints[0].Port}";

    internal override void Prepare(IConfiguration configuration) =>
        _program = Tool.Find("redis-server") ?? Tool.Find("valkey-server") ?? throw new StartException(
            $"Several relays need Redis to act as one, and there is no `redis-server` on the PATH. Install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), or name one that runs: `ConnectionStrings__{Name}=host:6379`.");

    internal override ProcessCommand Command() =>
        new(_program, Path.GetTempPath(), "--port", $"{Endpoints[0].Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
}
