using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Hosting;

public sealed class HostTests
{
    [Theory]
    [InlineData("relay.example.org", 101)]
    [InlineData("another.example.org", 400)]
    public async Task Only_the_hosts_that_are_named_are_answered(string host, int status)
    {
        await using var relay = await TestRelay.StartAsync(("AllowedHosts", "relay.example.org"));
        Assert.Equal(status, (await relay.AskAsync("/room/demo", $"Host: {host}")).Status);
    }
}
