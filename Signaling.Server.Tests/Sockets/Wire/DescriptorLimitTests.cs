using System.Diagnostics;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Sockets.Wire;

public sealed class DescriptorLimitTests
{
    private const int Descriptors = 400;
    private const string CannotAccept = "No connection can be accepted for a moment: error 24";

    [Fact]
    public async Task Where_no_descriptor_is_left_who_comes_waits_and_the_loop_does_not_spin()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the socket wire needs Linux");
        using var server = await ServerProcess.StartAsync(Descriptors, "--Server:Wire=socket", "--Limits:ConnectionsPerAddress=0", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        // What a session takes is loaded now: later no file could be opened for it.
        using (var first = await server.JoinAsync()) await first.SayCloseAsync();
        var inside = new List<Client>();
        while (server.Descriptors < Descriptors - 2) inside.Add(await server.JoinAsync());
        var waiting = Enumerable.Range(0, 8).Select(_ => server.JoinAsync()).ToArray();

        await server.SaysAsync(CannotAccept);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < 3; i++) await server.SaysAsync(CannotAccept);
        // It tries again every 100 ms; a loop that spins says it thousands of times in that time.
        Assert.True(Stopwatch.GetElapsedTime(begin) > TimeSpan.FromMilliseconds(150));

        foreach (var client in inside) client.Cut();
        foreach (var client in await Task.WhenAll(waiting)) client.Dispose();
    }
}
