using Microsoft.Extensions.Options;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Limits:MaxMessageBytes", "0")]
    [InlineData("Limits:MaxMessageBytes", "16777217")]
    [InlineData("Limits:OutboxBytes", "100")]
    [InlineData("Limits:OutboxBytes", "65536")]
    [InlineData("Limits:PeersPerRoom", "-1")]
    [InlineData("Limits:Rooms", "-1")]
    [InlineData("Limits:Connections", "-1")]
    [InlineData("Limits:ConnectionsPerAddress", "-1")]
    [InlineData("Limits:PingsPerSecond", "-1")]
    [InlineData("Limits:UpgradeTimeout", "00:00:00.5")]
    [InlineData("Limits:UpgradeTimeout", "10")]
    [InlineData("Drain:Period", "8")]
    [InlineData("Drain:Period", "-00:00:01")]
    [InlineData("Server:TrustedProxies", "localhost")]
    [InlineData("Server:TrustedProxies", "127.0.0.1, 10")]
    [InlineData("Server:TrustedProxies", "10.0.0.0/33")]
    [InlineData("Server:Wire", "sockets")]
    [InlineData("Server:Transport", "epoll")]
    [InlineData("KeepAlive:Interval", "00:00:00")]
    [InlineData("KeepAlive:Timeout", "02:00:00")]
    [InlineData("Limits:MaxMesageBytes", "1000")]
    public async Task A_wrong_value_or_a_misspelt_name_stops_the_start_and_is_named(string setting, string value)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestRelay.StartAsync((setting, value)));
        Assert.Contains(setting, error.Failures.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_named()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestRelay.StartAsync(("Limits:OutboxBytes", "much")));
        Assert.Contains("Limits:OutboxBytes", error.Message, StringComparison.Ordinal);
    }
}
