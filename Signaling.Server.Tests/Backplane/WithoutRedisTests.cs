using Microsoft.Extensions.DependencyInjection;
using Signaling.Server.Relay;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Backplane;

public sealed class WithoutRedisTests
{
    [Fact]
    public async Task Without_a_connection_string_nothing_of_the_backplane_is_there()
    {
        IServiceCollection? services = null;
        await using var relay = await TestRelay.StartAsync(adjusted => services = adjusted);

        Assert.Null(relay.Services.GetService<IBackplane>());
        Assert.DoesNotContain(services!, one => Names(one).Any(name => name.Contains("Backplane", StringComparison.Ordinal)));

        await relay.JoinAsync("demo");
        Assert.Null(relay.Services.GetRequiredService<Rooms>().Find("demo")!.Elsewhere);
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_stops_the_start_and_is_not_shown()
    {
        var stopped = await Assert.ThrowsAsync<Server.Hosting.StartException>(() => TestRelay.StartAsync(("ConnectionStrings:redis", "localhost,password=hunter2,nonsense=1")));

        Assert.Contains("ConnectionStrings:redis", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", stopped.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(ServiceDescriptor one) =>
        new[] { one.ServiceType, one.ImplementationType, one.ImplementationInstance?.GetType() }.OfType<Type>().Select(type => type.FullName!);
}
